import { dateOfDay, dayOfDate } from "../../domain/local-date.ts";
import { type Weekday, weekdays } from "../../domain/practice.ts";
import { monthsAfter, onOrAfter } from "./calendar.ts";
import type { Shift } from "./shifts.ts";
import type { ClockWindow, Unwanted, Want, WantedDays } from "./want.ts";
import type { When } from "./when.ts";

/** The slots of a want. New words replace a whole slot. */
interface Slots {
  readonly days: DaySlot;
  readonly hours: HourSlot | undefined;
}

interface DaySlot {
  readonly days?: readonly WantedDays[];
  readonly weekdays?: readonly Weekday[];
  readonly otherwise?: readonly WantedDays[];
  readonly open?: Want["open"];
}

interface HourSlot {
  /** A clock time is a window of no length. */
  readonly windows: readonly ClockWindow[];
  readonly open?: Want["open"];
}

/**
 * What is wanted after new words: they add to the old want, replace the slot they speak of, and exclude.
 *
 *     "wednesday after 3" + "actually thursday instead" = Thursday after 3
 *     "next week except wednesday" + "not in the morning" = next week, neither on Wednesday nor in the morning
 *     "friday afternoon" + "from 3" = Friday from 15:00
 */
export function mergeWant(before: Want, said: Pick<When, "want" | "ambiguous">): Want {
  const had = slotsOf(before);
  const want = readingWithin(had.hours, said);
  const has = slotsOf(want);
  const days = narrowed(without(had.days, want.not ?? []), has.days);
  const hours = has.hours === undefined ? hoursWithout(had.hours, want.not ?? []) : joined(had.hours, has.hours);
  const not = [...(before.not ?? []).filter((unwanted) => !isWantedAgain(unwanted, has)), ...(want.not ?? [])];
  const minutes = want.minutes ?? before.minutes;
  const zone = want.zone ?? (has.hours === undefined ? before.zone : undefined);
  return {
    ...composed(days, hours),
    ...(not.length > 0 && { not }),
    ...(minutes !== undefined && { minutes }),
    order: want.order === "any" ? before.order : want.order,
    ...(zone !== undefined && { zone }),
    certainty: want.certainty,
  };
}

/** The same want, later or, with negative numbers, earlier: "same day but an hour later", "a week later". */
export function shiftWant(before: Want, { minutes = 0, days = 0, weeks = 0, months = 0 }: Shift): Want {
  const had = slotsOf(before);
  const later = (date: string, ahead = 0) => dateOfDay(monthsAfter(dayOfDate(date), months) + days + weeks * 7 + ahead);
  const [first] = had.hours?.windows ?? [];
  // A clock time beyond midnight belongs to the next day, or to the one before.
  const ahead = first === undefined ? 0 : Math.floor((first.fromMinutes + minutes) / 1440);
  const moved = (list: readonly WantedDays[]) =>
    list.map((range) => ({ ...range, from: later(range.from, ahead), to: later(range.to, ahead) }));
  const hours = had.hours && {
    ...had.hours,
    windows: had.hours.windows.map(({ fromMinutes, toMinutes }) => ({
      fromMinutes: fromMinutes + minutes - ahead * 1440,
      toMinutes: toMinutes + minutes - ahead * 1440,
    })),
  };
  const { days: range, otherwise, ...rest } = had.days;
  const {
    days: _days,
    weekdays: _weekdays,
    windows: _windows,
    exact: _exact,
    otherwise: _other,
    open: _open,
    ...kept
  } = before;
  return {
    ...kept,
    ...composed(
      { ...rest, ...(range && { days: moved(range) }), ...(otherwise && { otherwise: moved(otherwise) }) },
      hours,
    ),
  };
}

/** Among several readings, the one inside the hours wanted so far: "evening" + "at 8" is 20:00. */
function readingWithin(had: HourSlot | undefined, { want, ambiguous }: Pick<When, "want" | "ambiguous">): Want {
  if (had === undefined || ambiguous?.kind !== "am-pm") return want;
  const fitting = ambiguous.readings.filter((reading) =>
    slotsOf(reading).hours?.windows.every((window) => had.windows.some((outer) => holds(outer, window))),
  );
  const [only, ...more] = fitting;
  return only === undefined || more.length > 0 ? want : { ...only, certainty: 0.95 };
}

function slotsOf({ days, weekdays: named, otherwise, exact, windows, open }: Want): Slots {
  const own = exact ? [{ fromMinutes: exact.minutes, toMinutes: exact.minutes }] : (windows ?? sharedWindows(days));
  const date = exact?.date;
  const bare =
    days?.map(({ windows: _windows, ...range }) => range) ??
    (date === undefined ? undefined : [{ from: date, to: dateOfDay(dayOfDate(date) + 1) }]);
  const hasHours = own !== undefined;
  return {
    days: {
      ...(bare && { days: bare }),
      ...(named && { weekdays: named }),
      ...(otherwise && { otherwise: otherwise.map(({ windows: _windows, ...range }) => range) }),
      ...(!hasHours && open && { open }),
    },
    hours: hasHours ? { windows: own, ...(open && { open }) } : undefined,
  };
}

/** The hours that all days share. Undefined: the days differ. */
function sharedWindows(days: readonly WantedDays[] = []): readonly ClockWindow[] | undefined {
  const [first, ...others] = days.map(({ windows }) => windows);
  return others.every((windows) => JSON.stringify(windows) === JSON.stringify(first)) ? first : undefined;
}

/** The days said. A bare weekday is read within the days wanted so far: "next week" + "friday" is next week's. */
function narrowed(had: DaySlot, said: DaySlot): DaySlot {
  if (said.days === undefined && said.weekdays === undefined) return had;
  const [range, ...more] = had.days ?? [];
  const isPeriod = range !== undefined && more.length === 0 && !isOneDay(range);
  if (!isPeriod || had.open !== undefined) return said;
  if (said.days === undefined) return { days: [range], ...(said.weekdays && { weekdays: said.weekdays }) };
  if (!said.days.every(({ byWeekday }) => byWeekday)) return said;
  const [from, to] = [dayOfDate(range.from), dayOfDate(range.to)];
  const names = said.days.map((day) => (dayOfDate(day.from) + 3) % 7);
  if (to - from > 7)
    return { days: [range], weekdays: names.map((name) => weekdays[name]).filter((name) => name !== undefined) };
  const inside = names.map((name) => onOrAfter(from, name)).filter((day) => day < to);
  return inside.length === 0
    ? said
    : { days: inside.map((day) => ({ from: dateOfDay(day), to: dateOfDay(day + 1), byWeekday: true })) };
}

/** "After 3" + "before 5" is from three to five. Any other hours replace the earlier ones. */
function joined(had: HourSlot | undefined, said: HourSlot): HourSlot {
  const [before, ...more] = had?.windows ?? [];
  const [now, ...others] = said.windows;
  const opposite = had?.open !== undefined && said.open !== undefined && had.open !== said.open;
  if (!opposite || before === undefined || now === undefined || more.length > 0 || others.length > 0) return said;
  const fromMinutes = Math.max(before.fromMinutes, now.fromMinutes);
  const toMinutes = Math.min(before.toMinutes, now.toMinutes);
  return fromMinutes < toMinutes ? { windows: [{ fromMinutes, toMinutes }] } : said;
}

/** Single days that are now excluded are no longer wanted. */
function without(had: DaySlot, not: readonly Unwanted[]): DaySlot {
  const days = had.days?.filter(
    (range) => !isOneDay(range) || !not.some((item) => excludes(item, dayOfDate(range.from))),
  );
  if (days === undefined || days.length === had.days?.length) return had;
  const { days: _days, otherwise: _otherwise, ...rest } = had;
  return days.length === 0 ? rest : { ...rest, days };
}

function isOneDay({ from, to }: WantedDays): boolean {
  return dayOfDate(to) - dayOfDate(from) === 1;
}

/** Whether all of a day is excluded. */
function excludes({ days, weekdays: named, windows }: Unwanted, day: number): boolean {
  if (windows !== undefined || (days === undefined && named === undefined)) return false;
  const name = weekdays[(day + 3) % 7];
  return (
    (named === undefined || (name !== undefined && named.includes(name))) &&
    (days === undefined || days.some(({ from, to }) => dayOfDate(from) <= day && day < dayOfDate(to)))
  );
}

/** Hours that are now excluded as a whole are no longer wanted. */
function hoursWithout(had: HourSlot | undefined, not: readonly Unwanted[]): HourSlot | undefined {
  const anyDay = not.flatMap(({ days, weekdays: named, windows }) =>
    days === undefined && named === undefined ? (windows ?? []) : [],
  );
  const windows = had?.windows.filter((window) => !anyDay.some((outer) => holds(outer, window))) ?? [];
  return had === undefined || windows.length === 0 ? undefined : { ...had, windows };
}

/** Whether something excluded is now asked for, which removes the exclusion. */
function isWantedAgain(unwanted: Unwanted, { days, hours }: Slots): boolean {
  const { days: range, weekdays: named, windows } = unwanted;
  if (windows !== undefined && range === undefined && named === undefined)
    return hours?.windows.every((window) => windows.some((outer) => holds(outer, window))) ?? false;
  return (
    (days.days ?? []).some((day) => isOneDay(day) && excludes(unwanted, dayOfDate(day.from))) ||
    (windows === undefined && (days.weekdays ?? []).some((name) => named?.includes(name)))
  );
}

function holds(outer: ClockWindow, inner: ClockWindow): boolean {
  return outer.fromMinutes <= inner.fromMinutes && inner.toMinutes <= outer.toMinutes;
}

/** Builds a want from its slots, in the form of `parseWhen`: one clock time as `exact`, one day with its own hours. */
function composed(slot: DaySlot, hours: HourSlot | undefined): Omit<Want, "order" | "certainty"> {
  const [first, ...more] = slot.days ?? [];
  const single = first !== undefined && more.length === 0;
  const [window, ...others] = hours?.windows ?? [];
  const open = hours === undefined ? slot.open : hours.open;
  const base = {
    ...(slot.days && { days: slot.days }),
    ...(slot.weekdays && { weekdays: slot.weekdays }),
    ...(slot.otherwise && { otherwise: slot.otherwise }),
    ...(open && { open }),
  };
  if (hours === undefined || window === undefined) return base;
  if (others.length === 0 && window.fromMinutes === window.toMinutes) {
    return { ...base, exact: { ...(single && isOneDay(first) && { date: first.from }), minutes: window.fromMinutes } };
  }
  return single ? { ...base, days: [{ ...first, windows: hours.windows }] } : { ...base, windows: hours.windows };
}
