import { type Booking, respondBy } from "../../domain/booking.ts";
import { deadlineWithin } from "../../domain/payment.ts";
import { decideReschedule, type RescheduleDecision } from "../../domain/policy.ts";
import { methodKey } from "../../domain/practice.ts";
import { minuteMs } from "../../domain/units.ts";
import { given } from "../../given.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { audit } from "../audit.ts";
import { claimFor } from "../booking/hold.ts";
import { findMethod } from "../booking/offers.ts";
import { setRequestDeadlines } from "../booking/request-timers.ts";
import { checkSlot } from "../booking/slots.ts";
import type { Desk } from "../desk.ts";
import { findPayment } from "../payments/payments.ts";
import { type QueuedTalk, startWithClient } from "../telling/announce.ts";
import { mailClient } from "../telling/mails.ts";
import { tellAgain } from "../telling/tell-again.ts";
import { tellColleague, tellPractitioner } from "../telling/tell-practitioner.ts";
import { askForChange, withdrawOpenChange } from "./change.ts";
import { findMoveOffer, frozenFor, moveSearch } from "./move-offer.ts";
import { settleMove } from "./settle-move.ts";

export interface MoveOrder {
  readonly startsAtMs: number;
  /** Another delivery method, if the client chose one (D4.5). */
  readonly methodKey: string;
  /** A client's reason, or a practitioner's message to the client. */
  readonly reason?: string;
}

export type MoveRefusal =
  | "not-now"
  | "already-started"
  | "too-late"
  | "too-often"
  | "slot-taken"
  /**
   * Free, but outside the practitioner's hours, notice, limits or the package's days: `force` overrides that (D3.8).
   */
  | "outside-hours"
  | "same-time"
  | "reason-needed";

export type MoveResult =
  /** `asked`: the practitioner must answer; the old time is kept until then. */
  | { readonly ok: true; readonly booking: Booking; readonly outcome: "moved" | "asked" }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | { readonly ok: false; readonly refusal: MoveRefusal; readonly booking: Booking };

/** Whether the client may ask for another time at `nowMs` (D4.5, D4.7). */
export function rescheduleOf(booking: Booking, nowMs: number): RescheduleDecision {
  const { startsAtMs, frozen, status, reschedules } = booking;
  const question = { startsAtMs, policy: frozen.cancellation, nowMs };
  return decideReschedule(question, reschedules ?? 0, status === "confirmed");
}

/**
 * Moves a session for its client (D4.5). An open request takes the new time; a session with automatic confirmation
 * moves at once; any other becomes a change request and keeps its time until the practitioner answers. The time is
 * checked under the practitioner's lock; the booking's own claims are ignored (D3.3, case 16).
 */
export async function moveBooking(desk: Desk, actor: Actor, bookingId: string, order: MoveOrder): Promise<MoveResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return { ok: false, refusal: "not-yours" };
  const { status, frozen } = booking;
  if (status !== "requested" && status !== "confirmed") return { ok: false, refusal: "not-now", booking };
  // The practitioner approved this time and its payment is being taken: it cannot move now.
  const isAgreed = status === "requested" && (await findPayment(desk.books, booking.id))?.approved === true;
  if (isAgreed) return { ok: false, refusal: "not-now", booking };
  const decision = rescheduleOf(booking, desk.nowMs);
  if (!decision.ok) return { ok: false, refusal: decision.refusal, booking };
  const reason = order.reason?.trim() ?? "";
  if (status === "confirmed" && frozen.cancellation.reasonRequired && reason === "")
    return { ok: false, refusal: "reason-needed", booking };
  const placed = await placedAt(desk, actor, booking, order);
  if (!placed.ok)
    return { ok: false, refusal: placed.refusal === "outside-hours" ? "slot-taken" : placed.refusal, booking };
  await withdrawOpenChange(desk, booking);
  if (status === "requested") return askAnew(desk, actor, booking, placed.moved);
  if (frozen.confirmation === "auto") {
    const counted = { ...placed.moved, reschedules: (booking.reschedules ?? 0) + 1 };
    const moved = await settleMove(desk, actor, booking, counted);
    const news = { kind: "moved", beforeMs: booking.startsAtMs } as const;
    await tellPractitioner(desk, moved, movedNews(moved, booking, reason), { news });
    return { ok: true, booking: moved, outcome: "moved" };
  }
  await askForChange(desk, actor, booking, { kind: "move", moved: placed.moved, reason });
  return { ok: true, booking, outcome: "asked" };
}

/** Moves a session for its practitioner; `force` overrides hours, notice and limits, never another session (D3.8). */
export async function moveAsPractitioner(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  order: MoveOrder & { readonly force: boolean },
): Promise<MoveResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (booking.status !== "confirmed") return { ok: false, refusal: "not-now", booking };
  if (booking.startsAtMs <= desk.nowMs) return { ok: false, refusal: "already-started", booking };
  const placed = await placedAt(desk, actor, booking, order, order.force);
  if (!placed.ok) return { ok: false, refusal: placed.refusal, booking };
  await withdrawOpenChange(desk, booking);
  const reason = order.reason?.trim() ?? "";
  const moved = await settleMove(desk, actor, booking, placed.moved, reason === "" ? undefined : reason);
  await startWithClient(desk, moved.practiceId, moved.clientId, movedNews(moved, booking));
  await tellColleague(desk, actor, moved, { kind: "moved", beforeMs: booking.startsAtMs });
  return { ok: true, booking: moved, outcome: "moved" };
}

/** `words`: the client's reason. A practitioner's message is stored on the booking instead. */
function movedNews(moved: Booking, before: Booking, words?: string): QueuedTalk {
  return {
    flow: "notice",
    input: {
      type: "session.moved",
      bookingId: moved.id,
      beforeMs: before.startsAtMs,
      ...given({ words: words || undefined }),
    },
    dedupeKey: `moved:${moved.id}:${moved.version}`,
    bookingId: moved.id,
  };
}

type Placed =
  | { readonly ok: true; readonly moved: Booking }
  | { readonly ok: false; readonly refusal: "slot-taken" | "outside-hours" | "same-time" };

/** The booking at the new time; undefined if that is not free for it. */
async function placedAt(desk: Desk, actor: Actor, booking: Booking, order: MoveOrder, force = false): Promise<Placed> {
  const { startsAtMs } = order;
  if (startsAtMs === booking.startsAtMs && order.methodKey === methodKey(booking.frozen.method))
    return { ok: false, refusal: "same-time" };
  const practice = await desk.books.practices.get(booking.practiceId);
  const offer = await findMoveOffer(desk.books, practice, booking);
  const method = offer === undefined ? undefined : findMethod(offer.service, order.methodKey);
  const [practitioner] = offer?.practitioners ?? [];
  if (offer === undefined || practitioner === undefined || method === undefined)
    return { ok: false, refusal: "slot-taken" };
  await desk.books.claims.lock(practice.id, [practitioner.id]);
  await desk.books.claims.removeLapsed(practice.id, practitioner.id, desk.nowMs);
  // A draft of the same client does not block the move: its hold is released.
  if (actor.kind === "client") await desk.books.claims.removeHoldsOfClient(practice.id, booking.clientId, booking.id);
  const frozen = frozenFor(practice, booking, offer, method);
  const moved: Booking = {
    ...booking,
    frozen,
    startsAtMs,
    endsAtMs: startsAtMs + frozen.durationMinutes * minuteMs,
    version: booking.version + 1,
    sequence: booking.status === "confirmed" ? booking.sequence + 1 : booking.sequence,
  };
  const search = moveSearch(practice, booking, offer, method, desk.nowMs);
  const cause = await checkSlot(desk.books, search, practitioner, startsAtMs);
  const isPossible = startsAtMs > desk.nowMs && (await isNobodysElse(desk, moved));
  if (!isPossible) return { ok: false, refusal: "slot-taken" };
  return cause === undefined || force ? { ok: true, moved } : { ok: false, refusal: "outside-hours" };
}

/** Whether no other booking claims part of that time; not even a practitioner can override this (D3.8). */
export async function isNobodysElse(desk: Desk, moved: Booking): Promise<boolean> {
  const others = await desk.books.claims.listBusy({
    practiceId: moved.practiceId,
    practitionerId: moved.practitionerId,
    fromMs: moved.startsAtMs,
    toMs: moved.endsAtMs,
    nowMs: desk.nowMs,
    exceptBookingId: moved.id,
  });
  return others.length === 0;
}

/** Gives an open request its new time and a new deadline (case 17). */
async function askAnew(desk: Desk, actor: Actor, booking: Booking, moved: Booking): Promise<MoveResult> {
  const { startsAtMs, frozen } = moved;
  const respondWithinMinutes = frozen.respondWithinMinutes;
  // The chosen time replaces the times the client asked for in words.
  const { wish: _, ...rest } = moved;
  const asked: Booking = {
    ...rest,
    requestedAtMs: desk.nowMs,
    respondByMs: deadlineWithin(
      respondBy({ requestedAtMs: desk.nowMs, startsAtMs, respondWithinMinutes }),
      (await findPayment(desk.books, booking.id))?.captureBeforeMs,
    ),
  };
  await desk.books.claims.removeForBooking(booking.id);
  if (!(await claimFor(desk, asked, "request"))) throw new Error("claim conflict on a move");
  if (!(await desk.books.bookings.save(asked, booking.version)))
    throw new Error("booking version conflict under its lock");
  await desk.books.timers.removeForBooking(booking.id);
  await setRequestDeadlines(desk, asked);
  await audit(desk, actor, "booking.moved", asked);
  await mailClient(desk, asked, "requested", `at.${startsAtMs}`);
  await tellAgain(desk, asked, "moved", actor.talkId);
  return { ok: true, booking: asked, outcome: "asked" };
}
