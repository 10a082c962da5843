import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { getTableColumns, getTableName } from "drizzle-orm";
import { expect, test } from "vitest";
import { backUpBooks } from "../../db/backup.ts";
import { databaseFile } from "../../db/database-file.ts";
import { schema } from "../../db/schema.sqlite.ts";
import { openStore } from "../../db/store.ts";
import { aPractice } from "../support/records.ts";
import { openTestStore, testVault } from "../support/store.ts";

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

test("DATABASE_URL names a file from the working directory, or an absolute one", () => {
  expect(databaseFile("file:data/frontdesk.db")).toBe(resolve("data/frontdesk.db"));
  expect(databaseFile("file:./desk.db")).toBe(resolve("desk.db"));
  expect(databaseFile("file:/var/desk.db")).toBe("/var/desk.db");
  expect(databaseFile("file:///var/my%20desk.db")).toBe("/var/my desk.db");
});

test.each([
  ["file::memory:", /no second connection/],
  ["file:", /no second connection/],
  ["file://host/desk.db", /takes no host/],
  ["file:desk.db?mode=ro", /"\?"/],
  ["mysql://localhost/desk", /write file:/],
  [":memory:", /write file:/],
])("%s is refused with the reason and the remedy", async (url, remedy) => {
  const opening = openStore({ url, vault: testVault });
  await expect(opening).rejects.toMatchObject({ code: "database-url", message: expect.stringMatching(remedy) });
});

test("the books create their own folder, and only the owner can read their files", async () => {
  const { folder } = await openTestStore();
  const file = join(folder, "deep", "down", "desk.db");
  const store = await openStore({ url: `file:${file}`, vault: testVault });
  await store.transaction(({ practices }) => practices.save(aPractice()));
  expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual(["600", "600", "600"]);
  expect(modeOf(join(folder, "deep", "down"))).toBe("700");
  await store.close();
});

test("group and world access to an existing file is removed", async () => {
  const store = await openTestStore();
  await store.close();
  chmodSync(store.file, 0o644);
  await store.reopen();
  expect(modeOf(store.file)).toBe("600");
});

test("reopened, the books are unchanged and no migration runs twice", async () => {
  const store = await openTestStore();
  await store.transaction(({ practices }) => practices.save(aPractice()));
  const migrations = () => store.raw().prepare("select count(*) from __drizzle_migrations").pluck().get();
  const before = migrations();
  await store.close();
  expect(await (await store.reopen()).read.practices.list()).toEqual([aPractice()]);
  expect(migrations()).toBe(before);
});

test("an older desk refuses the books of a newer one", async () => {
  const store = await openTestStore();
  await store.close();
  store.raw().exec("insert into __drizzle_migrations (hash, created_at) values ('of-the-future', 9999999999999)");
  await expect(store.reopen()).rejects.toMatchObject({ code: "schema-newer" });
});

test("the migrations create exactly the tables of the schema", async () => {
  const raw = (await openTestStore()).raw();
  for (const table of Object.values(schema)) {
    const name = getTableName(table);
    const made = raw.prepare("select name from pragma_table_info(?)").pluck().all(name);
    const described = Object.values(getTableColumns(table)).map((column) => column.name);
    expect(made, name).toEqual(described);
  }
  const tables = raw.prepare(
    "select count(*) from sqlite_master where type = 'table' and name not in ('__drizzle_migrations', 'sqlite_sequence')",
  );
  expect(tables.pluck().get()).toBe(Object.keys(schema).length);
});

test("a backup during writes is consistent, private, and opens", async () => {
  const store = await openTestStore();
  const fill = (from: number, count: number) =>
    store.transaction(async ({ practices }) => {
      for (let n = from; n < from + count; n += 1) {
        await practices.save(aPractice({ id: `p${n}`, contact: "x".repeat(2_000) }));
      }
    });
  await fill(0, 1_000);
  const copy = join(store.folder, "copy.db");
  let copying = true;
  const backup = backUpBooks(`file:${store.file}`, copy).finally(() => {
    copying = false;
  });
  let written = 1_000;
  for (; copying && written < 20_000; written += 2) await fill(written, 2);
  expect(written, "the copying begins anew with every write").toBeLessThan(20_000);
  await backup;
  expect(modeOf(copy)).toBe("600");
  const raw = new Sqlite(copy, { readonly: true });
  expect(raw.pragma("integrity_check", { simple: true })).toBe("ok");
  raw.close();
  const opened = await openStore({ url: `file:${copy}`, vault: testVault });
  const copied = (await opened.read.practices.list()).length;
  await opened.close();
  expect(copied).toBeGreaterThanOrEqual(1_000);
  expect(copied % 2, "half of a transaction").toBe(0);
});

test("a backup overwrites nothing and needs its folder", async () => {
  const store = await openTestStore();
  const taken = join(store.folder, "taken.db");
  writeFileSync(taken, "mine");
  await expect(backUpBooks(`file:${store.file}`, taken)).rejects.toMatchObject({ code: "backup-refused" });
  expect(readFileSync(taken, "utf8")).toBe("mine");
  const nowhere = join(store.folder, "no-folder", "copy.db");
  await expect(backUpBooks(`file:${store.file}`, nowhere)).rejects.toMatchObject({ code: "backup-refused" });
  expect(existsSync(nowhere)).toBe(false);
});
