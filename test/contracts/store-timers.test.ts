import { beforeEach, describe, expect, test } from "vitest";
import type { Timer } from "../../db/repositories/timers.ts";
import type { Store } from "../../db/store.ts";
import { stores } from "../support/store.ts";

const lease = 60_000;
const realNow = 1_000_000;

describe.each(stores)("timers on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  const set = (bookingId: string, kind: string, dueAtMs: number) =>
    store.transaction(({ timers }) =>
      timers.set({ key: `booking:${bookingId}:${kind}`, practiceId: "harbour", kind, bookingId, dueAtMs }),
    );
  const claim = (nowMs: number, realNowMs = realNow, limit = 10) =>
    store.transaction(({ timers }) => timers.claimDue(nowMs, realNowMs, lease, limit));
  const keys = (timers: readonly Timer[]) => timers.map((timer) => timer.key);

  test("due timers are returned earliest first, the others wait by the books' clock", async () => {
    await set("bk_1", "respond-by", 200);
    await set("bk_1", "nudge-50", 100);
    await set("bk_2", "nudge-50", 300);
    expect(await store.read.timers.nextDueAtMs()).toBe(100);
    expect(keys(await claim(200))).toEqual(["booking:bk_1:nudge-50", "booking:bk_1:respond-by"]);
    expect((await store.read.timers.counts()).waiting).toBe(3);
  });

  test("at most the requested number is claimed", async () => {
    for (const n of [1, 2, 3]) await set(`bk_${n}`, "nudge-50", n);
    expect(keys(await claim(9, realNow, 2))).toEqual(["booking:bk_1:nudge-50", "booking:bk_2:nudge-50"]);
    expect(keys(await claim(9, realNow, 2))).toEqual(["booking:bk_3:nudge-50"]);
  });

  test("a lease runs on wall time, so that a jump of the books' clock claims nothing twice", async () => {
    await set("bk_1", "respond-by", 100);
    expect(await claim(100)).toMatchObject([{ attempts: 1 }]);
    expect(await claim(100 + 86_400_000)).toEqual([]);
    expect(await store.read.timers.nextDueAtMs(realNow)).toBeUndefined();
    expect(await claim(100, realNow + lease - 1)).toEqual([]);
    expect(await claim(100, realNow + lease)).toMatchObject([{ attempts: 2 }]);
  });

  test("one timer per kind: set again it has the new time and no lease", async () => {
    await set("bk_1", "respond-by", 100);
    await claim(100);
    await set("bk_1", "respond-by", 150);
    expect(await store.read.timers.find("booking:bk_1:respond-by")).toEqual({
      key: "booking:bk_1:respond-by",
      practiceId: "harbour",
      kind: "respond-by",
      bookingId: "bk_1",
      dueAtMs: 150,
    });
    expect(await claim(149)).toEqual([]);
    expect(await claim(150)).toMatchObject([{ attempts: 1 }]);
    expect((await store.read.timers.counts()).waiting).toBe(1);
  });

  test("D8.1 a booking's timers are deleted in the commit that ends it, all or by kind", async () => {
    for (const kind of ["nudge-50", "nudge-85", "respond-by"]) await set("bk_1", kind, 100);
    await set("bk_2", "respond-by", 100);
    await store.transaction(({ timers }) => timers.removeForBooking("bk_1", ["nudge-50", "nudge-85"]));
    expect((await store.read.timers.counts()).waiting).toBe(2);
    await store.transaction(({ timers }) => timers.removeForBooking("bk_1", []));
    expect((await store.read.timers.counts()).waiting).toBe(2);
    await store.transaction(({ timers }) => timers.removeForBooking("bk_1"));
    expect(keys(await claim(100))).toEqual(["booking:bk_2:respond-by"]);
    await store.transaction(({ timers }) => timers.remove("booking:bk_2:respond-by"));
    expect(await store.read.timers.find("booking:bk_2:respond-by")).toBeUndefined();
    expect(await store.read.timers.nextDueAtMs()).toBeUndefined();
  });

  test("a failed timer waits for its next attempt, is dead in the end, and replayed starts anew (R3)", async () => {
    await set("bk_1", "respond-by", 100);
    const [first] = await claim(100);
    if (first === undefined) throw new Error("nothing was due");
    const report = (work: (timers: Parameters<Parameters<Store["transaction"]>[0]>[0]["timers"]) => Promise<boolean>) =>
      store.transaction(({ timers }) => work(timers));
    expect(await report((timers) => timers.postpone(first, realNow + 5_000, "TypeError", true))).toBe(true);
    // A restart ends leases, not waits.
    await store.transaction(({ timers }) => timers.releaseLeases());
    expect(await claim(100, realNow + 4_999)).toEqual([]);
    const [second] = await claim(100, realNow + 5_000);
    if (second === undefined) throw new Error("nothing was due");
    expect(second.attempts).toBe(2);
    expect(await report((timers) => timers.kill(first, "late"))).toBe(false);
    expect(await report((timers) => timers.kill(second, "TypeError"))).toBe(true);
    expect(await claim(100, realNow + 9_999_999)).toEqual([]);
    expect(await store.read.timers.nextDueAtMs()).toBeUndefined();
    expect(await store.read.timers.counts()).toEqual({ waiting: 0, dead: 1 });
    expect(await store.read.timers.listDead(5)).toEqual([{ ...second, lastError: "TypeError" }]);
    expect(await report((timers) => timers.replay(second.key))).toBe(true);
    expect(await report((timers) => timers.replay(second.key))).toBe(false);
    expect(await claim(100)).toMatchObject([{ attempts: 1 }]);
  });

  test("an attempt that a locked database ended does not count", async () => {
    await set("bk_1", "respond-by", 100);
    const [first] = await claim(100);
    if (first === undefined) throw new Error("nothing was due");
    await store.transaction(({ timers }) => timers.postpone(first, realNow, "DeskError", false));
    expect(await claim(100)).toMatchObject([{ attempts: 1 }]);
  });

  test("a dead timer that is set again is due again", async () => {
    await set("bk_1", "respond-by", 100);
    const [first] = await claim(100);
    if (first === undefined) throw new Error("nothing was due");
    await store.transaction(({ timers }) => timers.kill(first, "TypeError"));
    await set("bk_1", "respond-by", 150);
    expect(await claim(150)).toMatchObject([{ attempts: 1 }]);
  });

  test("metrics count unfinished work", async () => {
    await set("bk_1", "respond-by", 100);
    expect(await store.waiting()).toEqual({ outbox: 0, dead: 0, timers: 1, deadTimers: 0, firstTimerAtMs: 100 });
  });
});
