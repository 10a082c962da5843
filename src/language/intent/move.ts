import { dateOfDay, dayOfDate } from "../../domain/local-date.ts";
import { normalise } from "../normalise.ts";
import { assemble } from "../when/assemble.ts";
import { oneDay, onOrAfter } from "../when/calendar.ts";
import { type Moment, momentOf, type ReadingContext } from "../when/moment.ts";
import type { Fact, Sentence } from "../when/sentence.ts";
import type { Want } from "../when/want.ts";
import { readPhrases, relate, type When } from "../when/when.ts";
import { parseShift, type Shift } from "./reference.ts";

/**
 * A wanted move: which session, by its present time, and its new time. With a shift, `to` is what else was said about
 * the new time.
 */
export interface Move {
  readonly from?: When;
  readonly to?: When;
  readonly shift?: Shift;
}

const time = "<[dtpwsbai]\\d+>";
const times = `${time}(?:[ ,]*(?:(?:at|on|in|of|the|around|about|this|from|-) )*${time})*`;

/**
 * Splits "move my Friday session to Monday 3pm" into the session's present time and its new time. Undefined where the
 * message names neither nor a shift. Reads in the person's zone, as `parseWhen` does.
 */
export function parseMove(text: string, context: ReadingContext): Move | undefined {
  const moment = momentOf(context);
  const said = normalise(text);
  const sentence = readPhrases(said, moment);
  const shift = parseShift(said);
  const { from, to, corrects } = split(sentence.text);
  const read = (part: string | undefined, of: Sentence = sentence) =>
    part === undefined ? undefined : assemble(relate({ ...of, text: part }, moment), moment);
  const had = read(from);
  const has = had && dayOf(had.want);
  const wanted = read(
    to,
    has === undefined ? sentence : { ...sentence, facts: countedFrom(has, sentence.facts, moment) },
  );
  const wants = wanted && dayOf(wanted.want);
  // "Monday's at 1": the session keeps its day. "Tomorrow at 2, not 3": the corrected time is on that day too.
  const toWhen = wanted && has !== undefined ? onDay(wanted, has) : wanted;
  const fromWhen = had && corrects && wants !== undefined ? onDay(had, wants) : had;
  if (fromWhen === undefined && toWhen === undefined && shift === undefined) return undefined;
  return { ...(fromWhen && { from: fromWhen }), ...(toWhen && { to: toWhen }), ...(shift && { shift }) };
}

/** The one day a want is about, as a day number. */
function dayOf({ days }: Want): number | undefined {
  const [only, ...more] = days ?? [];
  if (only === undefined || more.length > 0) return undefined;
  const day = dayOfDate(only.from);
  return dayOfDate(only.to) === day + 1 ? day : undefined;
}

/** Hours without a day, placed on that day. */
function onDay(when: When, day: number): When {
  const place = (want: Want): Want => {
    if (want.days !== undefined || want.weekdays !== undefined) return want;
    if (want.exact === undefined && want.windows === undefined) return want;
    const date = dateOfDay(day);
    const days = [{ from: date, to: dateOfDay(day + 1) }];
    return { ...want, days, ...(want.exact && { exact: { date, minutes: want.exact.minutes } }) };
  };
  const { ambiguous } = when;
  return {
    ...when,
    want: place(when.want),
    ...(ambiguous && { ambiguous: { ...ambiguous, readings: ambiguous.readings.map(place) } }),
  };
}

/**
 * Counts a bare weekday from the session's own day: "Monday's to Tuesday" is the day after that Monday, even if
 * tomorrow is a Tuesday. The result is two days before to four days after the session's day, unless it has passed. The
 * coming such weekday is the substitute when nothing is free then.
 */
function countedFrom(day: number, facts: readonly Fact[], { today }: Moment): readonly Fact[] {
  return facts.map((fact) => {
    if (fact.kind !== "days" || fact.named !== "weekday" || fact.weekday === undefined) return fact;
    if (fact.other !== undefined || fact.from === day) return fact;
    const near = onOrAfter(day - 2, fact.weekday);
    return near <= today || near === fact.from
      ? fact
      : { ...fact, ...oneDay(near), otherwise: { from: fact.from, to: fact.to } };
  });
}

interface Sides {
  readonly from?: string;
  readonly to?: string;
  /** The session's present time was said only as the corrected one: "2, not 3". */
  readonly corrects?: true;
}

function split(text: string): Sides {
  return splitByWords(text) ?? splitAfterRefusal(text) ?? splitAtTarget(text) ?? splitAfterOwner(text) ?? sideOf(text);
}

/** The rejected time comes first: "I can't make Friday, can we do Monday", "instead of Tuesday at 3 Wednesday at 4". */
function splitAfterRefusal(text: string): Sides | undefined {
  const found = new RegExp(
    `^(?:.*\\b)?(?:can'?t|cannot|unable to|not|instead of|rather than)\\b(?: (?:make|do|come|attend))?(?: (?:it|on|at|to|my|the|for))* (${times})(?:'s)?((?:,|\\.|;| but| can| could| i| so)[^<]*${time}.*)$`,
  ).exec(text);
  return found ? { from: found[1] ?? "", to: found[2] ?? "" } : undefined;
}

/** The session is named by its time ("my Monday one", "Friday's"). The other time is the new one. */
function splitAfterOwner(text: string): Sides | undefined {
  const noun = "(?: (?!(?:or|and|to)\\b)[\\p{L}']+){0,3}";
  const owned = new RegExp(
    `^(.*\\b(?:my|the|our) (?:${times})${noun}) (?:(?:on|at|for|in|with|and) (?:[^<]*(?:on|at|for|me|in|to) )?(?:the |my )?)(${time}.*)$`,
    "u",
  ).exec(text);
  if (owned) return { from: owned[1] ?? "", to: owned[2] ?? "" };
  const had = new RegExp(
    `^(.*${times}) (?:for|instead of|not) (?:my|the|our) [^<]*\\b(?:i (?:had|have)|that was|that is|scheduled|booked)(?: (?:on|at|for))* (${times}.*)$`,
  ).exec(text);
  if (had) return { to: had[1] ?? "", from: had[2] ?? "" };
  const swapped = new RegExp(
    `^(?:.*\\b)?(?:swap|switch|cancel|drop) (?:my |the )?(${times})[^<]*? (?:with|and)\\b([^<]*${time}.*)$`,
  ).exec(text);
  return swapped ? { from: swapped[1] ?? "", to: swapped[2] ?? "" } : undefined;
}

/** Orders that mark both times: "4 instead of 2", "2, not 3", "to Monday from Friday", "from 2 to 3". */
function splitByWords(text: string): Sides | undefined {
  const instead = new RegExp(`^(.*${time}.*?)\\b(?:instead of|rather than|and not|, ?not|not)\\b(.*${time}.*)$`).exec(
    text,
  );
  if (instead) return { to: instead[1] ?? "", from: instead[2] ?? "", corrects: true };
  const back = new RegExp(`^(.*\\b(?:to|for) ${times}) from (${times}(?! ?(?:to|-|until|through) ?<).*)$`).exec(text);
  if (back) return { to: back[1] ?? "", from: back[2] ?? "" };
  const forth = new RegExp(
    `^(?!.*\\b(?:to|be|is|was|be on) (?:be )?(?:${times} )?from )(.*)\\bfrom (${times}) to ((?:be )?(?:on |at |the )*${time}.*)$`,
  ).exec(text);
  return forth ? { from: `${forth[1]}${forth[2]}`, to: forth[3] ?? "" } : undefined;
}

/** The new time follows "to", "for", "be" or "now". A time before that is the session's own. */
function splitAtTarget(text: string): Sides | undefined {
  if (/\btime (?:with|at|on|for) ?<[a-z]\d+>/.test(text)) return undefined;
  const target = new RegExp(
    `^(.*?${time}.*?)(?:\\b(?:up |back |forward |over )?(?:to|for|into|until|now|be|starts|begins)(?: be)?(?: (?:at|on|in|the|from|around|start(?:ing)?(?: at)?))* |; |\\. )((?:(?:after|before|any ?time|some ?time) )*${time}.*)$`,
  ).exec(text);
  if (target === null) return undefined;
  const [, before = "", after = ""] = target;
  // "to 6pm to 7pm", "from 1 to 2": the first time is already the new one.
  const first = before.search(new RegExp(time));
  if (
    /\b(?:to|be|for|into|is|was|at|starts?|from|make (?:it|that)|between)(?: (?:on|at|be|from|the|start|around))* ?$/.test(
      before.slice(0, first),
    ) &&
    !hasOwner(before.slice(0, first))
  )
    return undefined;
  return { from: before, to: after };
}

/** "my appointment on", "the meeting at": the time belongs to a thing named before it. */
function hasOwner(before: string): boolean {
  return (
    /\b(?:my|the|our|a|an|this|that|'s) [\p{L}.' ]*(?:on|at|for|from|scheduled|i have) ?(?:the )?$/u.test(before) &&
    !/\b(?:to|be)(?: be)?(?: (?:on|at|for|the))* ?$/.test(before)
  );
}

/** Only one time: the new one, unless it describes the session to move ("move my Friday session"). */
function sideOf(text: string): Sides {
  const first = text.search(new RegExp(time));
  if (first < 0) return {};
  const before = text.slice(0, first);
  const names =
    /\b(?:move|reschedule|push|change|shift|postpone|cancel|delay|swap|switch|rebook)\b[a-z' ]*\b(?:my|the|our)\b(?! (?:time|date|day)\b)[a-z' ]*$/.test(
      before,
    );
  const toward = /\b(?:to|for|into|until|be|is|was|start|starts|starting|instead|have|make)\b[a-z' ]*$/.test(before);
  const described =
    names && !toward && !/\b(?:time|date|day)\b[a-z' ]*$/.test(before) && !/\binstead\b/.test(text.slice(first));
  const possessed =
    /\b(?:move|reschedule|push|change|shift|postpone|cancel|delay)(?: my| the| our)? $/.test(before) &&
    !/^<[a-z]\d+>\W*(?:$|instead|please)/.test(text.slice(first));
  return described || possessed ? { from: text } : { to: text };
}
