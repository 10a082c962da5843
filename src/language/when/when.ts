import { normalise } from "../normalise.ts";
import { orders, zoneNames } from "./asides.ts";
import { assemble } from "./assemble.ts";
import { openEnds, ranges } from "./bounds.ts";
import { bareHours, clocks, unglued } from "./clocks.ts";
import { correction } from "./corrections.ts";
import { dates } from "./dates.ts";
import { daysFromDays, daysOfMonth, daysOfThisMonth, relativeDays, twiceNamedDays, weekdaysOfMonths } from "./days.ts";
import { lengths } from "./lengths.ts";
import { dayLists, pairs } from "./lists.ts";
import { mergeWant } from "./merge.ts";
import { type Moment, momentOf, type ReadingContext } from "./moment.ts";
import { clocksInParts, partsOfDay } from "./parts-of-day.ts";
import { partsOfPeriods, periods } from "./periods.ts";
import { qualifiedDays } from "./qualified-days.ts";
import { latterRefusals, refusals } from "./refusals.ts";
import { factAt, mark, marksIn, type Sentence, type Span, sentenceOf } from "./sentence.ts";
import { type Shift, shiftIn } from "./shifts.ts";
import { unreadIn } from "./unread.ts";
import type { Want } from "./want.ts";
import { countedFromFirst, furtherWant, splitWishes } from "./wishes.ts";

/** What is open about a time, with the ways to read it, likeliest first; ask with a button for each. */
export interface Ambiguity {
  readonly kind: "am-pm" | "day-month" | "weekday-date" | "next-week" | "zone";
  readonly readings: readonly Want[];
}

/** The time in a message. */
export interface When {
  readonly want: Want;
  /** The message, normalised, without its time words: names and purposes are left. */
  readonly rest: string;
  readonly ambiguous?: Ambiguity;
}

/** A date or clock time that cannot be booked, as it was said. */
export interface Impossible {
  readonly said: string;
  /** No calendar has the date ("30 feb"), no clock the time ("25:00"), or the date is past ("12 march 2019"). */
  readonly why: "no-date" | "no-clock" | "past";
  /** The whole message with the nearest date or time that exists; absent for what is past. */
  readonly nearest?: Want;
}

/** Everything a message says of time. */
export interface Times {
  /** The time asked for; the first, where several sessions are asked for. */
  readonly when: When | undefined;
  /** The times of further sessions: "… and another one the week after". */
  readonly further: readonly When[];
  /** How far something named before is to move: "an hour later". */
  readonly shift: Shift | undefined;
  /** The ranges of the text that times were read from, in order. Names and acts are read from the rest. */
  readonly spans: readonly Span[];
  readonly impossible: readonly Impossible[];
  /** Phrases that speak of time and were not understood: "after easter". */
  readonly unread: readonly string[];
}

/**
 * Reads all times of a message, in the person's zone. The text must come from `normalise`; all spans are ranges of it. Never
 * throws for any text. Throws a RangeError for a context with an unknown zone.
 */
export function readTimes(said: string, context: ReadingContext): Times {
  const moment = momentOf(context);
  const parts = partsOf(said, moment);
  const [first, ...others] = parts;
  const further: When[] = [];
  for (const { when, counted } of others) {
    const base = further.at(-1) ?? first?.when;
    const want = base && furtherWant(base.want, counted, when);
    if (want !== undefined) further.push({ want, rest: when?.rest ?? "" });
  }
  const moved = shiftIn(said, inOrder(parts.flatMap(({ spans }) => spans)));
  return {
    when: first?.when,
    further,
    shift: others.length > 0 ? undefined : moved?.shift,
    spans: inOrder([...parts.flatMap(({ spans }) => spans), ...(moved ? [moved.span] : [])]),
    impossible: parts.flatMap(({ impossible }) => impossible),
    unread: parts.flatMap(({ unread }) => unread),
  };
}

/**
 * The time a message asks for, read in the person's zone; undefined where it names none. Never throws for any text, and
 * reads its first 300 characters only. Throws a RangeError for a context with an unknown zone.
 */
export function parseWhen(text: string, context: ReadingContext): When | undefined {
  return partsOf(normalise(text), momentOf(context))[0]?.when;
}

/** One wish of a message. */
interface Part extends Pick<Times, "when" | "spans" | "impossible" | "unread"> {
  /** How far after the first wish this one is. */
  readonly counted: Shift | undefined;
}

/** The wishes of a message. "Another one" is a further wish only where a time for the first was said. */
function partsOf(said: string, moment: Moment): readonly Part[] {
  const [range, ...others] = splitWishes(said);
  const first = range && partOf(said, range, moment);
  if (first === undefined || others.length === 0) return first === undefined ? [] : [first];
  return first.when === undefined
    ? [partOf(said, { from: 0, to: said.length }, moment)]
    : [first, ...others.map((other) => partOf(said, other, moment))];
}

/** The times of one wish, whose place in the message is given. */
function partOf(message: string, { from, to }: Span, moment: Moment): Part {
  const text = message.slice(from, to);
  const counted = from > 0 ? countedFromFirst(text) : undefined;
  const read = readPhrases(counted?.rest ?? text, moment);
  const clauses = clausesOf(read).map((clause) => relate(clause, moment));
  const marked = clauses.flatMap((clause) => marksIn(clause));
  const said = marksIn(read).map(({ span }) => span);
  const nearest = marked.some(({ fact }) => fact.kind === "missing")
    ? whenOf(
        clausesOf(withNearest(read)).map((clause) => relate(clause, moment)),
        moment,
      )
    : undefined;
  const place = (span: Span): Span => ({ from: span.from + from, to: span.to + from });
  const words = (span: Span) => text.slice(span.from, span.to).trim();
  return {
    when: whenOf(clauses, moment),
    counted: counted?.shift,
    spans: [
      ...(counted ? [counted.span] : []),
      ...marked.flatMap(({ fact, span }) => {
        if (fact.kind === "nothing" && fact.why !== "past") return [];
        // The verb of "can't make Friday" is an act: only the day is time.
        return fact.kind === "not" ? said.filter((one) => span.from <= one.from && one.to <= span.to) : [span];
      }),
    ].map(place),
    impossible: marked.flatMap(({ fact, span }): readonly Impossible[] => {
      if (fact.kind === "nothing" && fact.why === "past") return [{ said: words(span), why: "past" }];
      if (fact.kind !== "missing") return [];
      const why = fact.nearest.kind === "clock" ? "no-clock" : "no-date";
      return [{ said: words(span), why, ...(nearest && { nearest: nearest.want }) }];
    }),
    unread: clauses.flatMap((clause) => unreadIn(clause).map(words)),
  };
}

/** A correction ("at 5, no, 4") is the next clause: its want is merged into the one before. */
function whenOf(clauses: readonly Sentence[], moment: Moment): When | undefined {
  const isMissing = clauses.some((clause) =>
    marksIn(clause).some(({ fact }) => fact.kind === "missing" && fact.nearest.kind === "days"),
  );
  const when = clauses
    .map((clause) => assemble(clause, moment))
    .reduce((before, said) => corrected(before, said), undefined);
  // The only date named does not exist: no other day was asked for.
  return isMissing && when !== undefined && when.want.days === undefined && when.want.weekdays === undefined
    ? undefined
    : when;
}

function corrected(before: When | undefined, said: When | undefined): When | undefined {
  if (before === undefined || said === undefined) return said ?? before;
  const want = mergeWant(before.want, said);
  const rest = `${before.rest} ${said.rest}`.trim();
  if (said.ambiguous === undefined || want.certainty >= 0.7) return { want, rest };
  const readings = said.ambiguous.readings.map((reading) => mergeWant(before.want, { want: reading }));
  return { want, rest, ambiguous: { ...said.ambiguous, readings } };
}

/** The sentence, cut where the speaker takes something back. */
function clausesOf(sentence: Sentence): readonly Sentence[] {
  const found = correction.exec(sentence.text);
  if (found === null) return [sentence];
  const slice = (from: number, to?: number): Sentence => ({
    ...sentence,
    text: sentence.text.slice(from, to),
    origins: sentence.origins.slice(from, to),
  });
  return [slice(0, found.index), ...clausesOf(slice(found.index + found[0].length))];
}

/** The same sentence, in which what does not exist is replaced by the nearest that does. */
function withNearest(sentence: Sentence): Sentence {
  return mark(sentence, /<n(\d+)>/g, ([, index]) => {
    const fact = factAt(sentence, index);
    return fact.kind === "missing" ? fact.nearest : undefined;
  });
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to)
      joined.splice(-1, 1, { from: last.from, to: Math.max(last.to, span.to) });
    else joined.push(span);
  }
  return joined;
}

type Step = (sentence: Sentence, moment: Moment) => Sentence;

const phraseSteps: readonly Step[] = [
  unglued,
  lengths,
  orders,
  clocks,
  daysOfThisMonth,
  relativeDays,
  periods,
  dates,
  weekdaysOfMonths,
  daysOfMonth,
  twiceNamedDays,
  daysFromDays,
  partsOfPeriods,
  partsOfDay,
  bareHours,
  zoneNames,
  clocksInParts,
];
const relationSteps: readonly Step[] = [qualifiedDays, ranges, openEnds, refusals, pairs, latterRefusals, dayLists];

/** The message with a mark for each phrase that speaks of time. */
export function readPhrases(normalised: string, moment: Moment): Sentence {
  return phraseSteps.reduce<Sentence>((read, step) => step(read, moment), sentenceOf(normalised));
}

/** Marks put into relation: ranges, open ends, days with their hours, lists, and what is not wanted. */
export function relate(sentence: Sentence, moment: Moment): Sentence {
  return relationSteps.reduce((read, step) => step(read, moment), sentence);
}
