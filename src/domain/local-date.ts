import { type Weekday, weekdays } from "./practice.ts";
import { dayMs, minutesPerDay } from "./units.ts";

/*
 * Dates without a zone, as whole days since 1970-01-01: dates then compare, add and group as integers,
 * which is what lets availability do without a date library per slot.
 */

/** 1970-01-01 was a Thursday, the fourth of `weekdays`. */
const weekdayOfDayZero = 3;

/** The day number of a `YYYY-MM-DD` date. Throws a RangeError for any other text. */
export function dayOfDate(date: string): number {
  // Parses digit by digit: this runs for every start and override, and a regular expression would dominate its cost.
  const isShaped = date.length === 10 && date[4] === "-" && date[7] === "-";
  const year = isShaped ? digitsOf(date, 0, 4) : Number.NaN;
  const month = digitsOf(date, 5, 7);
  const dayOfMonth = digitsOf(date, 8, 10);
  const day = Date.UTC(year, month - 1, dayOfMonth) / dayMs;
  const civil = civilOf(day);
  // Date.UTC rolls 30 February over into March, and reads the years 0 to 99 as 1900 to 1999.
  const isReal = civil.year === year && civil.month === month && civil.dayOfMonth === dayOfMonth;
  if (!isReal) throw new RangeError(`Not a date: ${date}`);
  return day;
}

/** Whether a text is a date `YYYY-MM-DD` of the calendar. */
export function isDate(text: string): boolean {
  try {
    dayOfDate(text);
    return true;
  } catch {
    return false;
  }
}

/** The `YYYY-MM-DD` date of a day number. */
export function dateOfDay(day: number): string {
  const { year, month, dayOfMonth } = civilOf(day);
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

/** The weekday of a day number. */
export function weekdayOfDay(day: number): Weekday {
  // The remainder modulo 7 is always a valid index.
  return weekdays[positiveRemainder(day + weekdayOfDayZero, 7)] as Weekday;
}

/** The number of a day's week, for weeks that begin on `weekStartsOn`: days of one week share it. */
export function weekOfDay(day: number, weekStartsOn: Weekday): number {
  return Math.floor((day + weekdayOfDayZero - weekdays.indexOf(weekStartsOn)) / 7);
}

/** The number of a day's calendar month: days of one month share it. */
export function monthOfDay(day: number): number {
  const { year, month } = civilOf(day);
  return year * 12 + month;
}

/** Minutes since midnight of a wall time `HH:MM`, up to `24:00`. Throws a RangeError for any other text. */
export function minutesOfTime(time: string): number {
  const parts = /^(\d{2}):(\d{2})$/.exec(time);
  const minutes = Number(parts?.[1]) * 60 + Number(parts?.[2]);
  if (!(minutes <= minutesPerDay) || Number(parts?.[2]) > 59) throw new RangeError(`Not a wall time: ${time}`);
  return minutes;
}

/** The time `HH:MM` of minutes since midnight. */
export function timeOfMinutes(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** The non-negative remainder; 0 even for a multiple that is negative. */
export function positiveRemainder(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

/** Howard Hinnant's civil_from_days (howardhinnant.github.io/date_algorithms.html): years begin in March, eras are 400 years. */
function civilOf(day: number): Civil {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** The number in the digits [from, until); NaN if there is any other character. */
function digitsOf(text: string, from: number, until: number): number {
  let number = 0;
  for (let at = from; at < until; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
