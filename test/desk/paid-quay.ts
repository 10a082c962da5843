import { onTestFinished } from "vitest";
import { openStripe } from "../../adapters/stripe/payments.ts";
import type { Card } from "../../src/cards/card.ts";
import type { Payment } from "../../src/domain/payment.ts";
import { handleCheckoutReturn, openCheckout, type PayingParts, receiveWebhook } from "../../src/jobs/checkout.ts";
import type { Payments, PayPage } from "../../src/ports/payments.ts";
import { payRoutes } from "../../src/web/pay.ts";
import type { FrozenClock } from "../support/clock.ts";
import { openTestDesk, type TestDatabase, type TestDesk, type TestDeskOptions } from "../support/desk.ts";
import { serve } from "../support/http.ts";
import { type FakeStripe, startFakeStripe } from "../support/stripe/fake-stripe.ts";
import { quay } from "./quay.ts";

const price = "price: { minor: 9000, currency: EUR }";

/** The quay where sessions cost €90.00: `Talk` is paid with the request, `Quick` at once, `Duo` after its approval. */
export const paidQuay = quay
  .replace("publicName: Talk,", `publicName: Talk, ${price}, payment: at_request,`)
  .replace("publicName: Quick,", `publicName: Quick, ${price}, payment: at_request,`)
  .replace("publicName: Duo,", `publicName: Duo, ${price}, payment: after_approval,`);

/** A desk with a payment provider: the strict double, reached over HTTP, on the desk's own clock. */
export interface PaidDesk {
  readonly desk: TestDesk;
  readonly stripe: FakeStripe;
  /** Opens the pay link of a person's newest card that has one, as a browser does. */
  openLink(user: string): Promise<PayPage>;
  /** Follows a made-up or older link. */
  openToken(token: string): Promise<PayPage>;
  /** Opens the checkout and pays there; resolves when all consequences are processed. */
  pay(user: string, card?: string): Promise<string | undefined>;
  /** Follows the provider's redirect back to the desk, as the browser does. */
  comeBack(location: string): Promise<void>;
  settled(): Promise<void>;
  payments(bookingId: string): Promise<readonly Payment[]>;
}

/** Opens that desk for the running test; by default its webhooks arrive. */
export async function openPaidQuay({
  through = (payments) => payments,
  ...options
}: Partial<TestDeskOptions> & {
  readonly database?: TestDatabase;
  /** The connection between the desk and the provider. */
  readonly through?: (payments: Payments) => Payments;
} = {}): Promise<PaidDesk> {
  let clock: FrozenClock | undefined;
  const stripe = await startFakeStripe(() => clock?.realNow() ?? Date.parse("2026-03-02T08:00:00Z"));
  onTestFinished(stripe.close);
  const payments = through(openStripe(stripe.settings));
  const desk = await openTestDesk({
    now: "2026-03-02T08:00+00:00",
    practice: paidQuay,
    payments,
    ...options,
  });
  clock = desk.clock;
  const parts: PayingParts = { ...desk.jobs, payments };
  const { address } = await serve(
    payRoutes({
      open: (token) => openCheckout(parts, token),
      handleReturn: (token) => handleCheckoutReturn(parts, token),
      handleWebhook: (raw, signature) => receiveWebhook(parts, raw, signature),
    }),
  );
  stripe.webhooks.endpoint = `${address}/stripe/webhook`;

  const settled = async (): Promise<void> => {
    // The desk's actions may make the provider send webhooks, and the reverse.
    for (let round = 0; round < 4; round++) {
      await stripe.webhooks.settled();
      await desk.idle();
    }
  };
  const tokenFor = (user: string): string => {
    const link = desk
      .chat(user)
      .map(({ card }) => payLinkOn(card))
      .findLast((url) => url !== undefined);
    if (link === undefined) throw new Error(`${user} has no pay link`);
    return link.split("/").at(-1) ?? "";
  };
  const openLink = (user: string) => openCheckout(parts, tokenFor(user));

  return {
    desk,
    stripe,
    openLink,
    openToken: (token) => openCheckout(parts, token),
    async pay(user, card) {
      const page = await openLink(user);
      if (page.to !== "checkout") throw new Error(`the pay link leads to ${page.to}`);
      const location = await stripe.pay(page.url, card);
      await settled();
      return location;
    },
    async comeBack(location) {
      const { pathname } = new URL(location);
      await fetch(`${address}${pathname}`);
      await settled();
    },
    settled,
    payments: (bookingId) => desk.store.read.payments.list(bookingId),
  };
}

/** The address of a card's pay link. */
export function payLinkOn(card: Card): string | undefined {
  const buttons = card.parts.flatMap((part) => (part.type === "buttons" ? part.buttons : []));
  const urls = buttons.flatMap(({ action }) => ("url" in action ? [action.url] : []));
  return urls.find((url) => url.includes("/pay/"));
}
