import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import type { Money } from "../../domain/money.ts";
import {
  type CancellationCost,
  cancellationCostOf,
  type Payment,
  type RefundDecision,
  refundOf,
} from "../../domain/payment.ts";
import { type Actor, decidesAsPractitioner } from "../actor.ts";
import { audit } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { tellAgain } from "../telling/tell-again.ts";
import {
  addPayment,
  closePayment,
  findPayment,
  movePayment,
  queuePayment,
  savePayment,
  tellPayment,
} from "./payments.ts";

/** What a cancellation now would refund (D5.6), for display before the press. Undefined: nothing was paid. */
export async function refundIf(
  desk: Pick<Desk, "books">,
  booking: Booking,
  cost: CancellationCost,
): Promise<RefundDecision | undefined> {
  return refundOf(booking, await findPayment(desk.books, booking.id), cost);
}

/**
 * Settles the money of a final cancellation: releases an authorisation, refunds a payment by the policy, and marks a
 * fee as paid where the kept money covers it. A repeated call refunds once.
 */
export async function settleRefund(desk: Desk, booking: Booking): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  const cost = cancellationCostOf(booking);
  if (payment === undefined || cost === undefined) return;
  // A capture is in progress: its result calls this again.
  if (payment.state === "capturing") return;
  const decision = refundOf(booking, payment, cost);
  if (decision === undefined) {
    await closePayment(desk, payment);
    return;
  }
  if (decision.kept.minor > 0) await payFees(desk, booking);
  if (decision.refund.minor > payment.refundMinor) await orderRefund(desk, payment, decision.refund.minor);
}

/** Queues a refund up to a total amount; for a payment made by hand the practitioner is told to refund it. */
async function orderRefund(desk: Desk, payment: Payment, refundMinor: number): Promise<Payment> {
  const byHand = payment.by === "hand";
  const number = payment.refunds + 1;
  const ordered = await savePayment(desk, payment, {
    refundMinor,
    refunds: number,
    ...(byHand ? { refundedMinor: refundMinor, state: "refunded" } : {}),
  });
  // The row carries this refund's own amount: a retry sends the same, whatever was ordered since.
  const refund = { number, amountMinor: refundMinor - payment.refundMinor };
  if (!byHand) await queuePayment(desk, ordered, "refund", { refund });
  return ordered;
}

/** Marks a fee as paid by the money kept; a fee above the price is reduced to the price. */
async function payFees(desk: Desk, booking: Booking): Promise<void> {
  for (const fee of await desk.books.changes.listFees(booking.id)) await desk.books.changes.payFee(fee.id);
}

/** The money kept for a late cancellation or a no-show; undefined: none, or it was refunded. */
export async function keptOf(books: Pick<ReadBooks, "payments">, { id }: Booking): Promise<Money | undefined> {
  const payment = await findPayment(books, id);
  if (payment === undefined || (payment.state !== "paid" && payment.state !== "refunded")) return undefined;
  const minor = payment.amountMinor - payment.refundMinor;
  return minor > 0 ? { minor, currency: payment.currency } : undefined;
}

/** Refunds everything that was kept, when the practitioner waives it. */
export async function giveKeptBack(desk: Desk, booking: Booking): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment !== undefined && (await keptOf(desk.books, booking)) !== undefined)
    await orderRefund(desk, payment, payment.amountMinor);
}

async function hasOpenFee({ books }: Pick<Desk, "books">, { id }: Booking): Promise<boolean> {
  return (await books.changes.listFees(id)).some(({ state }) => state === "open");
}

export type MarkPaidResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" | "not-now" };

/**
 * Records that a session, or its open fee, was paid outside the desk (D5.6) and closes its pay link. A repeated call
 * changes nothing.
 */
export async function markPaid(desk: Desk, actor: Actor, bookingId: string): Promise<MarkPaidResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (await hasOpenFee(desk, booking)) {
    await payFees(desk, booking);
    await audit(desk, actor, "fee.marked-paid", booking);
    await tellAgain(desk, booking, "fee.paid", actor.talkId);
    return { ok: true, booking };
  }
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

/**
 * Whether `markPaid` is possible: for an open fee, or for a session that took or takes place while no card is being
 * charged.
 */
export async function mayBeMarkedPaid(desk: Pick<Desk, "books">, booking: Booking): Promise<boolean> {
  if (await hasOpenFee(desk, booking)) return true;
  if (!["confirmed", "completed", "no_show"].includes(booking.status)) return false;
  const { payment: rule, price } = booking.frozen;
  if (price === undefined || booking.clientPackageId !== undefined) return false;
  if (rule !== "after_approval" && rule !== "at_practice") return false;
  const payment = await findPayment(desk.books, booking.id);
  return payment === undefined || !["authorised", "capturing", "paid", "refunded"].includes(payment.state);
}

/** Adds a completed refund to the payment. */
export async function noteRefund(desk: Desk, payment: Payment, amountMinor: number): Promise<Payment> {
  const refundedMinor = payment.refundedMinor + amountMinor;
  const noted = await savePayment(desk, payment, { refundedMinor, state: "refunded" });
  const booking = await desk.books.bookings.lock(payment.practiceId, payment.bookingId);
  if (booking !== undefined) await tellPayment(desk, booking, noted);
  return noted;
}

/** Refunds a payment of a booking that ended before it was captured. */
export async function refundAll(desk: Desk, payment: Payment, intentId: string): Promise<void> {
  const paid =
    payment.state === "paid" ? payment : ((await movePayment(desk, payment, "settle", { intentId })) ?? payment);
  if (paid.refundMinor < paid.amountMinor) await orderRefund(desk, paid, paid.amountMinor);
}
