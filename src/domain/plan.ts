import { dayOfDate, weekdayOfDay, weekOfDay } from "./local-date.ts";
import type { Weekday } from "./practice.ts";
import { resolveTimeOfDay } from "./zone.ts";

/** A rhythm: a wall time on weekdays, every `everyWeeks` weeks. */
export interface Rhythm {
  readonly everyWeeks: number;
  readonly weekdays: readonly Weekday[];
  /** Minutes since local midnight. */
  readonly minutes: number;
  /** The first day, `YYYY-MM-DD`; its week is the first. */
  readonly from: string;
}

/** The search for starts ends after this many days. */
const looksAheadDays = 800;

/**
 * The starts of a rhythm, epoch ms, ascending, from its first day: the same wall time in `zone` on every date (D3.2).
 */
export function* startsInRhythm(rhythm: Rhythm, zone: string, weekStartsOn: Weekday): Generator<number> {
  const first = dayOfDate(rhythm.from);
  const week = weekOfDay(first, weekStartsOn);
  for (let day = first; day < first + looksAheadDays; day += 1) {
    const isIts = (weekOfDay(day, weekStartsOn) - week) % rhythm.everyWeeks === 0;
    if (isIts && rhythm.weekdays.includes(weekdayOfDay(day)))
      yield resolveTimeOfDay(zone, day, rhythm.minutes, "start");
  }
}
