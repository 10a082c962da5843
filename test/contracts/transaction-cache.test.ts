import { beforeEach, describe, expect, test } from "vitest";
import { defineRepository } from "../../db/repository.ts";
import type { Store } from "../../db/store.ts";
import { cacheTransaction } from "../../db/transaction-cache.ts";
import { aBooking, aClient, aPractice } from "../support/records.ts";
import { stores } from "../support/store.ts";

describe.each(stores)("reads of one transaction on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test("see the transaction's latest write", async () => {
    await store.transaction(async ({ practices, people, bookings }) => {
      expect(await practices.find("harbour")).toBeUndefined();
      await practices.save(aPractice());
      expect(await practices.find("harbour")).toEqual(aPractice());
      expect(await people.listClients("harbour")).toEqual([]);
      await people.saveClient(aClient(), 0);
      expect(await people.listClients("harbour")).toEqual([aClient()]);
      expect(await people.listClients("alder")).toEqual([]);
      await bookings.add(aBooking());
      expect(await bookings.lock("harbour", "bk_1")).toEqual(aBooking());
      expect(await bookings.get("harbour", "bk_1")).toEqual(aBooking());
      expect(await bookings.save(aBooking({ status: "requested", version: 2 }), 1)).toBe(true);
      expect(await bookings.get("harbour", "bk_1")).toMatchObject({ status: "requested" });
      expect(await bookings.lock("harbour", "bk_1")).toMatchObject({ status: "requested" });
    });
    await store.transaction(async ({ bookings }) => {
      expect(await bookings.get("harbour", "bk_1")).toMatchObject({ version: 2 });
    });
  });
});

describe("the per-transaction cache derives its rules from the declared groups", () => {
  /** Repositories that count the calls of their reads and locks. */
  function counted() {
    let asked = 0;
    const next = async () => ++asked;
    const notes = defineRepository({
      cached: true,
      catalogueReads: { findTitle: (_practiceId: string) => next() },
      catalogueWrites: { saveTitle: async (_practiceId: string) => {} },
      reads: { find: (_id: string) => next() },
      locks: { lock: (_id: string) => next() },
      writes: { rename: async () => {} },
    });
    const others = defineRepository({ cached: true, reads: { list: next }, writes: { add: async () => {} } });
    const uncached = defineRepository({ reads: { list: next }, barriers: { lock: async () => {} } });
    let barriers = 0;
    const cache = cacheTransaction({ notes, others, uncached }, () => barriers++);
    return { ...cache, ...cache.repositories, barriers: () => barriers };
  }

  test("a read is cached per transaction and per arguments", async () => {
    const { notes, clear } = counted();
    expect([await notes.reads.find("a"), await notes.reads.find("a")]).toEqual([1, 1]);
    expect(await notes.reads.find("b")).toBe(2);
    clear();
    expect(await notes.reads.find("a")).toBe(3);
  });

  test("every write drops the answers of its repository, and of no other", async () => {
    const { notes, others } = counted();
    expect([await notes.reads.find("a"), await others.reads.list()]).toEqual([1, 2]);
    await notes.writes.rename();
    expect([await notes.reads.find("a"), await others.reads.list()]).toEqual([3, 2]);
    await notes.catalogueWrites.saveTitle("harbour");
    expect([await notes.reads.find("a"), await others.reads.list()]).toEqual([4, 2]);
  });

  test("a lock is taken once, and reads before it are repeated", async () => {
    const { notes, others } = counted();
    expect([await notes.reads.find("a"), await others.reads.list()]).toEqual([1, 2]);
    expect([await notes.locks.lock("a"), await notes.locks.lock("a")]).toEqual([3, 3]);
    expect([await notes.reads.find("a"), await others.reads.list()]).toEqual([4, 2]);
  });

  test("a barrier drops every cached read but locked rows, and is reported", async () => {
    const { notes, others, uncached, barriers } = counted();
    await notes.locks.lock("a");
    expect([await notes.catalogueReads.findTitle("harbour"), await others.reads.list()]).toEqual([2, 3]);
    await uncached.barriers.lock();
    expect([await notes.catalogueReads.findTitle("harbour"), await others.reads.list()]).toEqual([4, 5]);
    expect(await notes.locks.lock("a")).toBe(1);
    expect(barriers()).toBe(1);
  });

  test("a repository not declared as cached is always read", async () => {
    const { uncached } = counted();
    expect([await uncached.reads.list(), await uncached.reads.list()]).toEqual([1, 2]);
  });
});
