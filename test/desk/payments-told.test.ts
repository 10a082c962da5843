import { describe, expect, test } from "vitest";
import { openPaidQuay, type PaidDesk, payLinkOn } from "./paid-quay.ts";
import { bookingsOf, buttonsOn, hold, rows, titleOf, wordsOn } from "./quay.ts";

const talk = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };

/** Ana is on the payment step with the checkout open; returns the page's address. */
async function checkout(options: Parameters<typeof openPaidQuay>[0] = {}) {
  const paid = await openPaidQuay(options);
  await hold(paid.desk, "ana", talk);
  const page = await paid.openLink("ana");
  if (page.to !== "checkout") throw new Error("no checkout");
  return { ...paid, url: page.url };
}

/** The state of each payment, and the number of captures the provider was asked for. */
async function standing({ desk, stripe, settled }: PaidDesk) {
  await settled();
  const states = rows(desk, "payments").map(({ state }) => state);
  return { states, captures: stripe.asked.filter((line) => line.endsWith("/capture")).length };
}

describe("webhooks are only hints (D5.4, V1)", () => {
  test("delivered twice, a webhook changes nothing", async () => {
    const paid = await checkout();
    paid.stripe.webhooks.way = "twice";
    await paid.stripe.pay(paid.url);
    expect(await standing(paid)).toEqual({ states: ["authorised"], captures: 0 });
    expect(titleOf(paid.desk, "ana")).toBe("Please check everything");
    expect(rows(paid.desk, "payment_events")).toHaveLength(
      new Set(paid.stripe.webhooks.notices.map(({ id }) => id)).size,
    );
    expect(paid.stripe.webhooks.answers.every((status) => status === 204)).toBe(true);
  });

  test("out of order, webhooks lead to the same result", async () => {
    const paid = await checkout();
    paid.stripe.webhooks.way = "hold";
    await paid.stripe.pay(paid.url);
    await paid.comeBack("http://desk.example/pay/none/paid");
    await paid.desk.advance("2026-03-02T08:03+00:00");
    await paid.desk.press("ana", "Confirm & book");
    await paid.desk.press("maya", "Confirm");
    await paid.settled();
    await paid.stripe.webhooks.flush("backwards");
    expect(await standing(paid)).toEqual({ states: ["paid"], captures: 1 });
    expect(titleOf(paid.desk, "ana")).toBe("Your session is confirmed");
  });

  test("lost, the desk asks the provider after two minutes", async () => {
    const paid = await checkout();
    paid.stripe.webhooks.way = "lose";
    await paid.stripe.pay(paid.url);
    await paid.settled();
    expect(titleOf(paid.desk, "ana")).toBe("Payment");
    await paid.desk.advance("2026-03-02T08:02+00:00");
    expect(titleOf(paid.desk, "ana")).toBe("Please check everything");
  });

  test("lost, the redirect back to the desk makes it ask the provider", async () => {
    const paid = await checkout();
    paid.stripe.webhooks.way = "lose";
    const location = (await paid.stripe.pay(paid.url)) ?? "";
    await paid.comeBack(location);
    expect(titleOf(paid.desk, "ana")).toBe("Please check everything");
  });

  test.each(["I have paid", "paid", "done"])(
    "lost, the client's word “%s” makes it ask the provider",
    async (words) => {
      const paid = await checkout();
      paid.stripe.webhooks.way = "lose";
      await paid.stripe.pay(paid.url);
      await paid.desk.say("ana", words);
      await paid.settled();
      expect(titleOf(paid.desk, "ana")).toBe("Please check everything");
    },
  );

  test("the client's word alone proves nothing", async () => {
    const paid = await checkout();
    await paid.desk.press("ana", "I have paid");
    await paid.settled();
    expect(titleOf(paid.desk, "ana")).toBe("Payment");
    expect(wordsOn(paid.desk.newest("ana"))).toContain("No payment has arrived yet.");
    await paid.comeBack(`${payLinkOn(paid.desk.newest("ana"))}/paid`);
    expect(titleOf(paid.desk, "ana")).toBe("Payment");
  });

  test("forged, old or unsigned webhooks get 400 and nothing is stored (V6)", async () => {
    const paid = await checkout();
    paid.stripe.webhooks.way = "hold";
    await paid.stripe.pay(paid.url);
    const [notice] = paid.stripe.webhooks.notices;
    if (notice === undefined) throw new Error("nothing to tell");
    const tenMinutesAgo = paid.desk.clock.realNow() - 600_000;
    expect(await paid.stripe.webhooks.send(notice, { secret: "whsec_forged" })).toBe(400);
    expect(await paid.stripe.webhooks.send(notice, { atMs: tenMinutesAgo })).toBe(400);
    const unsigned = await fetch(paid.stripe.webhooks.endpoint ?? "", { method: "POST", body: notice.body });
    expect(unsigned.status).toBe(400);
    expect(rows(paid.desk, "payment_events")).toEqual([]);
    expect(await standing(paid)).toEqual({ states: ["link_sent"], captures: 0 });
  });

  test("a genuine webhook with false content changes nothing: the desk asks the provider", async () => {
    const paid = await checkout();
    const payment = rows(paid.desk, "payments")[0]?.id;
    const object = { id: "cs_x", status: "complete", payment_status: "paid", metadata: { payment } };
    const body = JSON.stringify({
      id: "evt_lie",
      type: "checkout.session.completed",
      livemode: false,
      data: { object },
    });
    expect(await paid.stripe.webhooks.send({ id: "evt_lie", type: "", body })).toBe(204);
    expect(await standing(paid)).toEqual({ states: ["link_sent"], captures: 0 });
  });

  test.each([
    ["of the other mode, live or test", { livemode: true }],
    ["about an unknown payment", { data: { object: { id: "cs_other" } } }],
  ])("a webhook %s is accepted and ignored", async (_, but) => {
    const paid = await checkout();
    const payment = rows(paid.desk, "payments")[0]?.id;
    const object = { metadata: { payment } };
    const body = JSON.stringify({ id: "evt_1", type: "x", livemode: false, data: { object }, ...but });
    expect(await paid.stripe.webhooks.send({ id: "evt_1", type: "", body })).toBe(204);
    expect(rows(paid.desk, "payment_events")).toEqual([]);
  });
});

describe("a declined card", () => {
  test("leaves the checkout open for another card, and no request is sent", async () => {
    const paid = await checkout();
    await paid.stripe.pay(paid.url, "4000000000000002");
    await paid.settled();
    expect(titleOf(paid.desk, "ana")).toBe("Payment");
    await paid.stripe.pay(paid.url);
    await paid.settled();
    expect(titleOf(paid.desk, "ana")).toBe("Please check everything");
    expect(paid.stripe.ledger.intents.size).toBe(1);
  });
});

describe("without a payment provider", () => {
  test("the session is booked and paid at the practice, and the review says so", async () => {
    const { openTestDesk } = await import("../support/desk.ts");
    const { paidQuay } = await import("./paid-quay.ts");
    const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice: paidQuay });
    await hold(desk, "ana", talk);
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    expect(wordsOn(desk.newest("ana"))).toContain("€90.00, to be paid at the practice. Nothing is charged here.");
    await desk.press("ana", "Confirm & book");
    const [booking] = await bookingsOf(desk, "ana");
    expect(booking?.frozen.payment).toBe("at_practice");
    expect(buttonsOn(desk.newest("maya"))).toContain("Confirm");
  });
});
