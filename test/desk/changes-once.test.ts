import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import { cancelBooking, settleCancellation } from "../../src/desk/changes/cancel.ts";
import { approveChange } from "../../src/desk/changes/change.ts";
import { moveAsPractitioner, moveBooking } from "../../src/desk/changes/move.ts";
import { extendPackage } from "../../src/desk/packages/credits.ts";
import { settleRefund } from "../../src/desk/payments/refunds.ts";
import { sayRunningLate } from "../../src/desk/telling/running-late.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { cards } from "../support/stripe/ledger.ts";
import { openPaidQuay } from "./paid-quay.ts";
import { asClient, asPractitioner, bookingsOf, hold, inDesk, openQuay, quay, request, reread, rows } from "./quay.ts";

// D4.2: a repeated or late action takes effect once or not at all.

const maya = asPractitioner("maya");
const friday = { service: "Talk", day: "Fri 6 Mar", time: "09:00" };
const to = (text: string) => ({ startsAtMs: instant(text), methodKey: "video", reason: "Away" });

async function confirmed(desk: TestDesk): Promise<Booking> {
  const booking = await request(desk, "ana", friday);
  await inDesk(desk, (inside) => confirmBooking(inside, maya, booking.id));
  return reread(desk, booking);
}

const claims = (desk: TestDesk) =>
  rows(desk, "claims")
    .map(({ kind, starts_at_ms }) => `${kind} ${new Date(Number(starts_at_ms)).toISOString().slice(5, 16)}`)
    .toSorted();
const wishes = (desk: TestDesk) => rows(desk, "change_requests").map(({ state }) => state);

describe("a change request", () => {
  test("made again replaces the one before and releases its slot", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    for (const day of ["09", "10"]) {
      const order = to(`2026-03-${day}T10:00Z`);
      await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, order));
    }
    expect(wishes(desk)).toEqual(["withdrawn", "open"]);
    expect(claims(desk)).toEqual(["request 03-10T10:00", "session 03-06T09:00"]);
    // Moved by the practitioner, the session leaves nothing to answer.
    const order = { ...to("2026-03-05T10:00Z"), force: false };
    await inDesk(desk, (inside) => moveAsPractitioner(inside, maya, booking.id, order));
    expect(wishes(desk)).toEqual(["withdrawn", "withdrawn"]);
    expect(claims(desk)).toEqual(["session 03-05T10:00"]);
  });

  test("approved at its deadline, before the timer has run, is too late: the session stays", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, to("2026-03-09T10:00Z")));
    const [open] = await desk.store.read.changes.listOpenFor("quay", "maya");
    const approve = (atMs: number) => inDesk(desk, (inside) => approveChange(inside, maya, open?.id ?? ""), atMs);
    expect(await approve(open?.respondByMs ?? 0)).toMatchObject({ ok: true, request: { state: "expired" } });
    expect(await reread(desk, booking)).toEqual(booking);
    expect(claims(desk)).toEqual(["session 03-06T09:00"]);
  });

  test("is refused for a request that is already approved and only awaits payment", async () => {
    const { desk, pay, settled } = await openPaidQuay();
    await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    await pay("ana", cards.refusesCapture);
    await desk.press("ana", "Confirm & book");
    await desk.press("maya", "Confirm");
    await settled();
    const [booking] = await bookingsOf(desk, "ana");
    expect(booking?.status).toBe("requested");
    const move = inDesk(desk, (inside) =>
      moveBooking(inside, asClient("ana"), booking?.id ?? "", to("2026-03-05T10:00Z")),
    );
    expect(await move).toMatchObject({ ok: false, refusal: "not-now" });
  });
});

test("a cancellation settled twice orders one refund", async () => {
  const { desk, pay, stripe, settled } = await openPaidQuay();
  await hold(desk, "ana", { service: "Duo", with: "Maya Lee", day: "Wed 4 Mar", time: "09:00" });
  await desk.press("ana", "Confirm & book");
  await desk.press("maya", "Confirm");
  await pay("ana");
  const [booking] = await bookingsOf(desk, "ana");
  if (booking === undefined) throw new Error("no booking");
  await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: false, reason: "Ill" }));
  await inDesk(desk, async (inside) => {
    const cancelled = await inside.books.bookings.get("quay", booking.id);
    await settleCancellation(inside, cancelled);
    await settleRefund(inside, cancelled);
  });
  expect(await desk.store.read.payments.list(booking.id)).toMatchObject([{ refunds: 1, refundMinor: 9000 }]);
  await desk.advance("2026-03-02T08:02+00:00");
  await settled();
  expect(stripe.money()).toEqual({ captured: 9000, refunded: 9000, authorised: 0 });
});

test("two taps on “Extend 14 days” extend a package once", async () => {
  const practice = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8");
  const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice });
  const [held] = await desk.store.read.packages.listGrants("packages", "ana");
  const admin = asPractitioner("maya", { admin: true, practiceId: "packages" });
  const extend = () => inDesk(desk, (inside) => extendPackage(inside, admin, held?.id ?? "", 14, held?.expiresOn));
  expect(await extend()).toMatchObject({ ok: true, held: { expiresOn: "2026-07-14" } });
  expect(await extend()).toMatchObject({ ok: false, refusal: "already", held: { expiresOn: "2026-07-14" } });
});

test("a “running late” that reached no one does not count towards the three", async () => {
  const desk = await openQuay({ practice: quay.replace("chat: [{ page: maya }], ", "") });
  const booking = await confirmed(desk);
  const say = () =>
    inDesk(desk, (inside) => sayRunningLate(inside, asClient("ana"), booking.id, 5), instant("2026-03-06T08:55Z"));
  for (let times = 0; times < 4; times++) expect(await say()).toBe(false);
  expect(rows(desk, "audit").map(({ action }) => action)).not.toContain("running.late");
});

test("after an outage over both reminders only the last one is sent", async () => {
  const desk = await openQuay();
  await confirmed(desk);
  await desk.advance("2026-03-06T08:30+00:00");
  const mails = (await desk.mails()).filter(({ subject }) => subject.startsWith("Reminder"));
  expect(mails).toHaveLength(1);
});

test("while an abandoned checkout is being closed, its link opens no new one", async () => {
  const { desk, stripe, openToken, settled, payments } = await openPaidQuay();
  await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  const [draft] = await bookingsOf(desk, "ana");
  const token = (await desk.store.read.payments.findToken(draft?.id ?? "")) ?? "";
  expect((await openToken(token)).to).toBe("checkout");
  stripe.failNext(500, "expire");
  stripe.failNext(500, "expire");
  // Another time, from another talk, abandons the payment in progress.
  await desk.say("ana", "home");
  await hold(desk, "ana", { service: "Quick", day: "Thu 5 Mar", time: "09:00" });
  expect((await payments(draft?.id ?? "")).map(({ state }) => state)).toEqual(["closing"]);
  expect(await openToken(token)).toEqual({ to: "over" });
  expect(stripe.ledger.sessions.size).toBe(1);
  await settled();
});
