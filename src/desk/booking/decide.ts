import { type Booking, decideMove, respondBy } from "../../domain/booking.ts";
import { given } from "../../given.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { audit } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { consumeCredit, releaseCredit } from "../packages/credits.ts";
import { tellOfLast } from "../packages/package-news.ts";
import {
  askForPayment,
  beginCapture,
  closePaymentOf,
  findPayment,
  isBeingTaken,
  tellPayment,
} from "../payments/payments.ts";
import { startReview, tellTalks } from "../telling/announce.ts";
import { mailClient, mailPractitioner } from "../telling/mails.ts";
import { claimFor } from "./hold.ts";
import { joinUrlOf } from "./join-url.ts";
import { scheduleSession } from "./session-timers.ts";
import { setTimer } from "./timers.ts";

/** `not-now` returns the current booking, so that the card shows what happened instead (D4.2). */
export type DecideResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | { readonly ok: false; readonly refusal: "not-now"; readonly booking: Booking };

/** Confirms a request for its practitioner. A repeated call returns the booking unchanged (D4.2). */
export async function confirmBooking(desk: Desk, actor: Actor, bookingId: string): Promise<DecideResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (booking.status === "requested" && (await isBeingTaken(desk.books, booking.id))) return { ok: true, booking };
  if (isOverdue(desk, booking)) return { ok: false, refusal: "not-now", booking: await expireRequest(desk, booking) };
  const move = decideMove(booking.status, "confirm");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  // The requested time was released when other times were proposed, and is taken now: nothing can be confirmed.
  if (!(await holdsAskedTime(desk, booking))) return { ok: false, refusal: "not-now", booking };
  if (booking.status === "proposed") await desk.books.changes.closeProposals(booking.id, "rejected");
  return { ok: true, booking: await settleConfirmation(desk, actor, withoutMessage(booking)) };
}

/** Whether the booking still claims the requested time and that time is in the future. */
export async function holdsAskedTime(desk: Pick<Desk, "books" | "nowMs">, booking: Booking): Promise<boolean> {
  const claims = await desk.books.claims.listForBooking(booking.id);
  const isAhead = booking.startsAtMs > desk.nowMs;
  return isAhead && claims.some(({ kind, startsAtMs }) => kind === "request" && startsAtMs === booking.startsAtMs);
}

/**
 * Settles a booking both sides agreed to, a request or an accepted proposal, at its current time, which it claims.
 * Confirms it at once, or starts the capture: then it stays `requested` until the payment is taken. Returns the booking
 * as saved.
 */
export async function settleConfirmation(desk: Desk, actor: Actor, booking: Booking): Promise<Booking> {
  if ((await beginCapture(desk, booking)) === "none") return confirmNow(desk, actor, booking);

  // The capture's result confirms the booking; the practitioner has nothing left to answer.
  const waiting = booking.status === "proposed" ? await keepForPayment(desk, actor, booking) : booking;
  await desk.books.timers.removeForBooking(booking.id, ["nudge-50", "nudge-85", "unanswered-mail", "payment-lapse"]);
  await audit(desk, actor, "booking.approved", waiting);
  const payment = await findPayment(desk.books, booking.id);
  if (payment !== undefined) await tellPayment(desk, waiting, payment);
  return waiting;
}

/**
 * Claims only the accepted time of a proposal, until the payment deadline. Throws if the time or the booking's version
 * was lost under the lock.
 */
async function keepForPayment(desk: Desk, actor: Actor, booking: Booking): Promise<Booking> {
  const { startsAtMs, frozen } = booking;
  const { respondWithinMinutes } = frozen;
  const respondByMs = respondBy({ requestedAtMs: desk.nowMs, startsAtMs, respondWithinMinutes });
  const waiting: Booking = { ...booking, status: "requested", version: booking.version + 1, respondByMs };
  await desk.books.claims.removeForBooking(booking.id);
  if (!(await claimFor(desk, waiting, "request"))) throw new Error("claim conflict on an accepted proposal");
  if (!(await desk.books.bookings.save(waiting, booking.version)))
    throw new Error("booking version conflict under its lock");
  await desk.books.timers.removeForBooking(booking.id, ["proposal-expiry"]);
  await setTimer(desk, waiting, "respond-by", respondByMs);
  await tellTalks(desk, waiting, actor.talkId);
  return waiting;
}

/** The booking without the practitioner's message, which belongs to the proposal and not to its answer. */
export function withoutMessage({ reason: _, ...booking }: Booking): Booking {
  return booking;
}

/**
 * Confirms a booking whose time is claimed and whose payment is taken. Throws if its time or version was lost under the
 * lock.
 */
export async function confirmNow(desk: Desk, actor: Actor, booking: Booking): Promise<Booking> {
  const joinUrl = joinUrlOf(booking);
  const confirmed: Booking = {
    ...booking,
    status: "confirmed",
    version: booking.version + 1,
    decidedAtMs: desk.nowMs,
    ...given({ joinUrl }),
  };
  await consumeCredit(desk, actor, booking);
  await desk.books.claims.removeForBooking(booking.id);
  // A request claims its time, so this fails only if a guard is broken. The throw rolls the transaction back.
  if (!(await claimFor(desk, confirmed, "session"))) throw new Error("claim conflict on a confirmed request");
  if (!(await desk.books.bookings.save(confirmed, booking.version)))
    throw new Error("booking version conflict under its lock");
  await desk.books.timers.removeForBooking(booking.id);
  await scheduleSession(desk, confirmed);
  await audit(desk, actor, "booking.confirmed", confirmed);
  await askForPayment(desk, confirmed);
  await mailClient(desk, confirmed, "confirmed");
  await tellTalks(desk, confirmed, actor.talkId);
  await tellOfLast(desk, confirmed);
  // With automatic confirmation the practitioner is first notified here, after the payment (D5.5).
  if (confirmed.frozen.confirmation === "auto" && !(await startReview(desk, confirmed)))
    await mailPractitioner(desk, confirmed);
  return confirmed;
}

/** Declines a request for its practitioner; `reason` is shown to the client verbatim. */
export async function declineBooking(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  reason?: string,
): Promise<DecideResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (isOverdue(desk, booking)) return { ok: false, refusal: "not-now", booking: await expireRequest(desk, booking) };
  if (await isBeingTaken(desk.books, booking.id)) return { ok: false, refusal: "not-now", booking };
  const move = decideMove(booking.status, "decline");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  const declined = await end(desk, actor, {
    ...withoutMessage(booking),
    status: "declined",
    ...given({ reason }),
  });
  await mailClient(desk, declined, "declined");
  return { ok: true, booking: declined };
}

/** Withdraws a request for its client, free of charge: no cancellation policy applies. */
export async function withdrawBooking(desk: Desk, actor: Actor, bookingId: string): Promise<DecideResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (await isBeingTaken(desk.books, booking.id)) return { ok: false, refusal: "not-now", booking };
  const move = decideMove(booking.status, "withdraw");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  return { ok: true, booking: await end(desk, actor, { ...withoutMessage(booking), status: "withdrawn" }) };
}

/**
 * Expires a request the practitioner did not answer in time (D4.1), or a proposal the client did not answer. Returns
 * any other booking unchanged.
 */
export async function expireRequest(desk: Desk, booking: Booking): Promise<Booking> {
  if (!decideMove(booking.status, "expire").ok) return booking;
  if (await isBeingTaken(desk.books, booking.id)) return booking;
  const actor: Actor = { kind: "desk", practiceId: booking.practiceId, place: "clock" };
  const expired = await end(desk, actor, { ...withoutMessage(booking), status: "expired" });
  await mailClient(desk, expired, booking.status === "proposed" ? "lapsed" : "expired");
  return expired;
}

/** Whether the answer's deadline has passed. Judged under the booking's lock: the timer may be late. */
export function isOverdue(desk: Pick<Desk, "nowMs">, { status, respondByMs }: Booking): boolean {
  const waits = status === "requested" || status === "proposed";
  return waits && respondByMs !== undefined && desk.nowMs >= respondByMs;
}

/** Ends a booking: a terminal booking has no claim, no timer and no open authorisation (D4.8). */
async function end(desk: Desk, actor: Actor, changed: Booking): Promise<Booking> {
  const ended: Booking = { ...changed, version: changed.version + 1, decidedAtMs: desk.nowMs };
  if (!(await desk.books.bookings.save(ended, changed.version)))
    throw new Error("booking version conflict under its lock");
  await releaseCredit(desk, actor, ended);
  await closePaymentOf(desk, ended);
  await desk.books.changes.closeProposals(ended.id, ended.status === "expired" ? "expired" : "rejected");
  await desk.books.claims.removeForBooking(ended.id);
  await desk.books.timers.removeForBooking(ended.id);
  await audit(desk, actor, `booking.${ended.status}`, ended);
  await tellTalks(desk, ended, actor.talkId);
  return ended;
}
