import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrationsOf } from "../../db/migrations.ts";
import { newFolder } from "./new-folder.ts";

/** Adds migrations to a folder of them: the schema of a later release. Gives their names. */
function addMigrations(folder: string, texts: readonly string[]): readonly string[] {
  const path = join(folder, "meta", "_journal.json");
  const journal: { entries: { tag: string; when: number; idx: number }[] } = JSON.parse(readFileSync(path, "utf8"));
  for (const text of texts) {
    const idx = journal.entries.length;
    const tag = `${String(idx).padStart(4, "0")}_later`;
    writeFileSync(join(folder, `${tag}.sql`), text);
    journal.entries.push({ ...journal.entries[0], idx, tag, when: (journal.entries.at(-1)?.when ?? 0) + 1 });
  }
  writeFileSync(path, JSON.stringify(journal));
  return journal.entries.slice(-texts.length).map(({ tag }) => tag);
}

/** The migrations of a later release. */
export interface LaterRelease {
  readonly migrationsFolder: string;
  /** The names of those that this release does not have. */
  readonly tags: readonly string[];
}

/** A release this many migrations later, each of which creates a table `later_1`, `later_2`, …. */
export function laterRelease(kind: "sqlite" | "postgres", count: number): LaterRelease {
  const migrationsFolder = newFolder("migrations");
  cpSync(migrationsOf(kind), migrationsFolder, { recursive: true });
  const texts = Array.from({ length: count }, (_, at) => `create table later_${at + 1} (n integer);`);
  return { migrationsFolder, tags: addMigrations(migrationsFolder, texts) };
}
