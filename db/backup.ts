import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { DeskError } from "../src/errors.ts";
import { findDamage } from "./damage.ts";
import { databaseFile } from "./database-file.ts";
import { booksMissing } from "./migrations.ts";
import { classifyError } from "./sqlite-errors.ts";

/** How long a copy waits for a lock of another connection. */
const blockingMs = 4_000;

/**
 * Copies the SQLite file of a `file:` url into a new file of mode 0600, while desks use it. It opens the books read-only
 * and needs no key ring, and books of another release can be copied too (R5). Refuses with code `backup-refused` to
 * overwrite a file, to copy damaged books, and books in PostgreSQL.
 */
export async function backUpBooks(url: string, target: string): Promise<void> {
  if (/^postgres(ql)?:/i.test(url)) {
    const remedy = "Copy the database with PostgreSQL's own pg_dump, which may run at any time.";
    throw new DeskError("backup-refused", `These books are in PostgreSQL, not in a file. ${remedy}`);
  }
  const file = databaseFile(url);
  if (!existsSync(file)) throw booksMissing(file);
  createNew(target);
  try {
    await writeCopy(file, target);
  } catch (error) {
    rmSync(target, { force: true });
    throw classifyError(error);
  }
}

function createNew(target: string): void {
  try {
    closeSync(openSync(target, "wx", 0o600));
  } catch (cause) {
    const reason = "it exists already, or its folder does not exist or is not writable";
    throw new DeskError("backup-refused", `Cannot create the backup file ${target}: ${reason}.`, { cause });
  }
}

/**
 * Copies a database into an empty or missing file of mode 0600 and checks the copy, which needs no -wal file. Throws with
 * code `backup-refused` when the copy is damaged, because its source is.
 */
export async function writeCopy(file: string, target: string): Promise<void> {
  closeSync(openSync(target, "a", 0o600));
  const source = new Sqlite(file, { readonly: true, timeout: blockingMs });
  try {
    // An open read transaction pins a snapshot. Without it every write makes the copying start again.
    source.exec("BEGIN");
    source.prepare("select count(*) from sqlite_master").get();
    await source.backup(target);
  } finally {
    source.close();
  }
  const copy = new Sqlite(target);
  try {
    copy.pragma("journal_mode = DELETE");
    const damage = findDamage(copy, "quick_check");
    if (damage === undefined) return;
    throw new DeskError(
      "backup-refused",
      `The database ${file} is damaged (${damage}), so it was not copied. Restore an earlier backup.`,
    );
  } finally {
    copy.close();
  }
}
