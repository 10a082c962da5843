import { type Weekday, weekdays } from "../../domain/practice.ts";
import { minutesPerDay } from "../../domain/units.ts";
import { normalise } from "../normalise.ts";
import type { ReadingContext } from "./moment.ts";
import type { ClockWindow, Want } from "./want.ts";
import { parseWhen } from "./when.ts";

/** How a session should recur, as far as the words say. Plain JSON. */
export interface Recurrence {
  /** Weeks from one session to the next. Absent: not said, or said ambiguously ("biweekly"). */
  readonly everyWeeks?: number;
  /** In the order of the week. Empty: any day. */
  readonly weekdays: readonly Weekday[];
  /** The clock time, in minutes since midnight. */
  readonly minutes?: number;
  /** Hours of the day, if no clock time was said ("mornings"). */
  readonly window?: ClockWindow;
  /** The first day, `YYYY-MM-DD` ("starting next week"). */
  readonly from?: string;
  /** Excluded days of the week ("not Wednesdays"). */
  readonly notOn?: readonly Weekday[];
}

const dayNames: readonly string[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const anyDay = dayNames.join("|");
const mostWeeks = 8;

/** Phrases of how often, each with its weeks. `undefined`: the phrase is ambiguous. */
const cadences: readonly {
  readonly words: RegExp;
  readonly weeks: (count: string | undefined) => number | undefined;
}[] = [
  { words: /\bevery (?:other|2nd|second|alternate)(?: week)?\b/, weeks: () => 2 },
  { words: /\b(?:on )?alternat(?:e|ing) weeks?\b/, weeks: () => 2 },
  { words: /\b(?:every |each |once a )?fortnight(?:ly)?\b/, weeks: () => 2 },
  { words: /\b(?:every|each|once(?: an?| in)?) (\d{1,2}) weeks?\b/, weeks: Number },
  { words: /\bevery (\d)(?:rd|th) week\b/, weeks: Number },
  { words: /\b(?:bi-?weekly|twice a month)\b/, weeks: () => undefined },
  {
    words: /\b(?:every|each) (?:single )?week\b|\bweekly\b|\b(?:once|twice) (?:a|per) week\b|\bweek after week\b/,
    weeks: () => 1,
  },
  {
    words: new RegExp(`\\b(?:every|each) (?=(?:${anyDay}|weekday|day|morning|afternoon|evening)s?\\b)`),
    weeks: () => 1,
  },
];
const everyThird = new RegExp(`\\bevery (\\d)(?:rd|th) (?=${anyDay})`);
/** "Tuesdays": said of all of them. */
const plural = new RegExp(`\\b(?:${anyDay})s\\b`);
const days = new RegExp(`\\b(${anyDay})s?\\b`, "g");

/** The rhythm in the words. Undefined: they are about a single session. Reads 300 characters; never throws. */
export function parseRecurrence(text: string, context: ReadingContext): Recurrence | undefined {
  const said = normalise(text);
  const often = cadenceOf(said);
  return often === undefined && !plural.test(said) ? undefined : readRhythm(text, context);
}

/** The rhythm in an answer to a question for one: "Tuesday at 3" is then its day and time, without a frequency. */
export function readRhythm(text: string, context: ReadingContext): Recurrence | undefined {
  const { said, from } = beginning(normalise(text), context);
  const often = cadenceOf(said);
  const rest = often === undefined ? said : said.replace(often.words, " ");
  const notOn = refusedIn(rest, context);
  const named = weekdaysIn(rest).filter((day) => !notOn.includes(day));
  const hours = hoursIn(rest.replace(days, " "), context);
  const everyWeeks = often === undefined && named.length > 0 && plural.test(said) ? 1 : often?.everyWeeks;
  if (often === undefined && named.length + notOn.length === 0 && hours === undefined && from === undefined)
    return undefined;
  return {
    weekdays: named,
    ...(everyWeeks === undefined ? {} : { everyWeeks }),
    ...hours,
    ...(from === undefined ? {} : { from }),
    ...(notOn.length === 0 ? {} : { notOn }),
  };
}

const skipped = new RegExp(
  `\\b(?:skip|leave out|drop|remove|without|avoid|no|never|not (?:do|have|want))(?: on)? (?:the )?((?:(?:${anyDay})s(?:, | and | or )?)+)`,
  "g",
);

/** The excluded days of the week: "not Wednesdays", "Fridays don't work", "skip Mondays". */
function refusedIn(said: string, context: ReadingContext): readonly Weekday[] {
  const refused = parseWhen(said, context)?.want.not ?? [];
  const wholly = refused.flatMap(({ weekdays: named = [], windows }) => (windows === undefined ? named : []));
  const listed = weekdaysIn([...said.matchAll(skipped)].map(([, named = ""]) => named).join(" "));
  return weekdays.filter((day) => wholly.includes(day) || listed.includes(day));
}

interface Cadence {
  readonly words: RegExp;
  readonly everyWeeks?: number;
}

function cadenceOf(said: string): Cadence | undefined {
  const third = everyThird.exec(said);
  if (third !== null) return { words: everyThird, ...inReach(Number(third[1])) };
  for (const { words, weeks } of cadences) {
    const found = words.exec(said);
    if (found !== null) return { words, ...inReach(weeks(found[1])) };
  }
  return undefined;
}

function inReach(everyWeeks: number | undefined): { everyWeeks?: number } {
  return everyWeeks === undefined || !(everyWeeks >= 1 && everyWeeks <= mostWeeks) ? {} : { everyWeeks };
}

function weekdaysIn(said: string): readonly Weekday[] {
  if (/\bweekdays?\b/.test(said)) return weekdays.slice(0, 5);
  const named = new Set([...said.matchAll(days)].map(([, name = ""]) => dayNames.indexOf(name)));
  return weekdays.filter((_day, at) => named.has(at));
}

/** The clock time or hours, read without any day. Of two readings, the likelier one. */
function hoursIn(said: string, context: ReadingContext): { minutes: number } | { window: ClockWindow } | undefined {
  const parts = said
    .replace(/\b(?:in )?(?:the )?(morning|afternoon|evening)s\b/g, "in the $1")
    .replace(/\bon (?=in the )/g, "")
    .replace(/\bat (?:the )?same time\b/g, " ");
  const when = parseWhen(parts, context);
  const want = when?.ambiguous?.readings[0] ?? when?.want;
  if (want === undefined) return undefined;
  if (want.exact !== undefined) return { minutes: want.exact.minutes };
  const window = want.windows?.[0] ?? want.days?.[0]?.windows?.[0] ?? hoursBeside(want);
  if (window === undefined) return undefined;
  return window.fromMinutes === window.toMinutes ? { minutes: window.fromMinutes } : { window };
}

/** The longer part of the day that "not in the morning" leaves. */
function hoursBeside({ not = [] }: Want): ClockWindow | undefined {
  const [refused] = not.flatMap((one) =>
    one.days === undefined && one.weekdays === undefined ? (one.windows ?? []) : [],
  );
  if (refused === undefined || refused.fromMinutes === refused.toMinutes) return undefined;
  const isEarly = refused.fromMinutes < minutesPerDay - refused.toMinutes;
  return isEarly
    ? { fromMinutes: refused.toMinutes, toMinutes: minutesPerDay }
    : { fromMinutes: 0, toMinutes: refused.fromMinutes };
}

/** "… starting next week", "from 9 March on": the first day, and the words before it. */
function beginning(said: string, context: ReadingContext): { said: string; from?: string } {
  const found =
    /\b(?:starting|beginning|start|begin|commencing|as of|from)(?: on| from| with)? (?!my\b|the (?:package|rest)\b|\d{1,2}(?::\d\d)? ?(?:to|-|until))(.+)$/.exec(
      said,
    );
  const day = found === null ? undefined : parseWhen(found[1] ?? "", context)?.want;
  const from = day?.exact?.date ?? day?.days?.[0]?.from;
  if (found === null || from === undefined) return { said };
  // "Starting Tuesday at 3": the hours after the day belong to the rhythm.
  const hours = (found[1] ?? "").replace(/^.*?(?=\b(?:at|in the) )|^.*$/, "");
  return { said: `${said.slice(0, found.index)} ${hours}`.trim(), from };
}

const manySessions =
  /\b(?:all |both )?(?:of )?(?:my |the |our |these |those )?(?:remaining|other|left(?:over)?|outstanding|unused) (?:[a-z]+ ){0,2}(?:sessions?|appointments?|credits?|ones?|\d)\b|\b(?:the )?(?:rest|remainder)\b(?! (?:of|in) the (?:day|week|month|year|morning|afternoon)\b)|\ball (?:of )?(?:my |the )?(?:[a-z]+ ){0,2}(?:sessions|appointments|credits)\b/;
const bookingVerb =
  /\b(?:book|plan|schedule|reserve|request|arrange|set up|put in|organi[sz]e|fix|make|get|need|want|like|have)\b/;
const planVerb = /\b(?:plan|schedule|map out|lay out)\b/;
const undoing = /\b(?:cancel|move|reschedule|change|delete|stop|remove|don'?t|do not|how (?:many|much))\b/;
/** "Can I come every Tuesday?" counts as a request for what it asks. */
const asking = /^(?:(?:hi|hello|hey|please|and|so|,) )*(?:can|could|may|might|would it be possible|is it possible) /;

/** Whether several sessions are to be planned at once: "book my remaining sessions every other Tuesday at 3". */
export function asksToPlan(text: string, context: ReadingContext): boolean {
  const said = normalise(text);
  if (said.endsWith("?")) return asking.test(said) && !undoing.test(said) && cadenceOf(said) !== undefined;
  if (undoing.test(said) || !bookingVerb.test(said)) return saysRhythmOnly(said, text, context);
  if (
    manySessions.test(said) &&
    (planVerb.test(said) || /\b(?:book|reserve|request|arrange|set up|put in|organi[sz]e)\b/.test(said))
  )
    return true;
  return parseRecurrence(text, context) !== undefined;
}

/** Whether the message is only a rhythm: "Every other Tuesday at 3". */
function saysRhythmOnly(said: string, text: string, context: ReadingContext): boolean {
  if (undoing.test(said) || !/^(?:every|each|weekly|fortnightly|on )/.test(said)) return false;
  const read = parseRecurrence(text, context);
  return read !== undefined && (read.minutes !== undefined || read.window !== undefined || read.weekdays.length > 0);
}
