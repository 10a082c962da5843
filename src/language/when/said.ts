import { clockRange } from "./bounds.ts";
import type { Moment } from "./moment.ts";
import type { ClockFact, DaysFact, Fact, PairFact, WeekdaysFact, WindowFact } from "./sentence.ts";
import type { Want } from "./want.ts";

/** Hours as said: a clock time or a range of the day. */
export type TimeFact = ClockFact | WindowFact;

/** All facts about one wanted session, sorted by kind. */
export interface Said {
  readonly inOrder: readonly Fact[];
  readonly days: readonly (DaysFact | WeekdaysFact)[];
  readonly pairs: readonly PairFact[];
  readonly times: readonly TimeFact[];
  readonly not: readonly Fact[];
  readonly minutes?: number;
  readonly instant?: { readonly fromNowMinutes: number; readonly within?: true };
  readonly order?: Want["order"];
  readonly zones?: readonly string[];
}

/** Which of the readings is used. */
export interface Reading {
  readonly otherDays?: true;
  readonly otherHalf?: true;
  readonly zone?: string;
}

/** All facts, with lists split up. */
export function saidIn(facts: readonly Fact[], moment: Moment): Said {
  const flat = closeRange(
    facts.flatMap((fact) => (fact.kind === "any" ? fact.of : [fact])),
    moment,
  );
  const find = <K extends Fact["kind"]>(kind: K) =>
    flat.find((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  const order = find("order");
  const minutes = find("minutes");
  const instant = find("instant");
  const zone = find("zone");
  return {
    inOrder: flat,
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

/** "At 2 on Friday, until 4": a separate clock time and end make one range. */
function closeRange(facts: readonly Fact[], moment: Moment): readonly Fact[] {
  const all = facts.flatMap((fact): readonly Fact[] => (fact.kind === "pair" ? fact.times : [fact]));
  const [start, ...others] = all.filter((fact) => fact.kind === "clock");
  const end = all.find((fact): fact is WindowFact => fact.kind === "window" && fact.until === true);
  if (end === undefined || start === undefined || others.length > 0) return facts;
  const range = clockRange(start, { kind: "clock", minutes: end.to, sure: end.unsure !== true }, moment);
  const closed = (times: readonly TimeFact[]) =>
    times.filter((fact) => fact !== end).map((fact) => (fact === start ? range : fact));
  return facts.flatMap((fact): readonly Fact[] => {
    if (fact.kind === "clock" || fact.kind === "window") return closed([fact]);
    if (fact.kind !== "pair") return [fact];
    const times = closed(fact.times);
    return [times.length === 0 ? fact.days : { ...fact, times }];
  });
}
