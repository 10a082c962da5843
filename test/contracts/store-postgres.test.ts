import pg from "pg";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { backUpBooks } from "../../db/backup.ts";
import { openStore, type Store } from "../../db/store.ts";
import type { Change } from "../../src/ports/changes.ts";
import { newRingKey, openVault } from "../../src/vault.ts";
import { patienceMs } from "../support/patience.ts";
import { emptyDatabase, openPostgresTestStore, type PostgresTestStore } from "../support/postgres-store.ts";
import { aBooking, anasPage, anOutboxRow, aPractice, aPractitioner, aTalk, roomFor } from "../support/records.ts";
import { until } from "../support/until.ts";

const named = (name: string) => aPractice({ id: name, name });

/** A promise with the function that resolves it. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  return { opened, open };
}

describe("several desk processes on one PostgreSQL", () => {
  let here: PostgresTestStore;
  let there: Store;
  beforeEach(async () => {
    here = await openPostgresTestStore();
    there = await here.reopen();
  });

  /** Whether the server reports a session that waits for another session's lock. */
  const lockWaits = async () => {
    const waiting = await here.raw(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return waiting.length > 0;
  };

  /** Runs `first` here and keeps its transaction open until `second`, begun there, waits for it. */
  async function inTurn(first: (store: Store) => Promise<unknown>, second: (store: Store) => Promise<unknown>) {
    const order: string[] = [];
    const done = gate();
    const hold = gate();
    const holding = here.transaction(async (books) => {
      await first({ ...here, transaction: (work) => work(books) });
      done.open();
      await hold.opened;
      order.push("first");
    });
    await done.opened;
    const waiting = second(there).then(() => order.push("second"));
    await until("the second one waits", lockWaits).finally(hold.open);
    await Promise.all([holding, waiting]);
    return order;
  }

  test("one person's inputs are processed one at a time, across processes", async () => {
    const turn = (store: Store) => store.transaction(({ identities }) => identities.beginTurn(anasPage, undefined, 1));
    expect(await inTurn(turn, turn)).toEqual(["first", "second"]);
  });

  test("outbox rows for a person are written between the person's turns", async () => {
    await here.transaction(({ identities }) => identities.beginTurn(anasPage, undefined, 1));
    const turn = (store: Store) => store.transaction(({ identities }) => identities.beginTurn(anasPage, undefined, 1));
    const tidy = (store: Store) => store.transaction(({ identities }) => identities.lock(anasPage));
    expect(await inTurn(turn, tidy)).toEqual(["first", "second"]);
  });

  test("D3.3: a request for a practitioner's time waits for the earlier one; another practitioner's does not wait", async () => {
    await here.transaction(async ({ people }) => {
      for (const id of ["maya", "zoe", "lea"]) await people.savePractitioner(aPractitioner({ id }), false);
    });
    const ask =
      (...ids: string[]) =>
      (store: Store) =>
        store.transaction(({ claims }) => claims.lock("harbour", ids));
    expect(await inTurn(ask("maya", "zoe"), ask("zoe", "maya"))).toEqual(["first", "second"]);
    await here.transaction(async ({ claims }) => {
      await claims.lock("harbour", ["maya", "zoe"]);
      await ask("lea")(there);
    });
  });

  test("a booking's lock waits for the transaction that holds it, a plain find does not", async () => {
    await here.transaction(({ bookings }) => bookings.add(aBooking()));
    const lock = (store: Store) => store.transaction(({ bookings }) => bookings.lock("harbour", "bk_1"));
    expect(await inTurn(lock, lock)).toEqual(["first", "second"]);
    await here.transaction(async ({ bookings }) => {
      await bookings.lock("harbour", "bk_1");
      expect(await there.transaction((books) => books.bookings.find("harbour", "bk_1"))).toEqual(aBooking());
    });
  });

  test("an outbox row is claimed by one process, without delaying the others", async () => {
    for (const lane of ["a", "b"]) await here.transaction(({ outbox }) => outbox.add(anOutboxRow({ id: lane, lane })));
    await here.transaction(async ({ outbox }) => {
      expect((await outbox.claimDue(1_000, 60_000, roomFor(1))).map((row) => row.id)).toEqual(["a"]);
      const theirs = await there.transaction((books) => books.outbox.claimDue(1_000, 60_000, roomFor(10)));
      expect(theirs.map((row) => row.id)).toEqual(["b"]);
    });
  });

  test("a timer is claimed by one process, without delaying the others", async () => {
    const timer = { key: "booking:bk_1:respond-by", practiceId: "harbour", kind: "respond-by", bookingId: "bk_1" };
    await here.transaction(({ timers }) => timers.set({ ...timer, dueAtMs: 1 }));
    await here.transaction(async ({ timers }) => {
      expect(await timers.claimDue(5, 5, 60_000, 10)).toHaveLength(1);
      expect(await there.transaction((books) => books.timers.claimDue(5, 5, 60_000, 10))).toEqual([]);
    });
  });

  test("two deadlocked transactions both finish, one of them after a retry", async () => {
    await here.transaction(async ({ practices }) => {
      for (const name of ["a", "b"]) await practices.save(named(name));
    });
    const begun = [gate(), gate()];
    let bodies = 0;
    const both = (store: Store, order: readonly string[], own: number) =>
      store.transaction(async ({ practices }) => {
        bodies += 1;
        const [first = "", second = ""] = order;
        await practices.save({ ...named(first), contact: `by ${own}` });
        begun[own]?.open();
        await begun[1 - own]?.opened;
        await practices.save({ ...named(second), contact: `by ${own}` });
      });
    await Promise.all([both(here, ["a", "b"], 0), both(there, ["b", "a"], 1)]);
    expect(bodies).toBe(3);
    const [a, b] = await here.read.practices.list();
    expect(a?.contact).toBe(b?.contact);
  });

  test("a notification reaches all other processes and not its sender; duplicates within a moment are sent once", async () => {
    const heard = [here, there, await here.reopen()].map(({ changes }) => {
      const told: Change[] = [];
      changes.listen((change) => told.push(change));
      return told;
    });
    const isListening = "datname = current_database() and application_name = 'frontdesk listening'";
    const listening = async () =>
      (await here.raw(`select 1 from pg_stat_activity where ${isListening} and query like 'listen%'`)).length;
    await until("every process listens", async () => (await listening()) === 3);
    const message = { what: "chat", user: "ana", messageId: "m1" } as const;
    for (const change of [{ what: "work" }, message, { what: "work" }, { what: "mail" }] as const)
      here.changes.tell(change);
    await until("the other processes received it", () => heard.filter((told) => told.length === 3).length === 2);
    expect(heard).toEqual([[], ...[1, 2].map(() => [{ what: "work" }, message, { what: "mail" }])]);
  });

  test("desks that open one empty database at once create its tables once", async () => {
    const url = await emptyDatabase();
    const vault = openVault([newRingKey("test")]);
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ url, vault })));
    for (const store of stores) {
      expect(await store.read.practices.list()).toEqual([]);
      await store.close();
    }
  });
});

describe("transactions on PostgreSQL", () => {
  test("faults 19 and 20: a lock that stays times out within 5 s, however many wait for it: retryable, nothing written", async () => {
    const store = await openPostgresTestStore();
    await store.transaction(({ practices }) => practices.save(named("a")));
    const other = new pg.Client(store.url);
    await other.connect();
    onTestFinished(() => other.end());
    await other.query("begin; select * from practices for update");
    let begun = 0;
    const turns = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) =>
        store.transaction(async ({ practices }) => {
          begun += 1;
          await practices.save(named(`b${n}`));
          await practices.save(named("a"));
        }),
      ),
    );
    // Time spent in the queue counts: most time out there instead of waiting for the lock.
    expect(begun).toBeLessThan(20);
    for (const turn of turns) {
      expect(turn).toMatchObject({ status: "rejected", reason: { code: "database-busy", retryable: true } });
    }
    expect(await store.read.practices.list()).toEqual([named("a")]);
  });

  test("fault 20: a transaction behind timed-out ones is refused in time, although others get through", async () => {
    const store = await openPostgresTestStore();
    await store.transaction(({ practices }) => practices.save(named("a")));
    const other = new pg.Client(store.url);
    await other.connect();
    onTestFinished(() => other.end());
    await other.query("begin; select * from practices for update");
    let begun = 0;
    const save = (id: string) =>
      store.transaction(({ practices }) => {
        if (id === "a") begun += 1;
        return practices.save(named(id));
      });
    // Each first writes a line of its own, as the page does, and then needs the locked row.
    const turns = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => [save(`b${n}`), save("a")]).flat());
    expect(begun).toBeLessThan(20);
    const refused = turns.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThanOrEqual(30);
    for (const turn of refused) expect(turn).toMatchObject({ reason: { code: "database-busy", retryable: true } });
    expect(turns.length - refused.length).toBeGreaterThan(0);
  });

  test("of pipelined statements the one that failed is reported, not those that failed because of it", async () => {
    const store = await openPostgresTestStore();
    await store.transaction(({ bookings }) => bookings.add(aBooking()));
    const again = store.transaction(async ({ bookings, talks }) => {
      // Handled a moment later than the statements behind it.
      const adding = async () => {
        await bookings.add(aBooking());
      };
      await Promise.all([adding(), talks.find("tk_1")]);
    });
    await expect(again).rejects.toMatchObject({ code: "23505" });
  });

  test("fault 20: while every connection is taken the next transaction waits for one, and reads continue", async () => {
    const store = await openPostgresTestStore({ waitTimeoutMs: patienceMs });
    const hold = gate();
    const begun: string[] = [];
    const turn = (name: string) =>
      store.transaction(async () => {
        begun.push(name);
        await hold.opened;
      });
    const turns = Array.from({ length: 6 }, () => turn("first"));
    await until("all connections are in use", () => begun.length === 6);
    turns.push(turn("next"));
    expect(await store.read.practices.list()).toEqual([]);
    expect(begun).not.toContain("next");
    hold.open();
    await Promise.all(turns);
    expect(begun.at(-1)).toBe("next");
  });

  test("fault 20: when connections break, open transactions roll back, and the next turn gets new connections", async () => {
    const store = await openPostgresTestStore();
    const cut = () =>
      store.raw(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
    const turn = store.transaction(async ({ practices }) => {
      await practices.save(named("a"));
      await cut();
      await practices.save(named("b"));
    });
    await expect(turn).rejects.toMatchObject({ code: "database-away", retryable: true });
    await store.transaction(({ practices }) => practices.save(named("c")));
    expect((await store.read.practices.list()).map(({ id }) => id)).toEqual(["c"]);
  });

  test("a body that swallows a statement's error commits nothing, and the caller gets the error", async () => {
    const store = await openPostgresTestStore();
    const turn = store.transaction(async ({ practices, talks }) => {
      await practices.save(named("a"));
      await talks.add(aTalk());
      await talks.add(aTalk()).catch(() => undefined);
    });
    await expect(turn).rejects.toMatchObject({ code: "not-committed" });
    expect(await store.read.practices.list()).toEqual([]);
  });

  test("an error contains none of the values to be written", async () => {
    const store = await openPostgresTestStore();
    const turn = store.transaction(async ({ talks }) => {
      await talks.add(aTalk({ snapshot: "planted" }));
      await talks.add(aTalk({ snapshot: "planted" }));
    });
    const error: unknown = await turn.catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("duplicate key");
    expect(`${error} ${error instanceof Error && error.stack}`).not.toContain("planted");
  });

  test("a character PostgreSQL does not support is replaced instead of failing the turn", async () => {
    const store = await openPostgresTestStore();
    await store.pageMessages.add({ id: "m1", user: "a\0na", author: "me", sentAtMs: 1 });
    expect(await store.pageMessages.list("a\u{fffd}na")).toMatchObject([{ user: "a\u{fffd}na" }]);
    expect(await store.read.talks.find("tk\0")).toBeUndefined();
  });

  test("a server that does not answer is reported as unreachable", async () => {
    const opening = openStore({ url: "postgres://desk@127.0.0.1:1/desk", vault: openVault([newRingKey("test")]) });
    await expect(opening).rejects.toMatchObject({ code: "database-away", retryable: true });
  });

  test("a backup of PostgreSQL is refused with a reference to PostgreSQL's own tools", async () => {
    const store = await openPostgresTestStore();
    const backup = backUpBooks(store.url, "/tmp/copy.db");
    await expect(backup).rejects.toMatchObject({ code: "backup-refused", message: expect.stringContaining("pg_dump") });
    expect(await store.listDamages()).toEqual([]);
  });
});
