import { lockPayment, noteLink, prepareCheckout } from "../desk/payments/checkout.ts";
import { queuePayment } from "../desk/payments/payments.ts";
import { settleSeen } from "../desk/payments/settle-payment.ts";
import { newId } from "../ids.ts";
import type { Payments, PayPage } from "../ports/payments.ts";
import { deskOf, type JobContext } from "./job-context.ts";

/** Job dependencies when a payment provider is configured. */
export type PayingParts = JobContext & { readonly payments: Payments };

/** Attempts per request: a checkout that turns out to be expired is replaced by a new one. */
const maxAttempts = 3;

/**
 * Opens the checkout of a pay link, or returns the one that is already open: at most one is. The order is committed
 * before the provider is called, so that after a crash the same order is sent again with the same idempotency key.
 */
export async function openCheckout(parts: PayingParts, token: string): Promise<PayPage> {
  const { store, payments } = parts;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const checkout = await store.transaction((books) => prepareCheckout(deskOf(parts, books), token));
    if (checkout.to === "open") {
      const made = await payments.createLink(checkout.order);
      if (!made.ok) {
        parts.log.warn({ event: "checkout.failed", booking: checkout.payment.bookingId, reason: made.error });
        // The provider rejected this order for good, so it is marked expired and the next attempt creates a new order.
        if (made.again || attempt > 0) return { to: "trouble" };
        await store.transaction((books) => settleSeen(deskOf(parts, books), checkout.payment.id, { is: "expired" }));
        continue;
      }
      const noted = await store.transaction((books) =>
        noteLink(deskOf(parts, books), checkout.payment.id, made.outcome),
      );
      return noted === "open" ? { to: "checkout", url: made.outcome.url } : { to: "over" };
    }
    if (checkout.to !== "reuse") return { to: checkout.to };
    const looked = await payments.state(checkout.sessionId);
    if (!looked.ok) return { to: "trouble" };
    if (looked.seen.is === "open") return { to: "checkout", url: checkout.url };
    await store.transaction((books) => settleSeen(deskOf(parts, books), checkout.payment.id, looked.seen));
  }
  return { to: "trouble" };
}

/** Handles the return from the checkout. The redirect proves nothing, so a status query to the provider is queued. */
export async function handleCheckoutReturn(parts: PayingParts, token: string): Promise<boolean> {
  return parts.store.transaction(async (books) => {
    const link = await books.payments.findByToken(token);
    if (link === undefined) return false;
    const desk = deskOf(parts, books);
    await books.bookings.lock(link.practiceId, link.bookingId);
    const payment = await books.payments.findCurrent(link.bookingId);
    if (payment?.state === "link_sent") await queuePayment(desk, payment, "look", { which: newId("back") });
    return true;
  });
}

/**
 * Handles a webhook of the provider. `refused`: the signature is invalid and nothing is stored. `accepted`: a status query of
 * the payment is queued. The webhook's id is committed in the same transaction, so each webhook queues one query only.
 */
export async function receiveWebhook(
  parts: PayingParts,
  raw: Buffer,
  signature: string,
): Promise<"refused" | "accepted" | "ignored"> {
  const { payments, clock, store } = parts;
  const hint = payments.parseWebhook(raw, signature, clock.realNow());
  if (hint === undefined) return "refused";
  const { paymentId, eventId, live } = hint;
  if (live !== payments.live || paymentId === undefined) return "ignored";
  return store.transaction(async (books) => {
    const desk = deskOf(parts, books);
    const payment = await lockPayment(desk, paymentId);
    if (payment === undefined || !(await books.payments.claimEvent(eventId, desk.realNowMs))) return "ignored";
    await queuePayment(desk, payment, "look", { which: eventId });
    return "accepted";
  });
}
