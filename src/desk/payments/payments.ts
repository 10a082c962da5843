import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import type { Money } from "../../domain/money.ts";
import { amountDue, covers, decidePayment, isSpent, type Payment, type PaymentMove } from "../../domain/payment.ts";
import { dayMs, hourMs, minuteMs } from "../../domain/units.ts";
import { newId, newToken } from "../../ids.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { sendNews } from "../telling/announce.ts";

/*
 * What is to be paid for a booking, in the books. The caller has found the booking, which keeps its payments too. Nothing
 * here asks the provider: that is work for the outbox, whose answers `settle-payment.ts` writes down.
 */

/** Work at the provider; the payload of an outbox row of kind `payment`. */
export interface PaymentJob {
  readonly do: "look" | "expire" | "capture" | "release" | "refund";
  readonly paymentId: string;
  /** The talk in which somebody said that it is paid, to be told if it is not. */
  readonly talkId?: string;
  /** Which of the payment's refunds, from 1, and of how much in minor units. */
  readonly refund?: { readonly number: number; readonly amountMinor: number };
}

/** The payment that counts for a booking: its latest attempt. */
export function findPayment(books: Pick<ReadBooks, "payments">, bookingId: string): Promise<Payment | undefined> {
  return books.payments.findCurrent(bookingId);
}

/** A payment of this booking that can still be paid, of the amount it costs now; undefined: nothing is to be paid. */
export async function openPayment(desk: Desk, booking: Booking): Promise<Payment | undefined> {
  const due = amountDue(booking);
  const known = await findPayment(desk.books, booking.id);
  if (known !== undefined && due !== undefined && covers(known, booking) && !isSpent(known)) return known;
  if (known !== undefined) await closePayment(desk, known);
  return due === undefined ? undefined : addPayment(desk, booking, due, known);
}

/** Another attempt to be paid so much for a booking, after `known`. */
export async function addPayment(desk: Desk, booking: Booking, due: Money, known?: Payment): Promise<Payment> {
  const payment: Payment = {
    id: newId("py"),
    practiceId: booking.practiceId,
    bookingId: booking.id,
    attempt: (known?.attempt ?? 0) + 1,
    state: "held",
    version: 1,
    amountMinor: due.minor,
    currency: due.currency,
    title: booking.frozen.publicName,
    by: "card",
    // A yes that was said is not asked for again.
    approved: known?.approved ?? false,
    refundMinor: 0,
    refundedMinor: 0,
    refunds: 0,
    createdAtMs: desk.nowMs,
    updatedAtMs: desk.nowMs,
  };
  await desk.books.payments.add(payment);
  if ((await desk.books.payments.findToken(booking.id)) === undefined)
    await desk.books.payments.addToken(booking.practiceId, booking.id, newToken());
  return payment;
}

/** The desk's own address that leads to the checkout, the same on every card and mail of the booking. */
export async function payUrl(
  books: Pick<ReadBooks, "payments">,
  publicUrl: string,
  bookingId: string,
): Promise<string | undefined> {
  const token = await books.payments.findToken(bookingId);
  return token === undefined ? undefined : `${publicUrl}/pay/${token}`;
}

/** The same address while there is something to be paid there: by a draft, again, or after the approval. */
export async function payUrlNow(
  { books, publicUrl }: { readonly books: Pick<ReadBooks, "payments">; readonly publicUrl: string },
  booking: Booking,
  payment: Payment | undefined,
): Promise<string | undefined> {
  if (payment === undefined || amountDue(booking) === undefined) return undefined;
  if (["authorised", "capturing", "paid", "refunded"].includes(payment.state)) return undefined;
  const { status, frozen } = booking;
  const due =
    status === "held" ||
    (status === "requested" && payment.approved) ||
    (frozen.payment === "after_approval" && (status === "confirmed" || status === "completed"));
  return due ? payUrl(books, publicUrl, booking.id) : undefined;
}

/** Saves a payment as it is now; a payment that changed since it was read stops everything. */
export async function savePayment(
  desk: Desk,
  payment: Payment,
  change: Partial<Omit<Payment, "id" | "version">>,
): Promise<Payment> {
  const changed: Payment = { ...payment, ...change, version: payment.version + 1, updatedAtMs: desk.nowMs };
  if (!(await desk.books.payments.save(changed))) throw new Error("a payment changed under its lock");
  return changed;
}

/** Moves a payment on, with what else changes; undefined: that cannot happen to it now. */
export async function movePayment(
  desk: Desk,
  payment: Payment,
  move: PaymentMove,
  change: Partial<Omit<Payment, "id" | "version" | "state">> = {},
): Promise<Payment | undefined> {
  const state = decidePayment(payment.state, move);
  return state === undefined ? undefined : savePayment(desk, payment, { ...change, state });
}

/** Queues work at the provider, once for each version of the payment and `which`. One booking's goes in order. */
export async function queuePayment(
  desk: Desk,
  payment: Payment,
  what: PaymentJob["do"],
  { which = "", ...rest }: { readonly which?: string } & Pick<PaymentJob, "talkId" | "refund"> = {},
): Promise<void> {
  const job: PaymentJob = { do: what, paymentId: payment.id, ...rest };
  await desk.books.outbox.add({
    id: newId("ob"),
    practiceId: payment.practiceId,
    kind: "payment",
    lane: `payment:${payment.bookingId}`,
    bookingId: payment.bookingId,
    dedupeKey: `payment:${payment.id}:${what}:${payment.version}:${which}`,
    payload: JSON.stringify(job),
    queuedAtMs: desk.realNowMs,
  });
}

/** Gives a payment up: nothing more can be paid, and what is authorised goes back (D4.8). Paid money stays. */
export async function closePayment(desk: Desk, payment: Payment): Promise<Payment> {
  switch (payment.state) {
    case "held":
      return (await movePayment(desk, payment, "lapse")) ?? payment;
    case "link_sent": {
      const closing = (await movePayment(desk, payment, "close")) ?? payment;
      await queuePayment(desk, closing, "expire");
      return closing;
    }
    case "authorised": {
      const releasing = (await movePayment(desk, payment, "release")) ?? payment;
      await queuePayment(desk, releasing, "release");
      return releasing;
    }
    default:
      return payment;
  }
}

/** As `closePayment`, of whatever is open for a booking that came to its end. */
export async function closePaymentOf(desk: Desk, booking: Pick<Booking, "id">): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment !== undefined) await closePayment(desk, payment);
}

/**
 * Begins to take what is authorised for a booking that its practitioner, or its service, has said yes to. `none`: there
 * is nothing to take, or it was taken; `capturing`: the answer makes it confirmed; `again`: the money is not there, and
 * the client is asked for it once more.
 */
export async function beginCapture(desk: Desk, booking: Booking): Promise<"none" | "capturing" | "again"> {
  if (booking.frozen.payment !== "at_request" || amountDue(booking) === undefined) return "none";
  const payment = await findPayment(desk.books, booking.id);
  if (payment?.state === "paid") return "none";
  if (payment?.state === "capturing") return "capturing";
  if (payment?.state !== "authorised") {
    const again = await openPayment(desk, booking);
    if (again !== undefined && !again.approved) await savePayment(desk, again, { approved: true });
    return "again";
  }
  await startCapture(desk, booking, payment);
  return "capturing";
}

/** Takes authorised money, through the outbox: a process that dies in between takes it once all the same. */
export async function startCapture(desk: Desk, booking: Booking, payment: Payment): Promise<Payment | undefined> {
  const capturing = await movePayment(desk, payment, "capture", { approved: true });
  if (capturing === undefined) return undefined;
  await queuePayment(desk, capturing, "capture");
  await watchPayment(desk, booking, capturing);
  return capturing;
}

/** Whether the money of a request is being taken now, after its practitioner said yes: until the answer nothing else happens to it. */
export async function isBeingTaken(books: Pick<ReadBooks, "payments">, bookingId: string): Promise<boolean> {
  return (await findPayment(books, bookingId))?.state === "capturing";
}

/** Looks at the provider again after a while, for notices get lost; ever less often. */
export async function watchPayment(desk: Desk, booking: Booking, payment: Payment): Promise<void> {
  const sinceMs = desk.nowMs - payment.createdAtMs;
  await setTimer(desk, booking, "payment-check", desk.nowMs + Math.min(hourMs, Math.max(2 * minuteMs, sinceMs)));
}

/** Tells the talks about a booking that its payment stands otherwise now. */
export async function tellPayment(desk: Desk, booking: Booking, payment: Payment): Promise<void> {
  await sendNews(desk, booking, {
    type: "payment.changed",
    state: payment.state,
    attempt: payment.attempt,
    of: payment.version,
  });
}

/** How long after its confirmation a session that is not paid for is spoken of again. */
const remindAfterMs = dayMs;

/** A session that is paid for after its approval was confirmed: its pay link is made, to go with the confirmation. */
export async function askForPayment(desk: Desk, booking: Booking): Promise<void> {
  if (booking.frozen.payment !== "after_approval") return;
  const payment = await openPayment(desk, booking);
  if (payment !== undefined) await setPaymentReminder(desk, booking, payment);
}

/** A session that costs something else since it was moved is asked for anew, by the same link; what was paid stays. */
export async function repricePayment(desk: Desk, booking: Booking): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined || covers(payment, booking)) return;
  if (["authorised", "capturing", "paid", "refunded"].includes(payment.state)) return;
  await openPayment(desk, booking);
}

/** Sets anew what comes due about the payment of a session whose timers were all removed: it was moved, or has ended. */
export async function followPayment(desk: Desk, booking: Booking): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined) return;
  if (payment.state === "link_sent" || payment.state === "capturing") await watchPayment(desk, booking, payment);
  const isDue = payment.state === "held" || payment.state === "link_sent" || payment.state === "lapsed";
  if (isDue && booking.status === "confirmed" && booking.frozen.payment === "after_approval")
    await setPaymentReminder(desk, booking, payment);
}

/** Once, a day after it was asked for, or two hours before the session: whichever comes first. */
async function setPaymentReminder(desk: Desk, booking: Booking, { createdAtMs }: Payment): Promise<void> {
  const remindAtMs = Math.min(createdAtMs + remindAfterMs, booking.startsAtMs - 2 * hourMs);
  if (remindAtMs > desk.nowMs) await setTimer(desk, booking, "payment-reminder", remindAtMs);
}
