import { beforeEach, describe, expect, test } from "vitest";
import type { NewOutboxRow } from "../../db/repositories/outbox.ts";
import type { Store } from "../../db/store.ts";
import { anOutboxRow, nextRowAtMs, roomFor } from "../support/records.ts";
import { stores } from "../support/store.ts";

const lease = 60_000;

describe.each(stores)("the outbox on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  const add = (id: string, but: Partial<NewOutboxRow> = {}) =>
    store.transaction(({ outbox }) => outbox.add(anOutboxRow({ id, ...but })));
  const claim = (nowMs: number, limit = 10) =>
    store.transaction(({ outbox }) => outbox.claimDue(nowMs, lease, roomFor(limit)));
  const claimIds = async (nowMs: number, limit = 10) => (await claim(nowMs, limit)).map((row) => row.id);
  const claimOne = async (nowMs: number) => {
    const [row] = await claim(nowMs, 1);
    if (row === undefined) throw new Error("nothing was due");
    return row;
  };
  const report = (work: (outbox: Parameters<Parameters<Store["transaction"]>[0]>[0]["outbox"]) => Promise<boolean>) =>
    store.transaction(({ outbox }) => work(outbox));

  test("a row is claimed as it was queued, with its number and its first attempt", async () => {
    await add("a", { payload: "héllo", kind: "mail" });
    const row = await claimOne(1_000);
    expect(row).toEqual({ ...anOutboxRow({ id: "a", payload: "héllo", kind: "mail" }), seq: row.seq, attempt: 1 });
  });

  test("a duplicate is not queued, even after the first was sent", async () => {
    expect(await add("a")).toBe(true);
    expect(await add("b", { dedupeKey: "a" })).toBe(false);
    const row = await claimOne(1_000);
    await report((outbox) => outbox.finish(row, 1_000));
    expect(await add("c", { dedupeKey: "a", lane: "page:local:ben" })).toBe(false);
    expect(await claimIds(9_999)).toEqual([]);
    expect(await nextRowAtMs(store)).toBeUndefined();
  });

  test("one row of a lane is sent at a time, the oldest first; lanes do not wait for each other", async () => {
    for (const id of ["a1", "a2", "a3"]) await add(id);
    for (const id of ["b1", "b2"]) await add(id, { lane: "page:local:ben" });
    const [a1, b1] = await claim(1_000);
    expect([a1?.id, b1?.id]).toEqual(["a1", "b1"]);
    expect(await claimIds(1_000)).toEqual([]);
    if (a1 === undefined) throw new Error("nothing was claimed");
    await report((outbox) => outbox.finish(a1, 1_001));
    expect(await claimIds(1_001)).toEqual(["a2"]);
  });

  test("at most the requested number of lanes is claimed, the longest waiting first", async () => {
    for (const n of [3, 1, 2]) await add(`r${n}`, { lane: `lane${n}`, queuedAtMs: n });
    expect((await claimIds(10, 2)).sort()).toEqual(["r1", "r2"]);
    expect(await claimIds(10, 2)).toEqual(["r3"]);
  });

  test("lanes are served in turn: after one row of a backlog another lane's new row is next", async () => {
    for (const id of ["old1", "old2"]) await add(id, { queuedAtMs: 1 });
    await add("new", { lane: "page:local:ben", queuedAtMs: 900 });
    const old = await claimOne(1_000);
    await report((outbox) => outbox.finish(old, 1_000));
    expect([old.id, ...(await claimIds(1_000, 1)), ...(await claimIds(1_000, 1))]).toEqual(["old1", "new", "old2"]);
  });

  test("each service's rows are claimed within its own room, and its next due time stands alone (R1)", async () => {
    for (const n of [1, 2, 3]) await add(`m${n}`, { kind: "mail", service: "mail", lane: `mail${n}` });
    await add("card", { queuedAtMs: 1_002 });
    expect(await store.read.outbox.nextDueAtMs()).toEqual({ mail: 1_000, page: 1_002 });
    const some = await store.transaction(({ outbox }) =>
      outbox.claimDue(1_002, lease, [
        { service: "mail", limit: 2 },
        { service: "page", limit: 5 },
      ]),
    );
    expect(some.map((row) => row.id)).toEqual(["m1", "m2", "card"]);
    expect(
      await store.transaction(({ outbox }) => outbox.claimDue(1_002, lease, [{ service: "page", limit: 5 }])),
    ).toEqual([]);
    expect(await store.read.outbox.nextDueAtMs()).toEqual({ mail: 1_000, page: 1_002 + lease });
  });

  test("the age of the oldest waiting row is known; sent and dead rows do not count (R3)", async () => {
    await add("old", { queuedAtMs: 100 });
    await add("young", { queuedAtMs: 900, lane: "page:local:ben" });
    expect(await store.read.outbox.oldestQueuedAtMs()).toBe(100);
    const old = await claimOne(1_000);
    await report((outbox) => outbox.kill(old, "gone", 1_001));
    expect(await store.read.outbox.oldestQueuedAtMs()).toBe(900);
  });

  test("a row due later waits, and its due time is returned", async () => {
    await add("a", { dueAtMs: 5_000 });
    expect(await nextRowAtMs(store)).toBe(5_000);
    expect(await claimIds(4_999)).toEqual([]);
    expect(await claimIds(5_000)).toEqual(["a"]);
    expect(await nextRowAtMs(store)).toBe(5_000 + lease);
  });

  test("case 23: a worker killed after its claim loses the row when the lease expires, and its late report is ignored", async () => {
    await add("a");
    const first = await claimOne(1_000);
    expect(await claimIds(1_000 + lease - 1)).toEqual([]);
    const second = await claimOne(1_000 + lease);
    expect([first.attempt, second.attempt]).toEqual([1, 2]);
    expect(await report((outbox) => outbox.finish(first, 1))).toBe(false);
    expect(await report((outbox) => outbox.postpone(first, 1, "late", true))).toBe(false);
    expect(await report((outbox) => outbox.kill(first, "late", 1))).toBe(false);
    expect(await report((outbox) => outbox.finish(second, 2))).toBe(true);
    expect(await report((outbox) => outbox.finish(second, 3))).toBe(false);
    expect(await store.read.outbox.counts()).toEqual({ waiting: 0, dead: 0 });
  });

  test("a postponed row keeps its place: its lane waits with it, and a rate limit does not count as an attempt (fault 12)", async () => {
    await add("a1");
    await add("a2");
    const first = await claimOne(1_000);
    await report((outbox) => outbox.postpone(first, 2_000, "500", true));
    expect(await claimIds(1_999)).toEqual([]);
    const second = await claimOne(2_000);
    expect([second.id, second.attempt]).toEqual(["a1", 2]);
    await report((outbox) => outbox.postpone(second, 3_000, "429", false));
    const third = await claimOne(3_000);
    expect([third.id, third.attempt]).toEqual(["a1", 2]);
  });

  test("a dead row is listed and reported, its lane continues; replayed it is sent first, with fresh attempts (fault 14)", async () => {
    await add("a1");
    await add("a2");
    const first = await claimOne(1_000);
    await report((outbox) => outbox.kill(first, "channel_not_found", 1_001));
    expect(await store.read.outbox.counts()).toEqual({ waiting: 1, dead: 1 });
    expect(await store.read.outbox.listDead(5)).toEqual([{ ...first, lastError: "channel_not_found" }]);
    const a2 = await claimOne(1_001);
    expect(a2.id).toBe("a2");
    expect(await report((outbox) => outbox.replay("a1"))).toBe(true);
    expect(await report((outbox) => outbox.replay("a1"))).toBe(false);
    expect(await claimIds(1_002)).toEqual([]);
    await report((outbox) => outbox.finish(a2, 1_003));
    expect(await claimOne(1_003)).toMatchObject({ id: "a1", attempt: 1 });
  });

  test("a dead row of an idle lane is sent at once when replayed", async () => {
    await add("a");
    const row = await claimOne(1_000);
    await report((outbox) => outbox.kill(row, "gone", 1_001));
    expect(await nextRowAtMs(store)).toBeUndefined();
    await report((outbox) => outbox.replay("a"));
    expect(await claimIds(1_001)).toEqual(["a"]);
  });

  test("the next card of a talk is the first later one that waits, never a mail or another talk's", async () => {
    await add("a");
    const { seq } = await claimOne(1_000);
    const next = async () => (await store.read.outbox.findNextCard("tk_1", seq))?.payload;
    await add("mail", { kind: "mail", lane: "mail" });
    await add("other", { talkId: "tk_2" });
    expect(await next()).toBeUndefined();
    await add("b", { payload: "second" });
    await add("c", { payload: "third" });
    expect(await next()).toBe("second");
  });

  test("rows sent long ago are deleted in batches; waiting and dead ones stay", async () => {
    for (const n of [1, 2, 3]) {
      await add(`r${n}`, { lane: `lane${n}` });
      const row = await claimOne(1_000);
      await report((outbox) => outbox.finish(row, 1_000 + n));
    }
    await add("dead", { lane: "dead" });
    const dead = await claimOne(1_000);
    await report((outbox) => outbox.kill(dead, "gone", 1_000));
    await add("waits", { lane: "waits" });
    const forget = (atMs: number, limit: number) =>
      store.transaction(({ outbox }) => outbox.removeDoneBefore(atMs, limit));
    expect(await forget(1_003, 1)).toBe(1);
    expect(await forget(1_003, 10)).toBe(1);
    expect(await forget(9_999, 10)).toBe(1);
    expect(await store.read.outbox.counts()).toEqual({ waiting: 1, dead: 1 });
  });

  test("four workers drain four lanes: each row once, each lane in order", async () => {
    const lanes = ["a", "b", "c", "d"];
    for (let n = 0; n < 15; n += 1) for (const lane of lanes) await add(`${lane}${n}`, { lane });
    const sent: string[] = [];
    const work = async () => {
      for (let rows = await claim(1_000, 2); rows.length > 0; rows = await claim(1_000, 2)) {
        for (const row of rows) {
          sent.push(row.id);
          await report((outbox) => outbox.finish(row, 1_000));
        }
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    await work();
    expect(sent).toHaveLength(60);
    for (const lane of lanes) {
      expect(sent.filter((id) => id.startsWith(lane))).toEqual(Array.from({ length: 15 }, (_, n) => `${lane}${n}`));
    }
  });
});
