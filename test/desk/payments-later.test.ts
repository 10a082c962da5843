import { describe, expect, test } from "vitest";
import { cancelBooking } from "../../src/desk/changes/cancel.ts";
import { undoCancellation } from "../../src/desk/changes/undo-cancellation.ts";
import { markPaid } from "../../src/desk/payments/refunds.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { openPaidQuay, paidQuay, payLinkOn } from "./paid-quay.ts";
import { asClient, asPractitioner, bookingsOf, buttonsOn, hold, inDesk, reread, titleOf, wordsOn } from "./quay.ts";

const duo = { service: "Duo", with: "Maya Lee", day: "Wed 4 Mar", time: "09:00" };
const talk = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };
const fee = paidQuay.replace(
  "  minimumNoticeMinutes: 120",
  "  minimumNoticeMinutes: 120\n  cancellation: { windowMinutes: 1440, late: fee, feeMinor: 2500 }",
);

async function only(desk: Parameters<typeof bookingsOf>[0]): Promise<Booking> {
  const [booking] = await bookingsOf(desk, "ana");
  if (booking === undefined) throw new Error("no booking");
  return booking;
}

/** Ana's talk is confirmed and paid. */
async function paidTalk(practice = paidQuay) {
  const paid = await openPaidQuay({ practice });
  await hold(paid.desk, "ana", talk);
  await paid.pay("ana");
  await paid.desk.press("ana", "Confirm & book");
  await paid.desk.press("maya", "Confirm");
  await paid.settled();
  const booking = await only(paid.desk);
  expect(booking.status).toBe("confirmed");
  return { ...paid, booking };
}

describe("paid after the approval (D5.4)", () => {
  async function confirmed() {
    const paid = await openPaidQuay();
    await hold(paid.desk, "ana", duo);
    expect(wordsOn(paid.desk.newest("ana"))).toContain("€90.00, to be paid after your session is confirmed");
    await paid.desk.press("ana", "Confirm & book");
    expect(payLinkOn(paid.desk.newest("ana"))).toBe(undefined);
    await paid.desk.press("maya", "Confirm");
    return { ...paid, booking: await only(paid.desk) };
  }

  test("the link is on the confirmation and in its mail; paying captures the money at once", async () => {
    const { desk, stripe, pay, booking, payments } = await confirmed();
    const link = payLinkOn(desk.newest("ana")) ?? "";
    const mail = (await desk.mails()).find(({ subject }) => subject.startsWith("Confirmed"));
    expect(mail?.text).toContain(`Please pay €90.00: ${link}`);
    await pay("ana");
    expect(stripe.money()).toEqual({ captured: 9000, refunded: 0, authorised: 0 });
    expect((await payments(booking.id)).map(({ state }) => state)).toEqual(["paid"]);
    expect(wordsOn(desk.newest("ana"))).toContain("€90.00 paid");
    expect(payLinkOn(desk.newest("ana"))).toBe(undefined);
  });

  test("after a day an unpaid client is reminded, once; a paid one is not", async () => {
    const { desk } = await confirmed();
    await desk.advance("2026-03-03T08:00+00:00");
    const cards = desk.chat("ana").length;
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
    expect(payLinkOn(desk.newest("ana"))).not.toBe(undefined);
    await desk.advance("2026-03-03T08:30+00:00");
    expect(desk.chat("ana").length).toBe(cards);
  });

  test("a checkout that expired unpaid is replaced by a new one", async () => {
    const { desk, openLink, stripe, settled } = await confirmed();
    await openLink("ana");
    await desk.advance("2026-03-03T09:00+00:00");
    await settled();
    const page = await openLink("ana");
    expect(page.to).toBe("checkout");
    expect(stripe.ledger.sessions.size).toBe(2);
  });

  test("marked as paid by hand, the link is closed and cannot be paid again (D5.6)", async () => {
    const { desk, stripe, openLink, settled, payments, booking } = await confirmed();
    await openLink("ana");
    await desk.say("maya", "sessions");
    const opened = desk.newest("maya");
    await desk.press("maya", buttonsOn(opened)[0] ?? "");
    await desk.press("maya", "Mark as paid");
    await settled();
    expect(wordsOn(desk.newest("maya"))).toContain("€90.00 paid to the practice");
    expect((await payments(booking.id)).map(({ state, by }) => `${state} ${by}`)).toEqual(["lapsed card", "paid hand"]);
    expect([...stripe.ledger.sessions.values()].map(({ status }) => status)).toEqual(["expired"]);
    expect(stripe.money().captured).toBe(0);
  });

  test("only its practitioner marks it as paid by hand, only once, and never for a request", async () => {
    const { desk, booking } = await confirmed();
    expect(await inDesk(desk, (inside) => markPaid(inside, asClient("ana"), booking.id))).toMatchObject({ ok: false });
    expect(await inDesk(desk, (inside) => markPaid(inside, asPractitioner("jonas"), booking.id))).toMatchObject({
      ok: false,
      refusal: "not-yours",
    });
    for (let times = 0; times < 2; times++)
      expect(await inDesk(desk, (inside) => markPaid(inside, asPractitioner("maya"), booking.id))).toMatchObject({
        ok: true,
      });
    expect(await desk.store.read.payments.list(booking.id)).toHaveLength(2);
  });
});

describe("a cancelled session refunds what the policy says (D5.6)", () => {
  const cancelAs = (
    desk: Awaited<ReturnType<typeof paidTalk>>["desk"],
    who: "ana" | "maya",
    id: string,
    late: boolean,
  ) =>
    inDesk(desk, (inside) =>
      cancelBooking(inside, who === "ana" ? asClient("ana") : asPractitioner("maya"), id, { late, reason: "ill" }),
    );

  test.each([
    ["by the client in time: everything", paidQuay, "ana", "2026-03-03T08:00+00:00", false, 9000],
    ["by the client late, forfeit: nothing", paidQuay, "ana", "2026-03-03T12:00+00:00", true, 0],
    ["by the client late, a fee: everything except the fee", fee, "ana", "2026-03-03T12:00+00:00", true, 6500],
    ["by the practitioner, however late: everything", fee, "maya", "2026-03-03T12:00+00:00", false, 9000],
  ] as const)("%s", async (_, practice, who, at, late, refunded) => {
    const { desk, stripe, booking, settled } = await paidTalk(practice);
    await desk.advance(at);
    expect(await cancelAs(desk, who, booking.id, late)).toMatchObject({ ok: true });
    await settled();
    expect(stripe.money().refunded).toBe(0);
    await desk.advance(new Date(Date.parse(at) + 61_000).toISOString());
    await settled();
    expect(stripe.money()).toEqual({ captured: 9000, refunded, authorised: 0 });
  });

  test("a fee covered by the payment is deducted from it", async () => {
    const { desk, booking, settled } = await paidTalk(fee);
    await desk.advance("2026-03-03T12:00+00:00");
    await cancelAs(desk, "ana", booking.id, true);
    await desk.advance("2026-03-03T12:02+00:00");
    await settled();
    expect((await desk.store.read.changes.listFees(booking.id)).map(({ state }) => state)).toEqual(["paid"]);
  });

  test("undone within its minute it refunds nothing (D4.9)", async () => {
    const { desk, stripe, booking, settled } = await paidTalk();
    await cancelAs(desk, "ana", booking.id, false);
    await inDesk(desk, (inside) => undoCancellation(inside, asClient("ana"), booking.id));
    await desk.advance("2026-03-02T08:02+00:00");
    await settled();
    expect((await reread(desk, booking)).status).toBe("confirmed");
    expect(stripe.money()).toEqual({ captured: 9000, refunded: 0, authorised: 0 });
  });

  test("a refund whose answer was lost is made once", async () => {
    const { desk, stripe, booking, settled } = await paidTalk();
    await cancelAs(desk, "ana", booking.id, false);
    stripe.failNext("lost", "refunds");
    stripe.failNext("lost", "refunds");
    await desk.advance("2026-03-02T08:02+00:00");
    await desk.advance("2026-03-02T08:03+00:00");
    await settled();
    expect(stripe.money().refunded).toBe(9000);
    expect((await desk.store.read.payments.list(booking.id)).map(({ state }) => state)).toEqual(["refunded"]);
  });

  test("the refund is shown before the tap", async () => {
    const { desk } = await paidTalk(fee);
    await desk.say("ana", "cancel my session");
    expect(wordsOn(desk.newest("ana"))).toContain("You get €90.00 back.");
    await desk.advance("2026-03-03T12:00+00:00");
    await desk.say("ana", "home");
    await desk.say("ana", "cancel my session");
    expect(wordsOn(desk.newest("ana"))).toContain("You get €65.00 back; €25.00 is kept.");
  });
});
