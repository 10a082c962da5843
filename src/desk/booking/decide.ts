import { type Booking, decideMove, respondBy } from "../../domain/booking.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
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
import { audit, joinUrlOf } from "./request.ts";
import { scheduleSession } from "./session-timers.ts";
import { setTimer } from "./timers.ts";

/** `not-now` carries the booking as it is: whoever was late is shown what happened instead (D4.2). */
export type DecideResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | { readonly ok: false; readonly refusal: "not-now"; readonly booking: Booking };

/** The practitioner says yes (D4.2: a second yes is told the same and changes nothing). */
export async function confirmBooking(desk: Desk, actor: Actor, bookingId: string): Promise<DecideResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (booking.status === "requested" && (await isBeingTaken(desk.books, booking.id))) return { ok: true, booking };
  if (isOverdue(desk, booking)) return { ok: false, refusal: "not-now", booking: await expireRequest(desk, booking) };
  const move = decideMove(booking.status, "confirm");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  // Given back for other times that were proposed, and not to be had again: there is nothing to say yes to.
  if (!(await holdsAskedTime(desk, booking))) return { ok: false, refusal: "not-now", booking };
  if (booking.status === "proposed") await desk.books.changes.closeProposals(booking.id, "rejected");
  return { ok: true, booking: await settleConfirmation(desk, actor, withoutMessage(booking)) };
}

/** Whether the time that was asked for is still this booking's own. */
export async function holdsAskedTime(desk: Pick<Desk, "books" | "nowMs">, booking: Booking): Promise<boolean> {
  const claims = await desk.books.claims.listForBooking(booking.id);
  const isAhead = booking.startsAtMs > desk.nowMs;
  return isAhead && claims.some(({ kind, startsAtMs }) => kind === "request" && startsAtMs === booking.startsAtMs);
}

/**
 * The yes of both sides to a booking at the time it has now, which is held for it: a request, or a proposal that was
 * accepted. It is confirmed at once, or once its payment is taken; until then it is a request. Gives it as it now stands.
 */
export async function settleConfirmation(desk: Desk, actor: Actor, booking: Booking): Promise<Booking> {
  if ((await beginCapture(desk, booking)) === "none") return confirmNow(desk, actor, booking);

  // The answer of the payment provider makes it confirmed; the practitioner has said what they have to say.
  const waiting = booking.status === "proposed" ? await keepForPayment(desk, actor, booking) : booking;
  await desk.books.timers.removeForBooking(booking.id, ["nudge-50", "nudge-85", "unanswered-mail", "payment-lapse"]);
  await audit(desk, actor, "booking.approved", waiting);
  const payment = await findPayment(desk.books, booking.id);
  if (payment !== undefined) await tellPayment(desk, waiting, payment);
  return waiting;
}

/** Of the proposed times only the accepted one is held, for as long as the payment may take. */
async function keepForPayment(desk: Desk, actor: Actor, booking: Booking): Promise<Booking> {
  const { startsAtMs, frozen } = booking;
  const { respondWithinMinutes } = frozen;
  const respondByMs = respondBy({ requestedAtMs: desk.nowMs, startsAtMs, respondWithinMinutes });
  const waiting: Booking = { ...booking, status: "requested", version: booking.version + 1, respondByMs };
  await desk.books.claims.removeForBooking(booking.id);
  if (!(await claimFor(desk, waiting, "request"))) throw new Error("an accepted proposal lost its time");
  if (!(await desk.books.bookings.save(waiting, booking.version))) throw new Error("a booking changed under its lock");
  await desk.books.timers.removeForBooking(booking.id, ["proposal-expiry"]);
  await setTimer(desk, waiting, "respond-by", respondByMs);
  await tellTalks(desk, waiting, actor.talkId);
  return waiting;
}

/** What was written to the client with the proposed times is not what is written about an answer. */
export function withoutMessage({ reason: _, ...booking }: Booking): Booking {
  return booking;
}

/** Confirms a request or an accepted proposal that nothing stands in the way of: its time is held, its payment taken. */
export async function confirmNow(desk: Desk, actor: Actor, booking: Booking): Promise<Booking> {
  const joinUrl = joinUrlOf(booking);
  const confirmed: Booking = {
    ...booking,
    status: "confirmed",
    version: booking.version + 1,
    decidedAtMs: desk.nowMs,
    ...(joinUrl === undefined ? {} : { joinUrl }),
  };
  await consumeCredit(desk, actor, booking);
  await desk.books.claims.removeForBooking(booking.id);
  // A request holds its time, so this only fails if the guard was broken: better a loud stop than two sessions.
  if (!(await claimFor(desk, confirmed, "session"))) throw new Error("a confirmed request lost its time");
  if (!(await desk.books.bookings.save(confirmed, booking.version)))
    throw new Error("a booking changed under its lock");
  await desk.books.timers.removeForBooking(booking.id);
  await scheduleSession(desk, confirmed);
  await audit(desk, actor, "booking.confirmed", confirmed);
  await askForPayment(desk, confirmed);
  await mailClient(desk, confirmed, "confirmed");
  await tellTalks(desk, confirmed, actor.talkId);
  await tellOfLast(desk, confirmed);
  // Of what confirms itself its practitioner hears only now that it is paid (D5.5).
  if (confirmed.frozen.confirmation === "auto" && !(await startReview(desk, confirmed)))
    await mailPractitioner(desk, confirmed);
  return confirmed;
}

/** The practitioner says no; `reason` is shown to the client as written. */
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
    ...(reason === undefined ? {} : { reason }),
  });
  await mailClient(desk, declined, "declined");
  return { ok: true, booking: declined };
}

/** The client takes a request back: no policy, no fee. */
export async function withdrawBooking(desk: Desk, actor: Actor, bookingId: string): Promise<DecideResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (await isBeingTaken(desk.books, booking.id)) return { ok: false, refusal: "not-now", booking };
  const move = decideMove(booking.status, "withdraw");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  return { ok: true, booking: await end(desk, actor, { ...withoutMessage(booking), status: "withdrawn" }) };
}

/** The practitioner did not answer in time (D4.1), or the client not to the times proposed. Anything else is left as it is. */
export async function expireRequest(desk: Desk, booking: Booking): Promise<Booking> {
  if (!decideMove(booking.status, "expire").ok) return booking;
  if (await isBeingTaken(desk.books, booking.id)) return booking;
  const actor: Actor = { kind: "desk", practiceId: booking.practiceId, place: "clock" };
  const expired = await end(desk, actor, { ...withoutMessage(booking), status: "expired" });
  await mailClient(desk, expired, booking.status === "proposed" ? "lapsed" : "expired");
  return expired;
}

/** The deadline is judged here, under the lock; the timer only tidies. */
export function isOverdue(desk: Pick<Desk, "nowMs">, { status, respondByMs }: Booking): boolean {
  const waits = status === "requested" || status === "proposed";
  return waits && respondByMs !== undefined && desk.nowMs >= respondByMs;
}

/** Terminal bookings keep no claim, no timers and no open authorisation (D4.8). */
async function end(desk: Desk, actor: Actor, changed: Booking): Promise<Booking> {
  const ended: Booking = { ...changed, version: changed.version + 1, decidedAtMs: desk.nowMs };
  if (!(await desk.books.bookings.save(ended, changed.version))) throw new Error("a booking changed under its lock");
  await releaseCredit(desk, actor, ended);
  await closePaymentOf(desk, ended);
  await desk.books.changes.closeProposals(ended.id, ended.status === "expired" ? "expired" : "rejected");
  await desk.books.claims.removeForBooking(ended.id);
  await desk.books.timers.removeForBooking(ended.id);
  await audit(desk, actor, `booking.${ended.status}`, ended);
  await tellTalks(desk, ended, actor.talkId);
  return ended;
}
