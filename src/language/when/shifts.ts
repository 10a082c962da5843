import { amountOf, minutesOf } from "./lengths.ts";
import type { Span } from "./sentence.ts";

/** How much later (or, negative, earlier) something should be. */
export interface Shift {
  readonly minutes?: number;
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
}

const amount = String.raw`(?:\d{1,3}(?:\.\d)?|an?|half an?|(?:a )?couple(?: of)?|(?:a )?few|1/2 an?)`;
const unit = "(minutes?|hours?|h|days?|weeks?|months?)";

/** "30 minutes later", "an hour and a half earlier". */
const apart = new RegExp(
  `\\b(${amount})[ -]?${unit}(?: and (?:a half|${amount}[ -]?${unit}))?,? (later|after|earlier|sooner|before|back|forward|from then|ahead|on)\\b`,
);
/** "push it back 2 days", "delay it by an hour". "Move it 2 days to Friday" names the day instead. */
const moved = new RegExp(
  `\\b(?:delay|postpone|push|move|bring|shift)\\b(?! [a-z0-9 ]*\\bto\\b)[a-z' ]*?\\b(by|back|up|forward|out|ahead|it|that|this|delay|postpone)(?: by)? (${amount})[ -]?${unit}\\b(?! from)`,
);
/** "The week after" and nothing else: relative to the session that the talk is about. */
const after =
  /^(?:(?:or|and|then|maybe|perhaps|what about|how about|,) )*(?:the )?(day|week|month) after(?: (?:that|this|it))?(?: (?:maybe|perhaps|then|please|instead))*[ ?!.]*$/;
const ahead = /\b(?:earlier|sooner|before|forward|ahead|up)\b/;
const nextOne = /\b(?:the )?(?:next|following) (week|day|month)\b/;
/** "same time next week", "move it to next week": the session keeps its weekday and hour. */
const kept =
  /\bsame\b|\b(?:move|push|shift|postpone|delay|reschedule|switch|change)\b[a-z' ]* (?:to|until|for) (?:the )?(?:next|following) (?:week|month)\W*$/;

/**
 * A shift in normalised text: "30 minutes later", "push it back 2 days", "same time next week". It moves something named
 * before. Undefined where the words name a time of their own.
 */
export function readShift(said: string): Shift | undefined {
  return shiftIn(said, [])?.shift;
}

/**
 * The same with its position. `taken` are ranges already read as times: the "2 weeks on" of "2 weeks on Tuesday" is no
 * shift.
 */
export function shiftIn(
  said: string,
  taken: readonly Span[],
): { readonly shift: Shift; readonly span: Span } | undefined {
  const free = taken.reduce((text, { from, to }) => text.slice(0, from) + "<".repeat(to - from) + text.slice(to), said);
  const at = (found: RegExpExecArray, shift: Shift | undefined) =>
    shift && { shift, span: { from: found.index, to: found.index + found[0].length } };
  const alone = apart.exec(free);
  if (alone) return at(alone, shiftOf(alone[0], alone[2], ahead.test(alone.at(-1) ?? "") ? -1 : 1));
  const by = moved.exec(free);
  if (by) {
    const shift = shiftOf(`${by[2]} ${by[3]}`, by[3], ahead.test(by[0]) ? -1 : 1);
    // The verb is no part of the time.
    const to = by.index + by[0].length;
    const from = to - (by[0].length - by[0].lastIndexOf(by[2] ?? ""));
    return shift && { shift, span: { from, to } };
  }
  const thereafter = after.exec(said);
  if (thereafter !== null) return at(thereafter, { [`${thereafter[1]}s`]: 1 });
  const following = nextOne.exec(said);
  if (following === null || !kept.test(said) || /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/.test(said))
    return undefined;
  return at(following, { [`${following[1]}s`]: 1 });
}

function shiftOf(said: string, unitSaid: string | undefined, sign: 1 | -1): Shift | undefined {
  if (unitSaid === undefined) return undefined;
  const count = amountOf(
    /^(?:\d[\d.]*|[a-z/ 12]+?)(?=[ -]?(?:minute|hour|day|week|month|h\b))/.exec(said)?.[0].trim() ?? "1",
  );
  if (unitSaid.startsWith("day")) return { days: sign * count };
  if (unitSaid.startsWith("week")) return { weeks: sign * count };
  if (unitSaid.startsWith("month")) return { months: sign * count };
  const minutes = minutesOf(said);
  return minutes === undefined ? undefined : { minutes: sign * minutes };
}
