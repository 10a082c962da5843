import { describe, expect, test } from "vitest";
import type { Booking } from "../../src/domain/booking.ts";
import { cards } from "../support/stripe/ledger.ts";
import { openPaidQuay, payLinkOn } from "./paid-quay.ts";
import { bookingsOf, buttonsOn, hold, reread, rows, titleOf, wordsOn } from "./quay.ts";

const talk = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };
const quick = { service: "Quick", day: "Wed 4 Mar", time: "10:00" };
const nothing = { captured: 0, refunded: 0, authorised: 0 };
const onCard = { captured: 0, refunded: 0, authorised: 9000 };
const taken = { captured: 9000, refunded: 0, authorised: 0 };

async function only(desk: Parameters<typeof bookingsOf>[0], client = "ana"): Promise<Booking> {
  const [booking, ...more] = await bookingsOf(desk, client);
  if (booking === undefined || more.length > 0) throw new Error("not one booking");
  return booking;
}

/** Ana has paid for a talk and sent her request. */
async function requested(options: Parameters<typeof openPaidQuay>[0] = {}, card?: string) {
  const paid = await openPaidQuay(options);
  await hold(paid.desk, "ana", talk);
  await paid.pay("ana", card);
  await paid.desk.press("ana", "Confirm & book");
  return { ...paid, booking: await only(paid.desk) };
}

describe("paid with the request (D5.4)", () => {
  test("the card shows the amount and what happens, before the review; typed words pay nothing", async () => {
    const { desk } = await openPaidQuay();
    await hold(desk, "ana", talk);
    expect(titleOf(desk, "ana")).toBe("Payment");
    expect(wordsOn(desk.newest("ana"))).toContain(
      "€90.00 is reserved on your card now, and charged only when Maya Lee confirms.",
    );
    expect(buttonsOn(desk.newest("ana"))).toEqual(["Pay €90.00", "I have paid", "Change time", "Back", "Start over"]);
    await desk.say("ana", "yes");
    expect(titleOf(desk, "ana")).toBe("Payment");
  });

  test("the practitioner is notified only when it is authorised and sent (D5.5)", async () => {
    const { desk, stripe, pay } = await openPaidQuay();
    await hold(desk, "ana", talk);
    await pay("ana");
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    expect(wordsOn(desk.newest("ana"))).toContain(
      "€90.00 is reserved on your card and charged when Maya Lee confirms.",
    );
    expect(desk.chat("maya")).toEqual([]);
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "maya")).toBe("A session request");
    expect(wordsOn(desk.newest("maya"))).toContain("Payment: €90.00 reserved, charged when you confirm");
    expect(stripe.money()).toEqual(onCard);
  });

  test("on Confirm the money is captured once, and the capture confirms the booking", async () => {
    const { desk, stripe, booking, payments, settled } = await requested();
    stripe.failNext(500, "capture");
    stripe.failNext(500, "capture");
    await desk.press("maya", "Confirm");
    expect(titleOf(desk, "maya")).toBe("Taking the payment…");
    expect(buttonsOn(desk.newest("maya"))).toEqual([]);
    expect(titleOf(desk, "ana")).toBe("Taking the payment…");
    expect((await reread(desk, booking)).status).toBe("requested");
    await desk.advance("2026-03-02T08:01+00:00");
    await settled();
    expect((await reread(desk, booking)).status).toBe("confirmed");
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
    expect(titleOf(desk, "maya")).toBe("Confirmed");
    expect(stripe.money()).toEqual(taken);
    expect((await payments(booking.id)).map(({ state }) => state)).toEqual(["paid"]);
  });

  test("during the capture nothing else happens to it: no decline, no withdrawal, no second confirm, no deadline", async () => {
    const { desk, stripe, booking, settled } = await requested();
    for (let tries = 0; tries < 40; tries++) stripe.failNext(500, "capture");
    const before = desk.chat("maya").at(-1);
    await desk.press("maya", "Confirm");
    if (before === undefined) throw new Error("no card");
    for (const event of [{ type: "confirm.chosen" }, { type: "decline.chosen" }])
      await desk.forge("maya", { talkId: before.talkId, revision: before.revision, event });
    await desk.advance("2026-03-03T08:30+00:00");
    await settled();
    expect((await reread(desk, booking)).status).toBe("requested");
    expect(stripe.money()).toEqual(onCard);
  });

  test.each([
    [
      "declined",
      async (desk) => {
        await desk.press("maya", "Decline");
        await desk.press("maya", "Decline");
      },
    ],
    [
      "withdrawn",
      async (desk) => {
        await desk.press("ana", "Withdraw request");
        await desk.press("ana", "Yes, withdraw it");
      },
    ],
    ["expired", (desk) => desk.advance("2026-03-03T08:00+00:00")],
  ] as readonly (readonly [string, (desk: Awaited<ReturnType<typeof requested>>["desk"]) => Promise<unknown>])[])(
    "%s, the authorisation is released (D4.8)",
    async (status, act) => {
      const { desk, stripe, booking, payments, settled } = await requested();
      await act(desk);
      await settled();
      expect((await reread(desk, booking)).status).toBe(status);
      expect(stripe.money()).toEqual(nothing);
      expect((await payments(booking.id)).map(({ state }) => state)).toEqual(["released"]);
    },
  );

  test("abandoned after paying, the authorisation is released with the draft", async () => {
    const { desk, stripe, pay, settled } = await openPaidQuay();
    await hold(desk, "ana", talk);
    await pay("ana");
    await desk.press("ana", "Start over");
    await settled();
    expect(stripe.money()).toEqual(nothing);
    expect(await bookingsOf(desk, "ana")).toEqual([]);
  });

  test("an automatically confirmed service is captured at once and confirmed by it; then its practitioner is notified", async () => {
    const { desk, stripe, pay, settled } = await openPaidQuay();
    await hold(desk, "ana", quick);
    expect(wordsOn(desk.newest("ana"))).toContain("charged when you confirm the booking");
    await pay("ana");
    for (let tries = 0; tries < 2; tries++) stripe.failNext(503, "capture");
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "ana")).toBe("Taking the payment…");
    expect(desk.chat("maya")).toEqual([]);
    await desk.advance("2026-03-02T08:01+00:00");
    await settled();
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
    expect(titleOf(desk, "maya")).toBe("A new session");
    expect(stripe.money()).toEqual(taken);
  });

  test("a bank that refuses the capture: the client pays again, and that confirms it", async () => {
    const { desk, stripe, booking, pay, payments, settled } = await requested({}, cards.refusesCapture);
    await desk.press("maya", "Confirm");
    await settled();
    expect(titleOf(desk, "ana")).toBe("Please pay again");
    expect(wordsOn(desk.newest("ana"))).toContain("could not be charged to your card");
    expect(titleOf(desk, "maya")).toBe("Waiting for the client's payment");
    expect((await reread(desk, booking)).status).toBe("requested");
    await pay("ana");
    expect((await reread(desk, booking)).status).toBe("confirmed");
    expect(stripe.money().captured).toBe(9000);
    expect((await payments(booking.id)).map(({ state }) => state)).toEqual(["failed", "paid"]);
  });

  test("an authorisation that would expire before the deadline brings it forward, and the practitioner is notified (D5.5)", async () => {
    const practice = (await import("./paid-quay.ts")).paidQuay.replace(
      "  minimumNoticeMinutes: 120",
      "  minimumNoticeMinutes: 120\n  requests: { respondWithinMinutes: 8640 }",
    );
    const paid = await openPaidQuay({ practice });
    await hold(paid.desk, "ana", { service: "Talk", day: "Fri 6 Mar", time: "11:00" });
    await paid.pay("ana", cards.shortAuthorisation);
    await paid.desk.press("ana", "Confirm & book");
    const { respondByMs } = await only(paid.desk);
    expect(new Date(respondByMs ?? 0).toISOString()).toBe("2026-03-04T02:00:00.000Z");
    await paid.desk.advance("2026-03-03T08:00+00:00");
    expect(wordsOn(paid.desk.newest("maya"))).toContain("A reminder: this request is still waiting for you.");
    await paid.desk.advance("2026-03-04T02:00+00:00");
    await paid.settled();
    expect((await only(paid.desk)).status).toBe("expired");
    expect(paid.stripe.money()).toEqual(nothing);
  });
});

describe("the pay link", () => {
  test("is one checkout however often it is opened, and a new one after that has closed (V2)", async () => {
    const { desk, stripe, openLink } = await openPaidQuay();
    await hold(desk, "ana", talk);
    const [first, second] = [await openLink("ana"), await openLink("ana")];
    expect(second).toEqual(first);
    await Promise.all([openLink("ana"), openLink("ana")]);
    expect(stripe.ledger.sessions.size).toBe(1);
    await desk.advance("2026-03-02T09:30+00:00");
    const third = await openLink("ana");
    expect(third.to).toBe("checkout");
    expect(third).not.toEqual(first);
    expect([...stripe.ledger.sessions.values()].filter(({ status }) => status === "open")).toHaveLength(1);
  });

  test("whose answer was lost leads to the same checkout afterwards", async () => {
    const { desk, stripe, openLink } = await openPaidQuay();
    await hold(desk, "ana", talk);
    stripe.failNext("lost", "sessions");
    stripe.failNext("lost", "sessions");
    expect(await openLink("ana")).toEqual({ to: "trouble" });
    expect((await openLink("ana")).to).toBe("checkout");
    expect(stripe.ledger.sessions.size).toBe(1);
  });

  test("made up leads nowhere; paid, or for an ended request, it says so", async () => {
    const { desk, openToken, pay, settled } = await openPaidQuay();
    await hold(desk, "ana", talk);
    const token = payLinkOn(desk.newest("ana"))?.split("/").at(-1) ?? "";
    expect(await openToken("made-up")).toEqual({ to: "unknown" });
    await pay("ana");
    expect(await openToken(token)).toEqual({ to: "paid" });
    await desk.press("ana", "Confirm & book");
    await desk.press("ana", "Withdraw request");
    await desk.press("ana", "Yes, withdraw it");
    await settled();
    expect(await openToken(token)).toEqual({ to: "over" });
  });

  test("is stored sealed: a reader of the database cannot open it", async () => {
    const { desk } = await openPaidQuay();
    await hold(desk, "ana", talk);
    const token = payLinkOn(desk.newest("ana"))?.split("/").at(-1) ?? "";
    expect(token.length).toBe(40);
    expect(JSON.stringify(rows(desk, "pay_tokens"))).not.toContain(token);
  });
});

describe("a hold with an open checkout", () => {
  test("outlasts its ten minutes until the provider has closed the checkout, then is free (V4)", async () => {
    const { desk, stripe, openLink, settled } = await openPaidQuay();
    await hold(desk, "ana", talk);
    await openLink("ana");
    stripe.failNext(500, "expire");
    stripe.failNext(500, "expire");
    await desk.advance("2026-03-02T08:10+00:00");
    expect(rows(desk, "claims")).toHaveLength(1);
    await desk.advance("2026-03-02T08:11+00:00");
    await settled();
    expect(rows(desk, "claims")).toHaveLength(0);
    expect(wordsOn(desk.newest("ana"))).toContain("The time to pay ran out");
    expect(stripe.money()).toEqual(nothing);
  });

  test("paid at the last moment is kept", async () => {
    const { desk, stripe, openLink, settled } = await openPaidQuay();
    await hold(desk, "ana", talk);
    const page = await openLink("ana");
    stripe.webhooks.way = "lose";
    if (page.to === "checkout") await stripe.pay(page.url);
    await desk.advance("2026-03-02T08:10+00:00");
    await settled();
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    expect(rows(desk, "claims")).toHaveLength(1);
    expect(stripe.money()).toEqual(onCard);
  });

  test("paid as the hold expired, slot still free: it is held again", async () => {
    const { desk, stripe, openLink, settled } = await openPaidQuay();
    await hold(desk, "ana", talk);
    const page = await openLink("ana");
    await desk.store.transaction((books) => books.claims.removeHoldsOfClient("quay", "ana", ""));
    if (page.to === "checkout") await stripe.pay(page.url);
    await settled();
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    await desk.press("ana", "Confirm & book");
    expect((await only(desk)).status).toBe("requested");
  });

  test("paid as the hold expired, slot taken: the payment is released at once and the client is notified", async () => {
    const { desk, stripe, openLink, settled } = await openPaidQuay();
    await hold(desk, "ana", talk);
    const page = await openLink("ana");
    await desk.store.transaction((books) => books.claims.removeHoldsOfClient("quay", "ana", ""));
    await hold(desk, "ben", { ...talk, time: "04:00" });
    if (page.to === "checkout") await stripe.pay(page.url);
    await settled();
    expect(titleOf(desk, "ana")).toBe("That time was just taken");
    expect(wordsOn(desk.newest("ana"))).toContain("Your time was lost while you were paying. Nothing was charged");
    expect(stripe.money()).toEqual(nothing);
  });

  test("left by Change time is free when the provider has closed the checkout", async () => {
    const { desk, stripe, openLink, settled } = await openPaidQuay();
    await hold(desk, "ana", talk);
    await openLink("ana");
    await desk.press("ana", "Change time");
    await settled();
    expect(rows(desk, "claims")).toHaveLength(0);
    expect([...stripe.ledger.sessions.values()].map(({ status }) => status)).toEqual(["expired"]);
  });

  test("a slot lost between paying and Confirm & book releases the payment and says so", async () => {
    const { desk, stripe, pay, settled } = await openPaidQuay();
    await hold(desk, "ana", talk);
    await pay("ana");
    await desk.store.transaction((books) => books.claims.removeHoldsOfClient("quay", "ana", ""));
    await hold(desk, "ben", { ...talk, time: "04:00" });
    await desk.press("ana", "Confirm & book");
    await settled();
    expect(titleOf(desk, "ana")).toBe("That time was just taken");
    expect(wordsOn(desk.newest("ana"))).toContain("Nothing was charged");
    expect(stripe.money()).toEqual(nothing);
  });
});
