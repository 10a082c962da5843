import { noTimes, onDay, type WantedTimes } from "../../src/choosing/times.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { dateOfDay, dayOfDate } from "../../src/domain/local-date.ts";
import { minuteMs } from "../../src/domain/units.ts";
import { localDateOf, minutesOfDayAt } from "../../src/domain/zone.ts";
import type { Shift } from "../../src/language/when/shifts.ts";
import type { Want } from "../../src/language/when/want.ts";
import type { Wanted } from "./context.ts";

/**
 * The wanted times of a session: a bare "3pm" is on the session's own day, "an hour later" relative to its own time.
 */
export function timesWanted(wanted: Wanted | undefined, booking: Booking, zone: string): WantedTimes {
  if (wanted !== undefined && "shift" in wanted) return { readings: [shifted(booking, wanted.shift, zone)] };
  return onDay(wanted?.times ?? noTimes, localDateOf(zone, booking.startsAtMs));
}

/** Shifts by minutes are elapsed time. Shifts by days, weeks and months keep the clock time. */
function shifted(booking: Booking, { minutes, days, weeks, months }: Shift, zone: string): Want {
  const atMs = booking.startsAtMs + (minutes ?? 0) * minuteMs;
  const day = dayOfDate(localDateOf(zone, atMs)) + (days ?? 0) + (weeks ?? 0) * 7;
  const date = months === undefined ? dateOfDay(day) : inMonths(dateOfDay(day), months);
  return { exact: { date, minutes: minutesOfDayAt(zone, atMs) }, order: "any", certainty: 1 };
}

/** The same date so many months later, or the last day of a month without such a date. */
function inMonths(date: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(dayOfMonth, last));
  return first.toISOString().slice(0, 10);
}
