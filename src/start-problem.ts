import { dirname, resolve } from "node:path";
import type { Config } from "./config.ts";
import { DeskError } from "./errors.ts";

/** What of a config a start may fail at. */
type Surroundings = Pick<Config, "host" | "port" | "database">;

/**
 * Why the desk or its command line could not open, with the remedy: one sentence for who runs it. Undefined for what they
 * cannot mend: a bug.
 */
export function startProblem(error: unknown, surroundings: Surroundings): string | undefined {
  if (error instanceof DeskError) return error.message;
  if (!(error instanceof Error)) return undefined;
  const { code = "", syscall, path }: SystemError = error;
  if (syscall === "listen" || syscall === "getaddrinfo") return listenProblem(code, surroundings);
  return path === undefined || isBooks(path, surroundings) ? booksProblem(code, surroundings) : undefined;
}

/** What Node adds to an error of the system, SQLite its code only. */
type SystemError = Error & { code?: string; syscall?: string; path?: string };

/** Whether a path is the file of the books, or a folder on the way to it. */
function isBooks(path: string, { database }: Surroundings): boolean {
  if (database.kind !== "sqlite") return false;
  const file = resolve(database.path);
  return file === resolve(path) || `${dirname(file)}/`.startsWith(`${resolve(path)}/`);
}

function listenProblem(code: string, { host, port }: Surroundings): string | undefined {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is taken: stop what listens there, perhaps another desk, or set PORT to another one.`;
    case "EACCES":
      return `Port ${port} may not be opened by this user: set PORT to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST is ${host}, which is no address of this machine: set it to 127.0.0.1, or to 0.0.0.0 for all of its addresses.`;
    default:
      return undefined;
  }
}

/** What the file system and SQLite say of a file, by the beginning of their code. */
function booksProblem(code: string, { database }: Surroundings): string | undefined {
  if (database.kind !== "sqlite") return undefined;
  const books = `The books, ${database.path},`;
  if (/^(EACCES|EPERM|EROFS|SQLITE_READONLY)/.test(code))
    return `${books} cannot be written (${code}): let the desk's user write the file and its folder, or name another place by DATABASE_URL.`;
  if (/^(ENOENT|ENOTDIR|EISDIR|EEXIST|SQLITE_CANTOPEN)/.test(code))
    return `${books} cannot be opened (${code}): name a file in a folder by DATABASE_URL, such as file:data/frontdesk.db.`;
  if (/^(SQLITE_NOTADB|SQLITE_CORRUPT)/.test(code))
    return `${books} are no SQLite database, or are damaged (${code}): put back a backup, or name another file by DATABASE_URL.`;
  if (/^(ENOSPC|EDQUOT|SQLITE_FULL)/.test(code))
    return `${books} cannot grow (${code}): make room on their disk, then start again.`;
  return undefined;
}
