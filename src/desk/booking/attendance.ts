import type { ReadBooks } from "../../../db/store.ts";
import { type Booking, decideMove } from "../../domain/booking.ts";
import type { OpenCost } from "../../domain/policy.ts";
import { dayMs } from "../../domain/units.ts";
import { type Actor, decidesAsPractitioner } from "../actor.ts";
import { audit } from "../audit.ts";
import { chargeLate } from "../changes/cancel.ts";
import type { Desk } from "../desk.ts";
import { consumeCredit, reserveCredit, restoreCredit } from "../packages/credits.ts";
import { packageUse } from "../packages/packages.ts";
import { followPayment } from "../payments/payments.ts";
import { giveKeptBack, keptOf } from "../payments/refunds.ts";
import { startWithClient, tellTalks } from "../telling/announce.ts";
import { tellAgain } from "../telling/tell-again.ts";
import { claimFor } from "./hold.ts";
import { setTimer } from "./timers.ts";

/** For how long after its end a session may be marked as a no-show, or the mark removed (D4.22). */
const markedWithinMs = 7 * dayMs;

export type AttendanceResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | { readonly ok: false; readonly refusal: "not-now"; readonly booking: Booking };

/** Whether the no-show mark may be set or removed at `nowMs`: from the session's start to a week after its end. */
export function mayMark({ startsAtMs, endsAtMs }: Booking, nowMs: number): boolean {
  return nowMs >= startsAtMs && nowMs < endsAtMs + markedWithinMs;
}

/** Marks a session as a no-show. The frozen policy takes the credit or a fee. A repeated call changes nothing. */
export async function missSession(desk: Desk, actor: Actor, bookingId: string): Promise<AttendanceResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  const move = decideMove(booking.status, "miss");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  if (!mayMark(booking, desk.nowMs)) return { ok: false, refusal: "not-now", booking };
  const missed: Booking = { ...booking, status: "no_show", version: booking.version + 1 };
  await save(desk, missed, booking.version);
  await chargeLate(desk, actor, missed, "no_show");
  await desk.books.claims.removeForBooking(missed.id);
  await desk.books.timers.removeForBooking(missed.id);
  await followPayment(desk, missed);
  await audit(desk, actor, "booking.no_show", missed);
  await tellTalks(desk, missed, actor.talkId);
  return { ok: true, booking: missed };
}

/** Removes a no-show mark and returns what it cost. */
export async function unmissSession(desk: Desk, actor: Actor, bookingId: string): Promise<AttendanceResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (!decideMove(booking.status, "unmiss").ok || !mayMark(booking, desk.nowMs))
    return { ok: false, refusal: "not-now", booking };
  // Before its end the session is confirmed again, and its completion is still due.
  const isOver = desk.nowMs >= booking.endsAtMs;
  const back: Booking = { ...booking, status: isOver ? "completed" : "confirmed", version: booking.version + 1 };
  if (!isOver && !(await claimAgain(desk, back))) return { ok: false, refusal: "not-now", booking };
  await save(desk, back, booking.version);
  await desk.books.changes.removeOpenFees(back.id, "no_show");
  // A credit that was returned because a fee applied is reserved again; a forfeited one is consumed.
  await reserveCredit(desk, actor, back);
  await consumeCredit(desk, actor, back);
  if (!isOver) await setTimer(desk, back, "completion", back.endsAtMs + dayMs);
  await audit(desk, actor, "booking.attended", back);
  await tellAgain(desk, back, "attended", actor.talkId);
  return { ok: true, booking: back };
}

/** Claims the time of a session that is not over. False: another booking has claimed part of it. */
async function claimAgain(desk: Desk, booking: Booking): Promise<boolean> {
  // Lock order: package before practitioner. The credit is reserved after this.
  if (booking.clientPackageId !== undefined)
    await desk.books.packages.lock(booking.practiceId, booking.clientPackageId);
  await desk.books.claims.lock(booking.practiceId, [booking.practitionerId]);
  await desk.books.claims.removeLapsed(booking.practiceId, booking.practitionerId, desk.nowMs);
  return claimFor(desk, booking, "session");
}

/** What a late cancellation or a no-show still costs; undefined: nothing, or the cancellation can still be undone. */
export async function costOf(books: ReadBooks, booking: Booking): Promise<OpenCost | undefined> {
  if (booking.status !== "late_cancelled" && booking.status !== "no_show") return undefined;
  const [fee] = (await books.changes.listFees(booking.id)).filter(({ state }) => state === "open");
  if (fee !== undefined) return { kind: "fee", amount: { minor: fee.amountMinor, currency: fee.currency } };
  if ((await packageUse(books, booking))?.standing === "forfeited") return { kind: "credit" };
  if ((await books.timers.find(`booking:${booking.id}:cancellation`)) !== undefined) return undefined;
  const kept = await keptOf(books, booking);
  return kept === undefined ? undefined : { kind: "kept", amount: kept };
}

/**
 * Waives the cost of a late cancellation or a no-show: the fee, the forfeited credit or the money kept. False: no cost,
 * or not the actor's booking.
 */
export async function waiveCost(desk: Desk, actor: Actor, bookingId: string): Promise<boolean> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return false;
  const cost = await costOf(desk.books, booking);
  if (cost === undefined) return false;
  for (const fee of await desk.books.changes.listFees(booking.id)) await desk.books.changes.waiveFee(fee.id);
  if (cost.kind === "credit") await restoreCredit(desk, actor, booking);
  if (cost.kind === "kept") await giveKeptBack(desk, booking);
  await audit(desk, actor, "cost.waived", booking);
  await tellAgain(desk, booking, "waived", actor.talkId);
  const { practiceId, clientId, version } = booking;
  await startWithClient(desk, practiceId, clientId, {
    flow: "notice",
    input: { type: "cost.waived", bookingId: booking.id },
    dedupeKey: `waived:${booking.id}:${version}`,
    bookingId: booking.id,
  });
  return true;
}

/** Records that the client came late, in the audit only: no cost, no notification. */
export async function noteLateness(desk: Desk, actor: Actor, bookingId: string): Promise<AttendanceResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  const isHeld = booking.status === "confirmed" || booking.status === "completed";
  if (!isHeld || !mayMark(booking, desk.nowMs)) return { ok: false, refusal: "not-now", booking };
  if (!(await wasNotedLate(desk.books, booking))) await audit(desk, actor, cameLate, booking);
  return { ok: true, booking };
}

const cameLate = "client.late";

/** Whether a late arrival is recorded. */
export async function wasNotedLate(books: ReadBooks, booking: Booking): Promise<boolean> {
  const entries = await books.audit.list(booking.practiceId, booking.id);
  return entries.some(({ action }) => action === cameLate);
}

async function save(desk: Desk, booking: Booking, expectedVersion: number): Promise<void> {
  if (!(await desk.books.bookings.save(booking, expectedVersion)))
    throw new Error("booking version conflict under its lock");
}
