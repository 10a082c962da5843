import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { instant } from "../clock.ts";
import { fillBooks, look, testFolder } from "../desk-files.ts";
import { type DeskProcess, freePort, startDesk } from "../desk-process.ts";
import { type DeskWindow, openWindow } from "../desk-window.ts";
import { until } from "../until.ts";
import { type FakeStripe, startFakeStripe } from "./fake-stripe.ts";

const monday = "2026-03-02T08:00:00Z";

/** A desk process, Stripe's double, and a browser window with a signed-in client. */
export interface PaidJourney extends DeskWindow {
  readonly desk: DeskProcess;
  readonly stripe: FakeStripe;
  readonly file: string;
  /** Every payment's state, read directly from the database. */
  states(): readonly unknown[];
  /** Resolves when the double's totals match. */
  money(wanted: Partial<ReturnType<FakeStripe["money"]>>): Promise<void>;
  /** Books a first visit on Wednesday at 10:00 up to the payment. */
  toPayment(): Promise<void>;
  /** Opens the payment link on the card. Returns the checkout page. */
  openCheckout(): Promise<Page>;
  /** Pays on the checkout page. */
  payOn(checkout: Page, card?: string): Promise<void>;
}

/** For the running test only. */
export async function startPaidJourney(as = "Ana Alves"): Promise<PaidJourney> {
  const stripe = await startFakeStripe();
  onTestFinished(stripe.close);
  const file = join(testFolder(), "desk.db");
  const yaml = readFileSync(new URL("../practices/harbour-paid.yaml", import.meta.url), "utf8");
  await fillBooks(file, [yaml], instant(monday));
  const port = await freePort();
  const { secretKey, webhookSecrets, apiUrl } = stripe.settings;
  const env = {
    STRIPE_SECRET_KEY: secretKey,
    // A rotated secret is still configured.
    STRIPE_WEBHOOK_SECRET: `whsec_before,${webhookSecrets.join(",")}`,
    STRIPE_API_URL: apiUrl ?? "",
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
  const desk = await startDesk({ file, port }, { clock: monday, env, bundled: true });
  stripe.webhooks.endpoint = `${desk.address}/stripe/webhook`;
  const window = await openWindow(desk, { as });
  const { client, context } = window;

  return {
    ...window,
    desk,
    stripe,
    file,
    states: () => look(file, (books) => books.prepare("select state from payments order by attempt").pluck().all()),
    money: (wanted) =>
      until(`the totals are ${JSON.stringify(wanted)}`, () => {
        const now: Record<string, number> = { ...stripe.money() };
        return Object.entries(wanted).every(([name, minor]) => now[name] === minor);
      }),
    async toPayment() {
      await client.press(`Hello ${as}`, "Request a session");
      await client.press("What would you like to book?", "First visit");
      await client.showDay("Wed 4 Mar");
      await client.press("When suits you?", "10:00");
      await client.card("Payment").waitFor();
    },
    async openCheckout() {
      const opened = context.waitForEvent("page");
      await client.card("Payment").getByRole("link", { name: "Pay €90.00" }).click();
      const checkout = await opened;
      await checkout.getByRole("heading", { name: "Checkout" }).waitFor();
      expect(new URL(checkout.url()).origin).toBe(stripe.url);
      return checkout;
    },
    async payOn(checkout, card = "4242 4242 4242 4242") {
      await checkout.getByLabel("Card number").fill(card);
      await checkout.getByRole("button", { name: "Pay" }).click();
    },
  };
}
