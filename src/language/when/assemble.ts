import { dateOfDay, dayOfDate } from "../../domain/local-date.ts";
import { weekdays } from "../../domain/practice.ts";
import { likelyClock } from "./bounds.ts";
import { settleHalves, windowsOf } from "./hours.ts";
import type { Moment } from "./moment.ts";
import { type Reading, type Said, saidIn } from "./said.ts";
import { type DaysFact, type Fact, factsIn, type PairFact, type Sentence } from "./sentence.ts";
import type { ClockWindow, Unwanted, Want } from "./want.ts";
import { dayRanges } from "./wanted-days.ts";
import type { Ambiguity, When } from "./when.ts";

/** Combines the marks of a message. Undefined: none of them says when. */
export function assemble(sentence: Sentence, moment: Moment): When | undefined {
  const said = saidIn(factsIn(sentence, sentence.text), moment);
  const want = wantOf(said, moment, {});
  if (want === undefined) return undefined;
  const ambiguous = ambiguityOf(said, moment, want);
  const rest = restOf(sentence.text);
  return ambiguous === undefined
    ? { want, rest }
    : { want: { ...want, certainty: Math.min(want.certainty, 0.6) }, rest, ambiguous };
}

function wantOf(said: Said, moment: Moment, reading: Reading): Want | undefined {
  const zone = reading.zone ?? said.zones?.[0];
  const base = {
    ...(said.minutes !== undefined && { minutes: said.minutes }),
    order: said.order ?? "any",
    ...(zone !== undefined && zone !== moment.zone && { zone }),
    certainty: 0.95,
  } as const;
  if (said.instant !== undefined && said.days.length === 0 && said.pairs.length === 0)
    return instantWant(said.instant, moment, base);
  const lone = settleHalves(said.times, said.pairs);
  const ranges = dayRanges(said, lone, moment, reading);
  const named = said.days.flatMap((fact) => (fact.kind === "weekdays" ? fact.days : []));
  const pairedWeekdays = said.pairs.flatMap(({ days }) => (days.kind === "weekdays" ? days.days : []));
  const weekdaysSaid = [...named, ...pairedWeekdays].map((index) => weekdays[index]).filter((day) => day !== undefined);
  const weekdayTimes = said.pairs.flatMap(({ days, times }) => (days.kind === "weekdays" ? times : []));
  // If the message has one day, hours without a day belong to it and are stored there.
  const windows = windowsOf(ranges.taken ? weekdayTimes : [...lone, ...weekdayTimes], {
    moment,
    today: ranges.today,
    reading,
  });
  const not = said.not.flatMap((fact) =>
    fact.kind === "not" ? fact.of.map((refused) => unwanted(refused, moment)) : [],
  );
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
  const single =
    days?.length === 1 && range !== undefined && dayOfDate(range.to) === dayOfDate(range.from) + 1 ? range : undefined;
  const exact = { ...(single && { date: single.from }), minutes: point.fromMinutes };
  return { ...rest, ...(days && { days: days.map(({ windows: _windows, ...day }) => day) }), exact };
}

function instantWant(
  { fromNowMinutes, within }: { fromNowMinutes: number; within?: true },
  moment: Moment,
  base: Pick<Want, "order" | "certainty">,
): Want {
  const at = moment.nowMinutes + Math.round(fromNowMinutes);
  const day = moment.today + (within ? 0 : Math.floor(at / 1440));
  const days = [{ from: dateOfDay(day), to: dateOfDay(day + 1) }];
  if (within) return { ...base, days, windows: [{ fromMinutes: moment.nowMinutes, toMinutes: at }] };
  return { ...base, days, exact: { date: dateOfDay(day), minutes: at % 1440 } };
}

function unwanted(fact: Fact, moment: Moment): Unwanted {
  switch (fact.kind) {
    case "days":
      // "Not Friday" excludes Friday in every week.
      if (fact.named === "weekday" && fact.weekday !== undefined)
        return unwanted({ kind: "weekdays", days: [fact.weekday] }, moment);
      return { days: [{ from: dateOfDay(fact.from), to: dateOfDay(fact.to) }] };
    case "weekdays":
      return { weekdays: fact.days.map((index) => weekdays[index]).filter((day) => day !== undefined) };
    case "pair":
      return { ...unwanted(fact.days, moment), windows: unwantedHours(fact.times, moment) };
    case "clock":
    case "window":
      return { windows: unwantedHours([fact], moment) };
    default:
      return { windows: [] };
  }
}

/** A bare hour that fits both halves of the day is excluded in both: after "not at 8" neither 08:00 nor 20:00 is meant. */
function unwantedHours(times: PairFact["times"], moment: Moment): readonly ClockWindow[] {
  const both = times.flatMap((time): PairFact["times"] => {
    const likely = time.kind === "clock" ? likelyClock(time, moment) : undefined;
    if (likely === undefined || likely.sure) return [time];
    return [likely.minutes, (likely.minutes + 720) % 1440].map((minutes) => ({ ...likely, minutes, sure: true }));
  });
  return windowsOf(both, { moment, today: false, reading: {} });
}

function openOf(said: Said): Want["open"] {
  const all = [...said.days, ...said.times, ...said.pairs.flatMap(({ days, times }) => [days, ...times])];
  const open = all.flatMap((fact) => ("open" in fact && fact.open ? [fact.open] : []));
  return open.length === 1 || new Set(open).size === 1 ? open[0] : undefined;
}

/** "3/4" is asked about only if both days can be booked. */
function isNear({ from, other }: DaysFact, { today, horizonDays }: Moment): boolean {
  return other?.why !== "day-month" || Math.max(from, other.from) <= today + horizonDays;
}

function ambiguityOf(said: Said, moment: Moment, want: Want): Ambiguity | undefined {
  const facts = [...said.days, ...said.pairs.map(({ days }) => days)];
  const doubtful = facts.find((fact): fact is DaysFact => fact.kind === "days" && fact.other !== undefined);
  const readings = (reading: Reading): readonly Want[] => [
    want,
    ...[wantOf(said, moment, reading)].filter((other) => other !== undefined),
  ];
  if (doubtful?.other && isNear(doubtful, moment))
    return { kind: doubtful.other.why, readings: readings({ otherDays: true }) };
  if (said.zones && said.zones.length > 1) {
    return { kind: "zone", readings: said.zones.flatMap((zone) => wantOf(said, moment, { zone }) ?? []) };
  }
  const other = wantOf(said, moment, { otherHalf: true });
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(want))
    return { kind: "am-pm", readings: [want, other] };
  return undefined;
}

const hanging =
  "(?:on|at|for|from|to|until|by|in|the|this|between|and|or|around|about|of|be|starting|sometime|some time|anytime|any time|only|just|but|either|with|is|it's|any|every|,|-|after|before)";

/** The text that is left without the marks and the small words that introduced them. */
function restOf(text: string): string {
  return text
    .replace(new RegExp(`(?:(?:^|(?<= ))${hanging} )*<[a-z]\\d+>(?: (?:only|on|onwards?)\\b)?`, "g"), " ")
    .replace(/\s+([,.?!;])/g, "$1")
    .replace(/(?:^|\s)[,;.-]+(?=\s|$)/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
