import type { ReadBooks } from "../../../db/store.ts";
import type { SecretRef } from "../../cards/card.ts";
import type { Booking } from "../../domain/booking.ts";
import type { Money } from "../../domain/money.ts";
import { amountDue, covers, decidePayment, isSpent, type Payment, type PaymentMove } from "../../domain/payment.ts";
import { dayMs, hourMs, minuteMs } from "../../domain/units.ts";
import { newId, newToken } from "../../ids.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { sendNews } from "../telling/announce.ts";

/*
 * Payments in the database. The caller has locked the booking, which also locks its payments. Nothing here calls the
 * provider: calls are outbox rows, and `settle-payment.ts` stores their results.
 */

/** A call to the provider: the payload of an outbox row of kind `payment`. */
export interface PaymentJob {
  readonly do: "look" | "expire" | "capture" | "release" | "refund";
  readonly paymentId: string;
  /** The talk in which the client said they had paid, to be told if they have not. */
  readonly talkId?: string;
  /** The payment's refund: its number from 1, and its amount in minor units. */
  readonly refund?: { readonly number: number; readonly amountMinor: number };
}

/** A booking's current payment: its latest attempt. */
export function findPayment(books: Pick<ReadBooks, "payments">, bookingId: string): Promise<Payment | undefined> {
  return books.payments.findCurrent(bookingId);
}

/** A payable payment of the booking's present price, created if needed; undefined: nothing is due. */
export async function openPayment(desk: Desk, booking: Booking): Promise<Payment | undefined> {
  const due = amountDue(booking);
  const known = await findPayment(desk.books, booking.id);
  if (known !== undefined && due !== undefined && covers(known, booking) && !isSpent(known)) return known;
  if (known !== undefined) await closePayment(desk, known);
  return due === undefined ? undefined : addPayment(desk, booking, due, known);
}

/** Adds the next payment attempt for a booking, after `known`. */
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
    // The practitioner's approval carries over to the next attempt.
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

/** The desk's pay link of a booking, the same on every card and mail. */
export async function payUrl(
  books: Pick<ReadBooks, "payments">,
  publicUrl: string,
  bookingId: string,
): Promise<string | undefined> {
  const token = await books.payments.findToken(bookingId);
  return token === undefined ? undefined : `${publicUrl}/pay/${token}`;
}

/** The pay link as cards and mails carry it; undefined: there is none. */
export async function payLink(
  books: Pick<ReadBooks, "payments">,
  { id, practiceId }: Pick<Booking, "id" | "practiceId">,
): Promise<SecretRef | undefined> {
  return (await books.payments.findToken(id)) === undefined ? undefined : { link: "pay", ref: `${practiceId}/${id}` };
}

/** The pay link while something is payable: for a draft, a repeated payment, or after approval. */
export async function payLinkNow(
  { books }: { readonly books: Pick<ReadBooks, "payments"> },
  booking: Booking,
  payment: Payment | undefined,
): Promise<SecretRef | undefined> {
  if (payment === undefined || amountDue(booking) === undefined) return undefined;
  if (["authorised", "capturing", "paid", "refunded"].includes(payment.state)) return undefined;
  const { status, frozen } = booking;
  const due =
    status === "held" ||
    (status === "requested" && payment.approved) ||
    (frozen.payment === "after_approval" && (status === "confirmed" || status === "completed"));
  return due ? payLink(books, booking) : undefined;
}

/** Saves a payment with its next version. Throws if it changed since it was read. */
export async function savePayment(
  desk: Desk,
  payment: Payment,
  change: Partial<Omit<Payment, "id" | "version">>,
): Promise<Payment> {
  const changed: Payment = { ...payment, ...change, version: payment.version + 1, updatedAtMs: desk.nowMs };
  if (!(await desk.books.payments.save(changed))) throw new Error("payment version conflict under its lock");
  return changed;
}

/** Applies a payment move with other changes; undefined: the move is not possible in this state. */
export async function movePayment(
  desk: Desk,
  payment: Payment,
  move: PaymentMove,
  change: Partial<Omit<Payment, "id" | "version" | "state">> = {},
): Promise<Payment | undefined> {
  const state = decidePayment(payment.state, move);
  return state === undefined ? undefined : savePayment(desk, payment, { ...change, state });
}

/** Queues a provider call, once per payment version and `which`. Calls of one booking run in order. */
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
    service: "payments",
    lane: `payment:${payment.bookingId}`,
    bookingId: payment.bookingId,
    dedupeKey: `payment:${payment.id}:${what}:${payment.version}:${which}`,
    payload: JSON.stringify(job),
    queuedAtMs: desk.realNowMs,
  });
}

/** Gives a payment up: closes its checkout and releases an authorisation (D4.8). Captured money stays. */
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

/** `closePayment` for the open payment of a booking that ended. */
export async function closePaymentOf(desk: Desk, booking: Pick<Booking, "id">): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment !== undefined) await closePayment(desk, payment);
}

/**
 * Starts the capture for a booking that was approved. `none`: nothing to capture, or captured already; `capturing`: the
 * result confirms the booking; `again`: the authorisation is gone, and the client is asked to pay again.
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

/** Queues the capture of an authorised payment, so that a crash in between does not lose it. */
export async function startCapture(desk: Desk, booking: Booking, payment: Payment): Promise<Payment | undefined> {
  const capturing = await movePayment(desk, payment, "capture", { approved: true });
  if (capturing === undefined) return undefined;
  await queuePayment(desk, capturing, "capture");
  await watchPayment(desk, booking, capturing);
  return capturing;
}

/** Whether an approved request's capture is in progress; until its result the booking cannot change. */
export async function isBeingTaken(books: Pick<ReadBooks, "payments">, bookingId: string): Promise<boolean> {
  return (await findPayment(books, bookingId))?.state === "capturing";
}

/** Schedules the next query of the provider, at growing intervals, because webhooks get lost. */
export async function watchPayment(desk: Desk, booking: Booking, payment: Payment): Promise<void> {
  const sinceMs = desk.nowMs - payment.createdAtMs;
  await setTimer(desk, booking, "payment-check", desk.nowMs + Math.min(hourMs, Math.max(2 * minuteMs, sinceMs)));
}

/** Tells the booking's talks that the payment's state changed. */
export async function tellPayment(desk: Desk, booking: Booking, payment: Payment): Promise<void> {
  await sendNews(desk, booking, {
    type: "payment.changed",
    state: payment.state,
    attempt: payment.attempt,
    of: payment.version,
  });
}

/** How long after the confirmation the client is reminded of an unpaid session. */
const remindAfterMs = dayMs;

/** Creates the payment of a session that is paid after approval, so that the confirmation carries its pay link. */
export async function askForPayment(desk: Desk, booking: Booking): Promise<void> {
  if (booking.frozen.payment !== "after_approval") return;
  const payment = await openPayment(desk, booking);
  if (payment !== undefined) await setPaymentReminder(desk, booking, payment);
}

/** Asks for the new price of a moved session by the same pay link; a completed payment stays. */
export async function repricePayment(desk: Desk, booking: Booking): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined || covers(payment, booking)) return;
  if (["authorised", "capturing", "paid", "refunded"].includes(payment.state)) return;
  await openPayment(desk, booking);
}

/** Sets the payment timers again after a session's timers were removed by a move or its end. */
export async function followPayment(desk: Desk, booking: Booking): Promise<void> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined) return;
  if (payment.state === "link_sent" || payment.state === "capturing") await watchPayment(desk, booking, payment);
  const isDue = payment.state === "held" || payment.state === "link_sent" || payment.state === "lapsed";
  if (isDue && booking.status === "confirmed" && booking.frozen.payment === "after_approval")
    await setPaymentReminder(desk, booking, payment);
}

/** Sets the reminder: a day after the payment was asked for, or two hours before the session, whichever is earlier. */
async function setPaymentReminder(desk: Desk, booking: Booking, { createdAtMs }: Payment): Promise<void> {
  const remindAtMs = Math.min(createdAtMs + remindAfterMs, booking.startsAtMs - 2 * hourMs);
  if (remindAtMs > desk.nowMs) await setTimer(desk, booking, "payment-reminder", remindAtMs);
}
