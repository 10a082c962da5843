import { describe, expect, test } from "vitest";
import { missSession, unmissSession, waiveCost } from "../../src/desk/booking/attendance.ts";
import { markPaid } from "../../src/desk/payments/refunds.ts";
import { sayRunningLate } from "../../src/desk/telling/running-late.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import {
  asClient,
  asPractitioner,
  buttonsOn,
  inDesk,
  openQuay,
  quay,
  request,
  reread,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

// D4.22, D10.2: no-shows and late arrivals, and what they cost.

const priced = quay.replace(
  "publicName: Talk, durationMinutes: 60,",
  "publicName: Talk, durationMinutes: 60, reminders: [], price: { minor: 9000, currency: EUR }, cancellation: { late: fee, feeMinor: 4500 },",
);

async function confirmed(desk: TestDesk): Promise<Booking> {
  const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  await desk.press("maya", "Confirm");
  return reread(desk, booking);
}

/** The session's card among the practitioner's sessions. */
async function openSession(desk: TestDesk, user: string): Promise<void> {
  await desk.say(user, "bookings");
  const [session = ""] = buttonsOn(desk.newest(user));
  await desk.press(user, session);
}

const during = "2026-03-04T09:20+00:00";

describe("No-show (D4.22)", () => {
  test("can be marked from the start on, costs the policy's fee, and may be waived", async () => {
    const desk = await openQuay({ practice: priced });
    const booking = await confirmed(desk);
    await openSession(desk, "maya");
    expect(buttonsOn(desk.newest("maya"))).not.toContain("No-show");
    await desk.advance("2026-03-04T09:01+00:00");
    await desk.say("maya", "past");
    await desk.press("maya", buttonsOn(desk.newest("maya"))[0] ?? "");
    await desk.press("maya", "No-show");
    expect((await reread(desk, booking)).status).toBe("no_show");
    expect(rows(desk, "fees")).toMatchObject([{ kind: "no_show", amount_minor: 4500, state: "open" }]);
    expect(wordsOn(desk.newest("maya"))).toContain("A fee of €45.00 is open.");
    await desk.press("maya", "Waive fee");
    expect(rows(desk, "fees")).toMatchObject([{ state: "waived" }]);
    expect(titleOf(desk, "ana")).toBe("The cost was waived");
  });

  test("its fee is marked as paid by hand, once, and can then no longer be waived (D5.6)", async () => {
    const desk = await openQuay({ practice: priced });
    const booking = await confirmed(desk);
    await desk.advance(during);
    const maya = asPractitioner("maya");
    await inDesk(desk, (inside) => missSession(inside, maya, booking.id));
    expect(await inDesk(desk, (inside) => markPaid(inside, asClient("ana"), booking.id))).toMatchObject({ ok: false });
    await desk.say("maya", "past");
    await desk.press("maya", buttonsOn(desk.newest("maya"))[0] ?? "");
    expect(buttonsOn(desk.newest("maya"))).toEqual(expect.arrayContaining(["Fee was paid", "Waive fee"]));
    await desk.press("maya", "Fee was paid");
    expect(rows(desk, "fees")).toMatchObject([{ state: "paid" }]);
    expect(buttonsOn(desk.newest("maya"))).not.toContain("Waive fee");
    expect(wordsOn(desk.newest("maya"))).not.toContain("A fee of");
    expect(await inDesk(desk, (inside) => waiveCost(inside, maya, booking.id))).toBe(false);
  });

  test("is undone within seven days after the end, and then costs nothing", async () => {
    const desk = await openQuay({ practice: priced });
    const booking = await confirmed(desk);
    await inDesk(
      desk,
      (inside) => missSession(inside, asPractitioner("maya"), booking.id),
      instant("2026-03-04T09:30Z"),
    );
    const unmiss = (at: string) =>
      inDesk(desk, (inside) => unmissSession(inside, asPractitioner("maya"), booking.id), instant(at));
    expect(await unmiss("2026-03-11T10:00Z")).toMatchObject({ ok: false, refusal: "not-now" });
    expect(await unmiss("2026-03-11T09:59Z")).toMatchObject({ ok: true, booking: { status: "completed" } });
    expect(rows(desk, "fees")).toEqual([]);
  });

  test("undone before the end, the session continues normally", async () => {
    const desk = await openQuay({ practice: priced });
    const booking = await confirmed(desk);
    await desk.advance(during);
    await inDesk(desk, (inside) => missSession(inside, asPractitioner("maya"), booking.id));
    await inDesk(desk, (inside) => unmissSession(inside, asPractitioner("maya"), booking.id));
    expect((await reread(desk, booking)).status).toBe("confirmed");
    const claims = rows(desk, "claims").filter(({ booking_id }) => booking_id === booking.id);
    expect(claims.map(({ kind }) => kind)).toEqual(["session"]);
    await desk.advance("2026-03-05T10:00+00:00");
    expect((await reread(desk, booking)).status).toBe("completed");
  });

  test("only the practitioner marks it and only the practitioner waives it", async () => {
    const desk = await openQuay({ practice: priced });
    const booking = await confirmed(desk);
    await desk.advance(during);
    for (const actor of [asClient("ana"), asPractitioner("jonas")]) {
      expect(await inDesk(desk, (inside) => missSession(inside, actor, booking.id))).toMatchObject({ ok: false });
    }
    await inDesk(desk, (inside) => missSession(inside, asPractitioner("maya"), booking.id));
    expect(await inDesk(desk, (inside) => waiveCost(inside, asClient("ana"), booking.id))).toBe(false);
    expect(rows(desk, "fees")).toMatchObject([{ state: "open" }]);
  });
});

describe("Running late (D10.2)", () => {
  test("notifies the other side, in both directions", async () => {
    const desk = await openQuay({ practice: priced });
    await confirmed(desk);
    await openSession(desk, "ana");
    expect(buttonsOn(desk.newest("ana"))).not.toContain("Running late");
    await desk.advance("2026-03-04T08:55+00:00");
    await openSession(desk, "ana");
    await desk.press("ana", "Running late");
    await desk.press("ana", "10 min");
    expect(wordsOn(desk.newest("ana"))).toContain("Maya Lee knows that you are 10 minutes late.");
    expect(titleOf(desk, "maya")).toBe("Ana Alves is running late");
    await openSession(desk, "maya");
    await desk.press("maya", "Running late");
    await desk.press("maya", "5 min");
    expect(wordsOn(desk.newest("ana"))).toContain("Maya Lee will be about 5 minutes late.");
  });

  test.each([
    ["two hours before the start", "2026-03-04T07:00:00.000Z", true],
    ["a millisecond earlier", "2026-03-04T06:59:59.999Z", false],
    ["just before the end", "2026-03-04T09:59:59.999Z", true],
    ["at the end", "2026-03-04T10:00:00.000Z", false],
  ])("%s", async (_title, at, may) => {
    const desk = await openQuay({ practice: priced });
    const booking = await confirmed(desk);
    const said = await inDesk(desk, (inside) => sayRunningLate(inside, asClient("ana"), booking.id, 5), instant(at));
    expect(said).toBe(may);
  });

  test("can be sent three times a session at most, and only with 1 to 120 minutes", async () => {
    const desk = await openQuay({ practice: priced });
    const booking = await confirmed(desk);
    const at = instant("2026-03-04T08:55Z");
    const say = (minutes: number) =>
      inDesk(desk, (inside) => sayRunningLate(inside, asClient("ana"), booking.id, minutes), at);
    expect([await say(0), await say(121), await say(2.5)]).toEqual([false, false, false]);
    expect([await say(1), await say(10), await say(120), await say(15)]).toEqual([true, true, true, false]);
  });
});

test("“Came late” is only a record", async () => {
  const desk = await openQuay({ practice: priced });
  await confirmed(desk);
  await desk.advance(during);
  const [mails, chat] = [(await desk.mails()).length, desk.chat("ana").length];
  await desk.say("maya", "past");
  await desk.press("maya", buttonsOn(desk.newest("maya"))[0] ?? "");
  await desk.press("maya", "Came late");
  expect(wordsOn(desk.newest("maya"))).toContain("Noted: the client came late.");
  expect(buttonsOn(desk.newest("maya"))).not.toContain("Came late");
  expect(rows(desk, "audit").filter(({ action }) => action === "client.late")).toHaveLength(1);
  expect([(await desk.mails()).length, desk.chat("ana").length]).toEqual([mails, chat]);
});

test("a person cannot report another as late (D7.4)", async () => {
  const desk = await openQuay();
  const booking = await confirmed(desk);
  const at = instant("2026-03-04T08:30Z");
  for (const actor of [asClient("ben"), asPractitioner("jonas"), asPractitioner("maya", { practiceId: "dune" })])
    expect(await inDesk(desk, (inside) => sayRunningLate(inside, actor, booking.id, 5), at)).toBe(false);
  expect(await inDesk(desk, (inside) => sayRunningLate(inside, asPractitioner("maya"), booking.id, 5), at)).toBe(true);
});
