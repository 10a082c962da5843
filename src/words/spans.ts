import { minutesPerDay } from "../domain/units.ts";

/** "24 hours", "2 days", "90 minutes". */
export function spanName(minutes: number): string {
  if (minutes % minutesPerDay === 0 && minutes > minutesPerDay) return `${minutes / minutesPerDay} days`;
  if (minutes % 60 === 0) return minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
