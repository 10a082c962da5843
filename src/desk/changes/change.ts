import type { ChangeRequest } from "../../../db/store.ts";
import { type Booking, type FrozenService, respondBy } from "../../domain/booking.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { claimFor } from "../booking/hold.ts";
import { audit } from "../booking/request.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { findPayment } from "../payments/payments.ts";
import { startWithClient } from "../telling/announce.ts";
import { mailClient } from "../telling/mails.ts";
import { tellAgain } from "../telling/tell-again.ts";
import { tellColleague, tellPractitioner } from "../telling/tell-practitioner.ts";
import { cancelByException, cancellationOf } from "./cancel.ts";
import { settleMove } from "./settle-move.ts";

/** What is asked of the practitioner: a new time, or an exception from a cancellation that comes too late (D4.7). */
export type ChangeWish =
  | { readonly kind: "move"; readonly moved: Booking; readonly reason: string | undefined }
  | { readonly kind: "cancel"; readonly reason: string | undefined };

/** Puts a change before the practitioner; the session stays as it is until they answer. A new time is held meanwhile. */
export async function askForChange(desk: Desk, actor: Actor, booking: Booking, wish: ChangeWish): Promise<void> {
  const moved = wish.kind === "move" ? wish.moved : undefined;
  // Both times are the booking's own until it is decided; nobody else can have either.
  if (moved !== undefined && !(await claimFor(desk, moved, "request"))) throw new Error("a move lost its time");
  const respondByMs = respondBy({
    requestedAtMs: desk.nowMs,
    startsAtMs: Math.min(booking.startsAtMs, moved?.startsAtMs ?? booking.startsAtMs),
    respondWithinMinutes: booking.frozen.respondWithinMinutes,
  });
  const request = await desk.books.changes.addRequest({
    practiceId: booking.practiceId,
    bookingId: booking.id,
    kind: wish.kind,
    askedAtMs: desk.nowMs,
    respondByMs,
    ...(moved === undefined ? {} : { startsAtMs: moved.startsAtMs, endsAtMs: moved.endsAtMs, frozen: moved.frozen }),
    ...(wish.reason === undefined || wish.reason === "" ? {} : { reason: wish.reason }),
  });
  await setTimer(desk, booking, "change-respond-by", respondByMs);
  await audit(desk, actor, "change.asked", booking);
  await mailClient(desk, booking, "wished", request.id, request);
  await tellOfChange(desk, booking, request, actor.talkId);
  const talk = {
    flow: "change",
    input: { type: "change.asked", requestId: request.id, bookingId: booking.id },
    dedupeKey: `change:${request.id}`,
    bookingId: booking.id,
  };
  const news = { kind: "change-asked", toMs: moved?.startsAtMs, respondByMs } as const;
  await tellPractitioner(desk, booking, talk, { news });
}

/** A client asks the practitioner for an exception, where the policy leaves a late cancellation to them (D4.7). */
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

/** The practitioner agrees: the session moves. Agreeing twice is told the same (D4.2). */
export async function approveChange(desk: Desk, actor: Actor, requestId: string): Promise<ChangeDecision> {
  const found = await findChange(desk, actor, requestId);
  if (!found.ok || found.request.state !== "open") return found;
  const { booking, request } = found;
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
  // The new time has been held since it was asked for.
  const moved = await settleMove(desk, actor, booking, placed);
  await tellClient(desk, moved, "change.approved", request);
  await tellColleague(desk, actor, moved, { kind: "moved", beforeMs: booking.startsAtMs });
  return { ok: true, booking: moved, request: { ...request, state: "approved" } };
}

/** Paid while the wish waited, it costs what was paid. */
async function pricedAsPaid(desk: Desk, booking: Booking, frozen: FrozenService): Promise<FrozenService> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined || !["authorised", "capturing", "paid", "refunded"].includes(payment.state)) return frozen;
  const { price: _, payment: __, ...rest } = frozen;
  const { price, payment: rule } = booking.frozen;
  return { ...rest, ...(price === undefined ? {} : { price }), ...(rule === undefined ? {} : { payment: rule }) };
}

/** The practitioner keeps the old time; the session stays as it was (case 18). */
export async function refuseChange(desk: Desk, actor: Actor, requestId: string): Promise<ChangeDecision> {
  const found = await findChange(desk, actor, requestId);
  if (!found.ok || found.request.state !== "open") return found;
  const { booking, request } = found;
  if (isOverdue(desk, request)) return expireChange(desk, booking, request);
  return endChange(desk, actor, booking, request, "refused");
}

/** Nobody answered in time: the session stays as it was (case 18). */
export async function expireChange(desk: Desk, booking: Booking, request: ChangeRequest): Promise<ChangeDecision> {
  const actor: Actor = { kind: "desk", practiceId: booking.practiceId, place: "clock" };
  return endChange(desk, actor, booking, request, "expired");
}

/** The client takes the wish back: the session stays as it is. */
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
  // Read again behind the booking's lock: it may have been decided meanwhile.
  const present = await desk.books.changes.findRequest(actor.practiceId, requestId);
  return present === undefined ? { ok: false, refusal: "gone" } : { ok: true, booking, request: present };
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

async function tellClient(desk: Desk, booking: Booking, type: string, request: ChangeRequest): Promise<void> {
  await startWithClient(desk, booking.practiceId, booking.clientId, {
    flow: "notice",
    input: { type, bookingId: booking.id, requestId: request.id },
    dedupeKey: `${type}:${request.id}`,
    bookingId: booking.id,
  });
}

/** The booking itself has not changed by what is asked for it. */
function tellOfChange(desk: Desk, booking: Booking, request: ChangeRequest, exceptTalkId?: string): Promise<void> {
  return tellAgain(desk, booking, `${request.id}.${request.state}`, exceptTalkId);
}

/** Takes back what waits for the practitioner, with the time held for it; undefined: there was nothing. */
export async function withdrawOpenChange(desk: Desk, booking: Booking): Promise<ChangeRequest | undefined> {
  const open = await desk.books.changes.findOpenRequest(booking.id);
  if (open === undefined) return undefined;
  await desk.books.changes.closeRequest(open.id, "withdrawn", desk.nowMs);
  if (booking.status === "confirmed") await desk.books.claims.removeForBooking(booking.id, "request");
  await desk.books.timers.removeForBooking(booking.id, ["change-respond-by"]);
  return { ...open, state: "withdrawn" };
}
