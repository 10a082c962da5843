import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { backUpBooks } from "../../db/backup.ts";
import type { Upgrade } from "../../db/database.ts";
import { openStore, openStoreToRead, type StoreOptions } from "../../db/store.ts";
import { laterRelease } from "../support/later-release.ts";
import { openPostgresTestStore, type PostgresTestStore } from "../support/postgres-store.ts";
import { aPractice } from "../support/records.ts";
import { openTestStore, type TestStore, testVault } from "../support/store.ts";

/** Books of this release with a practice in them, and how they are opened again. */
interface Kept {
  readonly url: string;
  open(options?: Partial<StoreOptions>): Promise<unknown>;
  /** The tables that later releases add. */
  laterTables(): Promise<readonly unknown[]>;
}

async function keptOn(kind: "sqlite" | "postgres"): Promise<Kept> {
  const store: TestStore | PostgresTestStore = await (kind === "sqlite" ? openTestStore() : openPostgresTestStore());
  await store.transaction(({ practices }) => practices.save(aPractice()));
  await store.close();
  const url = "url" in store ? store.url : `file:${store.file}`;
  return {
    url,
    async open(options = {}) {
      const opened = await openStore({ url, vault: testVault, ...options });
      onTestFinished(opened.close);
      return opened.read.practices.list();
    },
    async laterTables() {
      if (!("url" in store))
        return store.raw().prepare("select name from sqlite_master where name like 'later%'").all();
      return store.raw("select relname from pg_class where relname like 'later%'");
    },
  };
}

describe.each(["sqlite", "postgres"] as const)("books of this release on %s", (kind) => {
  test("R5 a starting desk of a later release updates them and says so before it does; this release then refuses them with one sentence", async () => {
    const books = await keptOn(kind);
    const { migrationsFolder, tags } = laterRelease(kind, 2);
    const told: Upgrade[] = [];
    const onUpgrade = (upgrade: Upgrade) => void told.push(upgrade);
    expect(await books.open({ access: "upgrade", migrationsFolder, onUpgrade })).toEqual([aPractice()]);
    expect(told).toMatchObject([{ migrations: tags }]);
    expect(await books.laterTables()).toHaveLength(2);
    for (const access of ["read", "write", "upgrade"] as const) {
      const message = expect.stringMatching(
        /^The database was written by a newer version .* Start that version, or restore/,
      );
      await expect(books.open({ access })).rejects.toMatchObject({ code: "schema-newer", message });
    }
  });

  test.each(["read", "write"] as const)(
    "R5 opened to %s, they are not updated but refused with one sentence",
    async (access) => {
      const books = await keptOn(kind);
      const opening = books.open({ access, migrationsFolder: laterRelease(kind, 1).migrationsFolder });
      const message = expect.stringMatching(
        /^The database was written by an older version .*start the desk of this version once/,
      );
      await expect(opening).rejects.toMatchObject({ code: "schema-older", message });
      expect(await books.laterTables()).toEqual([]);
    },
  );

  test("R5 desks of a later release that start together update them once", async () => {
    const books = await keptOn(kind);
    const { migrationsFolder } = laterRelease(kind, 1);
    const told: Upgrade[] = [];
    const onUpgrade = (upgrade: Upgrade) => void told.push(upgrade);
    const options = { access: "upgrade", migrationsFolder, onUpgrade } as const;
    const opened = await Promise.all([1, 2, 3, 4].map(() => books.open(options)));
    expect(opened).toEqual(Array.from({ length: 4 }, () => [aPractice()]));
    expect(told).toHaveLength(1);
  });
});

test("R5 before an update the SQLite file is copied aside, and the last three copies are kept", async () => {
  const store = await openTestStore();
  await store.transaction(({ practices }) => practices.save(aPractice()));
  await store.close();
  const copies = () => readdirSync(store.folder).filter((name) => name.includes(".before-"));
  const { tags } = laterRelease("sqlite", 4);
  for (const count of [1, 2, 3, 4]) {
    const { migrationsFolder } = laterRelease("sqlite", count);
    const opened = openStore({ url: `file:${store.file}`, vault: testVault, access: "upgrade", migrationsFolder });
    await (await opened).close();
  }
  expect(copies().sort()).toEqual(tags.slice(1).map((tag) => `desk.db.before-${tag}`));
  const copy = join(store.folder, `desk.db.before-${tags[1]}`);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const raw = new Sqlite(copy, { readonly: true });
  onTestFinished(() => void raw.close());
  expect(raw.prepare("select name from sqlite_master where name like 'later%'").pluck().all()).toEqual(["later_1"]);
  expect(raw.prepare("select name from practices").pluck().all()).toEqual([aPractice().name]);
});

test("R5 when the copy cannot be written, the desk refuses to start with one sentence and nothing is changed", async () => {
  const store = await openTestStore();
  await store.close();
  const { migrationsFolder, tags } = laterRelease("sqlite", 1);
  const inTheWay = `${store.file}.before-${tags[0]}`;
  mkdirSync(join(inTheWay, "folder"), { recursive: true });
  const later = { access: "upgrade", migrationsFolder } as const;
  await expect(openStore({ url: `file:${store.file}`, vault: testVault, ...later })).rejects.toMatchObject({
    code: "copy-refused",
    message: expect.stringMatching(
      /the copy to go back to could not be written to .*before-\d+_later \(E[A-Z]+\)\. Free disk space/,
    ),
  });
  expect(existsSync(`${inTheWay}.part`)).toBe(false);
  expect(await (await store.reopen()).read.practices.list()).toEqual([]);
});

test("R5 a migration that fails leaves the books as they were", async () => {
  const store = await openTestStore();
  await store.close();
  const { migrationsFolder, tags } = laterRelease("sqlite", 2);
  writeFileSync(
    join(migrationsFolder, `${tags[1]}.sql`),
    "create table later_2 (n integer); insert into nowhere values (1);",
  );
  const opening = openStore({ url: `file:${store.file}`, vault: testVault, access: "upgrade", migrationsFolder });
  await expect(opening).rejects.toThrow("nowhere");
  expect(store.raw().prepare("select name from sqlite_master where name like 'later%'").all()).toEqual([]);
  await store.reopen();
});

test("R5 a migration that rebuilds a table keeps the rows that refer to it", async () => {
  const store = await openTestStore();
  store.raw().exec("create table parents (id integer primary key); insert into parents values (1)");
  store
    .raw()
    .exec(
      "create table children (id integer references parents (id) on delete cascade); insert into children values (1)",
    );
  await store.close();
  const { migrationsFolder, tags } = laterRelease("sqlite", 1);
  const rebuild = "create table n (id integer primary key); insert into n select id from parents; drop table parents;";
  writeFileSync(join(migrationsFolder, `${tags[0]}.sql`), `${rebuild} alter table n rename to parents;`);
  const open = () => openStore({ url: `file:${store.file}`, vault: testVault, access: "upgrade", migrationsFolder });
  await (await open()).close();
  expect(store.raw().prepare("select id from children").pluck().all()).toEqual([1]);
});

test("R5 opened to read, a file is not changed by a byte, and a missing one is not created", async () => {
  const store = await openTestStore();
  await store.transaction(({ practices }) => practices.save(aPractice()));
  await store.close();
  store.raw().exec("drop trigger claims_refuse_overlap");
  const digest = () => createHash("sha256").update(readFileSync(store.file)).digest("hex");
  const before = digest();
  const reading = await openStoreToRead({ url: `file:${store.file}`, vault: testVault });
  expect(await reading.read.practices.list()).toEqual([aPractice()]);
  await reading.close();
  await backUpBooks(`file:${store.file}`, join(store.folder, "copy.db"));
  expect(digest()).toBe(before);
  const nowhere = join(store.folder, "nowhere.db");
  for (const opening of [
    openStoreToRead({ url: `file:${nowhere}`, vault: testVault }),
    backUpBooks(`file:${nowhere}`, join(store.folder, "nothing.db")),
  ])
    await expect(opening).rejects.toMatchObject({ code: "database-missing" });
  expect(existsSync(nowhere)).toBe(false);
});

test("R5 books of another release can be backed up", async () => {
  const store = await openTestStore();
  await store.close();
  store.raw().exec("insert into __drizzle_migrations (hash, created_at) values ('of-the-future', 9999999999999)");
  const copy = join(store.folder, "copy.db");
  await backUpBooks(`file:${store.file}`, copy);
  expect(existsSync(copy)).toBe(true);
});

test("R5 a SQLite database of another program is refused and gets no tables", async () => {
  const { folder } = await openTestStore();
  const file = join(folder, "other.db");
  const other = new Sqlite(file);
  onTestFinished(() => void other.close());
  other.exec("create table songs (title text)");
  for (const access of ["write", "upgrade"] as const) {
    await expect(openStore({ url: `file:${file}`, vault: testVault, access })).rejects.toMatchObject({
      code: "database-foreign",
      message: expect.stringContaining("belongs to another program"),
    });
  }
  expect(other.prepare("select count(*) from sqlite_master").pluck().get()).toBe(1);
});

test("R5 twelve desks that open one new file at once all open it", async () => {
  const { folder } = await openTestStore();
  const url = `file:${join(folder, "new.db")}`;
  const stores = await Promise.all(
    Array.from({ length: 12 }, () => openStore({ url, vault: testVault, access: "upgrade" })),
  );
  for (const [at, store] of stores.entries()) {
    await store.transaction(({ practices }) => practices.save(aPractice({ id: `p${at}` })));
  }
  for (const store of stores) {
    expect(await store.read.practices.list()).toHaveLength(12);
    await store.close();
  }
});
