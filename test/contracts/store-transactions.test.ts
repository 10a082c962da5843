import Sqlite from "better-sqlite3";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Books } from "../../db/store.ts";
import { patienceMs } from "../support/patience.ts";
import { aPractice } from "../support/records.ts";
import { openTestStore, stores, type TestStore } from "../support/store.ts";

const named = (name: string) => aPractice({ id: name, name });

describe.each(stores)("transactions on $name", ({ open }) => {
  let store: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    store = await open();
  });

  const saved = async () => (await store.read.practices.list()).map((practice) => practice.id);
  const save = (name: string) => store.transaction(({ practices }) => practices.save(named(name)));

  test("a body that throws commits nothing, and its own error is rethrown", async () => {
    const error = new Error("changed my mind");
    const turn = store.transaction(async ({ practices }) => {
      await practices.save(named("a"));
      throw error;
    });
    await expect(turn).rejects.toBe(error);
    expect(await saved()).toEqual([]);
  });

  test("uncommitted writes are visible inside the transaction only", async () => {
    await store.transaction(async ({ practices }) => {
      await practices.save(named("a"));
      expect(await practices.find("a")).toBeDefined();
      expect(await store.read.practices.find("a")).toBeUndefined();
    });
    expect(await saved()).toEqual(["a"]);
  });

  test("a nested transaction is refused at once instead of deadlocking", async () => {
    await store.transaction(async ({ practices }) => {
      await practices.save(named("a"));
      await expect(save("b")).rejects.toMatchObject({ code: "nested-transaction" });
      const mail = { id: "m", sentAtMs: 1, to: "a", subject: "", text: "" };
      await expect(store.tray.add(mail)).rejects.toMatchObject({ code: "nested-transaction" });
    });
    expect(await saved()).toEqual(["a"]);
  });

  test("work that a body started but did not await may open its own transaction afterwards", async () => {
    const { promise: committed, resolve: commit } = Promise.withResolvers<void>();
    const later = await store.transaction(async () => ({ saving: committed.then(() => save("later")) }));
    commit();
    await later.saving;
    expect(await saved()).toEqual(["later"]);
  });

  test("books used after their transaction write nothing, not even into another transaction", async () => {
    let kept: Books | undefined;
    await store.transaction(async (books) => {
      kept = books;
    });
    const write = async () => kept?.practices.save(named("stray"));
    await expect(write()).rejects.toMatchObject({ code: "outside-transaction" });
    const { promise: tried, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const other = store.transaction(() => {
      begin();
      return tried;
    });
    await begun;
    await expect(write()).rejects.toMatchObject({ code: "outside-transaction" });
    goOn();
    await other;
    expect(await saved()).toEqual([]);
  });

  test("the read-only books cannot write, by type and at run time", async () => {
    // @ts-expect-error `save` exists only on the books of a transaction.
    const write = async () => store.read.practices.save(named("a"));
    await expect(write()).rejects.toThrow();
    expect(await saved()).toEqual([]);
  });

  test("closing waits for open transactions and refuses later ones", async () => {
    const turns = [save("a"), save("b")];
    const closing = store.close();
    await expect(save("c")).rejects.toMatchObject({ code: "store-closed" });
    await closing;
    await Promise.all(turns);
    expect(await (await store.reopen()).read.practices.list()).toHaveLength(2);
  });
});

describe("transactions on SQLite, which has one writer", () => {
  let store: TestStore;
  beforeEach(async () => {
    store = await openTestStore({ waitTimeoutMs: 150 });
  });

  const saved = async () => (await store.read.practices.list()).map((practice) => practice.id);
  const save = (name: string) => store.transaction(({ practices }) => practices.save(named(name)));

  test("transactions run one after the other in the order requested; a failed one does not affect the others", async () => {
    const order: string[] = [];
    const turn = (name: string, fails = false) =>
      store.transaction(async ({ practices }) => {
        order.push(`${name} begins`);
        for (let n = 0; n < 5; n += 1) await practices.save(named(`${name}${n}`));
        order.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const ends = await Promise.allSettled([turn("a"), turn("b", true), turn("c")]);
    expect(order).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
    expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await saved()).map((id) => id[0])).toEqual([..."aaaaaccccc"]);
  });

  test("queued transactions share one commit: none is answered before it, and a failed one rolls back alone", async () => {
    const seen: string[] = [];
    const turn = (name: string, fails = false) =>
      store
        .transaction(async ({ practices }) => {
          await practices.save(named(name));
          seen.push(`${name} wrote, ${(await saved()).length} in the books`);
          if (fails) throw new Error(name);
        })
        .then(
          () => seen.push(`${name} done`),
          () => seen.push(`${name} failed`),
        );
    // The test clock stands still, so that a slow machine does not end the batch early.
    const now = vi.spyOn(performance, "now").mockReturnValue(0);
    await Promise.all([turn("a"), turn("b", true), turn("c")]);
    now.mockRestore();
    expect(seen.slice(0, 3)).toEqual(["a", "b", "c"].map((name) => `${name} wrote, 0 in the books`));
    expect(seen.slice(3).sort()).toEqual(["a done", "b failed", "c done"]);
    expect(await saved()).toEqual(["a", "c"]);
  });

  test("fault 18: an automatic rollback by SQLite fails every transaction of the shared commit, and each gets the error", async () => {
    const connection = new Sqlite(store.file);
    connection.exec(
      "create trigger full before insert on practices when new.id = 'b' begin select raise(rollback, 'full'); end",
    );
    connection.close();
    const now = vi.spyOn(performance, "now").mockReturnValue(0); // as above
    const ends = await Promise.allSettled(["a", "b"].map(save));
    now.mockRestore();
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await saved()).toEqual([]);
    await save("c");
    expect(await saved()).toEqual(["c"]);
  });

  test("fault 19: while another process holds the lock, a turn waits for it and then continues; reads work meanwhile", async () => {
    const patient = await openTestStore({ waitTimeoutMs: patienceMs });
    const other = patient.raw();
    other.exec("BEGIN IMMEDIATE");
    const turn = patient.transaction(({ practices }) => practices.save(named("a")));
    for (let n = 0; n < 20; n += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await patient.ping();
    }
    other.exec("ROLLBACK");
    await turn;
    expect(await patient.read.practices.find("a")).toBeDefined();
  });

  test("fault 19: a lock that stays times out: retryable, nothing written, and those behind do not wait the timeout again", async () => {
    const other = store.raw();
    other.exec("BEGIN IMMEDIATE");
    // Each clock reading is 10 ms later: 150 ms are 15 readings for one turn, and 900 if each turn began to wait
    // when its predecessor timed out.
    let nowMs = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => (nowMs += 10));
    const turns = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => save(`p${n}`)));
    const looks = clock.mock.calls.length;
    clock.mockRestore();
    expect(looks).toBeLessThan(300);
    for (const turn of turns) {
      expect(turn).toMatchObject({ status: "rejected", reason: { code: "database-busy", retryable: true } });
    }
    other.exec("ROLLBACK");
    await save("after");
    expect(await saved()).toEqual(["after"]);
  });

  test("a long queue of transactions does not block the event loop", async () => {
    let rounds = 0;
    const count = () => {
      rounds += 1;
      round = setImmediate(count);
    };
    let round = setImmediate(count);
    for (let n = 0; n < 20; n += 1) await save("a");
    clearImmediate(round);
    expect(rounds).toBeGreaterThan(2);
  });

  test("a long transaction is logged, a short one is not", async () => {
    const onSlow = vi.fn();
    const told = await openTestStore({ onSlow });
    let nowMs = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => nowMs);
    onTestFinished(() => clock.mockRestore());
    const lasting = (ms: number) =>
      told.transaction(async () => {
        nowMs += ms;
      });
    await lasting(50);
    expect(onSlow).not.toHaveBeenCalled();
    await lasting(51);
    expect(onSlow).toHaveBeenCalledExactlyOnceWith(51);
  });

  test("fault 18: a full disk rolls the turn back, with a retryable error", async () => {
    const turn = store.transaction(async ({ practices }) => {
      await practices.save(named("a"));
      throw new Sqlite.SqliteError("database or disk is full", "SQLITE_FULL");
    });
    await expect(turn).rejects.toMatchObject({ code: "disk-full", retryable: true });
    expect(await saved()).toEqual([]);
  });
});
