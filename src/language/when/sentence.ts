/*
 * Reading is a cascade: each rule looks for one kind of phrase and puts a mark in its place, so that later rules can be
 * written over marks ("between <t1> and <t2>", "not <d3>") instead of over words.
 */

/** Whole local dates [from, to), as day numbers. */
export interface DaysFact {
  readonly kind: "days";
  readonly from: number;
  readonly to: number;
  /** What was named: a date, a bare weekday, or a stretch such as a week or a month. */
  readonly named: "date" | "weekday" | "period";
  /** The weekday said, Monday 0, so that "Tuesday … next week" and "Friday the 13th" can be put together. */
  readonly weekday?: number;
  /** The day of the month said without a month, so that it can take one from its neighbour. */
  readonly dayOfMonth?: number;
  /** Both ends were said, so "from" before it opens nothing. */
  readonly range?: true;
  readonly open?: "after" | "before";
  /** Another way to read the same words. */
  readonly other?: { readonly why: DayDoubt; readonly from: number; readonly to: number };
  /** The days that stand in when nothing is free on these: today's weekday a week later. */
  readonly otherwise?: { readonly from: number; readonly to: number };
}

/** Why the days of a phrase may be others. */
export type DayDoubt = "day-month" | "weekday-date" | "next-week";

/** Days of the week without a date: "Tuesdays", "weekdays". Monday is 0. */
export interface WeekdaysFact {
  readonly kind: "weekdays";
  readonly days: readonly number[];
}

/** A clock time in minutes since midnight; not sure while morning or afternoon is open. */
export interface ClockFact {
  readonly kind: "clock";
  readonly minutes: number;
  readonly sure: boolean;
}

/** A stretch of the clock [from, to) in minutes since midnight; beyond 1440 it ends on the next day. */
export interface WindowFact {
  readonly kind: "window";
  readonly from: number;
  readonly to: number;
  readonly open?: "after" | "before";
  /** The hour of an open end was said without morning or afternoon. */
  readonly unsure?: true;
  /** Set for a part of the day, which also says which half a bare hour is in. */
  readonly half?: "am" | "pm";
  /** The other half of the day, where the hours said fit both. */
  readonly other?: { readonly from: number; readonly to: number };
}

/** Days with clock times of their own: "Tuesday afternoon". */
export interface PairFact {
  readonly kind: "pair";
  readonly days: DaysFact | WeekdaysFact;
  readonly times: readonly (ClockFact | WindowFact)[];
}

/** What one phrase, or several together, say. */
export type Fact =
  | DaysFact
  | WeekdaysFact
  | ClockFact
  | WindowFact
  | PairFact
  | { readonly kind: "not"; readonly of: readonly Fact[] }
  | { readonly kind: "any"; readonly of: readonly Fact[] }
  | { readonly kind: "minutes"; readonly minutes: number }
  | { readonly kind: "instant"; readonly fromNowMinutes: number; readonly within?: true }
  | { readonly kind: "order"; readonly order: "earliest" | "latest" | "any" }
  | { readonly kind: "zone"; readonly zones: readonly string[] }
  | { readonly kind: "nothing" };

/** The message so far: words, and marks `<d0>` whose number is the place among the facts. */
export interface Sentence {
  readonly text: string;
  readonly facts: readonly Fact[];
}

/** Parts of the day are windows with a letter of their own: they also say what a bare hour beside them means. */
function letterOf(fact: Fact): string {
  if (fact.kind === "window" && fact.half !== undefined) return "p";
  if (fact.kind === "any" && fact.of.every(({ kind }) => kind === "clock" || kind === "window")) return "b";
  return letters[fact.kind];
}

const letters: Readonly<Record<Fact["kind"], string>> = {
  days: "d",
  weekdays: "d",
  clock: "t",
  window: "w",
  pair: "s",
  not: "x",
  any: "a",
  minutes: "m",
  instant: "i",
  order: "o",
  zone: "z",
  nothing: "v",
};

/** Puts a mark in the place of every match that `read` understands; undefined leaves the words alone. */
export function mark(
  sentence: Sentence,
  pattern: RegExp,
  read: (groups: readonly (string | undefined)[], at: { before: string; after: string }) => Fact | undefined,
): Sentence {
  const facts = [...sentence.facts];
  const text = sentence.text.replace(pattern, (...found) => {
    // The last two, or three with named groups, are the offset and the whole text; every pattern here has none named.
    const at = found.at(-2) as number;
    const groups = found.slice(0, -2) as (string | undefined)[];
    const whole = groups[0] ?? "";
    const fact = read(groups, { before: sentence.text.slice(0, at), after: sentence.text.slice(at + whole.length) });
    if (fact === undefined) return whole;
    facts.push(fact);
    const lead = whole.startsWith(" ") ? " " : "";
    return `${lead}<${letterOf(fact)}${facts.length - 1}>${whole.endsWith(" ") ? " " : ""}`;
  });
  return { text, facts };
}

/** The fact behind a mark's number. Throws a RangeError for a number no mark has. */
export function factAt(sentence: Sentence, index: string | undefined): Fact {
  const fact = sentence.facts[Number(index)];
  if (fact === undefined) throw new RangeError(`No fact ${index}`);
  return fact;
}

/** The facts whose marks stand in a text, in its order. */
export function factsIn(sentence: Sentence, text: string): readonly Fact[] {
  return [...text.matchAll(/<[a-z](\d+)>/g)].map(([, index]) => factAt(sentence, index));
}
