import { dateOfDay } from "../../domain/local-date.ts";
import { onOrAfter } from "./calendar.ts";
import { settleHalves, windowsOf } from "./hours.ts";
import type { Moment } from "./moment.ts";
import type { Reading, Said, TimeFact } from "./said.ts";
import type { DaysFact } from "./sentence.ts";
import type { WantedDays } from "./want.ts";

/** The days of a want. */
export interface DayRanges {
  readonly days: readonly WantedDays[];
  readonly otherwise: readonly WantedDays[];
  /** Whether every day has its own hours, so that hours without a day apply to no other. */
  readonly taken: boolean;
  /** Whether the only day is today, so that past hours are not meant. */
  readonly today: boolean;
}

/** The days said, each with its hours; `lone` are the hours said without a day. */
export function dayRanges(said: Said, lone: readonly TimeFact[], moment: Moment, reading: Reading): DayRanges {
  const entries = together([
    ...said.inOrder.flatMap((fact): readonly Entry[] => {
      if (fact.kind === "days") return [{ days: fact, times: [] }];
      return fact.kind === "pair" && fact.days.kind === "days" ? [{ days: fact.days, times: fact.times }] : [];
    }),
  ]);
  const today =
    entries.length === 1 && entries[0]?.days.from === moment.today && entries[0].days.to === moment.today + 1;
  const days = entries.map(({ days: fact, times }): WantedDays => {
    const { from, to } = reading.otherDays && fact.other ? fact.other : fact;
    // If the message has one day, every hour belongs to it. An open end ("but not before 3") applies to every day.
    const bounds = lone.filter((time) => time.kind === "window" && time.open !== undefined);
    const own = entries.length === 1 ? [...lone, ...times] : times.length > 0 ? [...bounds, ...times] : [];
    const windows = windowsOf(settleHalves(own, []), { moment, today: from === moment.today, reading });
    return {
      from: dateOfDay(from),
      to: dateOfDay(to),
      ...(windows.length > 0 && { windows }),
      ...(fact.named === "weekday" && { byWeekday: true }),
    };
  });
  const taken = entries.length === 1 || (entries.length > 1 && entries.every(({ times }) => times.length > 0));
  const [only] = days;
  const later = entries.length === 1 ? entries[0]?.days.otherwise : undefined;
  if (later === undefined || only === undefined) return { days, otherwise: [], today, taken };
  const weekLater = { from: dateOfDay(later.from), to: dateOfDay(later.to) };
  // "Wednesday at 9", said at ten on a Wednesday, means the next one.
  const gone =
    today &&
    only.windows?.every(({ fromMinutes, toMinutes }) => Math.max(fromMinutes, toMinutes - 1) <= moment.nowMinutes);
  return gone
    ? { days: [{ ...only, ...weekLater }], otherwise: [], today: false, taken }
    : { days, otherwise: [weekLater], today, taken };
}

interface Entry {
  readonly days: DaysFact;
  readonly times: readonly TimeFact[];
}

/** Intersects what was said of one day in two places: a weekday and its week, a date and its month, today and its date. */
function together(entries: readonly Entry[]): readonly Entry[] {
  const periods = entries.filter(({ days }) => days.named === "period");
  const bound = new Set<Entry>();
  const narrowed = entries.map((entry) => {
    const period = periods.find((other) => other !== entry && joined(other.days, entry.days) !== undefined);
    const days = period && joined(period.days, entry.days);
    if (period === undefined || days === undefined || days === period.days) return entry;
    bound.add(period);
    return { days, times: [...period.times, ...entry.times] };
  });
  const kept: Entry[] = [];
  for (const entry of narrowed.filter((_entry, at) => !bound.has(entries[at] as Entry))) {
    const same = kept.findIndex(({ days }) => !days.open && days.from === entry.days.from && days.to === entry.days.to);
    const other = kept[same];
    if (other === undefined) kept.push(entry);
    else kept[same] = { days: entry.days, times: [...other.times, ...entry.times] };
  }
  return kept;
}

function joined(a: DaysFact, b: DaysFact): DaysFact | undefined {
  if (a.open || b.open) return undefined;
  if (a.from === b.from && a.to === b.to) return a;
  for (const [day, period] of [
    [a, b],
    [b, a],
  ] as const) {
    const inside =
      day.weekday !== undefined &&
      period.named === "period" &&
      period.to - period.from >= 5 &&
      period.to - period.from <= 7;
    if (inside && day.weekday !== undefined) {
      const from = onOrAfter(period.from, day.weekday);
      return { kind: "days", from, to: from + 1, named: "date" };
    }
    if (period.from <= day.from && day.to <= period.to) return day;
  }
  return undefined;
}
