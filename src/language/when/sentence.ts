/*
 * Reading is a cascade. Each rule matches one kind of phrase and replaces it with a mark, so that later rules match
 * marks ("between <t1> and <t2>", "not <d3>") instead of words. Each character of the working text keeps its position
 * in the given text, which gives the span of each fact.
 */

/** Whole local dates [from, to), as day numbers. */
export interface DaysFact {
  readonly kind: "days";
  readonly from: number;
  readonly to: number;
  /** What was named: a date, a bare weekday, or a stretch such as a week or a month. */
  readonly named: "date" | "weekday" | "period";
  /** The weekday said, Monday is 0. It lets "Tuesday … next week" and "Friday the 13th" be combined. */
  readonly weekday?: number;
  /** The day of the month, said without a month, which a neighbouring date may supply. */
  readonly dayOfMonth?: number;
  /** Both ends were said, so "from" before it opens no range. */
  readonly range?: true;
  readonly open?: "after" | "before";
  /** Another reading of the same words. */
  readonly other?: { readonly why: DayDoubt; readonly from: number; readonly to: number };
  /** The substitute days when nothing is free on these: today's weekday a week later. */
  readonly otherwise?: { readonly from: number; readonly to: number };
}

/** Why a phrase of days has another reading. */
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

/** A range of the clock [from, to) in minutes since midnight. Beyond 1440 it ends on the next day. */
export interface WindowFact {
  readonly kind: "window";
  readonly from: number;
  readonly to: number;
  readonly open?: "after" | "before";
  /**
   * Said as the end of something ("until 4", "ending at 4"). With a start elsewhere in the message it makes a range.
   */
  readonly until?: true;
  /** The hour of an open range was said without morning or afternoon. */
  readonly unsure?: true;
  /** Set for a part of the day, which also decides the half of a bare hour. */
  readonly half?: "am" | "pm";
  /** The other half of the day, if the hours fit both. */
  readonly other?: { readonly from: number; readonly to: number };
}

/** Days with clock times of their own: "Tuesday afternoon". */
export interface PairFact {
  readonly kind: "pair";
  readonly days: DaysFact | WeekdaysFact;
  readonly times: readonly (ClockFact | WindowFact)[];
}

/** "30 February", "25:00": named, but non-existent. */
export interface MissingFact {
  readonly kind: "missing";
  readonly nearest: DaysFact | ClockFact;
}

/** The facts of one phrase, or of several together. */
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
  /** A phrase about time that wants none: a greeting, a shift, a past date. */
  | { readonly kind: "nothing"; readonly why: "greeting" | "shift" | "past" }
  /** A date or clock time that does not exist, with the nearest one that does. */
  | MissingFact;

/** A range of characters [from, to) in the text that was given. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The working text: words, and marks such as `<d0>`. The letter is the kind of fact and the number its index. */
export interface Sentence {
  readonly text: string;
  readonly facts: readonly Fact[];
  /** The position of each fact. */
  readonly spans: readonly Span[];
  /** For each character of `text`, its position in the text that was given. */
  readonly origins: readonly number[];
}

/** A text in which nothing has been read yet. */
export function sentenceOf(text: string): Sentence {
  return { text, facts: [], spans: [], origins: Array.from({ length: text.length }, (_, at) => at) };
}

/** A part of the day has its own letter, because it also decides the half of a bare hour beside it. */
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
  missing: "n",
};

/** The groups of a match, and the text on both sides of it. */
type Groups = readonly (string | undefined)[];
interface Around {
  readonly before: string;
  readonly after: string;
}

/** Replaces every match that `read` understands with a mark. If it returns undefined the words stay. */
export function mark(
  sentence: Sentence,
  pattern: RegExp,
  read: (groups: Groups, around: Around) => Fact | undefined,
): Sentence {
  const facts = [...sentence.facts];
  const spans = [...sentence.spans];
  const { text, origins } = edit(sentence, pattern, (groups, around, span) => {
    const whole = groups[0] ?? "";
    const fact = read(groups, around);
    if (fact === undefined) return undefined;
    facts.push(fact);
    spans.push(span);
    const lead = whole.startsWith(" ") ? " " : "";
    return `${lead}<${letterOf(fact)}${facts.length - 1}>${whole.endsWith(" ") ? " " : ""}`;
  });
  return { text, facts, spans, origins };
}

/** Replaces the characters [from, to) of the working text with a mark for each fact, joined by "to". */
export function markRange(sentence: Sentence, from: number, to: number, found: readonly Fact[]): Sentence {
  const first = sentence.facts.length;
  const marks = found.map((fact, index) => `<${letterOf(fact)}${first + index}>`).join(" to ");
  const span = spanOf(sentence, from, to);
  return {
    text: sentence.text.slice(0, from) + marks + sentence.text.slice(to),
    facts: [...sentence.facts, ...found],
    spans: [...sentence.spans, ...found.map(() => span)],
    origins: [
      ...sentence.origins.slice(0, from),
      ...originsOf(marks, sentence.text.slice(from, to), sentence.origins.slice(from, to)),
      ...sentence.origins.slice(to),
    ],
  };
}

/** Replaces every match with an equivalent phrase, so that later rules need only one form. */
export function rewrite(sentence: Sentence, pattern: RegExp, to: (groups: Groups) => string): Sentence {
  return { ...sentence, ...edit(sentence, pattern, to) };
}

function edit(
  sentence: Sentence,
  pattern: RegExp,
  change: (groups: Groups, around: Around, span: Span) => string | undefined,
): Pick<Sentence, "text" | "origins"> {
  const { text } = sentence;
  let edited = "";
  const origins: number[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    const [whole] = found;
    const from = found.index;
    const to = from + whole.length;
    const trimmed = spanOf(sentence, from + whole.search(/\S|$/), to - (whole.length - whole.trimEnd().length));
    const changed = change(found, { before: text.slice(0, from), after: text.slice(to) }, trimmed);
    if (changed === undefined || changed === whole) continue;
    edited += text.slice(end, from) + changed;
    origins.push(...sentence.origins.slice(end, from));
    origins.push(...originsOf(changed, whole, sentence.origins.slice(from, to)));
    end = to;
  }
  if (end === 0) return sentence;
  return { text: edited + text.slice(end), origins: [...origins, ...sentence.origins.slice(end)] };
}

/**
 * Maps new characters to the positions of the old ones. Both ends align, and the rest maps to the start of the change.
 */
function originsOf(changed: string, whole: string, origins: readonly number[]): readonly number[] {
  const shorter = Math.min(changed.length, whole.length);
  let same = 0;
  while (same < shorter && changed[same] === whole[same]) same += 1;
  const middle = origins[Math.min(same, origins.length - 1)] ?? 0;
  const last = origins.at(-1) ?? middle;
  return Array.from({ length: changed.length }, (_, at) =>
    at < same ? (origins[at] ?? middle) : at === changed.length - 1 ? last : middle,
  );
}

/** The span in the given text of the characters [from, to) of the working text. */
export function spanOf({ origins }: Sentence, from: number, to: number): Span {
  const start = origins[from] ?? 0;
  return { from: start, to: Math.max(start, (origins[to - 1] ?? start) + 1) };
}

/** The fact behind a mark's number. Throws a RangeError for a number without a mark. */
export function factAt(sentence: Sentence, index: string | undefined): Fact {
  const fact = sentence.facts[Number(index)];
  if (fact === undefined) throw new RangeError(`No fact ${index}`);
  return fact;
}

/** The facts whose marks stand in a text, in its order. */
export function factsIn(sentence: Sentence, text: string): readonly Fact[] {
  return [...text.matchAll(/<[a-z](\d+)>/g)].map(([, index]) => factAt(sentence, index));
}

/** The facts whose marks are left in a sentence, each with the place it was said in. */
export function marksIn(sentence: Sentence): readonly { readonly fact: Fact; readonly span: Span }[] {
  return [...sentence.text.matchAll(/<[a-z](\d+)>/g)].map(([whole, index]) => {
    const span = sentence.spans[Number(index)];
    if (span === undefined) throw new RangeError(`No span for ${whole}`);
    return { fact: factAt(sentence, index), span };
  });
}
