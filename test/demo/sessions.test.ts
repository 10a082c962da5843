import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importDemo } from "../../src/demo.ts";
import { instant } from "../support/clock.ts";
import { openTestStore } from "../support/store.ts";

const hour = 3_600_000;
const parts = { publicUrl: "http://localhost:3000", platforms: ["page"] } as const;

/** The demo's data when it is opened at an instant. */
async function demoAt(nowMs: number) {
  const store = await openTestStore();
  const clock = { now: () => nowMs, realNow: () => nowMs };
  expect(await importDemo({ store, clock, ...parts })).toBe(true);
  const bookings = await Promise.all(
    (await store.read.people.listClients("harbour")).map(({ id }) =>
      store.read.bookings.listForClient("harbour", id, {
        statuses: ["held", "requested", "confirmed", "completed", "expired"],
        order: "asc",
      }),
    ),
  );
  return { store, clock, bookings: bookings.flat() };
}

/** The invariants whenever the demo opens. */
async function checkDemo(nowMs: number): Promise<void> {
  const { store, bookings } = await demoAt(nowMs);
  try {
    expect(new Set(bookings.map(({ status }) => status))).toEqual(new Set(["completed", "confirmed", "requested"]));
    const waiting = bookings.filter(({ status }) => status === "requested");
    expect(waiting.map(({ clientId, practitionerId }) => [clientId, practitionerId])).toEqual([["ben", "maya"]]);
    expect(waiting[0]?.respondByMs).toBeGreaterThan(nowMs + 30 * 60_000 - 1);
    for (const { status, startsAtMs, endsAtMs } of bookings) {
      if (status === "completed") expect(endsAtMs + 24 * hour).toBeLessThanOrEqual(nowMs);
      else expect(startsAtMs).toBeGreaterThan(nowMs);
    }
    expect(await store.read.timers.nextDueAtMs()).toBeGreaterThan(nowMs);
    expect((await store.read.outbox.counts()).waiting).toBe(1);
  } finally {
    await store.close();
  }
}

describe("the demo's sessions", () => {
  test("at any time: completed ones in the past, confirmed ones ahead, an open request of Ben for Maya, nothing overdue", async () => {
    const instants = fc.integer({ min: instant("2026-01-01T00:00:00Z"), max: instant("2031-01-01T00:00:00Z") });
    await fc.assert(fc.asyncProperty(instants, checkDemo), { numRuns: 10 });
  });

  test("on every day of a week, around the clock", async () => {
    for (let days = 0; days < 7; days++) await checkDemo(instant("2026-05-04T00:30:00Z") + days * 27 * hour);
  });

  test.each([
    ["Lisbon and Berlin go forward", "2026-03-29T01:00:00Z"],
    ["a week before that", "2026-03-24T01:30:00Z"],
    ["New York goes forward", "2026-03-08T07:00:00Z"],
    ["Lisbon and Berlin go back", "2026-10-25T01:00:00Z"],
    ["New York goes back", "2026-11-01T06:00:00Z"],
    ["the year changes", "2026-12-31T23:59:59Z"],
    ["a leap day", "2028-02-29T12:00:00Z"],
  ])("on the night when %s", async (_night, now) => {
    await checkDemo(instant(now));
  });

  test("a second start adds nothing", async () => {
    const { store, clock, bookings } = await demoAt(instant("2026-03-02T08:00:00Z"));
    expect(await importDemo({ store, clock, ...parts })).toBe(false);
    expect((await store.read.people.listClients("harbour")).length).toBe(4);
    expect(bookings).toHaveLength(7);
  });

  test("Ana's package began a month before the demo opens, whatever the file says", async () => {
    const { store } = await demoAt(instant("2027-06-15T08:00:00Z"));
    expect((await store.read.packages.listGrants("harbour", "ana")).map(({ startsOn }) => startsOn)).toEqual([
      "2027-05-16",
    ]);
  });
});
