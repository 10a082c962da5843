import { normalise } from "../normalise.ts";
import { orders, zoneNames } from "./asides.ts";
import { assemble } from "./assemble.ts";
import { openEnds, ranges } from "./bounds.ts";
import { bareHours, clocks, unglued } from "./clocks.ts";
import { dates } from "./dates.ts";
import { daysFromDays, daysOfMonth, daysOfThisMonth, relativeDays, twiceNamedDays, weekdaysOfMonths } from "./days.ts";
import { lengths } from "./lengths.ts";
import { dayLists, pairs } from "./lists.ts";
import { type Moment, momentOf, type ReadingContext } from "./moment.ts";
import { clocksInParts, partsOfDay } from "./parts-of-day.ts";
import { partsOfPeriods, periods } from "./periods.ts";
import { qualifiedDays } from "./qualified-days.ts";
import { latterRefusals, refusals } from "./refusals.ts";
import { type Sentence, sentenceOf } from "./sentence.ts";
import type { Want } from "./want.ts";

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

/**
 * The time a message asks for, read in the person's zone; undefined where it names none. Never throws for any text, and
 * reads its first 300 characters only. Throws a RangeError for a context with an unknown zone.
 */
export function parseWhen(text: string, context: ReadingContext): When | undefined {
  const moment = momentOf(context);
  return assemble(relate(readPhrases(normalise(text), moment), moment), moment);
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
