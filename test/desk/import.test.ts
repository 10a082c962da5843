import { describe, expect, test } from "vitest";
import { findInvitedInChat, importPractice } from "../../src/desk/practice/import-practice.ts";
import { formatMistake, invitedInChat } from "../../src/practice-file/mistake.ts";
import { toDomain } from "../../src/practice-file/plan.ts";
import { readPracticeFile } from "../../src/practice-file/read.ts";
import type { TestDesk } from "../support/desk.ts";
import { dump, importAgain, openQuay, quay, request, reread, rows } from "./quay.ts";

const nothing = { added: 0, updated: 0, archived: 0 };

/** The records that import writes. */
function catalogue(desk: TestDesk): Readonly<Record<string, string>> {
  const tables = [
    "practices",
    "practitioners",
    "clients",
    "services",
    "locations",
    "forms",
    "terms",
    "memberships",
    "identities",
  ];
  const all = dump(desk);
  return Object.fromEntries(tables.map((table) => [table, all[table] ?? "missing"]));
}

const withPackage = `${quay
  .replace(
    "clients:\n",
    `packages:
  - { id: reset, name: Reset, price: { minor: 25000, currency: EUR }, expiresAfterDays: 180, items: [{ service: talk, sessions: 5 }] }
clients:\n`,
  )
  .replace(
    "chat: [{ page: ana }] }",
    "chat: [{ page: ana }], packages: [{ template: reset, startsOn: 2026-03-01 }] }",
  )}`;

describe("a practice file", () => {
  test("imported twice is imported once", async () => {
    const desk = await openQuay({ practice: withPackage });
    await desk.open("ana");
    const before = dump(desk);
    expect(await importAgain(desk, withPackage)).toEqual(nothing);
    expect(dump(desk)).toEqual(before);
  });

  test("with a country and crisis contacts, imported twice, is imported once; importing it without them clears them", async () => {
    const desk = await openQuay();
    const withCrisis = `${quay.replace("locale: en-GB", "locale: en-GB, country: PT")}
crisis: { contacts: [{ name: Night nurse, phone: "116 123" }] }
`;
    expect(await importAgain(desk, withCrisis)).toEqual({ ...nothing, updated: 1 });
    const before = dump(desk);
    expect(await importAgain(desk, withCrisis)).toEqual(nothing);
    expect(dump(desk)).toEqual(before);
    expect(await desk.store.read.practices.get("quay")).toMatchObject({
      country: "PT",
      crisis: { contacts: [{ name: "Night nurse", phone: "116 123" }] },
    });
    expect(await importAgain(desk, quay)).toEqual({ ...nothing, updated: 1 });
    expect(rows(desk, "practices")).toMatchObject([{ country: null, crisis: null }]);
  });

  test("changed, updates by id: open requests stay open, and bookings keep what was booked", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    const before = dump(desk);
    const changed = quay
      .replace("name: Maya Lee", "name: Maya Lee-Park")
      .replace("publicName: Talk, durationMinutes: 60", "publicName: Chat, durationMinutes: 30")
      .replace("name: Ana Alves, email: ana@example.com", "name: Ana Alves, email: ana@new.example");
    expect(await importAgain(desk, changed)).toEqual({ added: 0, updated: 3, archived: 0 });
    const after = dump(desk);
    for (const table of ["bookings", "claims", "timers", "answers", "talks", "credit_entries"]) {
      expect(after[table], table).toBe(before[table]);
    }
    await desk.press("maya", "Confirm");
    expect((await reread(desk, booking)).frozen.publicName).toBe("Talk");
    expect((await desk.mails()).at(-1)?.to).toBe("ana@new.example");
  });

  test("archives removed entries, and restores them by id when they return", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    const without = quay.replaceAll(/ {2}- \{ id: (visit|ben|cleo).*\n/g, "");
    expect(await importAgain(desk, without)).toEqual({ added: 0, updated: 0, archived: 3 });
    expect(await importAgain(desk, without)).toEqual(nothing);
    expect(await reread(desk, booking)).toEqual(booking);
    expect(rows(desk, "clients")).toHaveLength(3);
    expect(await importAgain(desk, quay)).toEqual({ added: 0, updated: 3, archived: 0 });
    await desk.say("ben", "book");
    expect(desk.newest("ben").title).toBe("What would you like to book?");
  });

  test("is imported completely or not at all: a mistake at its end changes nothing", async () => {
    const desk = await openQuay();
    const before = catalogue(desk);
    const read = readPracticeFile(quay.replace("name: Quay Practice", "name: Pier Practice"));
    if (!read.ok) throw new Error("the file of this test is broken");
    const plan = toDomain(read.file);
    const broken = {
      ...plan,
      grants: [{ clientId: "ana", templateId: "reset", startsOn: "2026-03-01" }],
      get packages(): never {
        throw new Error("planted");
      },
    };
    await expect(desk.store.transaction((books) => importPractice(books, broken, 0))).rejects.toThrow("planted");
    expect(catalogue(desk)).toEqual(before);
  });

  test("with a mistake is refused, with the position of the mistake", () => {
    const read = readPracticeFile(quay.replace("durationMinutes: 60", "durationMinutes: sixty"));
    expect(read.ok).toBe(false);
  });

  test("grants a package once per client, template and start, whatever else changes", async () => {
    const desk = await openQuay({ practice: withPackage });
    const entries = rows(desk, "credit_entries").length;
    expect(entries).toBeGreaterThan(0);
    await importAgain(desk, withPackage.replace("sessions: 5", "sessions: 8"));
    expect(rows(desk, "credit_entries")).toHaveLength(entries);
    await importAgain(desk, withPackage.replace("startsOn: 2026-03-01", "startsOn: 2026-04-01"));
    expect(rows(desk, "credit_entries")).toHaveLength(entries * 2);
  });

  test("of another practice changes nothing of this one", async () => {
    const desk = await openQuay();
    const before = rows(desk, "services");
    const other = quay
      .replace("id: quay, name: Quay Practice", "id: dune, name: Dune Practice")
      .replaceAll(/chat: \[\{ page: (\w+) \}\]/g, "chat: [{ page: dune-$1 }]");
    await importAgain(desk, other);
    expect(rows(desk, "services").filter(({ practice_id }) => practice_id === "quay")).toEqual(before);
    expect(rows(desk, "services")).toHaveLength(before.length * 2);
  });
});

describe("a client in the file who was invited in chat before", () => {
  const dora = "  - { id: dora, name: Dora Dias, email: DORA@example.com }\n";
  async function invited() {
    const desk = await openQuay();
    await desk.say("maya", "invite dora@example.com");
    await desk.press("maya", "Send invitation", { "name-0": "Dora" });
    const client = (await desk.store.read.people.listClientsByEmail("dora@example.com"))[0];
    if (client === undefined) throw new Error("no client was invited");
    return { desk, client };
  }
  async function foundIn(desk: Awaited<ReturnType<typeof openQuay>>, yaml: string) {
    const read = readPracticeFile(yaml);
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    const plan = toDomain(read.file);
    return (await desk.store.transaction((books) => findInvitedInChat(books, plan)))
      .map(invitedInChat)
      .map(formatMistake);
  }

  test("is reported to the operator, with the id that keeps them one client", async () => {
    const { desk, client } = await invited();
    expect(await foundIn(desk, quay + dora)).toEqual([
      `clients[3].id: "dora@example.com" is already the client "Dora", who was invited in chat. Allowed: id: ${client.id}, so that there is only one client.`,
    ]);
    expect(await foundIn(desk, quay)).toEqual([]);
  });

  test("with that id stays one client, whose name the file may change", async () => {
    const { desk, client } = await invited();
    const named = quay + dora.replace("id: dora", `id: ${client.id}`);
    expect(await foundIn(desk, named)).toEqual([]);
    await importAgain(desk, named);
    expect(
      (await desk.store.read.people.listClientsByEmail("dora@example.com")).map(({ id, name }) => [id, name]),
    ).toEqual([[client.id, "Dora Dias"]]);
    expect(await foundIn(desk, named)).toEqual([]);
  });
});
