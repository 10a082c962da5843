import { readFileSync } from "node:fs";
import type { Store } from "../db/store.ts";
import { importPractice } from "./desk/import-practice.ts";
import { toDomain } from "./practice-file/plan.ts";
import { readPracticeFile } from "./practice-file/read.ts";

/** Puts the demo practice into empty books, so that a first start has something to show; true when it did. */
export async function importDemo(store: Store, nowMs: number): Promise<boolean> {
  if ((await store.read.practices.list()).length > 0) return false;
  const read = readPracticeFile(readFileSync(new URL("./demo/harbour.yaml", import.meta.url)));
  if (!read.ok) throw new Error("the demo practice file is broken");
  await store.transaction((books) => importPractice(books, toDomain(read.file), nowMs));
  return true;
}
