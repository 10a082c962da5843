import { rmSync } from "node:fs";
import Sqlite, { type Database } from "better-sqlite3";
import { onTestFinished } from "vitest";
import { openStore, type Store } from "../../db/store.ts";
import { importPractice } from "../../src/desk/practice/import-practice.ts";
import { openVault, parseKeyRing } from "../../src/vault.ts";
import { newFolder } from "./new-folder.ts";
import { practicePlan } from "./practice-plan.ts";

/** The key ring of desks under test, in the format of FRONTDESK_KEYS. */
export const testKeys = `test:${Buffer.alloc(32, 7).toString("base64")}`;

/** A temporary folder, removed after the running test. */
export function testFolder(): string {
  const folder = newFolder("fault");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a database file in this process with the test key ring. The caller closes it. */
export function openFile(file: string): Promise<Store> {
  return openBooks(`file:${file}`);
}

/** Like `openFile`, for any database in the format of DATABASE_URL. */
export function openBooks(url: string): Promise<Store> {
  const keys = parseKeyRing(testKeys);
  if (!keys.ok) throw new Error("the test's own keys are wrong");
  return openStore({ url, vault: openVault(keys.ring) });
}

/** Imports practices, given as YAML texts, into a database file. */
export async function fillBooks(file: string, practices: readonly string[], nowMs: number): Promise<void> {
  const store = await openFile(file);
  for (const yaml of practices) await importYaml(store, yaml, nowMs);
  await store.close();
}

/** Imports a practice file, given as text, as the command line does. */
export async function importYaml(store: Store, yaml: string, nowMs: number): Promise<void> {
  await store.transaction((books) => importPractice(books, practicePlan(yaml), nowMs));
}

/** Reads a database file directly, bypassing the desk. */
export function look<T>(file: string, see: (connection: Database) => T): T {
  const connection = new Sqlite(file, { timeout: 5_000 });
  try {
    return see(connection);
  } finally {
    connection.close();
  }
}
