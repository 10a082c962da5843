/** Elapsed time in milliseconds. A local day may last 23 or 25 hours: calendar steps go through `zone.ts`. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;

/** Minutes of a wall clock from 00:00 to 24:00. */
export const minutesPerDay = 24 * 60;
