import type { ChangeRequest } from "../../../db/store.ts";
import { type Booking, type FrozenService, respondBy } from "../../domain/booking.ts";
import { given } from "../../given.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { audit } from "../audit.ts";
import { claimFor } from "../booking/hold.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { findPayment } from "../payments/payments.ts";
import { type QueuedTalk, startWithClient } from "../telling/announce.ts";
import { mailClient } from "../telling/mails.ts";
import { tellAgain } from "../telling/tell-again.ts";
import { tellColleague, tellPractitioner } from "../telling/tell-practitioner.ts";
import { cancelByException, cancellationOf } from "./cancel.ts";
import { settleMove } from "./settle-move.ts";

/**
 * A change the practitioner must approve: another time, or an exception from the policy for a late cancellation (D4.7).
 */
export type ChangeOrder =
  | { readonly kind: "move"; readonly moved: Booking; readonly reason: string | undefined }
  | { readonly kind: "cancel"; readonly reason: string | undefined };

/**
 * Stores a change request and notifies the practitioner. The session keeps its time until they answer; a new time is
 * claimed meanwhile.
 */
export async function askForChange(desk: Desk, actor: Actor, booking: Booking, order: ChangeOrder): Promise<void> {
  const moved = order.kind === "move" ? order.moved : undefined;
  // The booking claims both times until the answer, so that no other booking can take either.
  if (moved !== undefined && !(await claimFor(desk, moved, "request"))) throw new Error("claim conflict on a move");
  const respondByMs = respondBy({
    requestedAtMs: desk.nowMs,
    startsAtMs: Math.min(booking.startsAtMs, moved?.startsAtMs ?? booking.startsAtMs),
    respondWithinMinutes: booking.frozen.respondWithinMinutes,
  });
  const request = await desk.books.changes.addRequest({
    practiceId: booking.practiceId,
    bookingId: booking.id,
    kind: order.kind,
    askedAtMs: desk.nowMs,
    respondByMs,
    ...(moved === undefined ? {} : { startsAtMs: moved.startsAtMs, endsAtMs: moved.endsAtMs, frozen: moved.frozen }),
    ...(order.reason === undefined || order.reason === "" ? {} : { reason: order.reason }),
  });
  await setTimer(desk, booking, "change-respond-by", respondByMs);
  await audit(desk, actor, "change.asked", booking);
  await mailClient(desk, booking, "wished", request.id, request);
  await tellOfChange(desk, booking, request, actor.talkId);
  const talk: QueuedTalk = {
    flow: "change",
    input: { type: "change.asked", requestId: request.id, bookingId: booking.id },
    dedupeKey: `change:${request.id}`,
    bookingId: booking.id,
  };
  const news = { kind: "change-asked", toMs: moved?.startsAtMs, respondByMs } as const;
  await tellPractitioner(desk, booking, talk, { news });
}

/** Requests an exception for a late cancellation, where the policy leaves it to the practitioner (D4.7). */
export async function askException(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  reason?: string,
): Promise<"asked" | "not-now" | "not-yours" | "reason-needed"> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return "not-yours";
  const decision = cancellationOf(booking, desk.nowMs);
  if (booking.status !== "confirmed" || decision.ok || decision.refusal !== "ask") return "not-now";
  if (booking.frozen.cancellation.reasonRequired && (reason ?? "") === "") return "reason-needed";
  await withdrawOpenChange(desk, booking);
  await askForChange(desk, actor, booking, { kind: "cancel", reason });
  return "asked";
}

export type ChangeDecision =
  | { readonly ok: true; readonly booking: Booking; readonly request: ChangeRequest }
  | { readonly ok: false; readonly refusal: "not-yours" | "gone" };

/**
 * Approves a change request: moves or cancels the session. A repeated call returns the request as decided (D4.2). While
 * a cancellation of the session can be undone, the request is returned open and nothing changes (D4.9).
 */
export async function approveChange(desk: Desk, actor: Actor, requestId: string): Promise<ChangeDecision> {
  const found = await findChange(desk, actor, requestId);
  if (!found.ok || found.request.state !== "open") return found;
  const { booking, request } = found;
  if (isBeingCancelled(booking)) return found;
  if (isOverdue(desk, request) || booking.status !== "confirmed") return expireChange(desk, booking, request);
  await desk.books.changes.closeRequest(request.id, "approved", desk.nowMs);
  if (request.kind === "cancel") {
    const cancelled = await cancelByException(desk, actor, booking, request.reason);
    await tellClient(desk, cancelled, "change.approved", request);
    await tellColleague(desk, actor, cancelled, { kind: "cancelled" });
    return { ok: true, booking: cancelled, request: { ...request, state: "approved" } };
  }
  const { startsAtMs, endsAtMs, frozen } = request;
  if (startsAtMs === undefined || endsAtMs === undefined || frozen === undefined) return { ok: false, refusal: "gone" };
  const placed: Booking = {
    ...booking,
    startsAtMs,
    endsAtMs,
    frozen: await pricedAsPaid(desk, booking, frozen),
    version: booking.version + 1,
    sequence: booking.sequence + 1,
    reschedules: (booking.reschedules ?? 0) + 1,
  };
  // The new time has been claimed since the request.
  const moved = await settleMove(desk, actor, booking, placed);
  await tellClient(desk, moved, "change.approved", request);
  await tellColleague(desk, actor, moved, { kind: "moved", beforeMs: booking.startsAtMs });
  return { ok: true, booking: moved, request: { ...request, state: "approved" } };
}

/** The frozen service of the new time, with the price already paid if a payment was made while the request was open. */
async function pricedAsPaid(desk: Desk, booking: Booking, frozen: FrozenService): Promise<FrozenService> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined || !["authorised", "capturing", "paid", "refunded"].includes(payment.state)) return frozen;
  const { price: _, payment: __, ...rest } = frozen;
  const { price, payment: rule } = booking.frozen;
  return { ...rest, ...given({ price }), ...(rule === undefined ? {} : { payment: rule }) };
}

/** Refuses a change request; the session stays as it is (case 18). Not while a cancellation can be undone (D4.9). */
export async function refuseChange(desk: Desk, actor: Actor, requestId: string): Promise<ChangeDecision> {
  const found = await findChange(desk, actor, requestId);
  if (!found.ok || found.request.state !== "open") return found;
  const { booking, request } = found;
  if (isBeingCancelled(booking)) return found;
  if (isOverdue(desk, request)) return expireChange(desk, booking, request);
  return endChange(desk, actor, booking, request, "refused");
}

/** Expires a change request that was not answered in time; the session stays as it is (case 18). */
export async function expireChange(desk: Desk, booking: Booking, request: ChangeRequest): Promise<ChangeDecision> {
  const actor: Actor = { kind: "desk", practiceId: booking.practiceId, place: "clock" };
  return endChange(desk, actor, booking, request, "expired");
}

/** Withdraws the client's open change request. False: there is none, or it is another client's booking. */
export async function withdrawChange(desk: Desk, actor: Actor, bookingId: string): Promise<boolean> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return false;
  const withdrawn = await withdrawOpenChange(desk, booking);
  if (withdrawn === undefined) return false;
  await audit(desk, actor, "change.withdrawn", booking);
  await tellOfChange(desk, booking, withdrawn, actor.talkId);
  return true;
}

async function findChange(desk: Desk, actor: Actor, requestId: string): Promise<ChangeDecision> {
  const request = await desk.books.changes.findRequest(actor.practiceId, requestId);
  if (request === undefined) return { ok: false, refusal: "gone" };
  const booking = await desk.books.bookings.lock(actor.practiceId, request.bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  // `bookings.find` locked the booking: read the request again, it may have been decided while waiting for the lock.
  const present = await desk.books.changes.findRequest(actor.practiceId, requestId);
  return present === undefined ? { ok: false, refusal: "gone" } : { ok: true, booking, request: present };
}

/**
 * Whether the session of an open change request is cancelled and its undo minute is not over: then the request can still
 * come back (D4.9).
 */
export function isBeingCancelled({ status }: Booking): boolean {
  return status === "cancelled" || status === "late_cancelled";
}

function isOverdue(desk: Desk, request: ChangeRequest): boolean {
  return desk.nowMs >= request.respondByMs;
}

async function endChange(
  desk: Desk,
  actor: Actor,
  booking: Booking,
  request: ChangeRequest,
  state: "refused" | "expired",
): Promise<ChangeDecision> {
  if (!(await desk.books.changes.closeRequest(request.id, state, desk.nowMs))) return { ok: true, booking, request };
  await desk.books.claims.removeForBooking(booking.id, "request");
  await desk.books.timers.removeForBooking(booking.id, ["change-respond-by"]);
  const ended: ChangeRequest = { ...request, state };
  await audit(desk, actor, `change.${state}`, booking);
  await mailClient(desk, booking, "stays", request.id, ended);
  await tellOfChange(desk, booking, ended, actor.talkId);
  await tellClient(desk, booking, `change.${state}`, request);
  return { ok: true, booking, request: ended };
}

type ChangeNews = "change.approved" | "change.refused" | "change.expired";

async function tellClient(desk: Desk, booking: Booking, type: ChangeNews, request: ChangeRequest): Promise<void> {
  await startWithClient(desk, booking.practiceId, booking.clientId, {
    flow: "notice",
    input: { type, bookingId: booking.id, requestId: request.id },
    dedupeKey: `${type}:${request.id}`,
    bookingId: booking.id,
  });
}

/** Repaints the talks about the booking, whose own status has not changed. */
function tellOfChange(desk: Desk, booking: Booking, request: ChangeRequest, exceptTalkId?: string): Promise<void> {
  return tellAgain(desk, booking, `${request.id}.${request.state}`, exceptTalkId);
}

/** Closes the open change request of a booking and releases its time; undefined: there is none. */
export async function withdrawOpenChange(desk: Desk, booking: Booking): Promise<ChangeRequest | undefined> {
  const open = await desk.books.changes.findOpenRequest(booking.id);
  if (open === undefined) return undefined;
  await desk.books.changes.closeRequest(open.id, "withdrawn", desk.nowMs);
  await desk.books.claims.removeForBooking(booking.id, "request");
  await desk.books.timers.removeForBooking(booking.id, ["change-respond-by"]);
  return { ...open, state: "withdrawn" };
}
