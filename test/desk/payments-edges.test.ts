import { describe, expect, test } from "vitest";
import { missSession, waiveCost } from "../../src/desk/booking/attendance.ts";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import { cancelBooking } from "../../src/desk/changes/cancel.ts";
import { moveBooking } from "../../src/desk/changes/move.ts";
import { undoCancellation } from "../../src/desk/changes/undo-cancellation.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import { openPaidQuay, paidQuay, payLinkOn } from "./paid-quay.ts";
import { asClient, asPractitioner, bookingsOf, buttonsOn, hold, inDesk, reread, titleOf, wordsOn } from "./quay.ts";

// Where a payment and its booking diverge: the money follows the booking.

const duo = { service: "Duo", with: "Maya Lee", day: "Wed 4 Mar", time: "09:00" };
const talk = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };
const nothing = { captured: 0, refunded: 0, authorised: 0 };
const taken = { captured: 9000, refunded: 0, authorised: 0 };

async function only(desk: Parameters<typeof bookingsOf>[0]): Promise<Booking> {
  const [booking] = await bookingsOf(desk, "ana");
  if (booking === undefined) throw new Error("no booking");
  return booking;
}

/** Ana's duo is confirmed and unpaid. */
async function confirmedDuo(practice = paidQuay) {
  const paid = await openPaidQuay({ practice });
  await hold(paid.desk, "ana", duo);
  await paid.desk.press("ana", "Confirm & book");
  await paid.desk.press("maya", "Confirm");
  return { ...paid, booking: await only(paid.desk) };
}

describe("paid after the approval", () => {
  test("a session that has taken place can still be paid: the money is captured, not released", async () => {
    const { desk, stripe, booking, openToken, settled } = await confirmedDuo();
    const link = payLinkOn(desk.newest("ana")) ?? "";
    await desk.advance("2026-03-05T10:30+00:00");
    await settled();
    expect((await reread(desk, booking)).status).toBe("completed");
    const page = await openToken(link.split("/").at(-1) ?? "");
    if (page.to !== "checkout") throw new Error("no checkout");
    await stripe.pay(page.url);
    await settled();
    expect(stripe.money()).toEqual(taken);
  });

  test.each(["moved", "cancelled and undone"])("%s, its client is still reminded to pay", async (how) => {
    const { desk, booking } = await confirmedDuo();
    if (how === "moved") {
      await desk.say("maya", "move Ana's session to Thursday 9:00");
      await desk.press("maya", "Move it");
      expect((await reread(desk, booking)).startsAtMs).toBe(instant("2026-03-05T09:00Z"));
    } else {
      const order = { late: false, reason: "Ill" };
      await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, order));
      await inDesk(desk, (inside) => undoCancellation(inside, asClient("ana"), booking.id));
    }
    await desk.advance("2026-03-03T08:00+00:00");
    const [reminded] = desk.chat("ana").slice(-1);
    expect(reminded?.card.title).toBe("Your session is confirmed");
    expect(reminded && payLinkOn(reminded.card)).not.toBe(undefined);
  });
});

describe("a paid draft", () => {
  test("is released two hours later if it was never sent", async () => {
    const { desk, stripe, pay, settled, payments } = await openPaidQuay();
    await hold(desk, "ana", talk);
    await pay("ana");
    const draft = await only(desk);
    await desk.advance("2026-03-02T09:59+00:00");
    await settled();
    expect(stripe.money().authorised).toBe(9000);
    await desk.advance("2026-03-02T10:00+00:00");
    await settled();
    expect(stripe.money()).toEqual(nothing);
    expect((await payments(draft.id)).map(({ state }) => state)).toEqual(["released", "held"]);
  });

  test.each([
    ["another way that is free", { serviceId: "visit", methodKey: "in_person:pier" }],
    ["another way that is paid later", { serviceId: "duo", methodKey: "phone", practitionerId: "maya" }],
  ])("that became %s is released", async (_, order) => {
    const { desk, stripe, pay, settled } = await openPaidQuay({
      practice: paidQuay.replace("form: intake, terms: rules", "terms: rules"),
    });
    await hold(desk, "ana", talk);
    await pay("ana");
    const draft = await only(desk);
    await inDesk(desk, async (inside) => {
      const paying = { ...inside, takesPayments: true };
      const startsAtMs = instant("2026-03-05T09:00Z");
      const held = await holdSlot(paying, asClient("ana"), { ...order, startsAtMs, earlierBookingId: draft.id });
      expect(held).toMatchObject({ ok: true, booking: { id: draft.id } });
      expect(await submitBooking(paying, asClient("ana"), draft.id)).toMatchObject({ ok: true });
    });
    await desk.advance("2026-03-02T08:01+00:00");
    await settled();
    expect(stripe.money()).toEqual(nothing);
  });
});

test("cancelled late during the capture, the policy's share is kept", async () => {
  const { desk, stripe, booking, settled, openLink } = await confirmedDuo();
  await desk.advance("2026-03-03T12:00+00:00");
  await settled();
  const page = await openLink("ana");
  if (page.to !== "checkout") throw new Error("no checkout");
  stripe.failNext(500, "capture");
  stripe.failNext(500, "capture");
  await stripe.pay(page.url);
  await stripe.webhooks.settled();
  await desk.idle();
  expect(stripe.money().captured).toBe(0);
  expect(
    await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: true, reason: "Ill" })),
  ).toMatchObject({ ok: true });
  for (const minute of ["12:02", "12:10", "12:30"]) {
    await desk.advance(`2026-03-03T${minute}+00:00`);
    await settled();
  }
  expect(stripe.money()).toEqual(taken);
  expect(titleOf(desk, "maya")).toBe("A session was cancelled");
});

describe("the cost of a late cancellation or a missed session", () => {
  const fee = (minor: number) =>
    paidQuay.replace(
      "  minimumNoticeMinutes: 120",
      `  minimumNoticeMinutes: 120\n  cancellation: { windowMinutes: 1440, late: fee, feeMinor: ${minor} }`,
    );

  /** Ana's talk is confirmed and paid. */
  async function paidTalk(practice: string) {
    const paid = await openPaidQuay({ practice });
    await hold(paid.desk, "ana", talk);
    await paid.pay("ana");
    await paid.desk.press("ana", "Confirm & book");
    await paid.desk.press("maya", "Confirm");
    await paid.settled();
    return { ...paid, booking: await only(paid.desk) };
  }

  async function cancelledLate(practice: string) {
    const paid = await paidTalk(practice);
    await paid.desk.advance("2026-03-03T12:00+00:00");
    await inDesk(paid.desk, (inside) =>
      cancelBooking(inside, asClient("ana"), paid.booking.id, { late: true, reason: "Ill" }),
    );
    return paid;
  }

  const fees = async ({ desk, booking }: Awaited<ReturnType<typeof paidTalk>>) =>
    (await desk.store.read.changes.listFees(booking.id)).map(({ state }) => state);

  test("a fee above the price keeps the price only: nothing stays open", async () => {
    const paid = await paidTalk(fee(10_000));
    await paid.desk.advance("2026-03-03T12:00+00:00");
    await paid.desk.say("ana", "cancel my session");
    expect(buttonsOn(paid.desk.newest("ana"))).toContain("Cancel (fee €90.00)");
    await paid.desk.press("ana", "Cancel (fee €90.00)", { reason: "Ill" });
    await paid.desk.advance("2026-03-03T12:02+00:00");
    await paid.settled();
    expect(paid.stripe.money()).toEqual(taken);
    expect(await fees(paid)).toEqual(["paid"]);
    expect(buttonsOn(paid.desk.newest("maya"))).toEqual(["Refund €90.00", "Open session"]);
  });

  test.each([
    ["a fee", fee(2500), "Refund €25.00", 6500],
    ["the price", paidQuay, "Refund €90.00", 0],
  ])(
    "%s that was kept from the payment may be waived: then everything is refunded, once",
    async (_, practice, give, before) => {
      const paid = await cancelledLate(practice);
      const { desk, stripe, booking, settled } = paid;
      // Within the undo minute there is nothing to waive yet.
      expect(await inDesk(desk, (inside) => waiveCost(inside, asPractitioner("maya"), booking.id))).toBe(false);
      await desk.advance("2026-03-03T12:02+00:00");
      await settled();
      expect(stripe.money().refunded).toBe(before);
      await desk.press("maya", give);
      await settled();
      expect(await inDesk(desk, (inside) => waiveCost(inside, asPractitioner("maya"), booking.id))).toBe(false);
      await settled();
      expect(stripe.money()).toEqual({ captured: 9000, refunded: 9000, authorised: 0 });
      expect(titleOf(desk, "ana")).toBe("The cost was waived");
      expect(await fees(paid)).not.toContain("paid");
    },
  );

  test("a refund whose answer was lost is not repeated by a later refund", async () => {
    let calls = 0;
    const paid = await openPaidQuay({
      practice: fee(2500),
      through: (payments) => ({
        ...payments,
        refund: async (order) => {
          const answer = await payments.refund(order);
          calls += 1;
          if (calls === 1) throw new Error("the process was killed before it read the answer");
          return answer;
        },
      }),
    });
    const { desk, stripe, pay, settled } = paid;
    await hold(desk, "ana", talk);
    await pay("ana");
    await desk.press("ana", "Confirm & book");
    await desk.press("maya", "Confirm");
    await settled();
    const booking = await only(desk);
    await desk.advance("2026-03-03T12:00+00:00");
    await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: true, reason: "Ill" }));
    await desk.advance("2026-03-03T12:01+00:00");
    expect(stripe.money().refunded).toBe(6500);
    await inDesk(desk, (inside) => waiveCost(inside, asPractitioner("maya"), booking.id));
    await desk.advance("2026-03-03T12:10+00:00");
    await settled();
    expect(stripe.money().refunded).toBe(9000);
    expect(await paid.payments(booking.id)).toMatchObject([{ state: "refunded", refundedMinor: 9000 }]);
  });

  test("a missed session that was paid keeps the payment, without an additional fee", async () => {
    const paid = await paidTalk(fee(2500));
    const { desk, stripe, booking, settled } = paid;
    await desk.advance("2026-03-04T09:30+00:00");
    await inDesk(desk, (inside) => missSession(inside, asPractitioner("maya"), booking.id));
    await settled();
    expect(await fees(paid)).toEqual([]);
    expect(stripe.money()).toEqual(taken);
    await inDesk(desk, (inside) => waiveCost(inside, asPractitioner("maya"), booking.id));
    await settled();
    expect(stripe.money().refunded).toBe(9000);
  });
});

describe("moved to a way to meet with another price (D2.2)", () => {
  const phone = "methods: [{ kind: phone, caller: practitioner }], practitioners: [maya, jonas]";
  const dearer =
    "methods: [{ kind: phone, caller: practitioner }, { kind: chat, price: { minor: 4000, currency: EUR } }, { kind: in_person, location: pier }], practitioners: [maya, jonas]";
  const both = paidQuay.replace(phone, dearer);
  const order = (methodKey: string) => ({ startsAtMs: instant("2026-03-05T09:00Z"), methodKey, reason: "Away" });

  /** Ana's duo by phone is confirmed and unpaid. */
  async function byPhone(practice = both) {
    const paid = await openPaidQuay({ practice });
    await paid.desk.say("ana", "book duo with Maya by phone on Wednesday 4 March at 9");
    await paid.desk.press("ana", "Confirm & book");
    await paid.desk.press("maya", "Confirm");
    const booking = await only(paid.desk);
    expect(booking).toMatchObject({ status: "confirmed", frozen: { price: { minor: 9000 } } });
    return { ...paid, booking };
  }

  test("unpaid, the price follows: the card says so before the tap, and the same link asks for the new amount", async () => {
    const { desk, booking, stripe, openLink, pay, settled } = await byPhone();
    const first = await openLink("ana");
    await desk.say("ana", "reschedule");
    await desk.press("ana", "Chat");
    await desk.press("ana", "Thu 5 Mar");
    await desk.press("ana", "09:00");
    expect(wordsOn(desk.newest("ana"))).toContain("Price: €40.00 instead of €90.00");
    await desk.press("ana", "Ask for this time", { reason: "Away" });
    expect(wordsOn(desk.newest("maya"))).toContain("Price: €40.00 instead of €90.00");
    const before = desk.chat("ana").length;
    await desk.press("maya", "Approve");
    await settled();
    expect((await reread(desk, booking)).frozen.price).toEqual({ minor: 4000, currency: "EUR" });
    expect((await desk.mails()).at(-1)?.text).toContain("Please pay €40.00: ");
    // The earlier checkout is closed without a message, and nothing can be paid there.
    if (first.to !== "checkout") throw new Error("no checkout");
    expect(desk.chat("ana")).toHaveLength(before + 1);
    await stripe.pay(first.url);
    await pay("ana");
    expect(stripe.money()).toEqual({ captured: 4000, refunded: 0, authorised: 0 });
  });

  test("paid, only ways of the same price are offered", async () => {
    const { desk, booking, pay } = await byPhone();
    await pay("ana");
    await desk.say("ana", "reschedule");
    expect(buttonsOn(desk.newest("ana"))).toEqual(["Phone", "In person · Pier rooms", "Back", "Keep the old time"]);
    expect(
      await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, order("chat"))),
    ).toMatchObject({
      ok: false,
      refusal: "slot-taken",
    });
    expect(
      await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, order("in_person:pier"))),
    ).toMatchObject({ ok: true });
  });

  test("paid while the change request is open, it costs what was paid", async () => {
    const { desk, booking, pay, stripe } = await byPhone();
    await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, order("chat")));
    await desk.idle();
    await pay("ana");
    await desk.press("maya", "Approve");
    expect(await reread(desk, booking)).toMatchObject({
      frozen: { method: { kind: "chat" }, price: { minor: 9000 }, payment: "after_approval" },
    });
    expect(stripe.money()).toEqual(taken);
  });

  test("paid with the request, a way of another price is never offered", async () => {
    const practice = paidQuay.replace(
      'methods: [{ kind: video, url: "https://meet.quay.example/{room}" }], practitioners: [maya], confirmation: request',
      'methods: [{ kind: video, url: "https://meet.quay.example/{room}" }, { kind: chat, price: { minor: 4000, currency: EUR } }], practitioners: [maya], confirmation: request',
    );
    const { desk, pay, settled } = await openPaidQuay({ practice });
    await desk.say("ana", "book talk by chat on Wednesday 4 March at 9");
    await pay("ana");
    await desk.press("ana", "Confirm & book");
    const booking = await only(desk);
    await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, order("video")));
    await desk.press("maya", "Confirm");
    await settled();
    expect(await reread(desk, booking)).toMatchObject({ status: "confirmed", frozen: { price: { minor: 4000 } } });
  });
});

describe("the payment text of a cancelled session", () => {
  test("unpaid, nothing was charged: no card or mail still asks for payment", async () => {
    const { desk, booking } = await confirmedDuo();
    await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: false, reason: "Ill" }));
    await desk.advance("2026-03-02T08:02+00:00");
    for (const user of ["ana", "maya"]) {
      await desk.say(user, user === "ana" ? "bookings" : "sessions");
      await desk.press(user, "Past sessions");
      await desk.press(user, buttonsOn(desk.newest(user))[0] ?? "");
      expect(wordsOn(desk.newest(user))).toContain("Payment: Nothing was charged");
    }
  });

  test("paid while the cancel card is open, the refund is on the card before the tap", async () => {
    const { desk, pay } = await confirmedDuo();
    await desk.say("ana", "cancel my session");
    expect(wordsOn(desk.newest("ana"))).not.toContain("back");
    const cards = desk.chat("ana").length;
    await pay("ana");
    expect(desk.chat("ana")).toHaveLength(cards);
    expect(wordsOn(desk.newest("ana"))).toContain("You get €90.00 back.");
    await desk.press("ana", "Cancel session", { reason: "Ill" });
    expect(wordsOn(desk.newest("ana"))).not.toContain("Payment");
    await desk.advance("2026-03-02T08:02+00:00");
    expect(wordsOn(desk.newest("ana"))).toContain("Payment: €90.00 refunded");
  });
});

test("a refund that the provider refuses permanently is reported to the practitioner, who refunds by hand", async () => {
  const { desk, pay, settled } = await openPaidQuay({
    through: (payments) => ({
      ...payments,
      refund: async () => ({ ok: false, again: false, error: "no such charge" }),
    }),
  });
  await hold(desk, "ana", duo);
  await desk.press("ana", "Confirm & book");
  await desk.press("maya", "Confirm");
  await pay("ana");
  const booking = await only(desk);
  await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: false, reason: "Ill" }));
  await desk.advance("2026-03-02T08:02+00:00");
  await settled();
  expect(titleOf(desk, "maya")).toBe("A refund could not be made");
  expect(wordsOn(desk.newest("maya"))).toContain("The payment provider refused to refund €90.00 to Ana Alves.");
});
