import { dateOfDay } from "../../domain/local-date.ts";
import { dayMs } from "../../domain/units.ts";

/*
 * Calendar arithmetic on day numbers (whole days since 1970-01-01, as in the domain's local-date), where weekdays are
 * 0 for Monday to 6 for Sunday and weeks begin on Monday.
 */

/** Whole local dates [from, to), as day numbers. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

/** That day alone. */
export function oneDay(day: number): Days {
  return { from: day, to: day + 1 };
}

/** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The first day with this weekday on or after a day. */
export function onOrAfter(day: number, weekday: number): number {
  return day + ((weekday - weekdayOf(day) + 7) % 7);
}

/** Monday of the week a day is in. */
export function weekStart(day: number): number {
  return day - weekdayOf(day);
}

/** A date by its numbers. */
export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** The year, month and day of a day number. */
export function civilOf(day: number): CivilDate {
  const [year = 0, month = 1, date = 1] = dateOfDay(day).split("-").map(Number);
  return { year, month, day: date };
}

/** The day number of a date; undefined for one that does not exist, such as 30 February. Months beyond 12 run into later years. */
export function dayOf(year: number, month: number, date: number): number | undefined {
  const first = firstOfMonth(year, month);
  return date >= 1 && date <= firstOfMonth(year, month + 1) - first ? first + date - 1 : undefined;
}

function firstOfMonth(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) / dayMs;
}

/** All of a month; months beyond 12 or below 1 run into other years. */
export function monthDays(year: number, month: number): Days {
  return { from: firstOfMonth(year, month), to: firstOfMonth(year, month + 1) };
}

/** The next date with this month and day on or after a day, within eight years (29 February may be that far). */
export function nextDate(from: number, month: number, date: number): number | undefined {
  const { year } = civilOf(from);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = dayOf(year + ahead, month, date);
    if (day !== undefined && day >= from) return day;
  }
  return undefined;
}

/** The next day with this day of the month on or after a day: of this month, or of the first later one that has it. */
export function nextDayOfMonth(from: number, date: number): number | undefined {
  const { year, month } = civilOf(from);
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const day = dayOf(year, month + ahead, date);
    if (day !== undefined && day >= from) return day;
  }
  return undefined;
}

/** The same day of the month some months on, or that month's last day. */
export function monthsAfter(day: number, months: number): number {
  const { year, month, day: date } = civilOf(day);
  return dayOf(year, month + months, date) ?? firstOfMonth(year, month + months + 1) - 1;
}

/** The nth such weekday of a month, or with -1 its last; undefined where the month has no fifth. */
export function nthWeekday(days: Days, weekday: number, nth: number): number | undefined {
  const day = nth < 0 ? onOrAfter(days.to - 7, weekday) : onOrAfter(days.from, weekday) + (nth - 1) * 7;
  return day < days.to ? day : undefined;
}
