import { dayOfDate } from "../../domain/local-date.ts";
import { type Weekday, weekdays } from "../../domain/practice.ts";
import { localDayOf, minutesOfDayAt, resolveTimeOfDay } from "../../domain/zone.ts";

/** Local dates `YYYY-MM-DD`, [from, to), with their own clock times where those of the whole want do not apply. */
export interface WantedDays {
  readonly from: string;
  readonly to: string;
  readonly windows?: readonly ClockWindow[];
  /** The day was named by its weekday alone, so an earlier week or month still decides which one (`mergeWant`). */
  readonly byWeekday?: true;
}

/**
 * When a session may start, in minutes since local midnight: [from, to), or the exact minute where both are equal. A
 * window that ends beyond 1440 runs into the next day.
 */
export interface ClockWindow {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

/** What is excluded: days, weekdays or hours. If several are given, only their intersection. */
export interface Unwanted {
  readonly days?: readonly WantedDays[];
  readonly weekdays?: readonly Weekday[];
  readonly windows?: readonly ClockWindow[];
}

/** When a person would like to come: a condition for free starts, not an instant. Plain JSON. */
export interface Want {
  /** Any of these days; without days and weekdays, any day. */
  readonly days?: readonly WantedDays[];
  /** Any of these days of the week; with `days`, those within them. */
  readonly weekdays?: readonly Weekday[];
  /** Any of these hours; without, any hour. */
  readonly windows?: readonly ClockWindow[];
  readonly not?: readonly Unwanted[];
  /** One clock time and, if the day is known, its date. `windows` is then absent. */
  readonly exact?: { readonly date?: string; readonly minutes: number };
  /** Substitute days when nothing is free on `days`: for today's weekday, the same weekday a week later. */
  readonly otherwise?: readonly WantedDays[];
  /** Set where only one end was said ("after 3", "before Friday"). */
  readonly open?: "after" | "before";
  /** How long the session should be, in minutes. */
  readonly minutes?: number;
  readonly order: "earliest" | "latest" | "any";
  /** IANA zone the times were said in, if it is not the person's own. */
  readonly zone?: string;
  /** 0 to 1: below 0.7 ask before acting. */
  readonly certainty: number;
}

/** Whether one moment was named: a clock time on one date. */
export function isExact(want: Want): boolean {
  return want.exact?.date !== undefined;
}

/**
 * The free starts that satisfy a want, soonest first (last first for "latest"). Past starts are left out. A clock time
 * skipped by a clock change means the first valid minute after it (D3.2).
 */
export function fitSlots(
  want: Want,
  startsAtMs: readonly number[],
  at: { readonly zone: string; readonly nowMs: number },
): number[] {
  const zone = want.zone ?? at.zone;
  const future = startsAtMs.filter((startMs) => startMs > at.nowMs);
  const fitting = future.filter((startMs) => fits(want, startMs, zone));
  if (fitting.length === 0 && want.otherwise !== undefined) {
    const { otherwise, ...rest } = want;
    const exact = want.exact && { exact: { minutes: want.exact.minutes } };
    return fitSlots({ ...rest, ...exact, days: otherwise }, startsAtMs, at);
  }
  return fitting.sort((a, b) => (want.order === "latest" ? b - a : a - b));
}

function fits(want: Want, startMs: number, zone: string): boolean {
  const start = localOf(startMs, zone);
  // A window beyond midnight belongs to the evening it began in.
  return (
    [start, { ...start, day: start.day - 1, minutes: start.minutes + 1440 }].some((local) => isWanted(want, local)) &&
    !(want.not ?? []).some((unwanted) => isUnwanted(unwanted, start))
  );
}

interface LocalStart {
  readonly startMs: number;
  readonly zone: string;
  readonly day: number;
  readonly minutes: number;
}

function localOf(startMs: number, zone: string): LocalStart {
  const day = localDayOf(zone, startMs);
  return { startMs, zone, day, minutes: minutesOfDayAt(zone, startMs) };
}

function isWanted(want: Want, local: LocalStart): boolean {
  if (want.weekdays !== undefined && !onWeekday(want.weekdays, local.day)) return false;
  if (want.exact !== undefined) {
    const { date, minutes } = want.exact;
    const dayFits =
      date === undefined
        ? want.days === undefined || want.days.some((days) => holds(days, local.day))
        : dayOfDate(date) === local.day;
    return dayFits && inWindow({ fromMinutes: minutes, toMinutes: minutes }, local);
  }
  if (want.days === undefined) return inWindows(want.windows, local);
  return want.days.some((days) => holds(days, local.day) && inWindows(days.windows ?? want.windows, local));
}

function isUnwanted({ days, weekdays: named, windows }: Unwanted, local: LocalStart): boolean {
  if (named !== undefined && !onWeekday(named, local.day)) return false;
  if (windows !== undefined && !inWindows(windows, local)) return false;
  return days === undefined || days.some((range) => holds(range, local.day) && inWindows(range.windows, local));
}

function onWeekday(named: readonly Weekday[], day: number): boolean {
  const weekday = weekdays[(((day + 3) % 7) + 7) % 7];
  return weekday !== undefined && named.includes(weekday);
}

function holds(days: WantedDays, day: number): boolean {
  const { from, to } = numbersOf(days);
  return from <= day && day < to;
}

/** Cache of dates, because every start is checked against the same few days. */
const numbers = new WeakMap<WantedDays, { readonly from: number; readonly to: number }>();

function numbersOf(days: WantedDays): { readonly from: number; readonly to: number } {
  const known = numbers.get(days) ?? { from: dayOfDate(days.from), to: dayOfDate(days.to) };
  numbers.set(days, known);
  return known;
}

function inWindows(windows: readonly ClockWindow[] | undefined, local: LocalStart): boolean {
  // Hours of the night before count only where a window says so.
  if (windows === undefined) return local.minutes < 1440;
  return windows.some((window) => inWindow(window, local));
}

function inWindow({ fromMinutes, toMinutes }: ClockWindow, { startMs, zone, day, minutes }: LocalStart): boolean {
  if (fromMinutes < toMinutes) return fromMinutes <= minutes && minutes < toMinutes;
  return minutes === fromMinutes || startMs === resolveTimeOfDay(zone, day, fromMinutes, "start");
}
