import { type Booking, decideMove } from "../../domain/booking.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { audit } from "../audit.ts";
import { scheduleSession } from "../booking/session-timers.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { followPayment } from "../payments/payments.ts";
import { tellAgain } from "../telling/tell-again.ts";
import { saveLocked } from "./cancel.ts";
import { expireChange } from "./change.ts";

export type UndoResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | { readonly ok: false; readonly refusal: "too-late"; readonly booking: Booking };

/**
 * Undoes a cancellation within its minute. Until then the other side has not been notified. An open change request can
 * be decided again; if its deadline passed meanwhile, it expires (D4.9).
 */
export async function undoCancellation(desk: Desk, actor: Actor, bookingId: string): Promise<UndoResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined) return { ok: false, refusal: "not-yours" };
  const ownsCancellation =
    (booking.cancelledBy === "client" && ownsAsClient(actor, booking)) ||
    (booking.cancelledBy === "practitioner" && decidesAsPractitioner(actor, booking));
  if (!ownsCancellation) return { ok: false, refusal: "not-yours" };
  const timer = await desk.books.timers.find(`booking:${booking.id}:cancellation`);
  if (timer === undefined || desk.nowMs >= timer.dueAtMs || !decideMove(booking.status, "restore").ok)
    return { ok: false, refusal: "too-late", booking };
  const { cancelledBy: _, reason: __, ...rest } = booking;
  // No calendar cancellation was sent, so the sequence number returns to the one last sent.
  const restored: Booking = {
    ...rest,
    status: "confirmed",
    version: booking.version + 1,
    sequence: booking.sequence - 1,
  };
  await saveLocked(desk, restored, booking.version);
  await desk.books.timers.removeForBooking(booking.id);
  await scheduleSession(desk, restored);
  await followPayment(desk, restored);
  await audit(desk, actor, "booking.restored", restored);
  await tellAgain(desk, restored, "restored", actor.talkId);
  await resumeChange(desk, restored);
  return { ok: true, booking: restored };
}

/** The open change request waits for its answer again. Its claim was kept. */
async function resumeChange(desk: Desk, booking: Booking): Promise<void> {
  const open = await desk.books.changes.findOpenRequest(booking.id);
  if (open === undefined) return;
  if (desk.nowMs >= open.respondByMs) await expireChange(desk, booking, open);
  else await setTimer(desk, booking, "change-respond-by", open.respondByMs);
}
