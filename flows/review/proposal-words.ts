import { typedReason } from "../../src/choosing/reason.ts";
import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { isPureWish, sureActs } from "../../src/conversation/hear.ts";
import { mostProposed } from "../../src/desk/changes/propose.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { readProposed } from "../../src/language/intent/proposal-words.ts";
import type { Reading } from "../../src/language/reading.ts";
import { originalOf } from "../../src/language/span.ts";
import type { Want } from "../../src/language/when/want.ts";
import { bestTimes, workingSpan } from "./best-times.ts";
import { reviewFacts } from "./facts.ts";
import type { ReviewContext, ReviewEvent } from "./machine.ts";

type TimesFound = Extract<ReviewEvent, { type: "times.found" }>;

/**
 * The times that words propose for a request, selected on its card beside the three best. Undefined: they name none.
 */
export async function timesSaid(reading: Reading, booking: Booking, turn: Turn): Promise<TimesFound | undefined> {
  const { books, practice, nowMs } = turn;
  const facts = await reviewFacts({ bookingId: booking.id, nudged: false }, turn);
  if (facts === undefined) return undefined;
  const { reader } = facts;
  const practitioner = await books.people.findPractitioner(practice.id, booking.practitionerId);
  const { starts, best } = await bestTimes(facts, turn);
  const said = readProposed(
    reading.said,
    starts,
    {
      nowMs,
      zone: reader.zone,
      locale: reader.locale,
      askedMs: booking.startsAtMs,
      ...(practitioner === undefined ? {} : workingSpan(practitioner.schedule)),
    },
    mostProposed,
  );
  const found = said === undefined ? [] : [...said.free, ...said.elsewhere].sort((a, b) => a - b);
  if (found.length === 0) return undefined;
  const offered = [...new Set([...found, ...best])].sort((a, b) => a - b);
  // Times that the message does not name are offered, but not ticked.
  return { type: "times.found", offered, picked: namesClock(reading) ? found : [] };
}

/** Whether a message speaks of times to propose, and does not only mention a day: "anything this morning?". */
export function speaksOfTimes(reading: Reading): boolean {
  const verbs = sureActs(reading).map(({ verb }) => verb);
  const isProposing = verbs.some((verb) => verb === "propose" || verb === "other options" || verb === "change");
  return isProposing || reading.shift !== undefined || (isPureWish(reading) && reading.questions.length === 0);
}

/** Whether every time of a message is a clock time. */
function namesClock({ when, shift }: Reading): boolean {
  if (shift !== undefined) return true;
  const wants = when?.ambiguous?.readings ?? (when === undefined ? [] : [when.want]);
  const isClock = ({ exact, windows, days = [] }: Want) => {
    const all = [...(windows ?? []), ...days.flatMap((day) => day.windows ?? [])];
    return (
      exact !== undefined || (all.length > 0 && all.every(({ fromMinutes, toMinutes }) => fromMinutes === toMinutes))
    );
  };
  return wants.length > 0 && wants.every(isClock);
}

/** A message while times are chosen: other times, some of those on the card, or a message to the client. */
export async function hearTimes(reading: Reading, context: ReviewContext, turn: Turn): Promise<Heard<ReviewEvent>> {
  const message = messageSaid(reading, turn);
  if (message !== undefined) return { event: { type: "message.typed", message } };
  const offered = context.offered ?? [];
  const places = placesSaid(reading.said, offered.length);
  if (places !== undefined) {
    const picked = offered.filter((_, at) => places.includes(at + 1));
    return { event: { type: "times.found", offered, picked } };
  }
  const isOther = reading.names.length > 0 || !speaksOfTimes(reading);
  const booking = isOther ? undefined : await turn.books.bookings.find(turn.practice.id, context.bookingId);
  return booking && eventOf(await timesSaid(reading, booking, turn));
}

function eventOf(event: ReviewEvent | undefined): Heard<ReviewEvent> {
  return event && { event };
}

/** "Message: …" to the request's client, as typed. A message to another person is for another talk. */
function messageSaid({ acts, said }: Reading, turn: Turn): string | undefined {
  const act = acts.find(({ verb, object }) => verb === "message" && object.names.length === 0);
  if (act?.content === undefined || turn.said === undefined) return undefined;
  return typedReason(originalOf(turn.said, said, act.content));
}

/** "1", "1 and 3", "the first two", "only the second": places on the card, from 1. */
function placesSaid(said: string, count: number): readonly number[] | undefined {
  if (/^(?:the )?(?:first|1st) (?:two|2)$/.test(said)) return [1, 2];
  const ordinals = ["first", "second", "third"];
  const one = /^(?:only |just )?(?:the )?(first|second|third)(?: one)?$/.exec(said)?.[1];
  if (one !== undefined) return [ordinals.indexOf(one) + 1];
  if (!/^(?:only |just )?\d(?:(?: ?, ?| and | & )+\d)*$/.test(said)) return undefined;
  const places = (said.match(/\d/g) ?? []).map(Number);
  return places.every((place) => place >= 1 && place <= count) ? places : undefined;
}
