import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import type { Actor } from "../../src/desk/actor.ts";
import { confirmBooking, declineBooking, withdrawBooking } from "../../src/desk/booking/decide.ts";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { extendPackage, forfeitCredit, restoreCredit } from "../../src/desk/packages/credits.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { type Balance, readLedger } from "../../src/domain/credits.ts";
import { instant } from "../support/clock.ts";
import { importYaml } from "../support/desk-files.ts";
import { stores } from "../support/store.ts";

const now = instant("2026-03-02T08:00:00Z");
const hour = 3_600_000;
const nine = instant("2026-03-03T09:00:00Z");
const maya: Actor = {
  kind: "practitioner",
  practiceId: "packages",
  practitionerId: "maya",
  admin: true,
  place: "page:local:maya",
};
const yaml = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8");

describe.each(stores)("packages on $name", ({ open }) => {
  let processes: readonly Store[];
  beforeEach(async () => {
    const here = await open();
    await importYaml(here, yaml, now);
    processes = [here, await here.reopen()];
  });

  /** Acts at one of two desks on the same books. */
  function at<T>(place: number, act: (desk: Desk) => Promise<T>, nowMs = now): Promise<T> {
    const store = processes[place % 2] ?? processes[0];
    if (store === undefined) throw new Error("no desk");
    const rest = { realNowMs: nowMs, nowMs, publicUrl: "http://localhost:3000", platforms: [] };
    return store.transaction((books) => act({ books, ...rest }));
  }
  const asClient = (clientId: string): Actor => ({
    kind: "client",
    practiceId: "packages",
    clientId,
    place: `page:local:${clientId}`,
  });
  const packageOf = async (clientId: string) => {
    const [held] = await at(0, (desk) => desk.books.packages.listGrants("packages", clientId));
    if (held === undefined) throw new Error("no package");
    return held;
  };
  const hold = async (clientId: string, startsAtMs: number): Promise<Booking> => {
    const { id: clientPackageId } = await packageOf(clientId);
    const order = { serviceId: "follow-up", methodKey: "video", startsAtMs, clientPackageId };
    const held = await at(0, (desk) => holdSlot(desk, asClient(clientId), order));
    if (!held.ok) throw new Error(held.refusal);
    return held.booking;
  };
  const submit = (place: number, { id, clientId }: Booking) =>
    at(place, (desk) => submitBooking(desk, asClient(clientId), id));
  const balanceOf = async (clientId: string): Promise<Balance> => {
    const { id } = await packageOf(clientId);
    const entries = await at(0, (desk) => desk.books.packages.listEntries("packages", id));
    const { total } = readLedger(entries);
    expect(total.available + total.reserved + total.consumed + total.forfeited + total.expired).toBe(total.granted);
    return total;
  };
  const reread = ({ id }: Booking) => at(0, (desk) => desk.books.bookings.get("packages", id));

  test("a ledger is read in write order, and a package by its id and practice only", async () => {
    const held = await packageOf("ana");
    expect(held).toMatchObject({ startsOn: "2026-03-02", expiresOn: "2026-06-30", clientId: "ana" });
    await at(0, async ({ books }) => {
      for (const kind of ["reserve", "consume", "restore"] as const) {
        const line = { kind, serviceId: "follow-up", bookingId: "bk_1", amount: 1, actor: "desk", atMs: 7 };
        await books.packages.addEntry({ ...line, practiceId: "packages", clientPackageId: held.id });
      }
    });
    const entries = await at(1, ({ books }) => books.packages.listEntries("packages", held.id));
    expect(entries.map(({ kind }) => kind)).toEqual(["grant", "reserve", "consume", "restore"]);
    expect(await at(0, ({ books }) => books.packages.findGrant("elsewhere", held.id))).toBeUndefined();
    expect(await at(0, ({ books }) => books.packages.listEntries("elsewhere", held.id))).toEqual([]);
  });

  test("case 14: of several requests for the last credit at two desks exactly one succeeds", async () => {
    for (let round = 0; round < 4; round += 1) {
      const drafts = [];
      for (let place = 0; place < 4; place += 1)
        drafts.push(await hold("carl", nine + (round * 24 + (place % 3)) * hour));
      const results = await Promise.all(drafts.map((draft, place) => submit(place, draft)));
      const made = results.flatMap((result) => (result.ok ? [result.booking] : []));
      expect(made, `round ${round}`).toHaveLength(1);
      for (const result of results) if (!result.ok) expect(result.refusal).toMatch(/package-unusable|slot-taken/);
      expect(await balanceOf("carl")).toMatchObject({ granted: 1, available: 0, reserved: 1 });
      const [booking] = made;
      if (booking === undefined) return;
      await at(1, (desk) => withdrawBooking(desk, asClient("carl"), booking.id));
      expect(await balanceOf("carl")).toMatchObject({ available: 1, reserved: 0 });
    }
  });

  test("D6.2: of two requests in one week of a package for one a week, exactly one succeeds", async () => {
    const drafts = [await hold("ana", nine), await hold("ana", nine + 24 * hour)];
    const results = await Promise.all(drafts.map((draft, place) => submit(place, draft)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, refusal: "package-unusable" });
    expect(await balanceOf("ana")).toMatchObject({ available: 4, reserved: 1 });
  });

  test("confirm and withdraw at once, at two desks: the credit matches the booking's state", async () => {
    for (let round = 0; round < 6; round += 1) {
      const draft = await hold("carl", nine + (round % 3) * hour);
      await submit(0, draft);
      await Promise.all([
        at(0, (desk) => confirmBooking(desk, maya, draft.id)),
        at(1, (desk) => withdrawBooking(desk, asClient("carl"), draft.id)),
      ]);
      const booking = await reread(draft);
      const taken = booking.status === "confirmed";
      expect(await balanceOf("carl")).toMatchObject({ reserved: 0, consumed: taken ? 1 : 0, available: taken ? 0 : 1 });
      if (!taken) continue;
      const given = await Promise.all([0, 1].map((place) => at(place, (desk) => restoreCredit(desk, maya, booking))));
      expect([...given].sort()).toEqual(["nothing", "restored"]);
      // Ends the session itself, or its time would stay taken.
      await at(0, async ({ books }) => {
        await books.claims.removeForBooking(booking.id);
        await books.bookings.save({ ...booking, status: "cancelled", version: booking.version + 1 }, booking.version);
      });
    }
  });

  test("D6.2: declined and expired requests release, and an automatically confirmed session consumes at once", async () => {
    const draft = await hold("carl", nine);
    await submit(0, draft);
    expect((await at(0, (desk) => declineBooking(desk, maya, draft.id))).ok).toBe(true);
    expect(await balanceOf("carl")).toMatchObject({ available: 1, reserved: 0 });

    const [, held] = await at(0, ({ books }) => books.packages.listGrants("packages", "ben"));
    const order = { serviceId: "measurement", methodKey: "phone", startsAtMs: nine, clientPackageId: held?.id ?? "" };
    const auto = await at(0, (desk) => holdSlot(desk, asClient("ben"), order));
    if (!auto.ok) throw new Error(auto.refusal);
    await submit(0, auto.booking);
    const entries = await at(0, ({ books }) => books.packages.listEntries("packages", held?.id ?? ""));
    expect(entries.slice(2).map(({ kind }) => kind)).toEqual(["reserve", "consume"]);
  });

  test("case 13: the package expires between request and confirmation: the session is confirmed and its credit used", async () => {
    const draft = await hold("carl", nine);
    await submit(0, draft);
    const { id } = await packageOf("carl");
    await at(0, ({ books }) => books.packages.setExpiry("packages", id, "2026-03-01"));
    expect((await at(1, (desk) => confirmBooking(desk, maya, draft.id))).ok).toBe(true);
    expect(await balanceOf("carl")).toMatchObject({ reserved: 0, consumed: 1 });
  });

  test("D6.4: a session that starts after the last day is neither held nor requested", async () => {
    const { id: clientPackageId } = await packageOf("carl");
    const order = { serviceId: "follow-up", methodKey: "video", startsAtMs: nine + 6 * 24 * hour, clientPackageId };
    expect(await at(0, (desk) => holdSlot(desk, asClient("carl"), order))).toEqual({
      ok: false,
      refusal: "slot-taken",
    });
    const draft = await hold("carl", nine);
    await at(0, ({ books }) => books.packages.setExpiry("packages", clientPackageId, "2026-03-02"));
    expect(await submit(0, draft)).toEqual({ ok: false, refusal: "package-unusable" });
    expect(await balanceOf("carl")).toMatchObject({ available: 1, reserved: 0 });
  });

  test("case 15: a credit restored after the last day has expired, and an extension of 14 days makes it free once", async () => {
    const draft = await hold("carl", nine);
    await submit(0, draft);
    await at(0, (desk) => confirmBooking(desk, maya, draft.id));
    const booking = await reread(draft);
    const later = instant("2026-03-07T08:00:00Z");
    expect(await at(0, (desk) => restoreCredit(desk, asClient("carl"), booking), later)).toBe("expired");
    expect(await balanceOf("carl")).toMatchObject({ available: 0, consumed: 0, expired: 1 });

    const { id, expiresOn } = await packageOf("carl");
    const extend = (place: number) => at(place, (desk) => extendPackage(desk, maya, id, 14, expiresOn), later);
    const both = await Promise.all([extend(0), extend(1)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await packageOf("carl")).toMatchObject({ expiresOn: "2026-03-21" });
    expect(await balanceOf("carl")).toMatchObject({ available: 1, expired: 0 });
  });

  test("a forfeited credit is lost once, and returns when it is waived", async () => {
    const draft = await hold("carl", nine);
    await submit(0, draft);
    await at(0, (desk) => confirmBooking(desk, maya, draft.id));
    const booking = await reread(draft);
    await Promise.all([0, 1].map((place) => at(place, (desk) => forfeitCredit(desk, maya, booking))));
    expect(await balanceOf("carl")).toMatchObject({ consumed: 0, forfeited: 1 });
    expect(await at(0, (desk) => restoreCredit(desk, maya, booking))).toBe("restored");
    expect(await balanceOf("carl")).toMatchObject({ available: 1, forfeited: 0 });
  });
});
