import Sqlite from "better-sqlite3";
import { DeskError } from "../src/errors.ts";
import { databaseFile, preparePrivateFile, refuseFolder } from "./database-file.ts";
import { classifyError, isBusy } from "./sqlite-errors.ts";

/** This process' lock on a database file. */
export interface ProcessLock {
  /** False: another desk process holds the lock, so leases found in the database may be in use. */
  readonly acquired: boolean;
  release(): void;
}

/** How long a process waits while another one takes a lock and gives it back. */
const waitMs = 2_000;

/**
 * Locks the database of a `file:` url for a desk, until release or the end of the process, however it ends. The first desk
 * may free leases that an earlier process left behind; a second one must not, because what it freed would be sent twice.
 *
 * The locks are those of an empty database beside the file, so other programs can still open the file itself: every user
 * holds a shared lock, the first desk also the one reserved lock, and a restore needs the exclusive lock. Throws with
 * `database-restoring` while a restore runs.
 */
export function acquireProcessLock(url: string): ProcessLock {
  const connection = openLockFile(url);
  try {
    connection.exec("begin immediate");
    return { acquired: true, release: () => void connection.close() };
  } catch (error) {
    if (!isBusy(error)) throw closedBy(connection, error);
  }
  return { acquired: false, ...shareOn(connection, url) };
}

/** Marks the database of a `file:` url as in use by a tool that writes. Throws with `database-restoring` during a restore. */
export function shareDatabase(url: string): Pick<ProcessLock, "release"> {
  return shareOn(openLockFile(url), url);
}

/** Locks the database of a `file:` url against all desks and tools. Throws with `database-in-use` if there are any (R6). */
export function takeDatabase(url: string): Pick<ProcessLock, "release"> {
  const connection = openLockFile(url);
  try {
    connection.exec("begin exclusive");
    return { release: () => void connection.close() };
  } catch (error) {
    if (!isBusy(error)) throw closedBy(connection, error);
    const reason = `The database ${databaseFile(url)} is in use by a desk or another command`;
    throw closedBy(connection, new DeskError("database-in-use", `${reason}. Stop every desk, then run this again.`));
  }
}

function openLockFile(url: string): Sqlite.Database {
  refuseFolder(databaseFile(url));
  const file = `${databaseFile(url)}-lock`;
  preparePrivateFile(file);
  const connection = new Sqlite(file, { timeout: 0 });
  try {
    connection.pragma("journal_mode = memory"); // nothing is written, so a journal file would only be left behind
    return connection;
  } catch (error) {
    throw closedBy(connection, error);
  }
}

/** Holds a shared lock by an open read transaction. */
function shareOn(connection: Sqlite.Database, url: string): Pick<ProcessLock, "release"> {
  try {
    connection.pragma(`busy_timeout = ${waitMs}`);
    connection.exec("begin; select count(*) from sqlite_master");
    return { release: () => void connection.close() };
  } catch (error) {
    if (!isBusy(error)) throw closedBy(connection, error);
    const reason = `The database ${databaseFile(url)} is being restored, or a desk of an older version has it open`;
    throw closedBy(
      connection,
      new DeskError("database-restoring", `${reason}. Wait for it or stop it, then start again.`),
    );
  }
}

function closedBy(connection: Sqlite.Database, error: unknown): unknown {
  connection.close();
  return classifyError(error);
}
