import type { Booking } from "../domain/booking.ts";
import {
  type CancellationCost,
  cancellationCostOf,
  type Payment,
  type RefundDecision,
  refundOf,
} from "../domain/payment.ts";
import { type Actor, decidesAsPractitioner } from "./actor.ts";
import type { Desk } from "./desk.ts";
import {
  addPayment,
  closePayment,
  findPayment,
  movePayment,
  queuePayment,
  savePayment,
  tellPayment,
} from "./payments.ts";
import { audit } from "./request.ts";

/** What of the money would be given back now (D5.6): to be shown before the tap. Undefined: nothing was paid. */
export async function refundIf(
  desk: Pick<Desk, "books">,
  booking: Booking,
  cost: CancellationCost,
): Promise<RefundDecision | undefined> {
  return refundOf(booking, await findPayment(desk.books, booking.id), cost);
}

/**
 * The cancellation of a session has become final: what is authorised goes back, what was paid is given back by the
 * policy, and a fee that the paid money covers is paid by it. Twice gives back once.
 */
export async function settleRefund(desk: Desk, booking: Booking): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  const cost = cancellationCostOf(booking);
  if (payment === undefined || cost === undefined) return;
  const decision = refundOf(booking, payment, cost);
  if (decision === undefined) {
    await closePayment(desk, payment);
    return;
  }
  if (decision.kept.minor > 0) await payFees(desk, booking, decision.kept.minor);
  if (decision.refund.minor > payment.refundMinor) await orderRefund(desk, payment, decision.refund.minor);
}

/** Gives back so much of a payment in all, through the outbox; by hand, the practitioner is to do it. */
async function orderRefund(desk: Desk, payment: Payment, refundMinor: number): Promise<Payment> {
  const byHand = payment.by === "hand";
  const ordered = await savePayment(desk, payment, {
    refundMinor,
    refunds: payment.refunds + 1,
    ...(byHand ? { refundedMinor: refundMinor, state: "refunded" } : {}),
  });
  if (!byHand) await queuePayment(desk, ordered, "refund");
  return ordered;
}

async function payFees(desk: Desk, booking: Booking, keptMinor: number): Promise<void> {
  for (const fee of await desk.books.changes.listFees(booking.id)) {
    if (fee.state === "open" && fee.kind === "late_cancel" && fee.amountMinor <= keptMinor)
      await desk.books.changes.closeFee(fee.id, "paid");
  }
}

export type MarkPaidResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" | "not-now" };

/** The practitioner says that a session was paid for in another way (D5.6); its pay link is closed. Twice changes nothing. */
export async function markPaid(desk: Desk, actor: Actor, bookingId: string): Promise<MarkPaidResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  const before = await findPayment(desk.books, booking.id);
  if (before?.state === "paid") return { ok: true, booking };
  if (!(await mayBeMarkedPaid(desk, booking))) return { ok: false, refusal: "not-now" };
  if (before !== undefined) await closePayment(desk, before);
  const { price } = booking.frozen;
  if (price === undefined) return { ok: false, refusal: "not-now" };
  const payment = await addPayment(desk, booking, price, before);
  const paid = await savePayment(desk, payment, { state: "paid", by: "hand" });
  await desk.books.timers.removeForBooking(booking.id, ["payment-check", "payment-reminder"]);
  await audit(desk, actor, "payment.marked-paid", booking);
  await tellPayment(desk, booking, paid);
  return { ok: true, booking };
}

/** Whether the practitioner may say so: of a session that took or takes place, while no card is being charged for it. */
export async function mayBeMarkedPaid(desk: Pick<Desk, "books">, booking: Booking): Promise<boolean> {
  if (!["confirmed", "completed", "no_show"].includes(booking.status)) return false;
  const { payment: rule, price } = booking.frozen;
  if (price === undefined || booking.clientPackageId !== undefined) return false;
  if (rule !== "after_approval" && rule !== "at_practice") return false;
  const payment = await findPayment(desk.books, booking.id);
  return payment === undefined || !["authorised", "capturing", "paid", "refunded"].includes(payment.state);
}

/** The refund that was ordered was made. */
export async function noteRefund(desk: Desk, payment: Payment): Promise<Payment> {
  return savePayment(desk, payment, { refundedMinor: payment.refundMinor, state: "refunded" });
}

/** What was paid for a booking that is over, though nobody wanted it paid: all of it goes back. */
export async function refundAll(desk: Desk, payment: Payment, intentId: string): Promise<void> {
  const paid =
    payment.state === "paid" ? payment : ((await movePayment(desk, payment, "settle", { intentId })) ?? payment);
  if (paid.refundMinor < paid.amountMinor) await orderRefund(desk, paid, paid.amountMinor);
}
