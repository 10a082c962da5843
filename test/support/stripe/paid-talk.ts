import { onTestFinished } from "vitest";
import { openStripe } from "../../../adapters/stripe/payments.ts";
import type { Store } from "../../../db/store.ts";
import { handleCheckoutReturn, openCheckout } from "../../../src/jobs/checkout.ts";
import type { Payments } from "../../../src/ports/payments.ts";
import type { TestDesk } from "../desk.ts";
import { type FakeStripe, startFakeStripe } from "./fake-stripe.ts";
import { cards } from "./ledger.ts";

/** The provider's double for a golden talk; its notices are lost, the way back to the desk tells enough. */
export interface PaidTalk {
  readonly payments: Payments;
  /** Pays at a card's way to pay, by a card of this kind, and comes back; gives why nothing was paid, if so. */
  payAt(desk: TestDesk<Store>, url: string, card: string | undefined): Promise<string | undefined>;
}

/** For the running test only: opened where a practice takes payments. `now` is asked once the desk stands. */
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
