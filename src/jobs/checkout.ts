import { lockPayment, noteLink, prepareCheckout } from "../desk/payments/checkout.ts";
import { queuePayment } from "../desk/payments/payments.ts";
import { settleSeen } from "../desk/payments/settle-payment.ts";
import { newId } from "../ids.ts";
import type { Payments, PayPage } from "../ports/payments.ts";
import { deskOf, type JobParts } from "./parts.ts";

/** The desk where a payment provider is set up. */
export type PayingParts = JobParts & { readonly payments: Payments };

/** A checkout that turns out to be closed is opened anew, once. */
const mostLooks = 3;

/**
 * Opens the checkout of a pay link, or leads back to the one that is open: there is one at the most. What it will ask of
 * the provider is committed first, so that a process that dies in between asks for the same again.
 */
export async function openCheckout(parts: PayingParts, token: string): Promise<PayPage> {
  const { store, payments } = parts;
  for (let looks = 0; looks < mostLooks; looks++) {
    const checkout = await store.transaction((books) => prepareCheckout(deskOf(parts, books), token));
    if (checkout.to === "open") {
      const made = await payments.createLink(checkout.order);
      if (!made.ok) {
        parts.log.warn({ event: "checkout.failed", booking: checkout.payment.bookingId, reason: made.error });
        // It cannot be opened as it was written down, so it never will be: the next try writes it down anew.
        if (made.again || looks > 0) return { to: "trouble" };
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

/** Somebody came back from the checkout, which proves nothing: the provider is asked. */
export async function lookAfterCheckout(parts: PayingParts, token: string): Promise<boolean> {
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
 * Hears a notice of the provider. `refused`: nobody we know signed it, and nothing is kept; `heard`: the payment it names
 * will be looked at, once for each notice, for its id and that work are committed together.
 */
export async function hearNotice(
  parts: PayingParts,
  raw: Buffer,
  signature: string,
): Promise<"refused" | "heard" | "ignored"> {
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
    return "heard";
  });
}
