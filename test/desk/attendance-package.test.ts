import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { missSession, unmissSession, waiveCost } from "../../src/desk/booking/attendance.ts";
import { readLedger } from "../../src/domain/credits.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { asPractitioner, bookingsOf, inDesk, reread, rows } from "./quay.ts";

// D6.2, D4.7: a missed session from a package, under each rule of the policy.

const yaml = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8");
const practiceId = "packages";
const maya = asPractitioner("maya", { practiceId });
const under = (cancellation: string) =>
  yaml.replace("incrementMinutes: 60 }", `incrementMinutes: 60, cancellation: ${cancellation} }`);
const forfeit = under("{ windowMinutes: 1440, late: forfeit }");
const block = under("{ windowMinutes: 1440, late: block }");
const fee = under("{ windowMinutes: 1440, late: fee, feeMinor: 2000 }");

/** Ana's session from her package has started, and she is absent. */
async function missed(practice: string) {
  const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice });
  await desk.say("ana", "book my next package session Tuesday at 10");
  await desk.press("ana", "Confirm & book");
  await desk.press("maya", "Confirm");
  const [booking] = await bookingsOf(desk, "ana", practiceId);
  if (booking?.clientPackageId === undefined) throw new Error("not from a package");
  await desk.advance("2026-03-03T10:30+00:00");
  expect(await inDesk(desk, (inside) => missSession(inside, maya, booking.id))).toMatchObject({ ok: true });
  return { desk, booking };
}

async function balance(desk: TestDesk) {
  const [held] = await desk.store.read.packages.listGrants(practiceId, "ana");
  return readLedger(await desk.store.read.packages.listEntries(practiceId, held?.id ?? "")).total;
}

describe("a missed session from a package", () => {
  test("forfeits its credit where the policy says so; the practitioner may restore it, once", async () => {
    const { desk, booking } = await missed(forfeit);
    expect(await balance(desk)).toMatchObject({ available: 4, consumed: 0, forfeited: 1 });
    expect(await inDesk(desk, (inside) => missSession(inside, maya, booking.id))).toMatchObject({ ok: true });
    expect(await balance(desk)).toMatchObject({ available: 4, forfeited: 1 });
    expect(await inDesk(desk, (inside) => waiveCost(inside, maya, booking.id))).toBe(true);
    expect(await inDesk(desk, (inside) => waiveCost(inside, maya, booking.id))).toBe(false);
    expect(await balance(desk)).toMatchObject({ available: 5, consumed: 0, forfeited: 0 });
  });

  test("costs the fee instead of the credit where the policy has one", async () => {
    const { desk } = await missed(fee);
    expect(rows(desk, "fees")).toMatchObject([{ kind: "no_show", amount_minor: 2000, state: "open" }]);
    expect(await balance(desk)).toMatchObject({ available: 5, consumed: 0, forfeited: 0 });
  });

  test("keeps its credit used where the policy has no cost: the time was reserved for them", async () => {
    const { desk } = await missed(block);
    expect(await balance(desk)).toMatchObject({ available: 4, consumed: 1, forfeited: 0 });
    expect(rows(desk, "fees")).toEqual([]);
  });

  test.each([forfeit, fee, block])("undone, it is a normal session again", async (practice) => {
    const { desk, booking } = await missed(practice);
    await inDesk(desk, (inside) => unmissSession(inside, maya, booking.id));
    expect((await reread(desk, booking)).status).toBe("confirmed");
    expect(await balance(desk)).toMatchObject({ available: 4, reserved: 0, consumed: 1, forfeited: 0 });
    expect(rows(desk, "fees")).toEqual([]);
  });
});
