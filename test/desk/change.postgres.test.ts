import { expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import { confirmBooking, withdrawBooking } from "../../src/desk/booking/decide.ts";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import { cancelBooking, settleCancellation } from "../../src/desk/changes/cancel.ts";
import { approveChange, refuseChange } from "../../src/desk/changes/change.ts";
import { moveBooking } from "../../src/desk/changes/move.ts";
import type { Desk } from "../../src/desk/desk.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import { importYaml } from "../support/desk-files.ts";
import { openPostgresTestStore } from "../support/postgres-store.ts";
import { asClient, asPractitioner, quay } from "./quay.ts";

// Cases 10 and 12, and D4.9: two desks decide at once; one decision wins, nothing is lost or done twice.

const now = instant("2026-03-02T08:00:00Z");
const friday = instant("2026-03-06T09:00:00Z");
const thursday = instant("2026-03-05T10:00:00Z");
const order = { startsAtMs: thursday, methodKey: "video", reason: "Work" };
const ana = asClient("ana");
const maya = asPractitioner("maya");

async function twoDesks() {
  const here = await openPostgresTestStore();
  await importYaml(here, quay, now);
  const stores: readonly Store[] = [here, await here.reopen()];
  const at = <T>(place: number, act: (desk: Desk) => Promise<T>): Promise<T> => {
    const rest = { realNowMs: now, nowMs: now, publicUrl: "http://localhost:3000", platforms: [] };
    return (stores[place % 2] ?? here).transaction((books) => act({ books, ...rest }));
  };
  const book = async (startsAtMs = friday): Promise<Booking> => {
    const held = await at(0, (desk) => holdSlot(desk, ana, { serviceId: "talk", methodKey: "video", startsAtMs }));
    if (!held.ok) throw new Error("nothing was held");
    await at(0, (desk) => submitBooking(desk, ana, held.booking.id));
    return held.booking;
  };
  return { at, book, read: here.read };
}

async function withWish() {
  const { at, book, read } = await twoDesks();
  const booking = await book();
  await at(0, (desk) => confirmBooking(desk, maya, booking.id));
  await at(0, (desk) => moveBooking(desk, ana, booking.id, order));
  const wish = await read.changes.findOpenRequest(booking.id);
  if (wish === undefined) throw new Error("nothing was asked");
  return { at, read, booking, wish };
}

test("Approve pressed at two desks at once moves the session once", async () => {
  const { at, read, booking, wish } = await withWish();
  const decided = await Promise.all(
    [0, 1, 0, 1].map((place) => at(place, (desk) => approveChange(desk, maya, wish.id))),
  );
  expect(decided.map((one) => one.ok && one.request.state)).toEqual(["approved", "approved", "approved", "approved"]);
  expect(await read.bookings.get("quay", booking.id)).toMatchObject({
    startsAtMs: thursday,
    reschedules: 1,
    sequence: 1,
  });
  expect(await read.claims.listForBooking(booking.id)).toMatchObject([{ kind: "session", startsAtMs: thursday }]);
});

test("Approve at one desk and Keep at the other: both show the one that won", async () => {
  const { at, read, booking, wish } = await withWish();
  const [one, other] = await Promise.all([
    at(0, (desk) => approveChange(desk, maya, wish.id)),
    at(1, (desk) => refuseChange(desk, maya, wish.id)),
  ]);
  const state = (await read.changes.findRequest("quay", wish.id))?.state;
  expect([one.ok && one.request.state, other.ok && other.request.state]).toEqual([state, state]);
  const { startsAtMs } = await read.bookings.get("quay", booking.id);
  expect(startsAtMs).toBe(state === "approved" ? thursday : friday);
});

test("Approve at one desk while the client cancels at the other: the session is cancelled, whether or not it moved first", async () => {
  const { at, read, booking, wish } = await withWish();
  const [, cancelled] = await Promise.all([
    at(0, (desk) => approveChange(desk, maya, wish.id)),
    at(1, (desk) => cancelBooking(desk, ana, booking.id, { late: false, reason: "Ill" })),
  ]);
  expect(cancelled.ok).toBe(true);
  const present = await read.bookings.get("quay", booking.id);
  expect(present).toMatchObject({ status: "cancelled" });
  // A request that was not decided waits for the undo minute to end (D4.9).
  await at(0, (desk) => settleCancellation(desk, present));
  expect(await read.changes.findOpenRequest(booking.id)).toBeUndefined();
  expect(await read.claims.listForBooking(booking.id)).toEqual([]);
});

test("Confirm at one desk while the client withdraws at the other: the first wins, and both see the same", async () => {
  const { at, book, read } = await twoDesks();
  const booking = await book();
  await Promise.all([
    at(0, (desk) => confirmBooking(desk, maya, booking.id)),
    at(1, (desk) => withdrawBooking(desk, ana, booking.id)),
  ]);
  const { status } = await read.bookings.get("quay", booking.id);
  expect(["confirmed", "withdrawn"]).toContain(status);
  expect(await read.claims.listForBooking(booking.id)).toHaveLength(status === "confirmed" ? 1 : 0);
});

test("two sessions moved to the same time at once: one change request holds it", async () => {
  const { at, book } = await twoDesks();
  const first = await book();
  const second = await book(friday + 3_600_000);
  for (const { id } of [first, second]) await at(0, (desk) => confirmBooking(desk, maya, id));
  const results = await Promise.all(
    [first, second].map(({ id }, place) => at(place, (desk) => moveBooking(desk, ana, id, order))),
  );
  expect(results.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
});
