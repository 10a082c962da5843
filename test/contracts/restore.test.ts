import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { backUpBooks } from "../../db/backup.ts";
import { acquireProcessLock, shareDatabase } from "../../db/process-lock.ts";
import { restoreBooks } from "../../db/restore.ts";
import { openStore } from "../../db/store.ts";
import { aPractice } from "../support/records.ts";
import { openTestStore, type TestStore, testVault } from "../support/store.ts";

const named = (id: string) => aPractice({ id, name: id });

describe("a SQLite file and its backup", () => {
  let store: TestStore;
  let url: string;
  let backup: string;

  beforeEach(async () => {
    store = await openTestStore();
    url = `file:${store.file}`;
    backup = join(store.folder, "backup.db");
    await store.transaction(({ practices }) => practices.save(named("before")));
    await backUpBooks(url, backup);
    await store.transaction(({ practices }) => practices.save(named("after")));
  });

  const practices = async (file = store.file) => {
    const opened = await openStore({ url: `file:${file}`, vault: testVault });
    const found = (await opened.read.practices.list()).map(({ id }) => id);
    await opened.close();
    return found.sort();
  };
  const names = () => readdirSync(store.folder).sort();

  test("R6 a restore brings back the state of the backup, and the replaced database is kept whole", async () => {
    await store.close();
    const { replaced, missing } = restoreBooks(url, backup);
    expect([await practices(), missing]).toEqual([["before"], 0]);
    expect(await practices(replaced)).toEqual(["after", "before"]);
    expect(await practices(backup)).toEqual(["before"]);
    expect(statSync(store.file).mode & 0o777).toBe(0o600);
  });

  test("R6 the -wal and -shm of a killed desk go with the old file: the restored one never meets them", async () => {
    // A copy of the open database is what a killed desk leaves: its latest commit is in the -wal only.
    const killed = join(store.folder, "killed");
    mkdirSync(killed);
    const file = join(killed, "desk.db");
    for (const part of ["", "-wal"]) copyFileSync(`${store.file}${part}`, `${file}${part}`);
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    const { replaced = "" } = restoreBooks(`file:${file}`, backup);
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(existsSync(`${replaced}-wal`)).toBe(true);
    expect(await practices(file)).toEqual(["before"]);
    expect(await practices(replaced)).toEqual(["after", "before"]);
  });

  test("R6 a stale -wal without its file is removed", async () => {
    const file = join(store.folder, "gone.db");
    copyFileSync(`${store.file}-wal`, `${file}-wal`);
    expect(restoreBooks(`file:${file}`, backup).replaced).toBeUndefined();
    expect(await practices(file)).toEqual(["before"]);
  });

  test.each([
    ["the first desk", () => acquireProcessLock(url)],
    [
      "a second desk, after the first one has stopped",
      () => {
        const first = acquireProcessLock(url);
        const second = acquireProcessLock(url);
        first.release();
        expect([first.acquired, second.acquired]).toEqual([true, false]);
        return second;
      },
    ],
    ["a command that writes", () => shareDatabase(url)],
  ])("R6 a restore is refused while %s has the database open", async (_, open) => {
    await store.close();
    const user = open();
    const before = names();
    expect(() => restoreBooks(url, backup)).toThrow(/is in use by a desk or another command\. Stop every desk/);
    expect(names()).toEqual(before);
    user.release();
    restoreBooks(url, backup);
    expect(await practices()).toEqual(["before"]);
  });

  test("R6 a restore that was killed after it began to move files lets no desk start; run again, it finishes", async () => {
    await store.close();
    copyFileSync(backup, `${store.file}.restoring`);
    await expect(store.reopen()).rejects.toMatchObject({
      code: "restore-unfinished",
      message: expect.stringContaining("Run it again: npm run frontdesk -- restore <file>."),
    });
    restoreBooks(url, backup);
    expect(await practices()).toEqual(["before"]);
  });

  test("R6 files left by a restore that was killed while copying are not applied", async () => {
    copyFileSync(store.file, `${store.file}.restoring-part`);
    copyFileSync(`${store.file}-wal`, `${store.file}.restoring-part-wal`);
    await store.close();
    expect(await practices()).toEqual(["after", "before"]);
    restoreBooks(url, backup);
    expect(await practices()).toEqual(["before"]);
    expect(names().filter((name) => name.includes("restoring"))).toEqual([]);
  });

  const spoil: readonly { readonly what: string; readonly how: (file: string) => void; readonly why: RegExp }[] = [
    { what: "is missing", how: () => undefined, why: /There is no file .*spoilt\.db\. Nothing was changed\.$/ },
    { what: "is a folder", how: (file) => void mkdirSync(file), why: /There is no file/ },
    { what: "is text", how: (file) => writeFileSync(file, "words\n".repeat(1_000)), why: /is not a SQLite database/ },
    { what: "is empty", how: (file) => writeFileSync(file, ""), why: /has no books of Frontdesk in it/ },
    {
      what: "belongs to another program",
      how: (file) => new Sqlite(file).exec("create table songs (title text)").close(),
      why: /has no books of Frontdesk in it/,
    },
    {
      what: "was cut short",
      how: (file) => writeFileSync(file, readFileSync(backup).subarray(0, 100_000)),
      why: /is (not a SQLite database or is )?damaged/,
    },
    {
      what: "has garbage in the middle",
      how: (file) => writeFileSync(file, readFileSync(backup).fill(0xaa, 40_960, 60_000)),
      why: /is (not a SQLite database or is )?damaged/,
    },
    {
      what: "was written by a newer release",
      how(file) {
        copyFileSync(backup, file);
        new Sqlite(file)
          .exec("insert into __drizzle_migrations (hash, created_at) values ('new', 9999999999999)")
          .close();
      },
      why: /was written by a newer version/,
    },
    {
      what: "has an altered guard",
      how(file) {
        copyFileSync(backup, file);
        const weak = "create trigger claims_refuse_overlap before insert on claims begin select 1; end";
        new Sqlite(file).exec(`drop trigger claims_refuse_overlap; ${weak}`).close();
      },
      why: /guard "claims_refuse_overlap" was altered/,
    },
    {
      what: "has a -wal beside it",
      how(file) {
        copyFileSync(backup, file);
        copyFileSync(`${backup}-was`, `${file}-wal`);
      },
      why: /Make a backup of it with the command backup/,
    },
  ];
  test.each(spoil)("R6 a backup that $what is refused, and nothing is changed", async ({ how, why }) => {
    copyFileSync(`${store.file}-wal`, `${backup}-was`);
    await store.close();
    const spoilt = join(store.folder, "spoilt.db");
    how(spoilt);
    const before = names();
    expect(() => restoreBooks(url, spoilt)).toThrow(why);
    expect(names().filter((name) => !/-lock$|-shm$|-wal$/.test(name))).toEqual(
      before.filter((name) => !/-wal$/.test(name)),
    );
    expect(await practices()).toEqual(["after", "before"]);
  });

  test("R6 the database is no backup of itself, and PostgreSQL has tools of its own", async () => {
    await store.close();
    expect(() => restoreBooks(url, store.file)).toThrow(/is the database itself/);
    expect(() => restoreBooks("postgres://desk@localhost/desk", backup)).toThrow(/pg_restore or psql/);
  });

  test("R6 a backup of an older release is restored, and how many updates it lacks is told", async () => {
    await store.close();
    const old = new Sqlite(backup);
    onTestFinished(() => void old.close());
    old.exec("delete from __drizzle_migrations where rowid = (select max(rowid) from __drizzle_migrations)");
    expect(restoreBooks(url, backup).missing).toBe(1);
  });
});

test("R6 a damaged file is refused at the start with the remedy, and by a backup of it", async () => {
  const store = await openTestStore();
  await store.transaction(async ({ practices }) => {
    for (let n = 0; n < 200; n += 1) await practices.save(named(`p${n}`));
  });
  await store.close();
  const bytes = readFileSync(store.file);
  const page = bytes.lastIndexOf("p150");
  writeFileSync(store.file, bytes.fill(0xaa, page - 300, page + 300));
  const opening = openStore({ url: `file:${store.file}`, vault: testVault, access: "upgrade" });
  await expect(opening).rejects.toMatchObject({
    code: "database-damaged",
    message: expect.stringMatching(
      /is damaged \(.*\)\. Stop every desk and restore a backup: npm run frontdesk -- restore <file>\.$/,
    ),
  });
  const copy = join(store.folder, "copy.db");
  await expect(backUpBooks(`file:${store.file}`, copy)).rejects.toMatchObject({ code: "backup-refused" });
  expect(existsSync(copy)).toBe(false);
});
