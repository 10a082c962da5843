import { beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import { aClient, anasPage, aPractice, aPractitioner, aService } from "../support/records.ts";
import { openTestStore, stores } from "../support/store.ts";

const anasSlack = { platform: "slack", workspace: "T0HARBOUR", user: "U0ANA" } as const;

describe.each(stores)("people and practices on $name", ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test("a practice is stored completely, replaced by id, and an unknown one is not found", async () => {
    await store.transaction(async ({ practices }) => {
      await practices.save(aPractice());
      await practices.save(aPractice({ id: "alder", name: "Alder", weekStartsOn: "sun" }));
      await practices.save(aPractice({ name: "Harbour & Co" }));
    });
    expect(await store.read.practices.list()).toEqual([
      aPractice({ id: "alder", name: "Alder", weekStartsOn: "sun" }),
      aPractice({ name: "Harbour & Co" }),
    ]);
    expect(await store.read.practices.find("nowhere")).toBeUndefined();
    await expect(store.read.practices.get("nowhere")).rejects.toMatchObject({ code: "not-found" });
  });

  test("a practice's country and crisis contacts are stored, and cleared when the file no longer has them", async () => {
    const full = aPractice({
      country: "PT",
      crisis: { text: "Please call.", contacts: [{ name: "Nurse", phone: "112" }] },
    });
    await store.transaction(({ practices }) => practices.save(full));
    expect(await store.read.practices.find("harbour")).toEqual(full);
    expect(await store.read.practices.list()).toEqual([full]);
    await store.transaction(({ practices }) => practices.save(aPractice()));
    expect(await store.read.practices.find("harbour")).toEqual(aPractice());
    expect(await store.read.practices.list()).toEqual([aPractice()]);
  });

  test("services are in the practice's order, archived ones included, separately per practice", async () => {
    const [first, second] = [
      aService({ id: "z", position: 0 }),
      aService({ id: "a", position: 1, visibility: "archived" }),
    ];
    await store.transaction(async ({ catalogue }) => {
      for (const service of [second, aService({ practiceId: "alder" }), first]) await catalogue.saveService(service);
    });
    expect(await store.read.catalogue.listServices("harbour")).toEqual([first, second]);
    expect(await store.read.catalogue.findService("harbour", "a")).toEqual(second);
    expect(await store.read.catalogue.findService("alder", "a")).toBeUndefined();
  });

  test("an archived place is no longer listed, but still found for bookings", async () => {
    const quay = { id: "quay", name: "Harbour rooms", address: "Cais 4", timezone: "Europe/Lisbon" };
    await store.transaction(async ({ catalogue }) => {
      await catalogue.saveLocation("harbour", quay, false);
      await catalogue.saveLocation("harbour", { ...quay, id: "old" }, false);
      await catalogue.saveLocation("harbour", { ...quay, id: "old" }, true);
    });
    expect(await store.read.catalogue.listLocations("harbour")).toEqual([quay]);
    expect(await store.read.catalogue.findLocation("harbour", "old")).toEqual({ ...quay, id: "old" });
  });

  test("a form keeps the order of its questions", async () => {
    const question = { type: "phone", label: "?", required: true, sensitive: false, askOnce: false } as const;
    const form = { id: "intake", questions: ["z", "a", "m"].map((id) => ({ ...question, id })) };
    await store.transaction(({ catalogue }) => catalogue.saveForm("harbour", form));
    expect(await store.read.catalogue.findForm("harbour", "intake")).toEqual(form);
  });

  test("D5.3: only the latest version of terms is in force, also when an earlier one is imported again", async () => {
    const january = { id: "house-rules", version: "2026-01", text: "Be on time." };
    const march = { id: "house-rules", version: "2026-03", text: "Be kind." };
    const inForce = () => store.read.catalogue.findTerms("harbour", "house-rules");
    for (const version of [january, march, january]) {
      await store.transaction(({ catalogue }) => catalogue.saveTerms("harbour", version));
      expect(await inForce()).toEqual(version);
    }
  });

  test("people are in the practice's order; archived ones are found, a removed setting is cleared", async () => {
    await store.transaction(async ({ people }) => {
      await people.savePractitioner(aPractitioner({ id: "zoe", position: 0 }), false);
      await people.savePractitioner(aPractitioner({ id: "maya", position: 1 }), false);
      await people.savePractitioner(aPractitioner({ id: "gone", position: 2 }), true);
      await people.saveClient(aClient({ id: "ben", state: "archived" }), 1);
      await people.saveClient(aClient({ timezone: "Europe/Lisbon" }), 0);
      await people.saveClient(aClient(), 0);
    });
    const working = await store.read.people.listPractitioners("harbour");
    expect(working.map((person) => person.id)).toEqual(["zoe", "maya"]);
    expect(await store.read.people.findPractitioner("harbour", "gone")).toEqual(
      aPractitioner({ id: "gone", position: 2 }),
    );
    expect(await store.read.people.listClients("harbour")).toEqual([
      aClient(),
      aClient({ id: "ben", state: "archived" }),
    ]);
    expect(await store.read.people.findClient("harbour", "ana")).toEqual(aClient());
    expect(await store.read.people.findClient("alder", "ana")).toBeUndefined();
  });

  test("a turn's lock returns the person as before the turn: first no profile, then the stored profile and time of last contact", async () => {
    const lock = (profile: object | undefined, nowMs: number) =>
      store.transaction(({ identities }) => identities.beginTurn(anasPage, profile, nowMs));
    expect(await lock({ name: "Ana" }, 1_000)).toEqual({ name: "Ana" });
    expect(await lock({ timezone: "Europe/Lisbon" }, 2_000)).toEqual({
      name: "Ana",
      timezone: "Europe/Lisbon",
      lastSeenAtMs: 1_000,
    });
    expect(await lock(undefined, 3_000)).toEqual({ name: "Ana", timezone: "Europe/Lisbon", lastSeenAtMs: 2_000 });
    expect(await store.read.identities.find(anasPage)).toMatchObject({ lastSeenAtMs: 3_000 });
    expect(await store.read.identities.find(anasSlack)).toBeUndefined();
  });

  test("D7.2: one identity may be client here and practitioner there; archived people have no role", async () => {
    await store.transaction(async ({ people, identities }) => {
      await people.saveClient(aClient(), 0);
      await people.saveClient(aClient({ practiceId: "cove", state: "archived" }), 0);
      await people.savePractitioner(aPractitioner({ practiceId: "alder", id: "ana" }), false);
      const ana = { address: anasPage, personId: "ana" };
      await identities.replaceFileMemberships("harbour", [{ ...ana, role: "client" }]);
      await identities.replaceFileMemberships("cove", [{ ...ana, role: "client" }]);
      await identities.replaceFileMemberships("alder", [{ ...ana, role: "practitioner" }]);
    });
    expect(await store.read.identities.memberships(anasPage)).toEqual([
      { practiceId: "alder", role: "practitioner", personId: "ana" },
      { practiceId: "harbour", role: "client", personId: "ana" },
    ]);
    expect(await store.read.identities.memberships(anasSlack)).toEqual([]);
  });

  test("a practice file's memberships replace those of the earlier file, and no others", async () => {
    const entry = (address: typeof anasPage, personId: string) => ({ address, role: "client" as const, personId });
    const name = (practiceId: string, entries: ReturnType<typeof entry>[]) =>
      store.transaction(({ identities }) => identities.replaceFileMemberships(practiceId, entries));
    const addresses = async (personId: string) =>
      (await store.read.identities.listAddresses("harbour", "client", personId)).map((each) => each.platform);
    await name("alder", [entry(anasPage, "ana")]);
    await name("harbour", [entry(anasPage, "ana"), entry(anasSlack, "ana")]);
    await store.transaction(({ identities }) => identities.beginTurn(anasSlack, undefined, 5_000));
    expect(await addresses("ana")).toEqual(["slack", "page"]);
    await name("harbour", [entry(anasSlack, "ben")]);
    expect(await addresses("ana")).toEqual([]);
    expect(await addresses("ben")).toEqual(["slack"]);
    expect(await store.read.identities.listMemberships("alder")).toHaveLength(1);
    expect(await store.read.identities.listMemberships("harbour")).toEqual([
      { practiceId: "harbour", role: "client", personId: "ben", address: anasSlack },
    ]);
  });

  test("ten thousand clients' memberships are stored in one call", async () => {
    const entries = Array.from({ length: 10_000 }, (_, n) => ({
      address: { ...anasPage, user: `client-${n}` },
      role: "client" as const,
      personId: `client-${n}`,
    }));
    await store.transaction(({ identities }) => identities.replaceFileMemberships("harbour", entries));
    expect(await store.read.identities.listMemberships("harbour")).toHaveLength(10_000);
  });

  test("D6.2: a package is granted once, with a credit for every session in it", async () => {
    const template = {
      id: "spring",
      name: "Spring reset",
      limits: {},
      items: [{ serviceId: "follow-up", sessions: 5 }],
    };
    const grant = {
      practiceId: "harbour",
      clientId: "ana",
      templateId: "spring",
      startsOn: "2026-03-01",
      frozen: template,
      actor: "practitioner:maya",
      atMs: 1,
    };
    const give = async (but: object = {}) =>
      (await store.transaction(({ packages }) => packages.give({ ...grant, ...but }))) !== undefined;
    await store.transaction(async ({ packages }) => {
      await packages.saveTemplate("harbour", template, false);
      await packages.saveTemplate("harbour", { ...template, id: "gone" }, true);
    });
    expect(await give()).toBe(true);
    expect(await give()).toBe(false);
    expect(await give({ startsOn: "2026-01-01" })).toBe(true);
    expect(await store.read.packages.listTemplates("harbour")).toEqual([template]);
    const grants = await store.read.packages.listGrants("harbour", "ana");
    expect(grants.map((each) => each.startsOn)).toEqual(["2026-01-01", "2026-03-01"]);
    expect(grants[0]?.frozen).toEqual(template);
  });

  test("the page's people: practitioners, then clients, in file order; unbound without an identity on the page", async () => {
    await store.transaction(async ({ people, identities }) => {
      await people.savePractitioner(aPractitioner(), false);
      await people.saveClient(aClient({ id: "cleo", name: "Cleo Marsh" }), 2);
      await people.saveClient(aClient({ id: "ben", name: "Ben Okoro" }), 1);
      await people.saveClient(aClient(), 0);
      await people.saveClient(aClient({ id: "gone", state: "archived" }), 3);
      await identities.replaceFileMemberships("harbour", [
        { address: { ...anasPage, user: "ana-too" }, role: "client", personId: "ana" },
        { address: anasPage, role: "client", personId: "ana" },
        { address: anasSlack, role: "client", personId: "ben" },
        { address: { ...anasPage, user: "maya" }, role: "practitioner", personId: "maya" },
      ]);
    });
    expect(await store.pagePeople.list()).toEqual([
      { user: "maya", name: "Dr Maya Lee", role: "practitioner", bound: true },
      { user: "ana", name: "Ana Alves", role: "client", bound: true },
      { user: "unbound-ben", name: "Ben Okoro", role: "client", bound: false },
      { user: "unbound-cleo", name: "Cleo Marsh", role: "client", bound: false },
    ]);
  });
});

test("an activated membership survives every import, unless the file names another person", async () => {
  const store = await openTestStore();
  store.raw().exec(`
    insert into identities (platform, workspace, user, turns) values ('page', 'local', 'ana', 1);
    insert into memberships (platform, workspace, user, practice_id, role, person_id, source)
    values ('page', 'local', 'ana', 'harbour', 'client', 'ana', 'activation');
  `);
  const importing = (...personIds: string[]) =>
    store.transaction(({ identities }) =>
      identities.replaceFileMemberships(
        "harbour",
        personIds.map((personId) => ({ address: anasPage, role: "client", personId })),
      ),
    );
  const bound = async () => (await store.read.identities.listMemberships("harbour")).map((each) => each.personId);
  await importing("ana");
  await importing();
  expect(await bound()).toEqual(["ana"]);
  await importing("ben");
  expect(await bound()).toEqual(["ben"]);
});
