import { chmodSync, copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { openClock } from "../src/clock.ts";
import { DeskError } from "../src/errors.ts";
import { findDamage } from "./damage.ts";
import { databaseFile } from "./database-file.ts";
import { areGuardsInPlace } from "./guards.ts";
import { appliedMigrations } from "./migrate.ts";
import { migrationsOf, missingMigrations, readMigrations } from "./migrations.ts";
import { takeDatabase } from "./process-lock.ts";

/** What a restore did. */
export interface RestoreReport {
  /** Where the replaced database is now; absent if there was none. */
  readonly replaced: string | undefined;
  /** How many migrations the next start applies, because an older release made the backup. */
  readonly missing: number;
}

/** The files that SQLite keeps beside a database and applies to it on opening. */
const companions = ["-wal", "-shm", "-journal"];

/**
 * Replaces the SQLite file of a `file:` url by a backup, of which a copy is checked first. The old file is moved aside
 * together with its -wal and -shm, because SQLite would apply an old -wal to the new file (R6). Killed at any step, it
 * leaves either the old database as it was, or `<file>.restoring`, with which no desk starts; then it has to run again.
 * Throws with `restore-refused`, `database-in-use`, `schema-newer` or `guard-altered`.
 */
export function restoreBooks(url: string, backup: string): RestoreReport {
  if (/^postgres(ql)?:/i.test(url)) {
    const remedy = "Stop every desk and load the dump into an empty database with pg_restore or psql";
    throw refused(`These books are in PostgreSQL, not in a file. ${remedy}`);
  }
  const file = databaseFile(url);
  refuseUnusable(backup, file);
  const lock = takeDatabase(url);
  try {
    const missing = writeChecked(backup, `${file}.restoring-part`);
    renameSync(`${file}.restoring-part`, restoringFile(file));
    const replaced = moveAside(file);
    renameSync(restoringFile(file), file);
    return { replaced, missing };
  } finally {
    lock.release();
  }
}

/** Throws with `restore-unfinished` if a restore of this file was killed after it began to move files. */
export function refuseUnfinishedRestore(file: string): void {
  if (!existsSync(restoringFile(file))) return;
  throw new DeskError(
    "restore-unfinished",
    `A restore of ${file} was interrupted. Run it again: npm run frontdesk -- restore <file>.`,
  );
}

/** The checked copy of the backup, from the moment the old files are moved. */
function restoringFile(file: string): string {
  return `${file}.restoring`;
}

function refuseUnusable(backup: string, file: string): void {
  if (!existsSync(backup) || !statSync(backup).isFile()) throw refused(`There is no file ${backup}`);
  if (resolve(backup) === resolve(file)) throw refused(`${backup} is the database itself. Name a backup`);
  const log = `${backup}-wal`;
  if (existsSync(log) && statSync(log).size > 0) {
    const reason = `Beside ${backup} is ${log}, so a program has it open or was killed`;
    throw refused(`${reason}. Make a backup of it with the command backup, and restore that`);
  }
}

/** Copies the backup and checks the copy. Returns the number of migrations it lacks. */
function writeChecked(backup: string, draft: string): number {
  for (const left of ["", ...companions]) rmSync(`${draft}${left}`, { force: true }); // of a killed restore
  try {
    copyFileSync(backup, draft);
    chmodSync(draft, 0o600);
    return check(draft, backup);
  } catch (cause) {
    for (const left of ["", ...companions]) rmSync(`${draft}${left}`, { force: true });
    if (cause instanceof DeskError) throw cause;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
      throw refused(`${backup} is not a SQLite database or is damaged (${code})`);
    throw refused(`${backup} could not be copied beside the database (${code})`, cause);
  }
}

function check(draft: string, backup: string): number {
  const copy = new Sqlite(draft);
  try {
    copy.pragma("journal_mode = DELETE"); // so that the copy is one file
    const damage = findDamage(copy, "integrity_check");
    if (damage !== undefined) throw refused(`${backup} is damaged (${damage})`);
    const applied = appliedMigrations(copy);
    if (applied.length === 0) throw refused(`${backup} has no books of Frontdesk in it`);
    areGuardsInPlace(copy);
    return missingMigrations(readMigrations(migrationsOf("sqlite")), applied).length;
  } finally {
    copy.close();
  }
}

/**
 * Gives the old database another name, together with its companions. The file itself keeps its old name as well until the
 * new one replaces it: a desk that starts in between must not create an empty one.
 */
function moveAside(file: string): string | undefined {
  if (!existsSync(file)) {
    for (const companion of companions) rmSync(`${file}${companion}`, { force: true });
    return undefined;
  }
  const aside = `${file}.replaced-${stampOf(openClock().realNow())}`;
  try {
    linkSync(file, aside);
  } catch {
    copyFileSync(file, aside); // the file system has no hard links
  }
  for (const companion of companions) {
    if (existsSync(`${file}${companion}`)) renameSync(`${file}${companion}`, `${aside}${companion}`);
  }
  return aside;
}

/** `20260302T080000123Z`: sorts by time and is allowed in every file name. */
function stampOf(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:.]/g, "");
}

function refused(reason: string, cause?: unknown): DeskError {
  return new DeskError("restore-refused", `${reason}. Nothing was changed.`, { cause });
}
