import { type Booking, decideMove } from "../../domain/booking.ts";
import { type CancellationDecision, decideCancellation, lateCost } from "../../domain/policy.ts";
import { minuteMs } from "../../domain/units.ts";
import { given } from "../../given.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { audit } from "../audit.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { forfeitCredit, restoreCredit } from "../packages/credits.ts";
import { followPayment } from "../payments/payments.ts";
import { keptOf, settleRefund } from "../payments/refunds.ts";
import { type QueuedTalk, startWithClient, tellTalks } from "../telling/announce.ts";
import { mailClient } from "../telling/mails.ts";
import { tellPractitioner } from "../telling/tell-practitioner.ts";

/** For how long a cancellation can be undone (D4.9). */
const undoMs = minuteMs;

export interface CancelOrder {
  readonly reason?: string;
  /** Whether the person was shown that the cancellation is late and costs something. */
  readonly late: boolean;
}

export type CancelResult =
  | { readonly ok: true; readonly booking: Booking; readonly undoUntilMs: number }
  | { readonly ok: false; readonly refusal: "not-yours" }
  /** `cost-changed`: the cut-off passed between the card and the press. `ask`: the practitioner must allow it. */
  | {
      readonly ok: false;
      readonly refusal: "not-now" | "already-started" | "blocked" | "ask" | "cost-changed" | "reason-needed";
      readonly booking: Booking;
    };

/** The outcome of a client's cancellation at `nowMs` under the frozen policy (D4.6, D4.7). */
export function cancellationOf(booking: Booking, nowMs: number): CancellationDecision {
  return decideCancellation({ startsAtMs: booking.startsAtMs, policy: booking.frozen.cancellation, nowMs });
}

/**
 * Cancels a confirmed session: a client under the frozen policy, a practitioner without one. Effective at once;
 * notifications, credit and refund follow after the undo minute (D4.9). An open change request stays open until then,
 * with its claim, but nobody can decide it. A repeated call is refused as `not-now` and changes nothing.
 */
export async function cancelBooking(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  order: CancelOrder,
): Promise<CancelResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined) return { ok: false, refusal: "not-yours" };
  const isClient = ownsAsClient(actor, booking);
  if (!isClient && !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  const reason = order.reason?.trim() ?? "";
  const decision = isClient ? cancellationOf(booking, desk.nowMs) : practitionerCancellationOf(booking, desk.nowMs);
  const move = decideMove(booking.status, decision.ok && decision.late ? "cancel-late" : "cancel");
  if (!move.ok) return { ok: false, refusal: "not-now", booking };
  if (!decision.ok) return { ok: false, refusal: decision.refusal, booking };
  if (decision.late !== order.late) return { ok: false, refusal: "cost-changed", booking };
  if (isClient && booking.frozen.cancellation.reasonRequired && reason === "")
    return { ok: false, refusal: "reason-needed", booking };

  const { reason: _, ...rest } = booking;
  const cancelled: Booking = {
    ...rest,
    status: decision.late ? "late_cancelled" : "cancelled",
    version: booking.version + 1,
    sequence: booking.sequence + 1,
    decidedAtMs: desk.nowMs,
    cancelledBy: isClient ? "client" : "practitioner",
    ...(reason === "" ? {} : { reason }),
  };
  await saveLocked(desk, cancelled, booking.version);
  await desk.books.timers.removeForBooking(booking.id);
  const undoUntilMs = desk.nowMs + undoMs;
  await setTimer(desk, cancelled, "cancellation", undoUntilMs);
  await audit(desk, actor, `booking.${cancelled.status}`, cancelled);
  await tellTalks(desk, cancelled, actor.talkId, isClient ? "client" : "practitioner");
  return { ok: true, booking: cancelled, undoUntilMs };
}

/** A practitioner may cancel until the session's end, free of charge for the client (D4.6). */
function practitionerCancellationOf(booking: Booking, nowMs: number): CancellationDecision {
  return nowMs >= booking.endsAtMs ? { ok: false, refusal: "already-started" } : { ok: true, late: false };
}

/**
 * Cancels a client's session by the practitioner's exception: free of charge, without an undo minute. The caller
 * notifies the client.
 */
export async function cancelByException(
  desk: Desk,
  actor: Actor,
  booking: Booking,
  reason: string | undefined,
): Promise<Booking> {
  const cancelled: Booking = {
    ...booking,
    status: "cancelled",
    version: booking.version + 1,
    sequence: booking.sequence + 1,
    decidedAtMs: desk.nowMs,
    cancelledBy: "client",
    ...given({ reason }),
  };
  await saveLocked(desk, cancelled, booking.version);
  await audit(desk, actor, "booking.cancelled", cancelled);
  await settle(desk, cancelled, actor.talkId);
  return cancelled;
}

/**
 * Settles a cancellation after its undo minute: releases the time, withdraws an open change request, settles credit,
 * fee and refund, and notifies both sides.
 */
export async function settleCancellation(desk: Desk, booking: Booking): Promise<void> {
  await settle(desk, booking);
  const notice = (byId?: string): QueuedTalk => ({
    flow: "notice",
    input: { type: "session.cancelled", bookingId: booking.id, ...given({ byId }) },
    dedupeKey: `cancelled:${booking.id}:${booking.version}`,
    bookingId: booking.id,
  });
  // The side that cancelled is not notified.
  const byId = await colleagueWhoCancelled(desk, booking);
  if (booking.cancelledBy !== "practitioner" || byId !== undefined)
    await tellPractitioner(desk, booking, notice(byId), { news: { kind: "cancelled" }, byId });
  if (booking.cancelledBy !== "client") await startWithClient(desk, booking.practiceId, booking.clientId, notice());
}

/** The id of an admin who cancelled a colleague's session; undefined: its own practitioner or the client did. */
async function colleagueWhoCancelled(desk: Desk, booking: Booking): Promise<string | undefined> {
  if (booking.cancelledBy !== "practitioner") return undefined;
  const entries = await desk.books.audit.list(booking.practiceId, booking.id);
  const who = entries.findLast(({ action }) => action === `booking.${booking.status}`)?.actor.split(":")[1];
  return who === booking.practitionerId ? undefined : who;
}

async function settle(desk: Desk, booking: Booking, exceptTalkId?: string): Promise<void> {
  const actor: Actor = { kind: "desk", practiceId: booking.practiceId, place: "clock" };
  if (booking.status === "cancelled") await restoreCredit(desk, actor, booking);
  else await chargeLate(desk, actor, booking, "late_cancel");
  await settleRefund(desk, booking);
  const open = await desk.books.changes.findOpenRequest(booking.id);
  if (open !== undefined) await desk.books.changes.closeRequest(open.id, "withdrawn", desk.nowMs);
  await desk.books.claims.removeForBooking(booking.id);
  await desk.books.timers.removeForBooking(booking.id);
  await followPayment(desk, booking);
  await mailClient(desk, booking, "cancelled");
  await tellTalks(desk, booking, exceptTalkId);
}

/**
 * Charges a late cancellation or a no-show by the policy: the credit or a fee. A fee stays open until it is paid or
 * waived (case 20).
 */
export async function chargeLate(
  desk: Desk,
  actor: Actor,
  booking: Booking,
  kind: "late_cancel" | "no_show",
): Promise<void> {
  const cost = lateCost(booking);
  if (cost.kind === "credit") return forfeitCredit(desk, actor, booking);
  // A no-show under a policy without cost keeps its credit consumed; every other case returns it.
  if (kind === "late_cancel" || cost.kind === "fee") await restoreCredit(desk, actor, booking);
  if (cost.kind !== "fee") return;
  // A paid no-show keeps the payment: no fee is added.
  if (kind === "no_show" && (await keptOf(desk.books, booking)) !== undefined) return;
  const { minor: amountMinor, currency } = cost.amount;
  const { id: bookingId, practiceId } = booking;
  await desk.books.changes.addFee({ practiceId, bookingId, kind, amountMinor, currency, atMs: desk.nowMs });
}

/** Saves a booking that is locked. */
export async function saveLocked(desk: Desk, booking: Booking, expectedVersion: number): Promise<void> {
  if (!(await desk.books.bookings.save(booking, expectedVersion)))
    throw new Error("booking version conflict under its lock");
}
