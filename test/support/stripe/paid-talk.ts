import { onTestFinished } from "vitest";
import { openStripe } from "../../../adapters/stripe/payments.ts";
import type { Store } from "../../../db/store.ts";
import { handleCheckoutReturn, openCheckout } from "../../../src/jobs/checkout.ts";
import type { Payments } from "../../../src/ports/payments.ts";
import type { TestDesk } from "../desk.ts";
import { type FakeStripe, startFakeStripe } from "./fake-stripe.ts";
import { cards } from "./ledger.ts";

/** Stripe's double for a golden talk. Its webhooks are dropped; returning from the checkout is enough. */
export interface PaidTalk {
  readonly payments: Payments;
  /** Pays through a card's payment link with this kind of card, and returns to the desk. Returns the reason if the payment failed. */
  payAt(desk: TestDesk<Store>, url: string, card: string | undefined): Promise<string | undefined>;
}

/** Opens the double for the running test, if the practice takes payments. `now` is called only once the desk is open. */
export async function openPaidTalk(yaml: string, now: () => number): Promise<PaidTalk | undefined> {
  if (!/payment: (at_request|after_approval)/.test(yaml)) return undefined;
  const stripe: FakeStripe = await startFakeStripe(now);
  onTestFinished(stripe.close);
  const payments = openStripe(stripe.settings);
  return {
    payments,
    async payAt(desk, url, card = "good") {
      const parts = { ...desk.jobs, payments };
      const token = url.split("/").at(-1) ?? "";
      const page = await openCheckout(parts, token);
      if (page.to !== "checkout") return `the pay link leads to “${page.to}”`;
      const number = Object.entries(cards).find(([name]) => name === card)?.[1];
      if (number === undefined) throw new Error(`there is no such card: ${card}`);
      const back = await stripe.pay(page.url, number);
      await handleCheckoutReturn(parts, token);
      await desk.idle();
      return back === undefined ? "the card was declined" : undefined;
    },
  };
}
