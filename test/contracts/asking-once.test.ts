import { beforeEach, describe, expect, test } from "vitest";
import { askingOnce } from "../../db/asking-once.ts";
import type { Store } from "../../db/store.ts";
import { aBooking, aClient, aPractice } from "../support/records.ts";
import { stores } from "../support/store.ts";

describe.each(stores)("what a transaction has read on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test("is what it wrote last, question by question", async () => {
    await store.transaction(async ({ practices, people, bookings }) => {
      expect(await practices.find("harbour")).toBeUndefined();
      await practices.save(aPractice());
      expect(await practices.find("harbour")).toEqual(aPractice());
      expect(await people.listClients("harbour")).toEqual([]);
      await people.saveClient(aClient(), 0);
      expect(await people.listClients("harbour")).toEqual([aClient()]);
      expect(await people.listClients("alder")).toEqual([]);
      await bookings.add(aBooking());
      expect(await bookings.get("harbour", "bk_1")).toEqual(aBooking());
      expect(await bookings.save(aBooking({ status: "requested", version: 2 }), 1)).toBe(true);
      expect(await bookings.get("harbour", "bk_1")).toMatchObject({ status: "requested" });
    });
    await store.transaction(async ({ bookings }) => {
      expect(await bookings.get("harbour", "bk_1")).toMatchObject({ version: 2 });
    });
  });

  test("is asked for once, until something is written there or a practitioner's time was waited for", async () => {
    let asked = 0;
    await store.transaction(async (books) => {
      const counting = { ...books.people, listClients: async () => [aClient({ name: `${++asked}` })] };
      const { people, practices, claims } = askingOnce({ ...books, people: counting }).books;
      const heard = async () => (await people.listClients("harbour")).map((client) => client.name);
      expect([await heard(), await heard()]).toEqual([["1"], ["1"]]);
      await practices.save(aPractice());
      expect(await heard()).toEqual(["1"]);
      await people.saveClient(aClient(), 0);
      expect(await heard()).toEqual(["2"]);
      await claims.lock("harbour", []);
      expect(await heard()).toEqual(["3"]);
    });
  });
});
