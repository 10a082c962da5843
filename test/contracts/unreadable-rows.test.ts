import { describe, expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import { openPostgresTestStore } from "../support/postgres-store.ts";
import { aBooking } from "../support/records.ts";
import { openTestStore } from "../support/store.ts";

interface Opened {
  readonly store: Store;
  run(text: string): Promise<unknown>;
}

const databases: readonly { readonly name: string; open(): Promise<Opened> }[] = [
  {
    name: "SQLite",
    async open() {
      const store = await openTestStore();
      return { store, run: async (text) => store.raw().exec(text) };
    },
  },
  {
    name: "PostgreSQL",
    async open() {
      const store = await openPostgresTestStore();
      return { store, run: (text) => store.raw(text) };
    },
  },
];

describe.each(databases)("an unreadable row on $name (R2)", ({ open }) => {
  const all = { statuses: ["held", "requested", "confirmed"], order: "asc" } as const;

  test.each([
    ["frozen", "{}", "name: no text"],
    ["frozen", '{"name":"Tal', "it cannot be decoded"],
    ["frozen", "null", "no object"],
    ["status", "lost", "an unknown word"],
  ])("is left out of lists and look-ups, by reads and in transactions: %s = %s", async (column, value, reason) => {
    const { store, run } = await open();
    const [one, two] = [aBooking(), aBooking({ id: "bk_2" })];
    await store.transaction(async ({ bookings }) => {
      await bookings.add(one);
      await bookings.add(two);
    });
    await run(`update bookings set ${column} = '${value}' where id = 'bk_2'`);
    const statuses = [one.status];
    const seen = await store.read.bookings.listForClient("harbour", one.clientId, { ...all, statuses });
    expect(seen.map(({ id }) => id)).toEqual([one.id]);
    await store.transaction(async ({ bookings }) => {
      expect(await bookings.lock("harbour", "bk_2")).toBeUndefined();
      expect(await bookings.isUnreadable("harbour", "bk_2")).toBe(true);
      expect(await bookings.isUnreadable("harbour", one.id)).toBe(false);
      expect(await bookings.isUnreadable("harbour", "bk_3")).toBe(false);
    });
    const ids = expect.objectContaining({ id: "bk_2", practice_id: "harbour" });
    expect(await store.findUnreadable()).toEqual([{ table: "bookings", column, reason, ids }]);
    expect(store.metUnreadable()).toHaveLength(1);
  });
});
