import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyBooks } from "../../db/copy.ts";
import { openStore, type Store } from "../../db/store.ts";
import { instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { importYaml } from "../support/desk-files.ts";
import { newDatabase, openPostgresTestStore, postgresVault } from "../support/postgres-store.ts";
import { aBooking, aClaim, anOutboxRow, aTalk, roomFor } from "../support/records.ts";
import { openTestStore, testVault } from "../support/store.ts";

const tuesdayTen = instant("2026-03-03T10:00:00Z");
const hour = 3_600_000;
/** More than one batch of a table with a one-column key, and of one with a composite key. */
const many = 1_203;

/** Books with data: a practice, sessions, sealed answers, talks, messages, records. */
async function fill(store: Store): Promise<void> {
  await importYaml(store, crowdedPractice({ clients: 40, practitioners: 3 }), tuesdayTen);
  await store.transaction(async (books) => {
    for (let n = 0; n < many; n += 1) {
      const at = { startsAtMs: tuesdayTen + n * hour, endsAtMs: tuesdayTen + (n + 1) * hour };
      await books.bookings.add(aBooking({ id: `bk_${n}`, ...at, status: n % 2 ? "confirmed" : "requested" }));
      await books.claims.claim(aClaim({ bookingId: `bk_${n}`, ...at }));
      const answer = { practiceId: "harbour", clientId: `c${n % 40}`, bookingId: `bk_${n}`, formId: "intake", atMs: n };
      await books.answers.save({ ...answer, questionId: "goal", sensitive: n % 3 === 0, value: ["less, “pain”", "ü"] });
      await books.outbox.add(anOutboxRow({ id: `ob_${n}`, lane: `lane ${n % 7}`, payload: `{"n":${n}}` }));
      const subject = `bk_${n}`;
      await books.audit.add({
        practiceId: "harbour",
        atMs: n,
        actor: "desk",
        action: "expire",
        subject,
        place: "clock",
      });
    }
    await books.talks.add(aTalk({ snapshot: '{"b":1,"a":"é\\n"}', aboutBookingId: "bk_1" }));
  });
  await store.pageMessages.add({ id: "m1", user: "c1", author: "me", sentAtMs: 1, text: "book" });
}

/** Everything a practice needs, read through the desk. */
async function seen({ read, pageMessages }: Store): Promise<unknown> {
  return {
    practices: await read.practices.list(),
    services: await read.catalogue.listServices("crowd"),
    clients: await read.people.listClients("crowd"),
    members: await read.identities.listMemberships("crowd"),
    bookings: await read.bookings.listForClient("harbour", "ana", {
      statuses: ["confirmed", "requested"],
      order: "asc",
    }),
    claims: await read.claims.listForBooking("bk_7"),
    answers: await read.answers.list("harbour", "bk_9"),
    audit: await read.audit.list("harbour"),
    talk: await read.talks.find("tk_1"),
    lines: await pageMessages.list("c1"),
    outbox: await read.outbox.counts(),
  };
}

test("a practice moves from its file to PostgreSQL and back without losing a row, an order or a seal, and continues", async () => {
  const file = await openTestStore();
  await fill(file);
  const before = await seen(file);
  await file.close();

  const server = await newDatabase();
  const there = await copyBooks(`file:${file.file}`, server);
  expect(there.rows).toBeGreaterThan(5 * many);
  const moved = await openStore({ url: server, vault: testVault });
  expect(await seen(moved)).toEqual(before);
  const [first] = await moved.transaction(({ outbox }) => outbox.claimDue(9_999, 60_000, roomFor(1)));
  expect(first).toMatchObject({ id: "ob_0", attempt: 1 });
  await moved.transaction(({ outbox }) => outbox.add(anOutboxRow({ id: "later", lane: "lane 0" })));
  expect(
    await moved.transaction(({ claims }) => claims.claim(aClaim({ bookingId: "bk_late", startsAtMs: tuesdayTen }))),
  ).toBe(false);
  const afterwards = await seen(moved);
  await moved.close();

  const again = join(file.folder, "again.db");
  expect((await copyBooks(server, `file:${again}`)).rows).toBe(there.rows + 1);
  const back = await openStore({ url: `file:${again}`, vault: testVault });
  expect(await seen(back)).toEqual(afterwards);
  await back.close();
});

test("a target that is not empty is refused and stays unchanged", async () => {
  const from = await openTestStore();
  const to = await openPostgresTestStore();
  await to.transaction(({ inbox }) => inbox.claim("Ev1", 1));
  await importYaml(from, crowdedPractice({ clients: 1, practitioners: 1 }), tuesdayTen);
  await from.close();
  const copying = copyBooks(`file:${from.file}`, to.url);
  await expect(copying).rejects.toMatchObject({
    code: "copy-refused",
    message: expect.stringContaining("inbox has 1 row"),
  });
  expect(await to.read.practices.list()).toEqual([]);
});

test("a copy during concurrent writes is rolled back, with the reason", async () => {
  const from = await openPostgresTestStore();
  await fill(from);
  const to = await newDatabase();
  let copying = true;
  const copy = copyBooks(from.url, to).finally(() => {
    copying = false;
  });
  const writing = (async () => {
    for (let n = 0; copying; n += 1) await from.transaction(({ inbox }) => inbox.claim(`Ev${n}`, n));
  })();
  await expect(copy).rejects.toMatchObject({
    code: "copy-refused",
    message: expect.stringContaining("Stop every desk"),
  });
  await writing;
  const untouched = await openStore({ url: to, vault: postgresVault });
  expect(await untouched.read.practices.list()).toEqual([]);
  await untouched.close();
});

test("a missing file is not created", async () => {
  const { folder } = await openTestStore();
  const nowhere = join(folder, "nowhere.db");
  await expect(copyBooks(`file:${nowhere}`, `file:${join(folder, "to.db")}`)).rejects.toMatchObject({
    code: "copy-refused",
  });
  expect(existsSync(nowhere)).toBe(false);
});
