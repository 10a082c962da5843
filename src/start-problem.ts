import { dirname, resolve } from "node:path";
import type { Config } from "./config.ts";
import { DeskError } from "./errors.ts";

/** The settings that a failed start can be traced to. */
type Surroundings = Pick<Config, "host" | "port" | "database">;

/**
 * Why the desk or its command line could not open, with the remedy: one sentence for the operator. Undefined when the
 * operator cannot fix it, because it is a bug.
 */
export function startProblem(error: unknown, surroundings: Surroundings): string | undefined {
  if (error instanceof DeskError) return error.message;
  if (!(error instanceof Error)) return undefined;
  const { code = "", syscall, path }: SystemError = error;
  if (syscall === "listen" || syscall === "getaddrinfo") return listenProblem(code, surroundings);
  return path === undefined || isBooks(path, surroundings) ? booksProblem(code, surroundings) : undefined;
}

/** System errors of Node carry all three fields; SQLite errors carry only `code`. */
type SystemError = Error & { code?: string; syscall?: string; path?: string };

/** Whether a path is the database file or one of its parent folders. */
function isBooks(path: string, { database }: Surroundings): boolean {
  if (database.kind !== "sqlite") return false;
  const file = resolve(database.path);
  return file === resolve(path) || `${dirname(file)}/`.startsWith(`${resolve(path)}/`);
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
    return `${file} cannot be opened (${code}). Set DATABASE_URL to a file in a folder, such as file:data/frontdesk.db.`;
  if (/^(SQLITE_NOTADB|SQLITE_CORRUPT)/.test(code))
    return `${file} is not a SQLite database or is damaged (${code}). Restore a backup, or set DATABASE_URL to another file.`;
  if (/^(ENOSPC|EDQUOT|SQLITE_FULL)/.test(code))
    return `${file} cannot grow (${code}). Free some disk space, then start again.`;
  return undefined;
}
