import { monthOfDay, positiveRemainder, weekOfDay } from "./local-date.ts";
import type { Schedule, Weekday } from "./practice.ts";
import { hourMs } from "./units.ts";
import { localDayOf, offsetMsAt } from "./zone.ts";

/** What a limit counts sessions in. */
export type Period = "hour" | "day" | "week" | "month";

/** Tests against a practitioner's limits. */
export interface Limits {
  /** Which limit a local date, given as a day number, has reached: its own, its week's or its month's. */
  readonly fullPeriodOf: (day: number) => Exclude<Period, "hour"> | undefined;
  /** Whether the clock hour of a start, epoch ms, has reached its limit. */
  readonly isHourFull: (startsAtMs: number) => boolean;
}

/**
 * The limits per hour, day, week and month, counting sessions by their start in the practitioner's zone; weeks begin on
 * `weekStartsOn` (D3.5). When clocks go back, the repeated hour counts as two hours.
 */
export function limitsOf(
  { timezone, limits }: Pick<Schedule, "timezone" | "limits">,
  weekStartsOn: Weekday,
  countedStartsAtMs: readonly number[],
): Limits {
  const weekOf = (day: number) => weekOfDay(day, weekStartsOn);
  const hourOf = (startsAtMs: number) => hourStartOf(timezone, startsAtMs);
  const hasDayLimits = limits.perDay !== undefined || limits.perWeek !== undefined || limits.perMonth !== undefined;
  const days = hasDayLimits ? countedStartsAtMs.map((startsAtMs) => localDayOf(timezone, startsAtMs)) : [];
  const isDateFull = fullness(limits.perDay, days, (day) => day);
  const isWeekFull = fullness(limits.perWeek, days, weekOf);
  const isMonthFull = fullness(limits.perMonth, days, monthOfDay);
  return {
    fullPeriodOf: (day) =>
      isMonthFull(day) ? "month" : isWeekFull(day) ? "week" : isDateFull(day) ? "day" : undefined,
    isHourFull: fullness(limits.perHour, countedStartsAtMs, hourOf),
  };
}

/** Counts values by group. Without a limit it counts nothing and is never full. */
function fullness(limit: number | undefined, counted: readonly number[], groupOf: (value: number) => number) {
  if (limit === undefined) return () => false;
  const counts = new Map<number, number>();
  for (const value of counted) {
    const group = groupOf(value);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return (value: number) => (counts.get(groupOf(value)) ?? 0) >= limit;
}

/**
 * The instant of the full hour by the present offset, so that the two 01:30s of an autumn night fall into two hours.
 */
function hourStartOf(zone: string, atMs: number): number {
  return atMs - positiveRemainder(atMs + offsetMsAt(zone, atMs), hourMs);
}
