import type { ReadBooks } from "../../../db/store.ts";
import { type Booking, decideMove } from "../../domain/booking.ts";
import type { OpenCost } from "../../domain/policy.ts";
import { type Actor, decidesAsPractitioner } from "../actor.ts";
import { chargeLate } from "../changes/cancel.ts";
import type { Desk } from "../desk.ts";
import { consumeCredit, reserveCredit, restoreCredit } from "../packages/credits.ts";
import { packageUse } from "../packages/packages.ts";
import { followPayment } from "../payments/payments.ts";
import { giveKeptBack, keptOf } from "../payments/refunds.ts";
import { startWithClient, tellTalks } from "../telling/announce.ts";
import { tellAgain } from "../telling/tell-again.ts";
import { claimFor } from "./hold.ts";
import { audit } from "./request.ts";
import { setTimer } from "./timers.ts";

const day = 86_400_000;
/** How long after its end a session may be marked as missed, and unmarked (D4.22). */
const markedWithinMs = 7 * day;

export type AttendanceResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | { readonly ok: false; readonly refusal: "not-now"; readonly booking: Booking };

/** Whether a session may be marked as missed, or that mark taken off, at this time: from its start to a week after its end. */
export function mayMark({ startsAtMs, endsAtMs }: Booking, nowMs: number): boolean {
  return nowMs >= startsAtMs && nowMs < endsAtMs + markedWithinMs;
}

/** The client did not come: by the policy that costs the credit, or a fee. Twice changes nothing. */
export async function missSession(desk: Desk, actor: Actor, bookingId: string): Promise<AttendanceResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
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

/** It was a mistake: the session took place, and what the mark cost is given back. */
export async function unmissSession(desk: Desk, actor: Actor, bookingId: string): Promise<AttendanceResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (!decideMove(booking.status, "unmiss").ok || !mayMark(booking, desk.nowMs))
    return { ok: false, refusal: "not-now", booking };
  // Before its end it is a session like any other: its completion is still to come.
  const isOver = desk.nowMs >= booking.endsAtMs;
  const back: Booking = { ...booking, status: isOver ? "completed" : "confirmed", version: booking.version + 1 };
  if (!isOver && !(await claimAgain(desk, back))) return { ok: false, refusal: "not-now", booking };
  await save(desk, back, booking.version);
  await desk.books.changes.removeOpenFees(back.id, "no_show");
  // Given back for a fee it is taken anew; lost it is used after all.
  await reserveCredit(desk, actor, back);
  await consumeCredit(desk, actor, back);
  if (!isOver) await setTimer(desk, back, "completion", back.endsAtMs + day);
  await audit(desk, actor, "booking.attended", back);
  await tellAgain(desk, back, "attended", actor.talkId);
  return { ok: true, booking: back };
}

/** Takes the time of a session that is still running; false: somebody else has the rest of it by now. */
async function claimAgain(desk: Desk, booking: Booking): Promise<boolean> {
  // Its credit is taken below: a package is kept before anybody's time.
  if (booking.clientPackageId !== undefined)
    await desk.books.packages.lock(booking.practiceId, booking.clientPackageId);
  await desk.books.claims.lock(booking.practiceId, [booking.practitionerId]);
  await desk.books.claims.removeLapsed(booking.practiceId, booking.practitionerId, desk.nowMs);
  return claimFor(desk, booking, "session");
}

/** What a late cancellation or a missed session cost and is not waived; undefined: nothing, or its minute to undo runs. */
export async function costOf(books: ReadBooks, booking: Booking): Promise<OpenCost | undefined> {
  if (booking.status !== "late_cancelled" && booking.status !== "no_show") return undefined;
  const [fee] = (await books.changes.listFees(booking.id)).filter(({ state }) => state === "open");
  if (fee !== undefined) return { kind: "fee", amount: { minor: fee.amountMinor, currency: fee.currency } };
  if ((await packageUse(books, booking))?.standing === "forfeited") return { kind: "credit" };
  if ((await books.timers.find(`booking:${booking.id}:cancellation`)) !== undefined) return undefined;
  const kept = await keptOf(books, booking);
  return kept === undefined ? undefined : { kind: "kept", amount: kept };
}

/** Waives what a late cancellation or a missed session cost: the fee, the lost credit, the money kept. False: there was nothing. */
export async function waiveCost(desk: Desk, actor: Actor, bookingId: string): Promise<boolean> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
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

/** Notes that the client came late. It costs nothing and tells nobody: a line of the record. */
export async function noteLateness(desk: Desk, actor: Actor, bookingId: string): Promise<AttendanceResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  const isHeld = booking.status === "confirmed" || booking.status === "completed";
  if (!isHeld || !mayMark(booking, desk.nowMs)) return { ok: false, refusal: "not-now", booking };
  if (!(await wasNotedLate(desk.books, booking))) await audit(desk, actor, cameLate, booking);
  return { ok: true, booking };
}

const cameLate = "client.late";

/** Whether it was noted that the client came late. */
export async function wasNotedLate(books: ReadBooks, booking: Booking): Promise<boolean> {
  const entries = await books.audit.list(booking.practiceId, booking.id);
  return entries.some(({ action }) => action === cameLate);
}

async function save(desk: Desk, booking: Booking, expectedVersion: number): Promise<void> {
  if (!(await desk.books.bookings.save(booking, expectedVersion))) throw new Error("a booking changed under its lock");
}
