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
import { audit } from "../booking/request.ts";
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
  // Being taken now: its answer comes back here.
  if (payment.state === "capturing") return;
  const decision = refundOf(booking, payment, cost);
  if (decision === undefined) {
    await closePayment(desk, payment);
    return;
  }
  if (decision.kept.minor > 0) await payFees(desk, booking);
  if (decision.refund.minor > payment.refundMinor) await orderRefund(desk, payment, decision.refund.minor);
}

/** Gives back so much of a payment in all, through the outbox; by hand, the practitioner is to do it. */
async function orderRefund(desk: Desk, payment: Payment, refundMinor: number): Promise<Payment> {
  const byHand = payment.by === "hand";
  const number = payment.refunds + 1;
  const ordered = await savePayment(desk, payment, {
    refundMinor,
    refunds: number,
    ...(byHand ? { refundedMinor: refundMinor, state: "refunded" } : {}),
  });
  // The row names its own part: sent again it is the same, whatever was ordered since.
  const refund = { number, amountMinor: refundMinor - payment.refundMinor };
  if (!byHand) await queuePayment(desk, ordered, "refund", { refund });
  return ordered;
}

/** A fee is paid by what is kept for it: above the price it is the price, and no more. */
async function payFees(desk: Desk, booking: Booking): Promise<void> {
  for (const fee of await desk.books.changes.listFees(booking.id)) await desk.books.changes.payFee(fee.id);
}

/** What was kept of the money for a session that was cancelled late or missed; undefined: none, or it was given back. */
export async function keptOf(books: Pick<ReadBooks, "payments">, { id }: Booking): Promise<Money | undefined> {
  const payment = await findPayment(books, id);
  if (payment === undefined || (payment.state !== "paid" && payment.state !== "refunded")) return undefined;
  const minor = payment.amountMinor - payment.refundMinor;
  return minor > 0 ? { minor, currency: payment.currency } : undefined;
}

/** The practitioner waives what was kept: all of it goes back. */
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
 * The practitioner says that a session was paid for in another way (D5.6), or the fee that is open for it; a pay link is
 * closed. Twice changes nothing.
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

/** Whether the practitioner may say so: of an open fee, or a session that took or takes place while no card is being charged for it. */
export async function mayBeMarkedPaid(desk: Pick<Desk, "books">, booking: Booking): Promise<boolean> {
  if (await hasOpenFee(desk, booking)) return true;
  if (!["confirmed", "completed", "no_show"].includes(booking.status)) return false;
  const { payment: rule, price } = booking.frozen;
  if (price === undefined || booking.clientPackageId !== undefined) return false;
  if (rule !== "after_approval" && rule !== "at_practice") return false;
  const payment = await findPayment(desk.books, booking.id);
  return payment === undefined || !["authorised", "capturing", "paid", "refunded"].includes(payment.state);
}

/** So much of what was ordered has gone back. */
export async function noteRefund(desk: Desk, payment: Payment, amountMinor: number): Promise<Payment> {
  const refundedMinor = payment.refundedMinor + amountMinor;
  const noted = await savePayment(desk, payment, { refundedMinor, state: "refunded" });
  const booking = await desk.books.bookings.lock(payment.practiceId, payment.bookingId);
  if (booking !== undefined) await tellPayment(desk, booking, noted);
  return noted;
}

/** What was paid for a booking that is over, though nobody wanted it paid: all of it goes back. */
export async function refundAll(desk: Desk, payment: Payment, intentId: string): Promise<void> {
  const paid =
    payment.state === "paid" ? payment : ((await movePayment(desk, payment, "settle", { intentId })) ?? payment);
  if (paid.refundMinor < paid.amountMinor) await orderRefund(desk, paid, paid.amountMinor);
}
