import { dateOfDay, dayOfDate } from "../../domain/local-date.ts";
import { weekStart } from "./calendar.ts";
import { amountOf } from "./lengths.ts";
import { mergeWant, shiftWant } from "./merge.ts";
import type { Span } from "./sentence.ts";
import type { Shift } from "./shifts.ts";
import type { Want } from "./want.ts";
import type { When } from "./when.ts";

/** Where a further session begins: "and another one …", "plus a second on …". "Another day" is no further session. */
const further =
  /(?:^|[,;.]|\b(?:and|plus|then|also)\b)[ ,]*(?:\b(?:and|then|also|maybe|book|add|i'd like|i want|i need|can i (?:have|get|book))\b[ ,]*)*\b(?:another|a 2nd|1 more|one more|a further)\b(?! (?:day|time|date|week|month|hour|way|option|choice|question|person)\b)(?: (?:one|1|session|appointment|booking|slot)\b)?/g;

/** "One on the 16th *and one on* the 23rd": as many sessions as days. */
const each =
  /(?:[,;]|\band\b|\bthen\b|\bplus\b)[ ,]*(?:and )?(?:one|the other)(?: (?:one|session|appointment))? (?=(?:on|for) )/g;
const oneOn = /\bone(?: session| appointment)? (?:on|for) /;

/** The parts of a normalised message that ask for one session each, as ranges of it: the first, then "another one …". */
export function splitWishes(said: string): readonly Span[] {
  const eachOf = [...said.matchAll(each)].filter(({ index }) => oneOn.test(said.slice(0, index)));
  const cuts = [...said.matchAll(further), ...eachOf]
    .filter(({ index }) => index > 0)
    .sort((a, b) => a.index - b.index);
  const starts = [0, ...cuts.map(({ index, 0: words }) => index + words.length)];
  const ends = [...cuts.map(({ index }) => index), said.length];
  return starts.map((from, at) => ({ from, to: ends[at] ?? said.length }));
}

const unit = "(day|week|month)s?";
const amount = "(\\d{1,2}|an?|the|(?:a )?couple(?: of)?|(?:a )?few)";
/** A day counted from the session named before: "the week after", "two days later", "the following month". */
const afterThat = new RegExp(
  `\\b(?:${amount} ${unit} (?:after(?: that)?|later)|(?:the )?(?:following|next) ${unit})(?! (?:<|[a-z]+day|that|the|my))`,
);

/**
 * The distance of a further session from the first, and the words without it. Undefined: it is not relative to the
 * first.
 */
export function countedFromFirst(
  said: string,
): { readonly shift: Shift; readonly rest: string; readonly span: Span } | undefined {
  const found = afterThat.exec(said);
  if (found === null) return undefined;
  const [words, count = "1", counted, following] = found;
  const by = count === "the" ? 1 : amountOf(count);
  const rest = said.slice(0, found.index) + " ".repeat(words.length) + said.slice(found.index + words.length);
  const span = { from: found.index, to: found.index + words.length };
  return { shift: { [`${counted ?? following}s`]: by }, rest, span };
}

/**
 * The want of a further session. What it leaves open is copied from the first: "thursday at 3 and another one the week
 * after" is the following Thursday at three.
 */
export function furtherWant(first: Want, shift: Shift | undefined, said: When | undefined): Want | undefined {
  if (shift === undefined) return said && mergeWant(first, said);
  const moved = shiftWant(first, shift);
  if (said === undefined) return moved;
  const [only] = moved.days ?? [];
  if (!only?.from || said.want.days === undefined) return mergeWant(moved, said);
  const monday = weekStart(dayOfDate(only.from));
  return mergeWant({ ...moved, days: [{ from: dateOfDay(monday), to: dateOfDay(monday + 7) }] }, said);
}
