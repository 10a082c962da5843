import { beforeEach, describe, expect, test } from "vitest";
import { openCatalogueCache } from "../../db/catalogue-cache.ts";
import { defineRepository } from "../../db/repository.ts";
import type { Store } from "../../db/store.ts";
import { aPractice, aPractitioner, aService } from "../support/records.ts";
import { stores } from "../support/store.ts";

describe.each(stores)("the catalogue in transactions on $name", ({ open }) => {
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

  test("is what was committed last, by whichever connection", async () => {
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

  test("never contains a rolled-back write, although it was read in between", async () => {
    const before = await seen(store);
    const undone = store.transaction(async ({ catalogue }) => {
      await catalogue.saveService(aService({ name: "Undone" }));
      expect((await catalogue.listServices("harbour")).map(({ name }) => name)).toEqual(["Undone"]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await seen(store)).toEqual(before);
  });
});

describe("the catalogue cache derives its rules from the declared groups", () => {
  /** A process with two connections, whose catalogue reads count how often they reached the database. */
  function process() {
    let asked = 0;
    let revision = 1;
    const cache = openCatalogueCache();
    const repositories = {
      practices: defineRepository({
        reads: { findRevision: async (id: string) => (id === "harbour" ? `rv_${revision}` : undefined) },
        writes: {
          async renewRevision(_id: string) {
            revision += 1;
          },
        },
      }),
      notes: defineRepository({
        catalogueReads: { list: async (_practiceId: string) => ++asked },
        catalogueWrites: {
          rename: async (_practiceId: string) => {},
          add: async (_note: { readonly practiceId: string }) => {},
        },
        writes: { touch: async (_practiceId: string) => {} },
      }),
    };
    const [one, two] = [cache(repositories), cache(repositories)];
    return { one, two, ask: ({ repositories }: typeof one) => repositories.notes.catalogueReads.list("harbour") };
  }

  test("a read reaches the database once per revision, whichever connection asks", async () => {
    const { one, two, ask } = process();
    expect([await ask(one), await ask(one), await ask(two)]).toEqual([1, 1, 1]);
    await one.repositories.notes.writes.touch("harbour");
    two.begin();
    expect([await ask(one), await ask(two)]).toEqual([1, 1]);
  });

  test("every catalogue write renews the revision, and its own transaction caches nothing", async () => {
    const { one, two, ask } = process();
    expect([await ask(one), await ask(two)]).toEqual([1, 1]);
    await one.repositories.notes.catalogueWrites.rename("harbour");
    expect([await ask(one), await ask(one)]).toEqual([2, 3]);
    expect(await ask(two)).toBe(1); // the revision has not been read again
    two.recheck();
    expect([await ask(two), await ask(two)]).toEqual([4, 4]);
    one.begin();
    expect(await ask(one)).toBe(4);
    await two.repositories.notes.catalogueWrites.add({ practiceId: "harbour" });
    one.begin();
    expect(await ask(one)).toBe(5);
  });

  test("a practice without a revision is not cached", async () => {
    const { one } = process();
    const ask = () => one.repositories.notes.catalogueReads.list("elsewhere");
    expect([await ask(), await ask()]).toEqual([1, 2]);
  });
});
