import { dateOfDay } from "../domain/local-date.ts";
import { weekdays } from "../domain/practice.ts";
import { likelyClock } from "./bounds.ts";
import type { Moment } from "./moment.ts";
import { settled } from "./parts-of-day.ts";
import { type ClockFact, type DaysFact, type Fact, factsIn, type PairFact, type Sentence, type WeekdaysFact, type WindowFact } from "./sentence.ts";
import type { ClockWindow, Unwanted, Want, WantedDays } from "./want.ts";
import type { Ambiguity, When } from "./when.ts";

/** Everything said about one wish, sorted by what it is about. */
interface Said {
  readonly days: readonly (DaysFact | WeekdaysFact)[];
  readonly pairs: readonly PairFact[];
  readonly times: readonly (ClockFact | WindowFact)[];
  readonly not: readonly Fact[];
  readonly minutes?: number;
  readonly instant?: { readonly fromNowMinutes: number; readonly within?: true };
  readonly order?: Want["order"];
  readonly zones?: readonly string[];
}

/** Puts the marks of a message together; undefined where there are none that say when. */
export function assemble(sentence: Sentence, moment: Moment): When | undefined {
  const said = sort(factsIn(sentence, sentence.text));
  const want = wantOf(said, moment, {});
  if (want === undefined) return undefined;
  const ambiguous = ambiguityOf(said, moment, want);
  const rest = restOf(sentence.text);
  return ambiguous === undefined ? { want, rest } : { want: { ...want, certainty: Math.min(want.certainty, 0.6) }, rest, ambiguous };
}

function sort(facts: readonly Fact[]): Said {
  const flat = facts.flatMap((fact) => (fact.kind === "any" ? fact.of : [fact]));
  const find = <K extends Fact["kind"]>(kind: K) => flat.find((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  const order = find("order");
  const minutes = find("minutes");
  const instant = find("instant");
  const zone = find("zone");
  return {
    days: flat.filter((fact) => fact.kind === "days" || fact.kind === "weekdays"),
    pairs: flat.filter((fact) => fact.kind === "pair"),
    times: flat.filter((fact) => fact.kind === "clock" || fact.kind === "window"),
    not: flat.filter((fact) => fact.kind === "not"),
    ...(minutes && { minutes: minutes.minutes }),
    ...(instant && { instant }),
    ...(order && { order: order.order }),
    ...(zone && { zones: zone.zones }),
  };
}

/** Which of the readings is taken. */
interface Reading {
  readonly otherDays?: true;
  readonly otherHalf?: true;
  readonly zone?: string;
}

function wantOf(said: Said, moment: Moment, reading: Reading): Want | undefined {
  const zone = reading.zone ?? said.zones?.[0];
  const base = {
    ...(said.minutes !== undefined && { minutes: said.minutes }),
    order: said.order ?? "any",
    ...(zone !== undefined && zone !== moment.zone && { zone }),
    certainty: 0.95,
  } as const;
  if (said.instant !== undefined && said.days.length === 0 && said.pairs.length === 0) return instantWant(said.instant, moment, base);
  const lone = settleHalves(said.times, said.pairs);
  const ranges = dayRanges(said, lone, moment, reading);
  const named = said.days.flatMap((fact) => (fact.kind === "weekdays" ? fact.days : []));
  const pairedWeekdays = said.pairs.flatMap(({ days }) => (days.kind === "weekdays" ? days.days : []));
  const weekdaysSaid = [...named, ...pairedWeekdays].map((index) => weekdays[index]).filter((day) => day !== undefined);
  const weekdayTimes = said.pairs.flatMap(({ days, times }) => (days.kind === "weekdays" ? times : []));
  const windows = windowsOf([...lone, ...weekdayTimes], moment, ranges.today, reading);
  const not = said.not.flatMap((fact) => (fact.kind === "not" ? fact.of.map((refused) => unwanted(refused, moment)) : []));
  const open = openOf(said);
  const want: Want = {
    ...base,
    ...(ranges.days.length > 0 && { days: ranges.days }),
    ...(weekdaysSaid.length > 0 && { weekdays: weekdaysSaid }),
    ...(windows.length > 0 && { windows }),
    ...(not.length > 0 && { not }),
    ...(ranges.otherwise.length > 0 && { otherwise: ranges.otherwise }),
    ...(open && { open }),
  };
  const says = want.days ?? want.weekdays ?? want.windows ?? want.not ?? want.minutes ?? said.order;
  return says === undefined ? undefined : withExact(want);
}

/** One clock time is a moment or a time of day, not a window. */
function withExact(want: Want): Want {
  const { days, windows, ...rest } = want;
  const own = days?.length === 1 ? days[0]?.windows : undefined;
  const only = own ?? (days?.some((range) => range.windows) ? undefined : windows);
  const point = only?.length === 1 && only[0]?.fromMinutes === only[0]?.toMinutes ? only[0] : undefined;
  if (point === undefined) return want;
  const [range] = days ?? [];
  const single = days?.length === 1 && range !== undefined && range.to <= nextDay(range.from) ? range : undefined;
  const exact = { ...(single && { date: single.from }), minutes: point.fromMinutes };
  return { ...rest, ...(days && { days: days.map(({ from, to }) => ({ from, to })) }), exact };
}

function nextDay(date: string): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return dateOfDay(Date.UTC(year, month - 1, day) / 86_400_000 + 1);
}

function instantWant({ fromNowMinutes, within }: { fromNowMinutes: number; within?: true }, moment: Moment, base: Pick<Want, "order" | "certainty">): Want {
  const at = moment.nowMinutes + Math.round(fromNowMinutes);
  const day = moment.today + (within ? 0 : Math.floor(at / 1440));
  const days = [{ from: dateOfDay(day), to: dateOfDay(day + 1) }];
  if (within) return { ...base, days, windows: [{ fromMinutes: moment.nowMinutes, toMinutes: at }] };
  return { ...base, days, exact: { date: dateOfDay(day), minutes: at % 1440 } };
}

/** A part of the day said once says for every bare hour which half it is in, and is then no window of its own. */
function settleHalves(times: readonly (ClockFact | WindowFact)[], pairs: readonly PairFact[]): readonly (ClockFact | WindowFact)[] {
  const part = times.find((time): time is WindowFact => time.kind === "window" && time.half !== undefined) ?? partOf(pairs);
  const clocks = times.some((time) => time.kind === "clock" || time.half === undefined);
  if (part === undefined || !clocks) return times;
  return times.filter((time) => time.kind === "clock" || time.half === undefined).map((time) => (time.kind === "clock" ? settled(time, part) : time));
}

function partOf(pairs: readonly PairFact[]): WindowFact | undefined {
  return pairs.flatMap(({ times }) => times).find((time): time is WindowFact => time.kind === "window" && time.half !== undefined);
}

interface DayRanges {
  readonly days: readonly WantedDays[];
  readonly otherwise: readonly WantedDays[];
  /** Whether the only day is today, so that hours gone by are not meant. */
  readonly today: boolean;
}

function dayRanges(said: Said, lone: readonly (ClockFact | WindowFact)[], moment: Moment, reading: Reading): DayRanges {
  const entries = together([
    ...said.days.flatMap((days) => (days.kind === "days" ? [{ days, times: [] as readonly (ClockFact | WindowFact)[] }] : [])),
    ...said.pairs.flatMap(({ days, times }) => (days.kind === "days" ? [{ days, times }] : [])),
  ]);
  const today = entries.length === 1 && entries[0]?.days.from === moment.today && entries[0].days.to === moment.today + 1;
  const days = entries.map(({ days: fact, times }): WantedDays => {
    const { from, to } = reading.otherDays && fact.other ? fact.other : fact;
    // With one day in the message, every hour in it is that day's.
    const own = entries.length === 1 ? [...lone, ...times] : times;
    const windows = windowsOf(settleHalves(own, []), moment, from === moment.today, reading);
    return { from: dateOfDay(from), to: dateOfDay(to), ...(windows.length > 0 && { windows }) };
  });
  const [only] = days;
  const later = entries.length === 1 ? entries[0]?.days.otherwise : undefined;
  if (later === undefined || only === undefined) return { days, otherwise: [], today };
  const weekLater = { from: dateOfDay(later.from), to: dateOfDay(later.to) };
  // "Wednesday at 9" said on Wednesday at ten means the next one.
  const gone = only.windows?.every(({ fromMinutes, toMinutes }) => Math.max(fromMinutes, toMinutes - 1) <= moment.nowMinutes);
  return gone ? { days: [{ ...only, ...weekLater }], otherwise: [], today: false } : { days, otherwise: [weekLater], today };
}

interface Entry {
  readonly days: DaysFact;
  readonly times: readonly (ClockFact | WindowFact)[];
}

/** Days that say more about each other than apart: a weekday and its week, a weekday and its date, today and its date. */
function together(entries: readonly Entry[]): readonly Entry[] {
  return entries.reduce<readonly Entry[]>((kept, entry) => {
    const partner = kept.findIndex((other) => joined(other.days, entry.days) !== undefined);
    const other = kept[partner];
    const days = other && joined(other.days, entry.days);
    if (other === undefined || days === undefined) return [...kept, entry];
    return kept.with(partner, { days, times: [...other.times, ...entry.times] });
  }, []);
}

function joined(a: DaysFact, b: DaysFact): DaysFact | undefined {
  if (a.open || b.open) return undefined;
  if (a.from === b.from && a.to === b.to) return a;
  for (const [day, period] of [[a, b], [b, a]] as const) {
    const inside = day.weekday !== undefined && period.named === "period" && period.to - period.from >= 5 && period.to - period.from <= 7;
    if (inside && day.weekday !== undefined) {
      const from = period.from + ((day.weekday - ((period.from + 3) % 7) + 7) % 7);
      return { kind: "days", from, to: from + 1, named: "date" };
    }
    if (period.from <= day.from && day.to <= period.to) return day;
  }
  return undefined;
}

function windowsOf(times: readonly (ClockFact | WindowFact)[], moment: Moment, today: boolean, reading: Reading): readonly ClockWindow[] {
  const windows = times.map((time): ClockWindow & { open?: string } => {
    if (time.kind === "window") {
      const { from, to } = reading.otherHalf && time.other ? time.other : time;
      return { fromMinutes: from, toMinutes: to, ...(time.open && { open: time.open }) };
    }
    const minutes = clockMinutes(time, moment, today, reading);
    return { fromMinutes: minutes, toMinutes: minutes };
  });
  return intersectOpen(windows);
}

/** "after 2 but before 5" is one window. */
function intersectOpen(windows: readonly (ClockWindow & { open?: string })[]): readonly ClockWindow[] {
  const after = windows.find(({ open }) => open === "after");
  const before = windows.find(({ open }) => open === "before");
  const plain = (list: readonly ClockWindow[]) => list.map(({ fromMinutes, toMinutes }) => ({ fromMinutes, toMinutes }));
  if (after && before && after.fromMinutes < before.toMinutes) return [{ fromMinutes: after.fromMinutes, toMinutes: before.toMinutes }];
  const open = after ?? before;
  const part = windows.find((window) => window !== open && window.fromMinutes < window.toMinutes);
  if (open && part && windows.length === 2) {
    const [fromMinutes, toMinutes] = [Math.max(open.fromMinutes, part.fromMinutes), Math.min(open.toMinutes, part.toMinutes)];
    if (fromMinutes < toMinutes) return [{ fromMinutes, toMinutes }];
  }
  return plain(windows);
}

function clockMinutes(clock: ClockFact, moment: Moment, today: boolean, reading: Reading): number {
  const likely = likelyClock(clock, moment);
  if (likely.sure) return likely.minutes;
  const flipped = (likely.minutes + 720) % 1440;
  if (reading.otherHalf) return flipped;
  return today && likely.minutes <= moment.nowMinutes && flipped > moment.nowMinutes ? flipped : likely.minutes;
}

function unwanted(fact: Fact, moment: Moment): Unwanted {
  switch (fact.kind) {
    case "days":
      return { days: [{ from: dateOfDay(fact.from), to: dateOfDay(fact.to) }] };
    case "weekdays":
      return { weekdays: fact.days.map((index) => weekdays[index]).filter((day) => day !== undefined) };
    case "pair":
      return { ...unwanted(fact.days, moment), windows: windowsOf(fact.times, moment, false, {}) };
    case "clock":
    case "window":
      return { windows: windowsOf([fact], moment, false, {}) };
    default:
      return { windows: [] };
  }
}

function openOf(said: Said): Want["open"] {
  const all = [...said.days, ...said.times, ...said.pairs.flatMap(({ days, times }) => [days, ...times])];
  const open = all.flatMap((fact) => ("open" in fact && fact.open ? [fact.open] : []));
  return open.length === 1 || new Set(open).size === 1 ? open[0] : undefined;
}

function ambiguityOf(said: Said, moment: Moment, want: Want): Ambiguity | undefined {
  const facts = [...said.days, ...said.pairs.map(({ days }) => days)];
  const doubtful = facts.find((fact): fact is DaysFact => fact.kind === "days" && fact.other !== undefined);
  const readings = (reading: Reading): readonly Want[] => [want, ...[wantOf(said, moment, reading)].filter((other) => other !== undefined)];
  if (doubtful?.other) return { kind: doubtful.other.why, readings: readings({ otherDays: true }) };
  if (said.zones && said.zones.length > 1) {
    return { kind: "zone", readings: said.zones.flatMap((zone) => wantOf(said, moment, { zone }) ?? []) };
  }
  const other = wantOf(said, moment, { otherHalf: true });
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(want)) return { kind: "am-pm", readings: [want, other] };
  return undefined;
}

const hanging = "(?:on|at|for|from|to|until|by|in|the|this|between|and|or|around|about|of|be|starting|sometime|some time|anytime|any time|only|just|but|either|with|is|it's|,|-|after|before)";

/** What is left without the marks, and without the small words that led to them. */
function restOf(text: string): string {
  return text
    .replace(new RegExp(`(?:(?:^|(?<= ))${hanging} )*<[a-z]\\d+>`, "g"), " ")
    .replace(/\s+([,.?!;])/g, "$1")
    .replace(/(?:^|\s)[,;.-]+(?=\s|$)/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
