import { expect, test } from "vitest";
import { defineRepository, flatten, flattenReads } from "../../db/repository.ts";
import type { Books, ReadBooks } from "../../db/store.ts";

const method = async (_practiceId: string) => 1;

test("a repository's methods are in a known group, and only reads are on the flattened reads", () => {
  // @ts-expect-error `wirtes` is not a group.
  defineRepository({ reads: { find: method }, wirtes: { save: method } });
  // @ts-expect-error A method must be in a group, not beside it.
  defineRepository({ find: method });
  // @ts-expect-error A catalogue read takes its practice first: the id selects the cache entry.
  defineRepository({ catalogueReads: { list: async (_limit: number) => 1 } });
  // @ts-expect-error A catalogue write takes its practice first: that practice gets a new revision.
  defineRepository({ catalogueWrites: { save: async (_record: { name: string }) => 1 } });
  // @ts-expect-error Methods are asynchronous.
  defineRepository({ reads: { find: () => 1 } });

  const notes = defineRepository({ reads: { find: method }, locks: { lock: method }, writes: { save: method } });
  const all = flatten({ notes }).notes;
  const reads = flattenReads({ notes }).notes;
  expect(Object.keys(all)).toEqual(["find", "lock", "save"]);
  expect(Object.keys(reads)).toEqual(["find"]);
  // @ts-expect-error A misspelt method.
  expect(all.fnid).toBeUndefined();
  // @ts-expect-error Writes are not among the reads.
  expect(reads.save).toBeUndefined();
  // @ts-expect-error Neither are locks.
  expect(reads.lock).toBeUndefined();
});

test("the books of a transaction have every method, those outside one only reads", () => {
  type Names<Repository> = keyof Repository;
  const names: readonly Names<Books["bookings"]>[] = ["find", "get", "lock", "add", "save", "remove"];
  const reads: readonly Names<ReadBooks["bookings"]>[] = ["find", "get", "listForClient"];
  // @ts-expect-error A lock ends with its transaction, so it does not exist outside one.
  const lock: Names<ReadBooks["bookings"]> = "lock";
  // @ts-expect-error A misspelt method.
  const misspelt: Names<Books["bookings"]> = "lcok";
  expect([...names, ...reads]).not.toContain(misspelt);
  expect(lock).toBe("lock");
});
