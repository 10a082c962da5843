import { beforeEach, describe, expect, test } from "vitest";
import type { BookingFilter } from "../../db/repositories/bookings.ts";
import type { Store } from "../../db/store.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import { aBooking, aClaim } from "../support/records.ts";
import { stores } from "../support/store.ts";

const day = 86_400_000;
const hour = 3_600_000;
const tuesdayTen = instant("2026-03-03T10:00:00Z");

describe.each(stores)("bookings and claims on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  const add = (...bookings: Booking[]) =>
    store.transaction(async (books) => {
      for (const booking of bookings) await books.bookings.add(booking);
    });
  const claim = (but: Parameters<typeof aClaim>[0] = {}) =>
    store.transaction(({ claims }) => claims.claim(aClaim(but)));

  test("a booking is found as it was added, and only in its own practice", async () => {
    await add(aBooking());
    expect(await store.read.bookings.get("harbour", "bk_1")).toEqual(aBooking());
    expect(await store.read.bookings.find("alder", "bk_1")).toBeUndefined();
    await expect(store.read.bookings.get("alder", "bk_1")).rejects.toMatchObject({ code: "not-found" });
  });

  test("D4.2: of two decisions on one version the first is stored and the second is refused", async () => {
    await add(aBooking({ status: "requested" }));
    const confirmed = aBooking({ status: "confirmed", version: 2, decidedAtMs: 5, joinUrl: "https://meet.example/x" });
    const decide = (booking: Booking) => store.transaction(({ bookings }) => bookings.save(booking, 1));
    expect(await decide(confirmed)).toBe(true);
    expect(await decide(aBooking({ status: "declined", version: 2, reason: "Ill" }))).toBe(false);
    expect(await store.read.bookings.get("harbour", "bk_1")).toEqual(confirmed);
  });

  test("saving a booking without an optional field clears the field", async () => {
    await add(aBooking({ respondByMs: 5, reason: "Ill" }));
    await store.transaction(({ bookings }) => bookings.save(aBooking({ version: 2 }), 1));
    expect(await store.read.bookings.get("harbour", "bk_1")).toEqual(aBooking({ version: 2 }));
  });

  test("a version that does not follow is a bug of the caller", async () => {
    await add(aBooking());
    const saving = store.transaction(({ bookings }) => bookings.save(aBooking({ version: 3 }), 1));
    await expect(saving).rejects.toThrow("does not follow");
  });

  test("lists are by client or practitioner, by status and start, in either order, in pages", async () => {
    const at = (n: number) => ({
      id: `bk_${n}`,
      startsAtMs: tuesdayTen + n * day,
      endsAtMs: tuesdayTen + n * day + hour,
    });
    await add(
      ...[1, 2, 3, 4].map((n) => aBooking({ ...at(n), status: "confirmed" })),
      aBooking({ ...at(5), status: "declined" }),
      aBooking({ ...at(6), status: "confirmed", clientId: "ben" }),
      aBooking({ ...at(7), status: "confirmed", practitionerId: "zoe" }),
    );
    const ids = async (filter: Partial<BookingFilter>) => {
      const rows = await store.read.bookings.listForClient("harbour", "ana", {
        statuses: ["confirmed"],
        order: "asc",
        ...filter,
      });
      return rows.map((booking) => booking.id);
    };
    expect(await ids({})).toEqual(["bk_1", "bk_2", "bk_3", "bk_4", "bk_7"]);
    expect(await ids({ order: "desc", limit: 2, offset: 1 })).toEqual(["bk_4", "bk_3"]);
    expect(await ids({ offset: 4 })).toEqual(["bk_7"]);
    expect(await ids({ fromMs: tuesdayTen + 2 * day, toMs: tuesdayTen + 4 * day })).toEqual(["bk_2", "bk_3"]);
    expect(await ids({ statuses: ["declined", "expired"] })).toEqual(["bk_5"]);
    expect(await ids({ statuses: [] })).toEqual([]);
    const mayas = await store.read.bookings.listForPractitioner("harbour", "maya", {
      statuses: ["confirmed"],
      order: "desc",
    });
    expect(mayas.map((booking) => booking.id)).toEqual(["bk_6", "bk_4", "bk_3", "bk_2", "bk_1"]);
  });

  test("D3.5: held, declined and withdrawn sessions do not count towards limits, nor does the one being moved", async () => {
    const statuses = ["requested", "confirmed", "completed", "no_show", "held", "declined", "withdrawn"] as const;
    await add(...statuses.map((status, n) => aBooking({ id: `bk_${n}`, status, startsAtMs: tuesdayTen + n * hour })));
    const counted = (toMs: number, except?: string) =>
      store.read.bookings.countedStarts("harbour", "maya", tuesdayTen, toMs, except);
    expect(await counted(tuesdayTen + day)).toEqual([0, 1, 2, 3].map((n) => tuesdayTen + n * hour));
    expect(await counted(tuesdayTen + 2 * hour, "bk_0")).toEqual([tuesdayTen + hour]);
  });

  test("a released hold leaves no booking", async () => {
    await add(aBooking());
    await store.transaction(({ bookings }) => bookings.remove("alder", "bk_1"));
    expect(await store.read.bookings.find("harbour", "bk_1")).toBeDefined();
    await store.transaction(({ bookings }) => bookings.remove("harbour", "bk_1"));
    expect(await store.read.bookings.find("harbour", "bk_1")).toBeUndefined();
  });

  test("D3.3: a second booking gets no time that overlaps by a minute; back to back is free", async () => {
    const other = { bookingId: "bk_2" };
    const at = (from: string, to: string) => ({
      ...other,
      startsAtMs: instant(`2026-03-03T${from}:00Z`),
      endsAtMs: instant(`2026-03-03T${to}:00Z`),
    });
    expect(await claim()).toBe(true);
    for (const [from, to] of [
      ["10:00", "11:00"],
      ["09:01", "10:01"],
      ["10:59", "11:59"],
      ["10:20", "10:40"],
      ["08:00", "20:00"],
    ] as const) {
      expect(await claim(at(from, to)), `${from}–${to}`).toBe(false);
    }
    expect(await claim(at("09:00", "10:00"))).toBe(true);
    expect(await claim(at("11:00", "12:00"))).toBe(true);
    expect(await claim({ ...other, practitionerId: "zoe" })).toBe(true);
    expect(await claim({ ...other, practiceId: "alder" })).toBe(true);
  });

  test("D3.3: a booking may overlap its own earlier time", async () => {
    expect(await claim()).toBe(true);
    expect(
      await claim({ startsAtMs: tuesdayTen + hour / 2, endsAtMs: tuesdayTen + 1.5 * hour, kind: "proposal" }),
    ).toBe(true);
    expect(await store.read.claims.listForBooking("bk_1")).toHaveLength(2);
  });

  test("a claim of a whole day blocks a start just before its end", async () => {
    expect(await claim({ startsAtMs: tuesdayTen, endsAtMs: tuesdayTen + day })).toBe(true);
    const late = { startsAtMs: tuesdayTen + day - 1, endsAtMs: tuesdayTen + day + hour };
    expect(await claim({ bookingId: "bk_2", ...late })).toBe(false);
    expect(await claim({ bookingId: "bk_2", ...late, startsAtMs: tuesdayTen + day })).toBe(true);
  });

  test("case 6: of fifty clients who request one slot at the same time exactly one gets it", async () => {
    const asking = Array.from({ length: 50 }, (_, n) =>
      store.transaction(async (books) => {
        const question = {
          practiceId: "harbour",
          practitionerId: "maya",
          fromMs: tuesdayTen,
          toMs: tuesdayTen + hour,
          nowMs: 0,
        };
        await books.claims.listBusy(question);
        await Promise.resolve();
        const taken = await books.claims.claim(aClaim({ bookingId: `bk_${n}` }));
        if (taken) await books.bookings.add(aBooking({ id: `bk_${n}` }));
        return taken;
      }),
    );
    const taken = await Promise.all(asking);
    expect(taken.filter(Boolean)).toHaveLength(1);
    const winner = `bk_${taken.indexOf(true)}`;
    const held = await store.read.bookings.listForPractitioner("harbour", "maya", { statuses: ["held"], order: "asc" });
    expect(held.map((booking) => booking.id)).toEqual([winner]);
  });

  test("the busy query returns claims that overlap the range, with their buffers and without expired ones", async () => {
    const at = (n: number) => ({
      bookingId: `bk_${n}`,
      startsAtMs: tuesdayTen + n * hour,
      endsAtMs: tuesdayTen + (n + 1) * hour,
    });
    await claim({ ...at(0), bufferBeforeMinutes: 5, bufferAfterMinutes: 15 });
    await claim({ ...at(1), kind: "hold", expiresAtMs: 1_000 });
    await claim({ ...at(2), kind: "hold", expiresAtMs: 1_001 });
    await claim({ ...at(3) });
    const busy = async (fromMs: number, toMs: number, exceptBookingId?: string) => {
      const asked = { practiceId: "harbour", practitionerId: "maya", fromMs, toMs, nowMs: 1_000 };
      const rows = await store.read.claims.listBusy({ ...asked, ...(exceptBookingId && { exceptBookingId }) });
      return rows.map((row) => (row.startsAtMs - tuesdayTen) / hour);
    };
    expect(await busy(tuesdayTen, tuesdayTen + 3 * hour)).toEqual([0, 2]);
    expect(await busy(tuesdayTen + hour - 1, tuesdayTen + 3 * hour + 1)).toEqual([0, 2, 3]);
    expect(await busy(tuesdayTen + hour, tuesdayTen + 2 * hour)).toEqual([]);
    expect(await busy(tuesdayTen, tuesdayTen + 4 * hour, "bk_3")).toEqual([0, 2]);
    const [first] = await store.read.claims.listBusy({
      practiceId: "harbour",
      practitionerId: "maya",
      fromMs: tuesdayTen,
      toMs: tuesdayTen + 1,
      nowMs: 0,
    });
    expect(first).toEqual({
      bookingId: "bk_0",
      startsAtMs: tuesdayTen,
      endsAtMs: tuesdayTen + hour,
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 15,
    });
  });

  test("D4.10: a held slot is free for its owner and taken for everyone else; a requested one is taken for all", async () => {
    const later = { startsAtMs: tuesdayTen + hour, endsAtMs: tuesdayTen + 2 * hour };
    await add(aBooking(), aBooking({ id: "bk_2", ...later, status: "requested" }));
    await claim({ kind: "hold", expiresAtMs: tuesdayTen });
    await claim({ bookingId: "bk_2", ...later, kind: "request" });
    const busyFor = async (exceptClientHoldsOf: string) => {
      const asked = {
        practiceId: "harbour",
        practitionerId: "maya",
        fromMs: tuesdayTen,
        toMs: tuesdayTen + day,
        nowMs: 0,
      };
      return (await store.read.claims.listBusy({ ...asked, exceptClientHoldsOf })).length;
    };
    expect(await busyFor("ana")).toBe(1);
    expect(await busyFor("ben")).toBe(2);
  });

  test("expired claims are removed at their instant, in time for the next client", async () => {
    await claim({ kind: "hold", expiresAtMs: 1_000 });
    const tidyAt = (nowMs: number) => store.transaction(({ claims }) => claims.removeLapsed("harbour", "maya", nowMs));
    await tidyAt(999);
    expect(await claim({ bookingId: "bk_2" })).toBe(false);
    await tidyAt(1_000);
    expect(await claim({ bookingId: "bk_2" })).toBe(true);
    await tidyAt(Number.MAX_SAFE_INTEGER);
    expect(await store.read.claims.listForBooking("bk_2")).toHaveLength(1);
  });

  test("a client's other holds are released, their requests and other clients' holds are not", async () => {
    const at = (n: number) => ({ startsAtMs: tuesdayTen + n * hour, endsAtMs: tuesdayTen + (n + 1) * hour });
    await add(
      aBooking(),
      aBooking({ id: "bk_2" }),
      aBooking({ id: "bk_3" }),
      aBooking({ id: "bk_4", clientId: "ben" }),
    );
    await claim({ kind: "hold", ...at(1) });
    await claim({ bookingId: "bk_2", kind: "hold", ...at(2) });
    await claim({ bookingId: "bk_3", kind: "request", ...at(3) });
    await claim({ bookingId: "bk_4", kind: "hold", ...at(4) });
    await store.transaction(({ claims }) => claims.removeHoldsOfClient("harbour", "ana", "bk_1"));
    const left = await Promise.all(["bk_1", "bk_2", "bk_3", "bk_4"].map((id) => store.read.claims.listForBooking(id)));
    expect(left.map((claims) => claims.length)).toEqual([1, 0, 1, 1]);
  });

  test("a booking's claims are removed together, or by kind", async () => {
    await claim({ kind: "hold" });
    await claim({ kind: "session" });
    await store.transaction(({ claims }) => claims.removeForBooking("bk_1", "hold"));
    expect((await store.read.claims.listForBooking("bk_1")).map((each) => each.kind)).toEqual(["session"]);
    await store.transaction(({ claims }) => claims.removeForBooking("bk_1"));
    expect(await store.read.claims.listForBooking("bk_1")).toEqual([]);
  });
});
