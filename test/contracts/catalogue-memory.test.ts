import { beforeEach, describe, expect, test } from "vitest";
import type { Books } from "../../db/books.ts";
import { openCatalogueMemory } from "../../db/catalogue-memory.ts";
import type { Store } from "../../db/store.ts";
import { aPractice, aPractitioner, aService } from "../support/records.ts";
import { stores } from "../support/store.ts";

describe.each(stores)("what a process remembers of a catalogue on $name", ({ open }) => {
  let store: Awaited<ReturnType<(typeof stores)[number]["open"]>>;
  beforeEach(async () => {
    store = await open();
    await store.transaction(async ({ practices, catalogue, people }) => {
      await practices.save(aPractice());
      await catalogue.saveService(aService());
      await people.savePractitioner(aPractitioner(), false);
    });
  });

  const seen = (from: Store) =>
    from.transaction(async ({ practices, catalogue, people }) => ({
      practice: (await practices.get("harbour")).name,
      services: (await catalogue.listServices("harbour")).map(({ name }) => name),
      people: (await people.listPractitioners("harbour")).map(({ name }) => name),
    }));

  test("is what was committed last, whoever wrote it", async () => {
    const before = await seen(store);
    const other = await store.reopen();
    expect(await seen(other)).toEqual(before);
    await other.transaction(({ catalogue }) => catalogue.saveService(aService({ name: "Renamed" })));
    expect(await seen(store)).toEqual({ ...before, services: ["Renamed"] });
    await store.transaction(({ people }) => people.savePractitioner(aPractitioner({ name: "Dr Renamed" }), false));
    await store.transaction(({ practices }) => practices.save(aPractice({ name: "Renamed House" })));
    const after = { practice: "Renamed House", services: ["Renamed"], people: ["Dr Renamed"] };
    expect([await seen(store), await seen(other)]).toEqual([after, after]);
  });

  test("is never what was written and undone, though it was read in between", async () => {
    const before = await seen(store);
    const undone = store.transaction(async ({ catalogue }) => {
      await catalogue.saveService(aService({ name: "Undone" }));
      expect((await catalogue.listServices("harbour")).map(({ name }) => name)).toEqual(["Undone"]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await seen(store)).toEqual(before);
  });

  test("is asked for once in a revision, and anew in the transaction that changes it", async () => {
    let asked = 0;
    await store.transaction(async (books) => {
      const counting: Books = {
        ...books,
        catalogue: {
          ...books.catalogue,
          listServices: (practiceId) => {
            asked += 1;
            return books.catalogue.listServices(practiceId);
          },
        },
      };
      const remembering = openCatalogueMemory();
      const [one, two] = [remembering(counting), remembering(counting)];
      await one.books.catalogue.listServices("harbour");
      await two.books.catalogue.listServices("harbour");
      expect(asked).toBe(1);
      await one.books.catalogue.saveService(aService({ name: "Renamed" }));
      expect(await one.books.catalogue.listServices("harbour")).toMatchObject([{ name: "Renamed" }]);
      expect(asked).toBe(2);
      // Whoever waited looks again at what the practice is by now.
      two.lookAgain();
      expect(await two.books.catalogue.listServices("harbour")).toMatchObject([{ name: "Renamed" }]);
      expect(asked).toBe(3);
      expect(await one.books.catalogue.listServices("elsewhere")).toEqual([]);
    });
  });
});
