import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { onTestFinished } from "vitest";
import { openStore, type Store, type StoreOptions } from "../../db/store.ts";
import { newRingKey, openVault } from "../../src/vault.ts";
import { newFolder } from "./new-folder.ts";
import { openSharedPostgresStore } from "./postgres-store.ts";

/** A store on a temporary database file, closed and removed after the test. */
export interface TestStore extends Store {
  readonly folder: string;
  readonly file: string;
  /** A second connection that bypasses the desk's code, like another process. Triggers still apply. */
  raw(): Database;
  /** Opens the same database again, as after a restart. */
  reopen(): Promise<Store>;
}

/** The encryption key of the test stores. */
export const testVault = openVault([newRingKey("test")]);

/** The bytes of an empty database, created once per worker, because creating the tables takes longer than most tests. */
let empty: Promise<Buffer> | undefined;

async function makeEmptyBooks(): Promise<Buffer> {
  const folder = newFolder("empty");
  const file = join(folder, "desk.db");
  const store = await openStore({ url: `file:${file}`, vault: testVault });
  await store.close();
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true, force: true });
  return bytes;
}

/** Opens a store for the running test, from the test itself or its `beforeEach`. */
export async function openTestStore(options: Omit<Partial<StoreOptions>, "url"> = {}): Promise<TestStore> {
  const folder = newFolder("store");
  const file = join(folder, "desk.db");
  const opened: { close(): unknown }[] = [];
  onTestFinished(async () => {
    for (const each of opened.reverse()) await each.close();
    rmSync(folder, { recursive: true, force: true });
  });
  empty ??= makeEmptyBooks();
  writeFileSync(file, await empty, { mode: 0o600 });
  const open = async () => {
    const store = await openStore({ url: `file:${file}`, vault: testVault, ...options });
    opened.push(store);
    return store;
  };
  return {
    ...(await open()),
    folder,
    file,
    raw() {
      const connection = new Sqlite(file, { timeout: 0 });
      opened.push(connection);
      return connection;
    },
    reopen: open,
  };
}

/** The supported databases, which must behave the same. */
export const stores: readonly { readonly name: string; open(): Promise<Store & Pick<TestStore, "reopen">> }[] = [
  { name: "SQLite", open: () => openTestStore() },
  { name: "PostgreSQL", open: openSharedPostgresStore },
];
