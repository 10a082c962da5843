import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openStripe } from "../../../adapters/stripe/payments.ts";
import type { LinkOrder, PaymentLink, Payments } from "../../../src/ports/payments.ts";
import { type FakeStripe, startFakeStripe } from "../../support/stripe/fake-stripe.ts";
import { cards } from "../../support/stripe/ledger.ts";

const now = Date.parse("2026-03-02T08:00:00Z");
const minute = 60_000;

let stripe: FakeStripe;
let payments: Payments;
let nowMs: number;

beforeEach(async () => {
  nowMs = now;
  stripe = await startFakeStripe(() => nowMs);
  onTestFinished(stripe.close);
  payments = openStripe(stripe.settings);
});

function order(but: Partial<LinkOrder> = {}): LinkOrder {
  return {
    key: "bk_1:link:1",
    paymentId: "py_1",
    amountMinor: 9000,
    currency: "EUR",
    title: "First visit",
    expiresAtMs: now + 60 * minute,
    paidUrl: "https://desk.example/pay/t/paid",
    backUrl: "https://desk.example/pay/t/back",
    ...but,
  };
}

async function link(but: Partial<LinkOrder> = {}): Promise<PaymentLink> {
  const made = await payments.createLink(order(but));
  if (!made.ok) throw new Error(made.error);
  return made.outcome;
}

async function authorised(card: string = cards.good): Promise<{ sessionId: string; intentId: string }> {
  const { sessionId, url } = await link();
  await stripe.pay(url, card);
  const state = await payments.state(sessionId);
  if (!state.ok || state.seen.is !== "authorised") throw new Error("not authorised");
  return { sessionId, intentId: state.seen.intentId };
}

describe("a checkout", () => {
  test("shows the neutral name and the amount, authorises first and takes cards only", async () => {
    const { sessionId } = await link();
    expect(stripe.ledger.sessions.get(sessionId)).toMatchObject({
      title: "First visit",
      amount: 9000,
      currency: "eur",
    });
    expect(await payments.state(sessionId)).toEqual({ ok: true, seen: { is: "open" } });
  });

  test("a repeated request with the same key returns the same checkout; the same key with other values is an error", async () => {
    const first = await link();
    nowMs += 45 * minute; // the same order is now below the provider's minimum lifetime, but it was made before
    expect(await link()).toEqual(first);
    expect(await payments.createLink(order({ amountMinor: 9001 }))).toMatchObject({ ok: false, again: false });
    expect(stripe.ledger.sessions.size).toBe(1);
  });

  test("whose answer was lost is found again by its key", async () => {
    stripe.failNext("lost");
    stripe.failNext("lost");
    expect(await payments.createLink(order())).toMatchObject({ ok: false, again: true });
    await link();
    expect(stripe.ledger.sessions.size).toBe(1);
  });

  test.each([29, 25 * 60])("that would expire in %i minutes is refused permanently", async (minutes) => {
    const made = await payments.createLink(order({ expiresAtMs: now + minutes * minute }));
    expect(made).toMatchObject({ ok: false, again: false });
  });

  test("is expired on request, and a second request returns the same", async () => {
    const { sessionId } = await link();
    expect(await payments.expireLink(sessionId)).toEqual({ ok: true, outcome: "expired" });
    expect(await payments.expireLink(sessionId)).toEqual({ ok: true, outcome: "expired" });
    expect(await payments.state(sessionId)).toEqual({ ok: true, seen: { is: "expired" } });
  });

  test("that was paid before the request to expire it returns that it was paid", async () => {
    const { sessionId } = await authorised();
    expect(await payments.expireLink(sessionId)).toEqual({ ok: true, outcome: "already_paid" });
  });

  test("stays open after a declined card", async () => {
    const { sessionId, url } = await link();
    expect(await stripe.pay(url, cards.declined)).toBe(undefined);
    expect(await payments.state(sessionId)).toEqual({ ok: true, seen: { is: "open" } });
    expect(await stripe.pay(url)).toBe("https://desk.example/pay/t/paid");
  });
});

describe("an authorisation", () => {
  test("has the provider's own capture deadline (V5)", async () => {
    const { sessionId, intentId } = await authorised(cards.shortAuthorisation);
    expect(await payments.state(sessionId)).toEqual({
      ok: true,
      seen: {
        is: "authorised",
        intentId,
        amountMinor: 9000,
        currency: "EUR",
        captureBeforeMs: now + 2 * 24 * 60 * minute,
      },
    });
  });

  test("is captured once, however often the request is repeated or fails (V3)", async () => {
    const { sessionId, intentId } = await authorised();
    stripe.failNext("lost", "capture");
    stripe.failNext("lost", "capture");
    await payments.capture(intentId);
    expect(await payments.capture(intentId)).toEqual({ ok: true, outcome: "paid" });
    expect(await openStripe(stripe.settings).capture(intentId)).toEqual({ ok: true, outcome: "paid" });
    expect(stripe.ledger.intents.get(intentId)?.captures).toBe(1);
    expect(await payments.state(sessionId)).toEqual({
      ok: true,
      seen: { is: "paid", intentId, amountMinor: 9000, currency: "EUR" },
    });
  });

  test("that expired, was released, or is refused by the bank can no longer be captured", async () => {
    const lapsed = await authorised();
    nowMs += 8 * 24 * 60 * minute;
    expect(await payments.capture(lapsed.intentId)).toEqual({ ok: true, outcome: "too_late" });
    expect(await payments.state(lapsed.sessionId)).toMatchObject({ seen: { is: "cancelled" } });
  });

  test("that the bank refuses at the capture can no longer be captured either", async () => {
    const { intentId } = await authorised(cards.refusesCapture);
    expect(await payments.capture(intentId)).toEqual({ ok: true, outcome: "too_late" });
    expect(stripe.money().captured).toBe(0);
  });

  test("is released, also when asked twice; if already captured it returns that", async () => {
    const { intentId } = await authorised();
    expect(await payments.release(intentId)).toEqual({ ok: true, outcome: "released" });
    expect(await payments.release(intentId)).toEqual({ ok: true, outcome: "released" });
    expect(await payments.capture(intentId)).toEqual({ ok: true, outcome: "too_late" });
    expect(stripe.money()).toEqual({ captured: 0, refunded: 0, authorised: 0 });
  });

  test("that was captured cannot be released", async () => {
    const { intentId } = await authorised();
    await payments.capture(intentId);
    expect(await payments.release(intentId)).toEqual({ ok: true, outcome: "already_paid" });
  });
});

describe("a refund", () => {
  test("with one key is made once; the rest may follow with another key, and no more (V3)", async () => {
    const { intentId } = await authorised();
    await payments.capture(intentId);
    const part = { currency: "EUR", key: "bk_1:refund:1", intentId, amountMinor: 4000 };
    expect(await payments.refund(part)).toEqual({ ok: true, outcome: "refunded" });
    expect(await payments.refund(part)).toEqual({ ok: true, outcome: "refunded" });
    expect(stripe.money().refunded).toBe(4000);
    await payments.refund({ ...part, key: "bk_1:refund:2", amountMinor: 5000 });
    const more = await payments.refund({ ...part, key: "bk_1:refund:3" });
    expect(more).toEqual({ ok: true, outcome: "already_refunded" });
    expect(stripe.money().refunded).toBe(9000);
  });
});

describe("the state of a refund", () => {
  test.each([
    ["succeeded", { ok: true, outcome: "refunded" }, 9000],
    // A card's refund may stay pending for days.
    ["pending", { ok: true, outcome: "refunded" }, 9000],
    ["failed", { ok: false, again: true }, 0],
    ["canceled", { ok: false, again: true }, 0],
  ] as const)("%s: %j", async (status, outcome, refunded) => {
    const { intentId } = await authorised();
    await payments.capture(intentId);
    stripe.answerRefunds(status);
    const answer = await payments.refund({ key: "bk_1:refund:1", intentId, amountMinor: 9000, currency: "EUR" });
    expect(answer).toMatchObject(outcome);
    expect(stripe.money().refunded).toBe(refunded);
  });
});

describe("trouble", () => {
  test("a 404 without an error body, which the library reads as a success, is treated as a failure (V7)", async () => {
    const { sessionId, intentId } = await authorised();
    for (const ask of [
      () => payments.createLink(order({ key: "other" })),
      () => payments.expireLink(sessionId),
      () => payments.capture(intentId),
      () => payments.release(intentId),
      () => payments.state(sessionId),
      () => payments.refund({ key: "k", intentId, amountMinor: 1, currency: "EUR" }),
    ]) {
      stripe.failNext("bare-404");
      expect(await ask()).toMatchObject({ ok: false, again: true });
    }
  });

  test("a failure of the provider is retried, a wrong key is not", async () => {
    stripe.failNext(500);
    stripe.failNext(500);
    expect(await payments.createLink(order())).toMatchObject({ ok: false, again: true });
    stripe.failNext(429);
    expect(await payments.createLink(order())).toMatchObject({ ok: false, again: true, afterMs: 1000 });
    const stranger = openStripe({ ...stripe.settings, secretKey: "sk_test_other" });
    expect(await stranger.createLink(order())).toMatchObject({ ok: false, again: false });
  });

  test("an unreachable provider is retried", async () => {
    const nowhere = openStripe({ ...stripe.settings, apiUrl: "http://127.0.0.1:9" });
    expect(await nowhere.createLink(order())).toMatchObject({ ok: false, again: true });
  });
});

describe("a webhook", () => {
  const body = (livemode = false) =>
    Buffer.from(
      JSON.stringify({ id: "evt_1", type: "x", livemode, data: { object: { metadata: { payment: "py_1" } } } }),
    );

  test("returns our payment's id and whether it is live, and nothing else", async () => {
    await authorised();
    const [notice] = stripe.webhooks.notices;
    const raw = Buffer.from(notice?.body ?? "");
    expect(payments.parseWebhook(raw, signed(raw, stripe.webhooks.secret), now)).toEqual({
      eventId: notice?.id,
      type: "payment_intent.amount_capturable_updated",
      live: false,
      paymentId: "py_1",
    });
  });

  test("signed with either of two secrets is accepted, with a third it is not (V6)", () => {
    const both = openStripe({ ...stripe.settings, webhookSecrets: ["whsec_new", "whsec_old"] });
    for (const secret of ["whsec_new", "whsec_old"])
      expect(both.parseWebhook(body(), signed(body(), secret), now)?.eventId).toBe("evt_1");
    expect(both.parseWebhook(body(), signed(body(), "whsec_third"), now)).toBe(undefined);
  });

  test.each([
    ["none", ""],
    ["nonsense", "t=1,v1=00"],
    ["for another body", signed(Buffer.from("{}"), "whsec_new")],
    ["with an old timestamp", signed(body(), "whsec_new", now - 10 * minute)],
    ["six minutes ahead (R11)", signed(body(), "whsec_new", now + 6 * minute)],
  ])("with a signature that is %s is rejected", (_, signature) => {
    const desk = openStripe({ ...stripe.settings, webhookSecrets: ["whsec_new"] });
    expect(desk.parseWebhook(body(), signature, now)).toBe(undefined);
  });
});

function signed(raw: Buffer, secret: string, atMs = now): string {
  const at = Math.floor(atMs / 1000);
  return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${raw}`).digest("hex")}`;
}

test.each([
  ["EUR", 9000, 9000],
  ["JPY", 9000, 9000],
  ["HUF", 900_000, 900_000],
  // The desk counts whole krónur and shillings, Stripe hundredths; for ariary it is the reverse.
  ["ISK", 9000, 900_000],
  ["UGX", 9000, 900_000],
  ["MGA", 900_000, 9000],
])(
  "an amount of %s is requested, reported, captured and refunded in Stripe's own units",
  async (currency, ours, theirs) => {
    const { sessionId, url } = await link({ amountMinor: ours, currency });
    expect(stripe.ledger.sessions.get(sessionId)).toMatchObject({ amount: theirs, currency: currency.toLowerCase() });
    await stripe.pay(url);
    const state = await payments.state(sessionId);
    expect(state).toMatchObject({ ok: true, seen: { is: "authorised", amountMinor: ours, currency } });
    if (!state.ok || state.seen.is !== "authorised") throw new Error("not authorised");
    const { intentId } = state.seen;
    await payments.capture(intentId);
    expect(await payments.state(sessionId)).toMatchObject({ ok: true, seen: { is: "paid", amountMinor: ours } });
    await payments.refund({ key: "bk_1:refund:1", intentId, amountMinor: ours, currency });
    expect(stripe.money()).toEqual({ captured: theirs, refunded: theirs, authorised: 0 });
  },
);
