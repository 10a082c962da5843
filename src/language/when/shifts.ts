import { amountOf, minutesOf } from "./lengths.ts";

/** How much later (or, negative, earlier) something named should be. */
export interface Shift {
  readonly minutes?: number;
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
}

const span = String.raw`(?:\d{1,3}(?:\.\d)?|an?|half an?|(?:a )?couple(?: of)?|(?:a )?few|1/2 an?)`;
const unit = "(minutes?|hours?|h|days?|weeks?|months?)";

/**
 * A shift in normalised text: "30 minutes later", "an hour earlier", "push it back 2 days", "same time next week": a move relative to the session
 * itself. Undefined where the words name a time of their own.
 */
export function readShift(said: string): Shift | undefined {
  const amount = new RegExp(
    `\\b(${span})[ -]?${unit}(?: and (?:a half|${span}[ -]?${unit}))?,? (later|after|earlier|sooner|before|back|forward|from then|ahead|on)\\b`,
  ).exec(said);
  if (amount)
    return shiftOf(amount[0], amount[2], /earlier|sooner|before|forward|ahead/.test(amount.at(-1) ?? "") ? -1 : 1);
  const by = new RegExp(
    `\\b(?:delay|postpone|push|move|bring|shift)\\b(?! [a-z0-9 ]*\\bto\\b)[a-z' ]*?\\b(by|back|up|forward|out|ahead|it|that|this|delay|postpone)(?: by)? (${span})[ -]?${unit}\\b(?! from)`,
  ).exec(said);
  if (by) return shiftOf(`${by[2]} ${by[3]}`, by[3], /\b(?:forward|up|ahead)\b/.test(by[0]) ? -1 : 1);
  if (/\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/.test(said)) return undefined;
  const same =
    /\b(?:same (?:time|hour|day|slot|thing)[a-z ,]*)?\b(?:(next|following) (week|day|month)|(?:a|1) (week|day|month) later)\b/.exec(
      said,
    );
  if (
    same &&
    /\bsame\b|\b(?:move|push|shift|postpone|delay|reschedule|switch|change)\b[a-z' ]* (?:to|until|for) (?:the )?(?:next|following) (?:week|month)\W*$/.test(
      said,
    )
  )
    return { [`${same[2] ?? same[3]}s`]: 1 };
  return undefined;
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
