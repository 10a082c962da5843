import type { Cause } from "../domain/common-cause.ts";
import type { Period } from "../domain/limits.ts";
import { clockTime, dateOf, dayAndTime, type Reader, shortDay, slotLabel } from "./instants.ts";
import { spanName } from "./spans.ts";

/** Of what a cause is said, and to whom. */
export interface CauseSaid {
  /** The start. Absent: all the wanted times. */
  readonly startsAtMs?: number;
  readonly reader: Reader;
  readonly side: "client" | "practitioner";
}

/** One sentence: why a time cannot be booked, in the reader's zone (D3.10). Blank where nothing is known of it. */
export function causeWords(cause: Cause, said: CauseSaid): string {
  const { startsAtMs, reader, side } = said;
  const when = startsAtMs === undefined ? "That time" : dayAndTime(startsAtMs, reader);
  const isOne = startsAtMs !== undefined;
  const isTheirs = side === "practitioner";
  const clock = (ms: number) => clockOn(ms, startsAtMs, reader);
  switch (cause.because) {
    case "unknown":
    case "several":
      return isOne ? `${when} is not free.` : "";
    case "past":
      return `${when} has passed.`;
    case "too-soon":
      return `${when} is too soon: sessions are booked at least ${spanName(cause.noticeMinutes)} ahead.`;
    case "too-far":
      return `${when} is too far ahead: sessions can be booked until ${shortDay(cause.lastMs, reader)}.`;
    case "outside-package":
      return `${when} is outside the days of ${isTheirs ? "the client’s" : "your"} package.`;
    case "closed-day":
      return isOne ? `${when} is on a closed day.` : "There are no opening hours then.";
    case "too-long":
      return isOne
        ? `${when} is on a day when the session is longer than the opening hours.`
        : "The session is longer than the opening hours then.";
    case "not-by-method":
      return `${when} is ${cause.allDay && isOne ? "on a day " : ""}kept for other ways to meet.`;
    case "not-at-location":
      return `${when} is not possible here: this place is not used ${cause.allDay ? "that day" : "then"}.`;
    case "not-this-service":
      return `${when} is ${cause.allDay && isOne ? "on a day " : ""}kept for other kinds of session.`;
    case "before-hours":
      return `${when} is before opening${cause.firstMs === undefined ? "" : `: the first start is ${clock(cause.firstMs)}`}.`;
    case "after-hours":
      return `${when} ${cause.runsOver ? "would end after closing" : "is after closing"}${cause.lastMs === undefined ? "" : `: the last start is ${clock(cause.lastMs)}`}.`;
    case "in-break":
      return `${when} ${cause.runsInto ? "would run into a break" : "is in a break"}${around(cause, clock)}.`;
    case "between-starts":
      return `${when} is between two starts${around(cause, clock)}.`;
    case "away":
      return awayWords(when, cause.message, said);
    case "booked":
      return isOne ? `${when} is already booked.` : "Everything is booked then.";
    case "just-booked":
      return `${when} was booked by someone else a moment ago.`;
    case "held":
      return isTheirs
        ? `${when} is being booked by a client right now.`
        : `${when} is being booked by someone else right now.`;
    case "own-session":
      if (isTheirs) return `${when} is taken by another session.`;
      return isOne ? `You have another session on ${when}.` : "You have another session then.";
    case "present-time":
      return `${when} is the time it has already.`;
    case "too-close":
      return `${when} is too close to another session.`;
    case "full":
      return isTheirs ? `${when} is beyond the limit of sessions per ${cause.per}.` : fullWords(when, cause.per, isOne);
    case "package-full":
      return `${when} is beyond the sessions per ${cause.per} that ${isTheirs ? "the client’s" : "your"} package allows.`;
    case "not-offered":
      return isOne
        ? `${when} cannot be booked: this session is no longer offered that way.`
        : "This session is no longer offered that way.";
    default:
      return cause satisfies never;
  }
}

/** What a practitioner noted for clients is said to both sides; without a note a client reads only that it is not available. */
function awayWords(when: string, message: string | undefined, { side }: CauseSaid): string {
  const state = side === "practitioner" ? "is blocked" : "is not available";
  return message === undefined ? `${when} ${state}.` : `${when} ${state}: “${message}”`;
}

function fullWords(when: string, per: Period, isOne: boolean): string {
  if (!isOne) return `No more sessions are taken that ${per}.`;
  return `${when} is not available: no more sessions are taken that ${per}.`;
}

/** "17:00", with its day where that is another one to the reader. */
function clockOn(ms: number, startsAtMs: number | undefined, reader: Reader): string {
  const isSameDay = startsAtMs === undefined || dateOf(ms, reader.zone) === dateOf(startsAtMs, reader.zone);
  return isSameDay ? slotLabel(ms, reader) : `${shortDay(ms, reader)}, ${clockTime(ms, reader)}`;
}

function around(
  { beforeMs, afterMs }: { readonly beforeMs?: number; readonly afterMs?: number },
  clock: (ms: number) => string,
): string {
  if (beforeMs === undefined) return afterMs === undefined ? "" : `: the next start is ${clock(afterMs)}`;
  if (afterMs === undefined) return `: the start before is ${clock(beforeMs)}`;
  return `: the starts around it are ${clock(beforeMs)} and ${clock(afterMs)}`;
}
