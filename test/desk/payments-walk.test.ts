import fc from "fast-check";
import { expect, test } from "vitest";
import { eventButtons, isLive } from "../../src/cards/card.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Payment } from "../../src/domain/payment.ts";
import { cards } from "../support/stripe/ledger.ts";
import { openPaidQuay, type PaidDesk, paidQuay, payLinkOn } from "./paid-quay.ts";
import { bookingsOf, rows } from "./quay.ts";

// Whatever people, the clock, the provider and the network do: the money matches the bookings.

type Step =
  | { readonly do: "go on"; readonly user: "ana" | "maya"; readonly pick: number }
  | { readonly do: "the main thing"; readonly user: "ana" | "maya" }
  | { readonly do: "book"; readonly service: "Talk" | "Quick" | "Duo" }
  | { readonly do: "pay"; readonly card: string }
  | { readonly do: "open" }
  | { readonly do: "cancel"; readonly user: "ana" | "maya" }
  | { readonly do: "wait"; readonly minutes: number }
  | { readonly do: "fault"; readonly fault: 429 | 500 | "lost" | "bare-404" }
  | { readonly do: "line"; readonly way: "deliver" | "lose" | "twice" | "hold" }
  | { readonly do: "flush" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("go on" as const),
      user: fc.constantFrom("ana" as const, "maya" as const),
      pick: fc.nat(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("book" as const),
      service: fc.constantFrom("Talk" as const, "Quick" as const, "Duo" as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("pay" as const),
      card: fc.constantFrom(cards.good, cards.good, cards.declined, cards.refusesCapture),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("open" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("cancel" as const),
      user: fc.constantFrom("ana" as const, "maya" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(1, 3, 11, 65, 1_500) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("fault" as const),
      fault: fc.constantFrom(429 as const, 500 as const, "lost" as const, "bare-404" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("line" as const),
      way: fc.constantFrom("deliver" as const, "lose" as const, "twice" as const, "hold" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("flush" as const) }) },
);

const theMainThing: fc.Arbitrary<Step> = fc.record({
  do: fc.constant("the main thing" as const),
  user: fc.constantFrom("ana" as const, "maya" as const),
});

async function take({ desk, stripe, openLink, settled }: PaidDesk, one: Step): Promise<void> {
  switch (one.do) {
    case "go on": {
      const shown = desk.chat(one.user).findLast(({ card }) => isLive(card));
      const buttons = (shown?.card.parts ?? []).flatMap((part) =>
        part.type === "inputs"
          ? [part.submit]
          : part.type === "buttons" && part.role !== "navigation"
            ? part.buttons
            : [],
      );
      const events = buttons.flatMap(({ action }) => ("event" in action ? [action.event] : []));
      const event = events[one.pick % Math.max(1, events.length)];
      if (shown === undefined || event === undefined) return;
      await desk.forge(one.user, { talkId: shown.talkId, revision: shown.revision, event, values: { reason: "Away" } });
      return;
    }
    case "the main thing": {
      const shown = desk.chat(one.user).findLast(({ card }) => isLive(card));
      const main = shown && eventButtons(shown.card).find(({ style }) => style === "primary");
      if (shown === undefined || main === undefined) return;
      await desk.forge(one.user, { talkId: shown.talkId, revision: shown.revision, event: main.action.event });
      return;
    }
    case "book":
      await desk.say("ana", "book");
      await desk.say("ana", one.service);
      await desk.say("ana", "1");
      await desk.say("ana", "1");
      return;
    case "open":
      if (desk.chat("ana").some(({ card }) => payLinkOn(card) !== undefined)) await openLink("ana");
      return;
    case "pay": {
      if (!desk.chat("ana").some(({ card }) => payLinkOn(card) !== undefined)) return;
      const page = await openLink("ana");
      if (page.to === "checkout") await stripe.pay(page.url, one.card);
      return;
    }
    case "cancel":
      await desk.say(one.user, "cancel my session");
      await desk.say(one.user, "1");
      await desk.say(one.user, "yes, cancel it");
      return;
    case "wait":
      await desk.advance(new Date(desk.clock.now() + one.minutes * 60_000).toISOString());
      return;
    case "fault":
      stripe.failNext(one.fault);
      return;
    case "line":
      stripe.webhooks.way = one.way;
      return;
    case "flush":
      await stripe.webhooks.flush("backwards");
      await settled();
      return;
    default:
      one satisfies never;
  }
}

/** Lets all pending work finish. */
async function finishPending({ desk, stripe, settled }: PaidDesk): Promise<void> {
  stripe.webhooks.way = "deliver";
  await stripe.webhooks.flush();
  for (let round = 0; round < 8; round++) {
    await desk.advance(new Date(desk.clock.now() + 20 * 60_000).toISOString());
    await settled();
  }
}

const ever: readonly Booking["status"][] = ["confirmed", "completed", "no_show", "cancelled", "late_cancelled"];

async function check({ desk, stripe }: PaidDesk): Promise<void> {
  const bookings = new Map((await bookingsOf(desk, "ana")).map((booking) => [booking.id, booking]));
  const payments: Payment[] = [];
  for (const { id } of rows(desk, "payments")) {
    const payment = await desk.store.read.payments.find(String(id));
    if (payment !== undefined) payments.push(payment);
  }
  const byIntent = new Map(payments.map((payment) => [payment.intentId, payment]));
  for (const intent of stripe.ledger.intents.values()) {
    const payment = byIntent.get(intent.id);
    const booking = bookings.get(payment?.bookingId ?? "");
    const net = intent.received - intent.refunded;
    expect(intent.captures, "each payment is captured once").toBeLessThanOrEqual(1);
    const told =
      payment?.state === "paid" || payment?.state === "refunded" ? payment.amountMinor - payment.refundedMinor : 0;
    expect(net, "the provider and the books agree").toBe(payment?.by === "hand" ? 0 : told);
    if (net > 0) expect(ever, "no client is charged for a session that was not confirmed").toContain(booking?.status);
    if (intent.status === "requires_capture")
      expect(["held", "requested", "proposed"], "no authorisation outlives its booking (D4.8)").toContain(
        booking?.status,
      );
  }
  for (const booking of bookings.values()) {
    const paid = payments.filter(({ bookingId, state }) => bookingId === booking.id && state === "paid");
    expect(paid.length, "a session is paid once").toBeLessThanOrEqual(1);
    if (booking.frozen.payment === "at_request" && booking.status === "confirmed") expect(paid).toHaveLength(1);
    if (booking.status === "cancelled") expect(paid, "a cancellation in time refunds everything").toEqual([]);
  }
  expect(rows(desk, "outbox").filter(({ kind, state }) => kind === "payment" && state === "dead")).toEqual([]);
}

test("after any sequence of operations, captures less refunds match the bookings", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(step, theMainThing), { minLength: 10, maxLength: 40 }), async (steps) => {
      const paid = await openPaidQuay({
        practice: paidQuay.replace("  minimumNoticeMinutes: 120", "  minimumNoticeMinutes: 120\n  horizonDays: 14"),
      });
      for (const user of ["ana", "maya"]) await paid.desk.open(user);
      for (const one of [{ do: "book", service: "Talk" } as const, { do: "pay", card: cards.good } as const, ...steps])
        await take(paid, one);
      await finishPending(paid);
      await check(paid);
    }),
    { numRuns: Number(process.env.WALKS ?? 5) },
  );
});
