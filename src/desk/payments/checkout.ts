import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import { amountDue, isSpent, type Payment } from "../../domain/payment.ts";
import { requestPolicyOf } from "../../domain/service.ts";
import { hourMs, minuteMs } from "../../domain/units.ts";
import { newId } from "../../ids.ts";
import type { LinkOrder } from "../../ports/payments.ts";
import { claimFor } from "../booking/hold.ts";
import { timeIsStillFree } from "../booking/request.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { queueErrand } from "../telling/announce.ts";
import { findPayment, movePayment, openPayment, payUrl, queuePayment, savePayment, watchPayment } from "./payments.ts";

/** How long a checkout stays open: Stripe allows 30 minutes to 24 hours, and the answer to a retry must still fit. */
const linkLastsMs = { held: hourMs, booked: 23 * hourMs };

/** What a pay link leads to. */
export type Checkout =
  /** Must be opened at the provider; the same order returns the same checkout. */
  | { readonly to: "open"; readonly payment: Payment; readonly order: LinkOrder }
  /** Was opened before: query the provider first, it may be paid or closed. */
  | { readonly to: "reuse"; readonly payment: Payment; readonly sessionId: string; readonly url: string }
  /** Paid, or no longer payable. */
  | { readonly to: "paid" | "over" | "unknown" }
  /** The hold lapsed, and the time is not free any more. */
  | { readonly to: "taken" };

/**
 * Prepares the checkout of a pay link: stores what the provider will be asked for before it is asked. A held time is
 * claimed for as long as its checkout is open, and again if the hold lapsed and the time is free.
 */
export async function prepareCheckout(desk: Desk, token: string): Promise<Checkout> {
  const link = await desk.books.payments.findByToken(token);
  if (link === undefined) return { to: "unknown" };
  const booking = await desk.books.bookings.lock(link.practiceId, link.bookingId);
  const known = await findPayment(desk.books, link.bookingId);
  if (known !== undefined && ["authorised", "capturing", "paid"].includes(known.state)) return { to: "paid" };
  if (booking === undefined || !mayPay(booking, known)) return { to: "over" };
  if (known?.state === "closing") return { to: "over" };
  const payment = await openPayment(desk, booking);
  if (payment === undefined) return { to: "over" };
  if (booking.status === "held" && !(await placeDraft(desk, booking, payment))) return { to: "taken" };
  if (payment.state === "link_sent") {
    const { sessionId, sessionUrl } = payment;
    if (sessionId !== undefined && sessionUrl !== undefined)
      return { to: "reuse", payment, sessionId, url: sessionUrl };
    return { to: "open", payment, order: await orderOf(desk, payment) };
  }
  const lasts = booking.status === "held" ? linkLastsMs.held : linkLastsMs.booked;
  const linkExpiresAtMs = desk.realNowMs + lasts;
  const sent = await movePayment(desk, payment, "open", { linkExpiresAtMs });
  if (sent === undefined) return { to: "over" };
  await watchPayment(desk, booking, sent);
  return { to: "open", payment: sent, order: await orderOf(desk, sent) };
}

/**
 * Whether the payment can be paid: of a draft, of a request whose capture failed, or of a session paid after approval.
 */
function mayPay(booking: Booking, payment: Payment | undefined): boolean {
  if (amountDue(booking) === undefined) return false;
  if (booking.status === "held") return booking.frozen.payment === "at_request";
  if (booking.status === "requested") return payment?.approved === true;
  return ["confirmed", "completed"].includes(booking.status) && booking.frozen.payment === "after_approval";
}

/** The provider's checkout order, computed only from stored values so that a retry is identical. */
export async function orderOf(
  desk: { readonly books: Pick<ReadBooks, "payments">; readonly publicUrl: string },
  payment: Payment,
): Promise<LinkOrder> {
  const url = (await payUrl(desk.books, desk.publicUrl, payment.bookingId)) ?? desk.publicUrl;
  return {
    key: `${payment.bookingId}:link:${payment.attempt}`,
    paymentId: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    title: payment.title,
    expiresAtMs: payment.linkExpiresAtMs ?? 0,
    paidUrl: `${url}/paid`,
    backUrl: `${url}/back`,
  };
}

/**
 * Stores the checkout that was opened. If the payment was given up meanwhile, the checkout is closed and no link is
 * returned.
 */
export async function noteLink(
  desk: Desk,
  paymentId: string,
  link: { readonly sessionId: string; readonly url: string },
): Promise<"open" | "over"> {
  const payment = await lockPayment(desk, paymentId);
  if (payment === undefined) return "over";
  if (payment.sessionId === link.sessionId) return payment.state === "link_sent" ? "open" : "over";
  const noted = await savePayment(desk, payment, { sessionId: link.sessionId, sessionUrl: link.url });
  if (noted.state === "link_sent") return "open";
  if (isSpent(noted)) await queuePayment(desk, noted, "expire");
  return "over";
}

/** Locks a payment's booking and reads the payment again. */
export async function lockPayment(desk: Desk, paymentId: string): Promise<Payment | undefined> {
  const found = await desk.books.payments.find(paymentId);
  if (found !== undefined) await desk.books.bookings.lock(found.practiceId, found.bookingId);
  return desk.books.payments.find(paymentId);
}

/**
 * Claims a draft's time for its hold duration from now, again if the hold lapsed; false: another booking has it. With
 * an open checkout the claim lasts until the provider has closed it.
 */
export async function placeDraft(desk: Desk, draft: Booking, paying?: Payment): Promise<boolean> {
  if (!(await timeIsStillFree(desk, draft))) return false;
  const practice = await desk.books.practices.get(draft.practiceId);
  const service = (await desk.books.catalogue.findService(draft.practiceId, draft.serviceId)) ?? { policies: {} };
  const holdUntilMs = desk.nowMs + requestPolicyOf(practice, service).holdMinutes * minuteMs;
  await desk.books.claims.removeForBooking(draft.id);
  const claimUntilMs = paying === undefined ? holdUntilMs : desk.nowMs + linkLastsMs.held + 15 * minuteMs;
  if (!(await claimFor(desk, draft, "hold", Math.max(holdUntilMs, claimUntilMs)))) return false;
  await setTimer(desk, draft, "hold-expiry", holdUntilMs);
  return true;
}

/**
 * Queues a query of the payment's state, because the person in this talk says it is paid. False: no checkout was
 * opened.
 */
export async function askAfterPayment(desk: Desk, bookingId: string, talkId: string): Promise<boolean> {
  const payment = await findPayment(desk.books, bookingId);
  if (payment?.sessionId === undefined || isSpent(payment)) return false;
  await queuePayment(desk, payment, "look", { which: newId("ask"), talkId });
  return true;
}

/** Tells the talk in which a person said they had paid that the provider has no payment yet. */
export async function tellUnpaid(desk: Desk, payment: Payment, talkId: string): Promise<void> {
  const talk = await desk.books.talks.find(talkId);
  if (talk === undefined) return;
  const { practiceId, bookingId } = payment;
  await queueErrand(
    desk,
    { do: "news", to: talk.address, talkId, event: { type: "payment.missing" } },
    { practiceId, bookingId, dedupeKey: newId("unpaid") },
  );
}
