import { DateTime } from "luxon";
import { parseMove as readMove } from "../../src/language/intent/move.ts";
import { selectOffered } from "../../src/language/intent/reference.ts";
import type { Vocabulary } from "../../src/language/names/named.ts";
import { read } from "../../src/language/reading.ts";
import type { Want } from "../../src/language/when/want.ts";
import { parseWhen, type When } from "../../src/language/when/when.ts";
import { intentOf, type Pending } from "./intent-of.ts";

/** A row's own frame: the moment it was said, ISO, and the zone of who said it. */
interface Frame {
  readonly reference: string;
  readonly timezone: string;
}

/** A reading as evaluation sets write it: instants as ISO, `end` exclusive. */
interface Reading {
  readonly start?: string;
  readonly end?: string;
  readonly grain?: string;
  readonly open?: string;
  readonly minutes?: number;
}

/** The time in a text, in the form evaluation sets compare; null for none. */
export function parse(text: string, frame: Frame): Reading | null {
  const when = parseWhen(text, contextOf(frame));
  return when === undefined ? null : readingOf(when, frame);
}

function contextOf({ reference, timezone }: Frame) {
  return { nowMs: DateTime.fromISO(reference).toMillis(), zone: timezone, locale: process.env.LOCALE ?? "en-US" };
}

function readingOf({ want }: When, frame: Frame): Reading | null {
  const zone = want.zone ?? frame.timezone;
  const now = DateTime.fromISO(frame.reference).setZone(zone);
  const [range] = want.days ?? [];
  const base = { ...(want.minutes !== undefined && { minutes: want.minutes }), ...(want.open && { open: want.open }) };
  const windows = range?.windows ?? want.windows;
  const day = DateTime.fromISO(range?.from ?? weekdayDate(want, now), { zone });
  const at = (minutes: number) =>
    day
      .plus({ days: Math.floor(minutes / 1440) })
      .set({ hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 });
  const iso = (date: DateTime) => date.toISO() ?? "";
  if (want.exact) {
    const start = at(want.exact.minutes);
    return {
      ...base,
      start: iso(start),
      ...(want.minutes && { end: iso(start.plus({ minutes: want.minutes })) }),
      grain: "minute",
    };
  }
  const [window] = windows ?? [];
  if (window) {
    if (window.fromMinutes === window.toMinutes)
      return { ...base, start: iso(at(window.fromMinutes)), grain: "minute" };
    if (want.open === "after") return { ...base, start: iso(at(window.fromMinutes)), grain: "minute" };
    if (want.open === "before") return { ...base, end: iso(at(window.toMinutes)), grain: "minute" };
    return { ...base, start: iso(at(window.fromMinutes)), end: iso(at(window.toMinutes)), grain: "hour" };
  }
  if (range) {
    if (want.open === "after") return { ...base, start: iso(day), grain: "day" };
    const end = DateTime.fromISO((want.days ?? []).at(-1)?.to ?? range.to, { zone });
    if (want.open === "before") return { ...base, end: iso(end), grain: "day" };
    return { ...base, start: iso(day), end: iso(end), grain: end.diff(day, "days").days > 1.5 ? "range" : "day" };
  }
  if (want.weekdays) return { ...base, start: iso(day), grain: "day" };
  return want.minutes === undefined ? null : base;
}

/** Without a date: today, or the next of the weekdays. */
function weekdayDate(want: Want, now: DateTime): string {
  for (let ahead = 0; ahead < 7; ahead += 1) {
    const day = now.plus({ days: ahead });
    if (want.weekdays === undefined || want.weekdays.some((name) => name === day.toFormat("ccc").toLowerCase()))
      return day.toISODate() ?? "";
  }
  return now.toISODate() ?? "";
}

/** What the desk had said before, in the words of the evaluation sets. */
interface Before {
  readonly prevText?: string;
  readonly prevActs?: readonly string[];
}

/** The intent of a text; what the desk asked before is told from its words or acts. */
export function understand(text: string, context: Before): { readonly intent: string } {
  const pending = pendingOf(context);
  return { intent: intentOf(read(text, calendar, anyMoment), pending) };
}

/** The sets are about calendars: what these hold is to this vocabulary what services are to a practice. */
const calendar: Vocabulary = {
  role: "client",
  services: "exam conference match dinner lunch breakfast brunch interview rehearsal"
    .split(" ")
    .map((name) => ({ id: name, names: [name] })),
  places: [{ id: "apartment", names: ["apartment"] }],
};
const anyMoment = { nowMs: 0, zone: "UTC", locale: process.env.LOCALE ?? "en-US" };

function pendingOf({ prevText = "", prevActs = [] }: Before): Pending | undefined {
  if (prevActs.some((act) => act === "NOTIFY_FAILURE" || act === "NOTIFY_SUCCESS")) return undefined;
  if (prevActs.some((act) => act === "CONFIRM" || act === "OFFER_INTENT")) return "confirm";
  if (prevActs.some((act) => act === "OFFER" || act === "INFORM")) return "offer";
  if (prevActs.includes("REQUEST")) return "question";
  if (/does one of these work|here are some times|which one/i.test(prevText)) return "offer";
  return /is this (?:good|right|ok|what you|the (?:update|change))|how(?:'s| is) this|how about now|does (?:this|that) look|is that ok/i.test(
    prevText,
  )
    ? "confirm"
    : undefined;
}

/** The place of the start chosen, or null. */
export function select(
  text: string,
  { offered, reference, timezone }: Frame & { readonly offered: readonly string[] },
): { readonly index: number | null } {
  const starts = offered.map((start) => DateTime.fromISO(start, { zone: timezone }).toMillis());
  const choice = selectOffered(text, {
    offered: starts,
    nowMs: DateTime.fromISO(reference).toMillis(),
    zone: timezone,
  });
  return { index: choice !== undefined && "index" in choice ? choice.index : null };
}

/** Where a session should move from and to. */
export function parseMove(text: string, frame: Frame): { readonly from: Reading | null; readonly to: Reading | null } {
  const move = readMove(text, contextOf(frame));
  return {
    from: move?.from === undefined ? null : readingOf(move.from, frame),
    to: move?.to === undefined ? null : readingOf(move.to, frame),
  };
}
