import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DeskError } from "../src/errors.ts";

/**
 * The absolute path of a SQLite url: `file:data/frontdesk.db` from the working directory, or `file:///var/desk.db`.
 * Refuses anything else with code `database-url`.
 */
export function databaseFile(url: string): string {
  if (!url.startsWith("file:"))
    throw refused(
      url,
      "write file:data/frontdesk.db, file:///an/absolute/path.db or postgres://user:password@host/database",
    );
  const path = url.slice("file:".length);
  if (path === "" || path.startsWith(":memory:")) {
    throw refused(url, "an in-memory database has no second connection to read from and is lost at exit; name a file");
  }
  if (/[?#]/.test(path)) throw refused(url, 'the path must not contain "?" or "#"');
  if (!path.startsWith("//")) return resolve(path);
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw refused(url, "file: takes no host; write file:///an/absolute/path.db", cause);
  }
}

function refused(url: string, remedy: string, cause?: unknown): DeskError {
  return new DeskError("database-url", `DATABASE_URL "${url}" cannot be used: ${remedy}.`, { cause });
}

/**
 * Creates the file and its folder if they are missing, readable by their owner only; SQLite gives -wal and -shm the same
 * mode. The mode of a file that is no database stays as it is: it was named by mistake, and opening it fails.
 */
export function preparePrivateFile(file: string): void {
  refuseFolder(file);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  else if (isDatabaseFile(file)) chmodSync(file, 0o600);
}

/** Throws with code `database-url` if a database's path is a folder. */
export function refuseFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const remedy = `Set DATABASE_URL to a file, such as file:${file}/frontdesk.db`;
  throw new DeskError("database-url", `The database ${file} is a folder. ${remedy}.`);
}

/** Whether the file is a SQLite database or empty, as one is before its first table (sqlite.org/fileformat, section 1.3). */
function isDatabaseFile(file: string): boolean {
  if (!statSync(file).isFile()) return false;
  const handle = openSync(file, "r");
  try {
    const head = Buffer.alloc(16);
    const length = readSync(handle, head, 0, head.length, 0);
    return length === 0 || head.toString("latin1") === "SQLite format 3\0";
  } finally {
    closeSync(handle);
  }
}
