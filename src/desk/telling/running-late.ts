import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import { hourMs } from "../../domain/units.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { audit } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { type QueuedTalk, startWithClient, startWithPractitioner } from "./announce.ts";

const runningLate = "running.late";
/** The most delay messages per session. */
const mostLateNotes = 3;
const lateFromMs = 2 * hourMs;

/** The delays on the card, in minutes. */
export const lateMinutes = [5, 10, 15] as const;

/** In minutes. Whoever is later than this moves the session. */
export const longestDelay = 120;

/** Whether a delay can still be announced: from two hours before the start to the end, three times in all. */
export async function maySayLate(books: ReadBooks, booking: Booking, nowMs: number): Promise<boolean> {
  const { status, startsAtMs, endsAtMs } = booking;
  if (status !== "confirmed" || nowMs < startsAtMs - lateFromMs || nowMs >= endsAtMs) return false;
  return (await lateNotes(books, booking)).length < mostLateNotes;
}

/**
 * Tells the other side in chat that the actor runs late. False: not possible now, not their session, or no chat is
 * reachable.
 */
export async function sayRunningLate(desk: Desk, actor: Actor, bookingId: string, minutes: number): Promise<boolean> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !Number.isInteger(minutes) || minutes < 1 || minutes > longestDelay) return false;
  const isClient = ownsAsClient(actor, booking);
  if (!isClient && !decidesAsPractitioner(actor, booking)) return false;
  if (!(await maySayLate(desk.books, booking, desk.nowMs))) return false;
  const count = (await lateNotes(desk.books, booking)).length;
  const news: QueuedTalk = {
    flow: "notice",
    input: { type: "running.late", bookingId: booking.id, minutes },
    dedupeKey: `late:${booking.id}:${count}`,
    bookingId: booking.id,
  };
  const { practiceId, clientId, practitionerId } = booking;
  const reached = isClient
    ? await startWithPractitioner(desk, practiceId, practitionerId, news)
    : await startWithClient(desk, practiceId, clientId, news);
  if (reached) await audit(desk, actor, runningLate, booking);
  return reached;
}

async function lateNotes(books: ReadBooks, booking: Booking) {
  const entries = await books.audit.list(booking.practiceId, booking.id);
  return entries.filter(({ action }) => action === runningLate);
}
