import { minuteMs } from "../domain/units.ts";

/** Intl formatters are costly to make and cheap to keep. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${zone}|${Object.values(options).join()}|${Object.keys(options).join()}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formatters.set(key, made);
  return made;
}

/** How a reader wants instants: their IANA zone, and the practice's locale. */
export interface Reader {
  readonly zone: string;
  readonly locale: string;
}

function partsOf(ms: number, reader: Reader, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const parts = formatter(reader.locale, reader.zone, options).formatToParts(ms);
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

/** So many instants are remembered in one wording; a day's times for everybody are a few hundred. */
const mostRemembered = 5_000;

/** Formatting costs ten times the looking up, and the same free times are said to many. */
function remembering<Said extends string | boolean>(say: (ms: number, reader: Reader) => Said): typeof say {
  const known = new Map<string, Said>();
  return (ms, reader) => {
    const key = `${ms} ${reader.zone} ${reader.locale}`;
    const said = known.get(key) ?? say(ms, reader);
    if (known.size >= mostRemembered) known.clear();
    known.set(key, said);
    return said;
  };
}

/** Whether a locale writes the month before the day. */
function monthFirst(locale: string): boolean {
  const parts = formatter(locale, "UTC", { day: "numeric", month: "numeric" }).formatToParts(0);
  return parts.findIndex((part) => part.type === "month") < parts.findIndex((part) => part.type === "day");
}

/** "Tue 3 Mar", or "Tue Mar 3" where the month comes first. */
export const shortDay = remembering((ms, reader) => {
  const { weekday, day, month } = partsOf(ms, reader, { weekday: "short", day: "numeric", month: "short" });
  return monthFirst(reader.locale) ? `${weekday} ${month} ${day}` : `${weekday} ${day} ${month}`;
});

/** "Thursday 5 March at 18:00", or "Thursday, March 5 at 6:00 PM": a start in a sentence. */
export function dayAndTime(ms: number, reader: Reader): string {
  const { weekday, day, month } = partsOf(ms, reader, { weekday: "long", day: "numeric", month: "long" });
  const named = monthFirst(reader.locale) ? `${weekday}, ${month} ${day}` : `${weekday} ${day} ${month}`;
  return `${named} at ${slotLabel(ms, reader)}`;
}

/** "Tuesday 3 March 2026", or "Tuesday, March 3, 2026". */
function longDay(ms: number, reader: Reader): string {
  const { weekday, day, month, year } = partsOf(ms, reader, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return monthFirst(reader.locale) ? `${weekday}, ${month} ${day}, ${year}` : `${weekday} ${day} ${month} ${year}`;
}

/** "15:00", or "3:00 PM" where the locale counts to twelve. */
export const clockTime = remembering((ms, reader) =>
  formatter(reader.locale, reader.zone, { hour: "numeric", minute: "2-digit" })
    .format(ms)
    .replace(/^(\d):/, reader.locale.startsWith("en-US") ? "$1:" : "0$1:")
    .replace(/\u202f/g, " "),
);

/** "Lisbon" of Europe/Lisbon: how a zone is named to people. */
export function zoneName(zone: string): string {
  const city = zone.split("/").at(-1) ?? zone;
  return city.replaceAll("_", " ");
}

/** "GMT+1": tells the two equal clock times of an autumn night apart. */
function offsetName(ms: number, reader: Reader): string {
  return partsOf(ms, reader, { timeZoneName: "shortOffset" }).timeZoneName ?? "";
}

/** The reader's calendar date as `YYYY-MM-DD`. */
export function dateOf(ms: number, zone: string): string {
  const { year, month, day } = partsOf(
    ms,
    { zone, locale: "en-GB" },
    { year: "numeric", month: "2-digit", day: "2-digit" },
  );
  return `${year}-${month}-${day}`;
}

/** "15:00–15:50". */
export function clockSpan(startsAtMs: number, endsAtMs: number, reader: Reader): string {
  return `${clockTime(startsAtMs, reader)}–${clockTime(endsAtMs, reader)}`;
}

/** "15:00 (Lisbon)": a moment of today. */
export function clockMoment(ms: number, reader: Reader): string {
  return `${clockTime(ms, reader)} (${zoneAt(ms, reader)})`;
}

/** "Tue 3 Mar, 15:00 (Lisbon)": a deadline or a single moment. */
export function moment(ms: number, reader: Reader): string {
  return `${shortDay(ms, reader)}, ${clockMoment(ms, reader)}`;
}

/** "Lisbon"; "New York, GMT-5" where an autumn night's clock shows this time twice (Lord Howe goes back half an hour). */
function zoneAt(ms: number, reader: Reader): string {
  return isTwice(ms, reader) ? `${zoneName(reader.zone)}, ${offsetName(ms, reader)}` : zoneName(reader.zone);
}

const isTwice = remembering((ms, reader) => {
  const time = clockTime(ms, reader);
  return [-60, -30, 30, 60].some((minutes) => clockTime(ms + minutes * minuteMs, reader) === time);
});

/** A session's time: "Tuesday 3 March 2026, 15:00–15:50 (Lisbon)". */
export function sessionTime(session: { startsAtMs: number; endsAtMs: number }, reader: Reader): string {
  const zone = zoneAt(session.startsAtMs, reader);
  return `${longDay(session.startsAtMs, reader)}, ${clockSpan(session.startsAtMs, session.endsAtMs, reader)} (${zone})`;
}

/** A session's time in a list or an answer: "Tue 3 Mar, 15:00–15:50 (Lisbon)". */
export function shortSessionTime(session: { startsAtMs: number; endsAtMs: number }, reader: Reader): string {
  const { startsAtMs, endsAtMs } = session;
  return `${shortDay(startsAtMs, reader)}, ${clockSpan(startsAtMs, endsAtMs, reader)} (${zoneAt(startsAtMs, reader)})`;
}

/** The same session in another zone, with the day only where it differs: "10:00–10:50 (New York)"; nothing where both clocks agree. */
export function otherZoneTime(
  session: { startsAtMs: number; endsAtMs: number },
  reader: Reader,
  otherZone: string,
): string | undefined {
  const other = { zone: otherZone, locale: reader.locale };
  const { startsAtMs, endsAtMs } = session;
  const sameDay = dateOf(startsAtMs, reader.zone) === dateOf(startsAtMs, otherZone);
  const isSame = sameDay && clockSpan(startsAtMs, endsAtMs, other) === clockSpan(startsAtMs, endsAtMs, reader);
  return isSame ? undefined : zoneTime(session, reader, otherZone);
}

/** A session's time on another clock, with the day only where it differs. */
export function zoneTime(session: { startsAtMs: number; endsAtMs: number }, reader: Reader, otherZone: string): string {
  const other = { zone: otherZone, locale: reader.locale };
  const span = `${clockSpan(session.startsAtMs, session.endsAtMs, other)} (${zoneName(otherZone)})`;
  const sameDay = dateOf(session.startsAtMs, reader.zone) === dateOf(session.startsAtMs, otherZone);
  return sameDay ? span : `${shortDay(session.startsAtMs, other)}, ${span}`;
}

/** "14:00 is 16:00 in Jerusalem.": one moment on two clocks. */
export function sameMoment(ms: number, reader: Reader, zone: string): string {
  return `${clockTime(ms, reader)} is ${clockTime(ms, { ...reader, zone })} in ${zoneName(zone)}.`;
}

/** A slot's button: "09:00", with its offset where an autumn night's clock shows that time twice (case 2). */
export function slotLabel(startsAtMs: number, reader: Reader): string {
  const time = clockTime(startsAtMs, reader);
  return isTwice(startsAtMs, reader) ? `${time} (${offsetName(startsAtMs, reader)})` : time;
}
