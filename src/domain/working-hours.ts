import type { Offering } from "./availability.ts";
import { dayOfDate, minutesOfTime, weekdayOfDay, weekOfDay } from "./local-date.ts";
import type { Schedule, Weekday, Window } from "./practice.ts";
import { localDayOf, resolveTimeOfDay, startOfDayMs } from "./zone.ts";

/** An interval [startsAtMs, endsAtMs) in which a practitioner sees clients. */
export interface OpenWindow {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

/** A local date, as a day number, with its windows: ascending and disjoint. */
export interface WorkingDay {
  readonly day: number;
  readonly windows: readonly OpenWindow[];
}

/** What working hours depend on, except the range. */
export interface WorkingHoursOf {
  readonly schedule: Schedule;
  readonly weekStartsOn: Weekday;
  readonly offering: Pick<Offering, "serviceId" | "methodKind" | "locationId">;
}

/**
 * The practitioner's local dates that touch [fromMs, toMs), in order, each with the windows open to the offering (D3.1, D3.2).
 *
 * - A date override replaces the weekly hours; of several for one date, the last counts.
 * - A window that names methods, services or locations is open to those only: hours of some locations are closed to a
 *   session without a location.
 * - Windows of one date that overlap or touch are one window, so a session may span them and starts are counted from the
 *   first one's start. Windows of different dates are never joined: a session does not cross the practitioner's midnight.
 * - A window that ends at or before its start is empty; "24:00" is the end of the date.
 */
export function* workingDays(hours: WorkingHoursOf, fromMs: number, toMs: number): Generator<WorkingDay> {
  const zone = hours.schedule.timezone;
  const timesOn = timesByDay(hours);
  let day = localDayOf(zone, fromMs);
  let startsAtMs = startOfDayMs(zone, day);
  while (startsAtMs < toMs) {
    const endsAtMs = startOfDayMs(zone, day + 1);
    const times = timesOn(day);
    if (times.length > 0) yield { day, windows: windowsOf(times, { zone, day, startsAtMs, endsAtMs }) };
    day += 1;
    startsAtMs = endsAtMs;
  }
}

/** Wall times of one date, in minutes since midnight. */
interface Times {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

function timesByDay({ schedule, weekStartsOn, offering }: WorkingHoursOf): (day: number) => readonly Times[] {
  const overrides = new Map(
    schedule.overrides.map((override) => [
      dayOfDate(override.date),
      override.hours.filter((window) => isOpenTo(window, offering)).map(timesOf),
    ]),
  );
  const rules = schedule.hours
    .filter((rule) => isOpenTo(rule, offering))
    .map(({ since, ...rule }) => {
      const sinceDay = since === undefined ? undefined : dayOfDate(since);
      return { ...rule, sinceDay, firstWeek: weekOfDay(sinceDay ?? 0, weekStartsOn), times: timesOf(rule) };
    });
  return (day) =>
    overrides.get(day) ??
    rules
      .filter(
        (rule) =>
          rule.days.includes(weekdayOfDay(day)) &&
          (rule.sinceDay === undefined || day >= rule.sinceDay) &&
          (weekOfDay(day, weekStartsOn) - rule.firstWeek) % rule.everyWeeks === 0,
      )
      .map((rule) => rule.times);
}

/** Whether a window admits sessions of this service, method and place: what it does not restrict, it admits (D3.1). */
export function isOpenTo(window: Window, offering: WorkingHoursOf["offering"]): boolean {
  const { methods, services, locations } = window;
  if (methods !== undefined && !methods.includes(offering.methodKind)) return false;
  if (services !== undefined && !services.includes(offering.serviceId)) return false;
  return locations === undefined || (offering.locationId !== undefined && locations.includes(offering.locationId));
}

function timesOf(window: Window): Times {
  return { fromMinutes: minutesOfTime(window.from), toMinutes: minutesOfTime(window.to) };
}

interface LocalDay extends OpenWindow {
  readonly zone: string;
  readonly day: number;
}

/**
 * Merges after resolving to instants: on the night clocks go back, windows that are apart on the clock may overlap in
 * time.
 */
function windowsOf(times: readonly Times[], { zone, day, startsAtMs, endsAtMs }: LocalDay): readonly OpenWindow[] {
  const windows: OpenWindow[] = [];
  for (const { fromMinutes, toMinutes } of times) {
    if (toMinutes <= fromMinutes) continue;
    const window = {
      startsAtMs: Math.max(startsAtMs, resolveTimeOfDay(zone, day, fromMinutes, "start")),
      endsAtMs: Math.min(endsAtMs, resolveTimeOfDay(zone, day, toMinutes, "end")),
    };
    if (window.startsAtMs < window.endsAtMs) windows.push(window);
  }
  return windows.length < 2 ? windows : joined(windows);
}

function joined(windows: readonly OpenWindow[]): readonly OpenWindow[] {
  const apart: OpenWindow[] = [];
  for (const window of windows.toSorted((a, b) => a.startsAtMs - b.startsAtMs)) {
    const last = apart.at(-1);
    if (last === undefined || window.startsAtMs > last.endsAtMs) apart.push(window);
    else apart[apart.length - 1] = { ...last, endsAtMs: Math.max(last.endsAtMs, window.endsAtMs) };
  }
  return apart;
}
