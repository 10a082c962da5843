import type { ClockFact, DaysFact, Fact, PairFact, WeekdaysFact, WindowFact } from "./sentence.ts";
import type { Want } from "./want.ts";

/** Hours as said: a clock time or a stretch of the day. */
export type TimeFact = ClockFact | WindowFact;

/** Everything said about one wish, sorted by what it is about. */
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

/** Which of the readings is taken. */
export interface Reading {
  readonly otherDays?: true;
  readonly otherHalf?: true;
  readonly zone?: string;
}

/** Everything said, with lists taken apart. */
export function saidIn(facts: readonly Fact[]): Said {
  const flat = facts.flatMap((fact) => (fact.kind === "any" ? fact.of : [fact]));
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
