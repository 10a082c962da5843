import { rmSync } from "node:fs";
import Sqlite, { type Database } from "better-sqlite3";
import { onTestFinished } from "vitest";
import { openStore, type Store } from "../../db/store.ts";
import { importPractice } from "../../src/desk/practice/import-practice.ts";
import { openVault, parseKeyRing } from "../../src/vault.ts";
import { newFolder } from "./new-folder.ts";
import { practicePlan } from "./practice-plan.ts";

/** The key ring of desks under test, as FRONTDESK_KEYS takes it. */
export const testKeys = `test:${Buffer.alloc(32, 7).toString("base64")}`;

/** A folder of the running test's own, gone with it. */
export function testFolder(): string {
  const folder = newFolder("fault");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Books in a file, opened in this process with the keys of desks under test. The caller closes them. */
export function openFile(file: string): Promise<Store> {
  return openBooks(`file:${file}`);
}

/** As `openFile`, of any database, named as DATABASE_URL takes it. */
export function openBooks(url: string): Promise<Store> {
  const keys = parseKeyRing(testKeys);
  if (!keys.ok) throw new Error("the test's own keys are wrong");
  return openStore({ url, vault: openVault(keys.ring) });
}

/** Puts practices, given as YAML texts, into the books of a file. */
export async function fillBooks(file: string, practices: readonly string[], nowMs: number): Promise<void> {
  const store = await openFile(file);
  for (const yaml of practices) await importYaml(store, yaml, nowMs);
  await store.close();
}

/** Imports a practice file, given as its text, as the command line does. */
export async function importYaml(store: Store, yaml: string, nowMs: number): Promise<void> {
  await store.transaction((books) => importPractice(books, practicePlan(yaml), nowMs));
}

/** A look into the file past the desk. */
export function look<T>(file: string, see: (connection: Database) => T): T {
  const connection = new Sqlite(file, { timeout: 5_000 });
  try {
    return see(connection);
  } finally {
    connection.close();
  }
}
