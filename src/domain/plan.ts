import { dayOfDate, weekdayOfDay, weekOfDay } from "./local-date.ts";
import type { Weekday } from "./practice.ts";
import { resolveTimeOfDay } from "./zone.ts";

/** When planned sessions are to be: a wall time on weekdays, every so many weeks. */
export interface Rhythm {
  readonly everyWeeks: number;
  readonly weekdays: readonly Weekday[];
  /** Since local midnight. */
  readonly minutes: number;
  /** The first day it counts from, `YYYY-MM-DD`: its week is the first. */
  readonly from: string;
}

/** Further ahead nobody plans. */
const looksAheadDays = 800;

/**
 * The starts of a rhythm in time, the first on its first day or after: the same wall time in `zone` whatever the clocks
 * do in between (D3.2).
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
