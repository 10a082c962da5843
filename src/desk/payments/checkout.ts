import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import { amountDue, isSpent, type Payment } from "../../domain/payment.ts";
import { requestPolicyOf } from "../../domain/service.ts";
import { newId } from "../../ids.ts";
import type { LinkOrder } from "../../ports/payments.ts";
import { claimFor } from "../booking/hold.ts";
import { timeIsStillFree } from "../booking/request.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { queueErrand } from "../telling/announce.ts";
import { findPayment, movePayment, openPayment, payUrl, queuePayment, savePayment, watchPayment } from "./payments.ts";

const minute = 60_000;
/** How long a checkout stays open: the provider takes 30 minutes to 24 hours, and the answer to a retry must still fit. */
const linkLastsMs = { held: 60 * minute, booked: 23 * 60 * minute };

/** What a link of the desk's own leads to. */
export type Checkout =
  /** To be opened at the provider; the same order again is the same checkout. */
  | { readonly to: "open"; readonly payment: Payment; readonly order: LinkOrder }
  /** Opened before: to be looked at first, for it may be paid, or closed. */
  | { readonly to: "reuse"; readonly payment: Payment; readonly sessionId: string; readonly url: string }
  /** Paid, or nothing to pay (any more). */
  | { readonly to: "paid" | "over" | "unknown" }
  /** The time is somebody else's by now. */
  | { readonly to: "taken" };

/**
 * What is to happen when somebody opens a pay link: everything the provider will be asked for is stored first. A held time
 * is kept for as long as its checkout is open, and taken again if it lapsed and is free.
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

/** Of a draft, of a request whose money could not be taken, and of a session that is paid for after its approval. */
function mayPay(booking: Booking, payment: Payment | undefined): boolean {
  if (amountDue(booking) === undefined) return false;
  if (booking.status === "held") return booking.frozen.payment === "at_request";
  if (booking.status === "requested") return payment?.approved === true;
  return ["confirmed", "completed"].includes(booking.status) && booking.frozen.payment === "after_approval";
}

/** The checkout of a payment as it is asked for, from nothing but what is stored. */
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

/** The checkout was opened; one that was given up meanwhile is closed again, and nobody is led there. */
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

/** A payment as it is once nobody else can change it. */
export async function lockPayment(desk: Desk, paymentId: string): Promise<Payment | undefined> {
  const found = await desk.books.payments.find(paymentId);
  if (found !== undefined) await desk.books.bookings.lock(found.practiceId, found.bookingId);
  return desk.books.payments.find(paymentId);
}

/**
 * Keeps a draft's time for its holding time from now, taking it again if it lapsed and is free; false: it is somebody
 * else's. With an open checkout the claim outlasts that: it may be paid until the provider has closed it.
 */
export async function placeDraft(desk: Desk, draft: Booking, paying?: Payment): Promise<boolean> {
  if (!(await timeIsStillFree(desk, draft))) return false;
  const practice = await desk.books.practices.get(draft.practiceId);
  const service = (await desk.books.catalogue.findService(draft.practiceId, draft.serviceId)) ?? { policies: {} };
  const holdUntilMs = desk.nowMs + requestPolicyOf(practice, service).holdMinutes * minute;
  await desk.books.claims.removeForBooking(draft.id);
  const claimUntilMs = paying === undefined ? holdUntilMs : desk.nowMs + linkLastsMs.held + 15 * minute;
  if (!(await claimFor(desk, draft, "hold", Math.max(holdUntilMs, claimUntilMs)))) return false;
  await setTimer(desk, draft, "hold-expiry", holdUntilMs);
  return true;
}

/** Asks the provider how a booking's payment stands, because somebody in this talk says it is paid; false: it was never opened. */
export async function askAfterPayment(desk: Desk, bookingId: string, talkId: string): Promise<boolean> {
  const payment = await findPayment(desk.books, bookingId);
  if (payment?.sessionId === undefined || isSpent(payment)) return false;
  await queuePayment(desk, payment, "look", { which: newId("ask"), talkId });
  return true;
}

/** Nothing was paid yet: the talk in which somebody said otherwise is told. */
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
