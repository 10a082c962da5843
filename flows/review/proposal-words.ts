import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { mostProposed } from "../../src/desk/changes/propose.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { readProposed } from "../../src/language/intent/proposal-words.ts";
import { proposeWords } from "../../src/words/propose.ts";
import { bestTimes, workingSpan } from "./best-times.ts";
import { reviewFacts } from "./facts.ts";
import type { ReviewContext, ReviewEvent } from "./machine.ts";

/** "propose Thursday 10 to Ana": leads to the card to choose on, with those times on it. */
export function asksToPropose(text: string): boolean {
  return /^(?:please )?(?:propose|suggest)\b/.test(normalise(text));
}

/** The times words propose for a request, chosen on its card beside the three best; undefined: they name none. */
export async function timesSaid(text: string, booking: Booking, turn: Turn): Promise<ReviewEvent | undefined> {
  const { books, practice, nowMs } = turn;
  const facts = await reviewFacts({ bookingId: booking.id, nudged: false }, turn);
  if (facts === undefined) return undefined;
  const { reader } = facts;
  const practitioner = await books.people.findPractitioner(practice.id, booking.practitionerId);
  const { starts, best } = await bestTimes(facts, turn);
  const said = readProposed(
    text,
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
  const picked = said === undefined ? [] : [...said.free, ...said.elsewhere].sort((a, b) => a - b);
  if (picked.length === 0) return undefined;
  const offered = [...new Set([...picked, ...best])].sort((a, b) => a - b);
  return { type: "times.found", offered, picked };
}

/** Typed words while times are chosen: other times, some of those on the card, a message, or a clear yes to send. */
export async function listenForTimes(text: string, context: ReviewContext, turn: Turn): Promise<Heard<ReviewEvent>> {
  const message = /^\s*message\s*[:,-]?\s+(.+)$/is.exec(text)?.[1];
  if (message !== undefined) return { event: { type: "message.typed", message: message.slice(0, 600) } };
  const offered = context.offered ?? [];
  const places = placesSaid(normalise(text), offered.length);
  if (places !== undefined) {
    const picked = offered.filter((_, at) => places.includes(at + 1));
    return { event: { type: "times.found", offered, picked } };
  }
  const booking = await turn.books.bookings.find(turn.practice.id, context.bookingId);
  const said = booking === undefined ? undefined : await timesSaid(text, booking, turn);
  if (said !== undefined) return { event: said };
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return offered.length === 0 ? undefined : { event: { type: "proposal.sent" } };
  if (intent === "negate" || intent === "abort") return { event: { type: "went.back" } };
  return intent === "inform" || intent === "book" ? { hint: proposeWords.notHeard } : undefined;
}

/** A clear yes or no to times outside one's own hours. */
export async function listenForForce(text: string): Promise<Heard<ReviewEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "force.agreed" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "went.back" } } : undefined;
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
