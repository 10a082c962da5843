import { dateOfDay, dayOfDate, minutesOfTime } from "../../domain/local-date.ts";
import type { WallStretch } from "../../domain/out-of-office.ts";
import { normalise } from "../normalise.ts";
import { blank, type Span } from "../span.ts";
import { mergeWant } from "./merge.ts";
import { type Moment, momentOf, type ReadingContext } from "./moment.ts";
import type { ClockWindow, Want, WantedDays } from "./want.ts";
import { readTimes, type When } from "./when.ts";

/** What to do with one's own time: block it, be away, be away from now on, unblock it, or show it. */
export type TimeOffOrder = "block" | "away" | "sick" | "unblock" | "list";

/** A practitioner's words about their own time. */
export interface TimeOff {
  readonly order: TimeOffOrder;
  /** The readings of the time, likeliest first, each with its ranges. Empty: no time was said, or only a past one. */
  readonly readings: readonly (readonly WallStretch[])[];
  /** A day of every week was meant, which changes the practice's hours and is no time off. */
  readonly everyWeek?: true;
}

const iAm = "(?:i'?m|i am|i'll be|i will be|i'?m going to be|we'?re|we are)";
const holiday = "(?:leave|holidays?|vacation|annual leave|parental leave|a break)";
const ownTime = "(?:time off|days? off|holidays?|vacations?|leave|absences?|out of office|blocked times?)";

/** Opening words of each order, of which the first match counts. The matched words say nothing about the time. */
const orders: readonly (readonly [TimeOffOrder, RegExp])[] = [
  [
    "list",
    new RegExp(
      `^(?:(?:show|see|list|what(?:'s| is| are)|view) )?(?:me )?(?:all )?(?:my |of my )*${ownTime}$|^when am i (?:off|away|out|on ${holiday})$`,
    ),
  ],
  [
    "unblock",
    new RegExp(
      `\\b(?:un-?block|free up|re-?open|open up)\\b(?: my)?|^open\\b(?=.*\\bagain\\b)|\\bagain$|\\b(?:cancel|remove|delete|undo|take back)\\b(?: my| the)? ${ownTime}\\b|\\b(?:${iAm} (?:not (?:off|away|out|sick)|working|in)|i can work)\\b(?=.*\\b(?:after all|again)\\b)|\\bafter all\\b`,
      "g",
    ),
  ],
  [
    "sick",
    new RegExp(
      `\\b${iAm} (?:\\w+ )?(?:sick|ill|unwell|not well|poorly|not feeling well)\\b|\\b(?:i'?m |i am )?(?:calling|call) in sick\\b|\\bi (?:feel|have fallen|don'?t feel) (?:sick|ill|unwell|well)\\b|\\b(?:i'?m |i am )?off sick\\b|^(?:sick|ill)(?: day| leave)?\\b`,
      "g",
    ),
  ],
  [
    "away",
    new RegExp(
      `\\b${iAm} (?:off|away|out(?: of (?:the )?office)?|on ${holiday}|not (?:in|here|around|working|available)(?: at all)?|unavailable|busy|gone)\\b(?! to\\b(?! ?\\d))|\\bi (?:won'?t|will not|can'?t|cannot|don'?t) (?:be (?:in|here|around|there|available|working)|work|come in)\\b|\\b(?:out of office|ooo)\\b|\\b(?:i(?:'ll| will|'d like to| want to| need to)? )?(?:take|have|need|get|want)\\b(?=.*\\boff\\b)|^(?:my )?(?:off|away|${holiday}|day off|time off)\\b`,
      "g",
    ),
  ],
  [
    "block",
    /^(?:block|close|shut)\b(?: (?:off|out|up))?(?: my (?:calendar|diary|schedule))?(?: for)?|\bkeep\b(?=.*\b(?:free|clear|empty)\b)|^no (?:more )?(?:sessions?|appointments?|bookings?|clients?)\b|\b(?:do not|don'?t) (?:book|schedule|give) (?:me|anything|anyone|anybody|any sessions?)\b|^(?:block|blocked) (?:time|hours?)\b/g,
  ],
];

const polite =
  /^(?:(?:please|hi|hello|ok|can you|could you|would you|i (?:need|want|would like|'d like)(?: you)? to|let'?s)[ ,]+)+/;
/** Small words around these orders that say nothing about the time. */
const fillers =
  /\b(?:please|off|free|clear|empty|all day|whole day|the whole(?: of)?|again|after all|open|my|sick|ill|unwell|so|and|then|for me|time|sessions?|calendar|diary)\b/g;

/**
 * A practitioner's words about their own time: "block Friday afternoon", "I'm off 3–10 August", "I'm sick", "unblock
 * Friday", "my time off". Undefined where they are about something else. Reads in the practitioner's zone.
 */
export function parseTimeOff(text: string, context: ReadingContext): TimeOff | undefined {
  const said = normalise(text)
    .replace(/[.!?,;]+$/, "")
    .trim()
    .replace(polite, "");
  for (const [order, pattern] of orders) {
    if (said.search(pattern) < 0) continue;
    const rest = said.replace(pattern, " ").replace(/\s+/g, " ").trim();
    if (order === "list") return { order, readings: [] };
    const time = readStretches(rest, context, order);
    if (time.readings.length > 0 || time.everyWeek) return { order, ...time };
    if (order === "sick") return { order, readings: [restOfToday(momentOf(context))] };
    // "Block Ana", "I'm off to lunch": about something else. "Block Monday", with Monday past, is about a time.
    const times = readTimes(rest, context);
    const isBare = rest.replace(fillers, " ").trim() === "" || times.when !== undefined || times.impossible.length > 0;
    if (isBare) return { order, readings: [] };
  }
  return undefined;
}

/** A message about a practitioner's time, with their name removed, as they would type it: "Jonas is sick today". */
export function timeOffWords(said: string, names: readonly Span[]): string {
  return names.length === 0 ? said : asOwnTime(blank(said, names).replace(/_+/g, " ").replace(/\s+/g, " "));
}

function asOwnTime(rest: string): string {
  return rest
    .replace(/(^|\s)'s?(?=\s|$)/g, "$1")
    .trim()
    .replace(/^(?:is|will be)\b/, "i am")
    .replace(/^(?:can'?t|cannot|won'?t|will not)\b/, "i $&")
    .replace(/^(?:has|needs|takes|wants)\b/, "i have");
}

/**
 * The ranges after a correction, in each reading. What it says of days or hours replaces that part (W7): "friday
 * afternoon", "actually from 3".
 */
export function correctStretches(
  before: readonly WallStretch[],
  said: Pick<When, "want" | "ambiguous">,
  context: ReadingContext,
): TimeOff["readings"] {
  const days = before.map(daysOf);
  // The earlier hours decide which half of the day is meant.
  const isClear = said.ambiguous === undefined || days.some(({ windows }) => windows !== undefined);
  const meant = isClear ? [said] : said.ambiguous.readings.map((want) => ({ want }));
  const moment = momentOf(context);
  return meant
    .map((one) => stretchesOf(mergeWant({ days, order: "any", certainty: 1 }, withOtherEnd(one, days)), moment))
    .filter(({ length }) => length > 0);
}

/** One new end keeps the other: "friday afternoon" with "actually from 3" is 15:00 to the end of the afternoon. */
function withOtherEnd<Said extends Pick<When, "want">>(said: Said, days: readonly WantedDays[]): Said {
  const [before, ...more] = days.flatMap(({ windows }) => windows ?? []);
  const [window, ...others] = said.want.windows ?? [];
  const { open } = said.want;
  if (before === undefined || window === undefined || open === undefined || more.length + others.length > 0)
    return said;
  const kept =
    open === "after" ? { ...window, toMinutes: before.toMinutes } : { ...window, fromMinutes: before.fromMinutes };
  return kept.fromMinutes < kept.toMinutes ? { ...said, want: { ...said.want, windows: [kept] } } : said;
}

/** A range within one day keeps its hours. A longer one counts in whole days. */
function daysOf({ from, to }: WallStretch): WantedDays {
  const [date = "", start = ""] = from.split("T");
  const [last = "", end = ""] = to.split("T");
  const isWhole = start === "00:00" && end === "00:00";
  if (isWhole) return { from: date, to: last };
  const isOneDay = last === date || (end === "00:00" && dayOfDate(last) === dayOfDate(date) + 1);
  const days = { from: date, to: dateOfDay(dayOfDate(isOneDay ? date : last) + 1) };
  const toMinutes = last === date ? minutesOfTime(end) : 24 * 60;
  return isOneDay ? { ...days, windows: [{ fromMinutes: minutesOfTime(start), toMinutes }] } : days;
}

/** The ranges that a time means, in each of its readings. Past ones are left out. */
export function readStretches(
  text: string,
  context: ReadingContext,
  order: TimeOffOrder = "block",
): Pick<TimeOff, "readings" | "everyWeek"> {
  const moment = momentOf(context);
  const said = text.replace(
    /(?<!\b(?:before|after|until|till?|by|up to|from|since) )\b(?:over |during |for |at )?lunch(?: ?(?:time|break))?\b/g,
    "at lunchtime",
  );
  if (/\b(?:rest|remainder) of (?:the|my|to) ?day\b/.test(said)) return { readings: [restOfToday(moment)] };
  const { when, impossible } = readTimes(normalise(said), context);
  // "Friday 25:00 to 26:00" is not all of Friday.
  if (when === undefined || impossible.length > 0) return { readings: [] };
  if (when.want.weekdays !== undefined && when.want.days === undefined) return { readings: [], everyWeek: true };
  const untils = isUntilOneDay(when.want, said, order) ? [comesBack(when.want), when.want] : undefined;
  const wants = untils ?? when.ambiguous?.readings ?? [when.want];
  const readings = wants.map((want) => stretchesOf(want, moment)).filter((stretches) => stretches.length > 0);
  const distinct = new Map(readings.map((stretches) => [JSON.stringify(stretches), stretches]));
  return { readings: [...distinct.values()] };
}

/** "Off until Monday": most people are back on Monday, some include it. */
function isUntilOneDay({ open, windows, days }: Want, said: string, order: TimeOffOrder): boolean {
  const [only, ...more] = days ?? [];
  const isDays = only !== undefined && more.length === 0 && windows === undefined && only.windows === undefined;
  return order !== "unblock" && open === "before" && isDays && /\b(?:until|till?|by)\b/.test(said);
}

function comesBack(want: Want): Want {
  return { ...want, days: (want.days ?? []).map(({ from, to }) => ({ from, to: dateBefore(to) })) };
}

function dateBefore(date: string): string {
  return dateOfDay(dayOfDate(date) - 1);
}

function restOfToday(moment: Moment): readonly WallStretch[] {
  return [{ from: wallNow(moment), to: `${dateOfDay(moment.today + 1)}T00:00` }];
}

function wallNow({ today, nowMinutes }: Moment): string {
  return wallTime(dateOfDay(today), nowMinutes);
}

function stretchesOf(want: Want, moment: Moment): readonly WallStretch[] {
  const today = dateOfDay(moment.today);
  const days = want.days ?? [{ from: want.exact?.date ?? today, to: dateOfDay(moment.today + 1) }];
  const now = wallNow(moment);
  const stretches = days
    .flatMap(({ from, to, windows }) => {
      const hours = windows ?? want.windows ?? exactHours(want);
      // "From Monday" has no end, so the desk asks for it.
      if (hours === undefined) return want.open === "after" ? [] : [{ from: `${from}T00:00`, to: `${to}T00:00` }];
      return datesIn(from, to).flatMap((date) => hours.map((window) => stretchOn(date, window)));
    })
    .filter((stretch) => stretch.from < stretch.to && stretch.to > now)
    .map((stretch) => (stretch.from < now ? { ...stretch, from: now } : stretch));
  const joined: WallStretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    // "Today and tomorrow" is one range.
    if (last?.to === stretch.from) joined.splice(-1, 1, { from: last.from, to: stretch.to });
    else joined.push(stretch);
  }
  return joined;
}

/** A bare clock time is an hour, unless a length was said. */
function exactHours({ exact, minutes }: Want): readonly ClockWindow[] | undefined {
  return exact && [{ fromMinutes: exact.minutes, toMinutes: exact.minutes + (minutes ?? 60) }];
}

/** At most a month of days with their own hours. More than that is a change of hours. */
function datesIn(from: string, to: string): readonly string[] {
  const first = dayOfDate(from);
  const count = Math.max(0, Math.min(31, dayOfDate(to) - first));
  return Array.from({ length: count }, (_, at) => dateOfDay(first + at));
}

function stretchOn(date: string, { fromMinutes, toMinutes }: ClockWindow): WallStretch {
  const end = fromMinutes === toMinutes ? toMinutes + 60 : toMinutes;
  return { from: wallTime(date, fromMinutes), to: wallTime(date, end) };
}

/** Minutes may run beyond midnight, into the next day. */
function wallTime(date: string, minutes: number): string {
  const day = dayOfDate(date) + Math.floor(minutes / 1440);
  const two = (number: number) => String(number).padStart(2, "0");
  const inDay = minutes % 1440;
  return `${dateOfDay(day)}T${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`;
}
