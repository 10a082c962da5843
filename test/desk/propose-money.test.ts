import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import { moveBooking } from "../../src/desk/changes/move.ts";
import { proposeTimes } from "../../src/desk/changes/propose.ts";
import { readLedger } from "../../src/domain/credits.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { instant } from "../support/clock.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { openPaidQuay } from "./paid-quay.ts";
import {
  asClient,
  asPractitioner,
  bookingsOf,
  buttonsOn,
  hold,
  inDesk,
  reread,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

const at = (text: string) => instant(`2026-03-${text}Z`);

describe("paid with the request", () => {
  /** Ana's payment is authorised, and Maya proposes other times. */
  async function proposed() {
    const paid = await openPaidQuay();
    await hold(paid.desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    await paid.pay("ana");
    await paid.desk.press("ana", "Confirm & book");
    await paid.desk.press("maya", "Propose another time");
    await paid.desk.press("maya", "Send");
    const [booking] = await bookingsOf(paid.desk, "ana");
    if (booking === undefined) throw new Error("no booking");
    return { ...paid, booking };
  }

  test("the payment stays authorised while times are proposed, is captured once one is accepted, and then the booking is confirmed", async () => {
    const { desk, stripe, booking, settled } = await proposed();
    expect(stripe.money()).toEqual({ captured: 0, refunded: 0, authorised: 9000 });
    await desk.press("ana", "Accept Wed 4 Mar, 10:00");
    await settled();
    expect(await reread(desk, booking)).toMatchObject({ status: "confirmed", startsAtMs: at("04T10:00") });
    expect(stripe.money()).toEqual({ captured: 9000, refunded: 0, authorised: 0 });
    expect(rows(desk, "claims")).toMatchObject([{ kind: "session", starts_at_ms: at("04T10:00") }]);
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
    expect(titleOf(desk, "maya")).toBe("Confirmed");
  });

  test("until the capture the accepted time is held and nothing else happens to it", async () => {
    const { desk, stripe, booking, settled } = await proposed();
    stripe.failNext(500, "capture");
    stripe.failNext(500, "capture");
    await desk.press("ana", "Accept Wed 4 Mar, 10:00");
    const waiting = await reread(desk, booking);
    expect(waiting).toMatchObject({ status: "requested", startsAtMs: at("04T10:00") });
    expect(rows(desk, "claims")).toMatchObject([{ kind: "request", starts_at_ms: at("04T10:00") }]);
    expect(titleOf(desk, "ana")).toBe("Taking the payment…");
    expect(titleOf(desk, "maya")).toBe("Taking the payment…");
    const maya = asPractitioner("maya");
    const order = { startsAtMs: [at("05T10:00")] };
    const late = await inDesk(desk, (inside) => proposeTimes(inside, maya, booking.id, order));
    expect(late).toMatchObject({ ok: false, refusal: "not-now" });
    await desk.advance("2026-03-02T08:01+00:00");
    await settled();
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });

  test("it is released when no time is accepted", async () => {
    const { desk, stripe, settled } = await proposed();
    await desk.advance("2026-03-02T20:00+00:00");
    await settled();
    expect(stripe.money()).toEqual({ captured: 0, refunded: 0, authorised: 0 });
  });

  test("and when the client withdraws", async () => {
    const { desk, stripe, settled } = await proposed();
    await desk.press("ana", "Withdraw request");
    await desk.press("ana", "Yes, withdraw it");
    await settled();
    expect(stripe.money()).toEqual({ captured: 0, refunded: 0, authorised: 0 });
  });
});

describe("from a package", () => {
  const practice = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8");
  const practiceId = "packages";
  const maya = asPractitioner("maya", { admin: true, practiceId });

  async function requested(user: string, line: string) {
    const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice });
    await desk.say(user, line);
    await desk.press(user, "Confirm & book");
    const [booking] = await bookingsOf(desk, user, practiceId);
    if (booking?.clientPackageId === undefined) throw new Error("not from a package");
    return { desk, booking };
  }

  async function standing(desk: TestDesk, user: string) {
    const [held] = await desk.store.read.packages.listGrants(practiceId, user);
    const ledger = readLedger(await desk.store.read.packages.listEntries(practiceId, held?.id ?? ""));
    return ledger.byService.get("follow-up");
  }

  test("its credit stays reserved over the rounds, and is used once a time is accepted", async () => {
    const { desk, booking } = await requested("ana", "book my next package session Wednesday at 9");
    await desk.press("maya", "Propose another time");
    await desk.press("maya", "Send");
    await desk.press("ana", "None of these");
    await desk.press("ana", "Later");
    await desk.press("maya", "Propose these");
    expect(await standing(desk, "ana")).toMatchObject({ reserved: 1, consumed: 0 });
    const [first = ""] = buttonsOn(desk.newest("ana"));
    await desk.press("ana", first);
    expect((await reread(desk, booking)).status).toBe("confirmed");
    expect(await standing(desk, "ana")).toMatchObject({ reserved: 0, consumed: 1 });
  });

  test("its credit is free again when no time is accepted", async () => {
    const { desk } = await requested("ana", "book my next package session Wednesday at 9");
    await desk.press("maya", "Propose another time");
    await desk.press("maya", "Send");
    await desk.advance("2026-03-03T08:00+00:00");
    expect(await standing(desk, "ana")).toMatchObject({ reserved: 0, consumed: 0, available: 5 });
  });

  test("the best times respect the package's limit: with one session a week, none in a week that has one", async () => {
    const { desk, booking } = await requested("ana", "book my next package session Wednesday 4 March at 9");
    await inDesk(desk, (inside) => confirmBooking(inside, maya, booking.id));
    await desk.say("ana", "book my next package session Wednesday 11 March at 9");
    await desk.press("ana", "Confirm & book");
    const [, second] = await bookingsOf(desk, "ana", practiceId);
    await desk.press("maya", "Propose another time");
    const monday = at("09T00:00");
    const offered = desk.newest("maya").parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
    expect(offered[0]?.options).toEqual(["Tue 10 Mar, 17:00", "Wed 11 Mar, 10:00", "Wed 11 Mar, 11:00"]);
    const inFullWeek = { startsAtMs: [at("05T10:00")] };
    const result = await inDesk(desk, (inside) => proposeTimes(inside, maya, second?.id ?? "", inFullWeek));
    expect(result).toMatchObject({ ok: false, refusal: "outside-hours" });
    expect(second?.startsAtMs).toBeGreaterThan(monday);
  });

  test("times beyond the package's days need a warning: they were valid when it was requested (D6.4)", async () => {
    // Carl's ticket is valid for seven days from 27 February.
    const { desk, booking } = await requested("carl", "book my next package session Wednesday at 9");
    const propose = (force: boolean) =>
      inDesk(desk, (inside) => proposeTimes(inside, maya, booking.id, { startsAtMs: [at("10T10:00")], force }));
    expect(await propose(false)).toMatchObject({ ok: false, refusal: "outside-hours" });
    await desk.press("maya", "Propose another time");
    await desk.say("maya", "Tuesday 10 March at 10");
    await desk.press("maya", "Send", { times: ["Tue 10 Mar, 10:00"] });
    expect(wordsOn(desk.newest("maya"))).toContain("Single ticket is good from 27 February until 6 March.");
    expect(await reread(desk, booking)).toEqual(booking);
    await desk.press("maya", "Propose anyway");
    const [first = ""] = buttonsOn(desk.newest("carl"));
    await desk.press("carl", first);
    expect(await reread(desk, booking)).toMatchObject({ status: "confirmed", startsAtMs: at("10T10:00") });
    expect(await standing(desk, "carl")).toMatchObject({ reserved: 0, consumed: 1 });
  });

  test("the practitioner moves a session there after the same warning; its client cannot (D6.4)", async () => {
    const { desk, booking } = await requested("carl", "book my next package session Wednesday at 9");
    await inDesk(desk, (inside) => confirmBooking(inside, maya, booking.id));
    const session = await reread(desk, booking);
    const order = { methodKey: methodKey(session.frozen.method), startsAtMs: at("10T10:00"), reason: "Away" };
    const carl = asClient("carl", practiceId);
    expect(await inDesk(desk, (inside) => moveBooking(inside, carl, booking.id, order))).toMatchObject({
      ok: false,
      refusal: "slot-taken",
    });
    await desk.say("maya", "move Carl's session to 10 March at 10");
    await desk.press("maya", "Move it");
    expect(titleOf(desk, "maya")).toBe("This is outside the package's dates");
    expect(wordsOn(desk.newest("maya"))).toContain("Single ticket is good from 27 February until 6 March.");
    expect(await reread(desk, booking)).toEqual(session);
    await desk.press("maya", "Move it anyway");
    expect(await reread(desk, booking)).toMatchObject({ status: "confirmed", startsAtMs: at("10T10:00") });
    expect(await standing(desk, "carl")).toMatchObject({ consumed: 1 });
  });
});
