import { dirname, resolve } from "node:path";
import type { Upgrade } from "../db/database.ts";
import type { Config } from "./config.ts";
import { DeskError } from "./errors.ts";

/** The settings that a failed start can be traced to. */
type Surroundings = Pick<Config, "host" | "port" | "database">;

/**
 * Why the desk or its command line could not open, with the remedy: one sentence for the operator. Undefined when the
 * operator cannot fix it, because it is a bug.
 */
export function startProblem(error: unknown, surroundings: Surroundings): string | undefined {
  if (error instanceof DeskError) return withRemedy(error);
  if (!(error instanceof Error)) return undefined;
  const { code = "", syscall, path }: SystemError = error;
  if (syscall === "listen" || syscall === "getaddrinfo") return listenProblem(code, surroundings);
  return path === undefined || isBooks(path, surroundings) ? booksProblem(code, surroundings) : undefined;
}

/** What a disk needs before the next start. The same errors are temporary in a running desk, and carry no remedy there. */
const diskRemedies: Readonly<Record<string, string>> = {
  "disk-full": "Free some disk space, then start again.",
  "disk-failed": "Check that the disk has free space and can be read and written, then start again.",
};

function withRemedy({ code, message }: DeskError): string {
  const remedy = diskRemedies[code];
  return remedy === undefined ? message : `${message} ${remedy}`;
}

/** What a starting desk says before it updates books of an older release (R5). */
export function upgradeSentence({ migrations, copy }: Upgrade): string {
  const what = `The database was written by an older version and is updated now (${migrations.join(", ")}).`;
  return copy === undefined
    ? `${what} Other desks that start now wait. To go back, restore your own dump of the database.`
    : `${what} A copy from before is in ${copy}. To go back: npm run frontdesk -- restore ${copy}`;
}

/** What a starting desk says when DATABASE_URL leads to a connection pooler (R7). */
export const poolerSentence =
  "DATABASE_URL leads to a connection pooler such as PgBouncer. Set DATABASE_DIRECT_URL to the server's own address: desks hear of each other's changes there, and update the tables there.";

/** System errors of Node carry all three fields; SQLite errors carry only `code`. */
type SystemError = Error & { code?: string; syscall?: string; path?: string };

/** Whether a path is the database file, a file that belongs to it such as its lock file, or one of its parent folders. */
function isBooks(path: string, { database }: Surroundings): boolean {
  if (database.kind !== "sqlite") return false;
  const file = resolve(database.path);
  return /^([-.]|$)/.test(rest(resolve(path), file) ?? "no") || `${dirname(file)}/`.startsWith(`${resolve(path)}/`);
}

/** What follows `start` in `text`; undefined if it does not begin with it. */
function rest(text: string, start: string): string | undefined {
  return text.startsWith(start) ? text.slice(start.length) : undefined;
}

function listenProblem(code: string, { host, port }: Surroundings): string | undefined {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is already in use. Stop the program that listens there (perhaps another desk), or set PORT to another port.`;
    case "EACCES":
      return `This user may not open port ${port}. Set PORT to a port above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST is ${host}, which is not an address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all addresses.`;
    default:
      return undefined;
  }
}

/** Explains an error of the file system or SQLite by the prefix of its code. */
function booksProblem(code: string, { database }: Surroundings): string | undefined {
  if (database.kind !== "sqlite") return undefined;
  const file = `The database ${database.path}`;
  if (/^(EACCES|EPERM|EROFS|SQLITE_READONLY)/.test(code))
    return `${file} is not writable (${code}). Give the desk's user write access to the file and its folder, or set DATABASE_URL to another path.`;
  if (/^(ENOENT|ENOTDIR|EISDIR|EEXIST|SQLITE_CANTOPEN)/.test(code))
    return `${file} cannot be opened (${code}). Set DATABASE_URL to a file, such as file:data/frontdesk.db, in a folder that the desk's user may write to.`;
  if (/^(SQLITE_NOTADB|SQLITE_CORRUPT)/.test(code))
    return `${file} is not a SQLite database or is damaged (${code}). Stop every desk and restore a backup (npm run frontdesk -- restore <file>), or set DATABASE_URL to another file.`;
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"))
    return `${file} is locked by another program (${code}). Close it (a backup tool, a database browser, a desk that is updating it), then start again.`;
  if (/^(ENOSPC|EDQUOT|SQLITE_FULL)/.test(code))
    return `${file} cannot grow (${code}). Free some disk space, then start again.`;
  return undefined;
}
