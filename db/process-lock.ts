import Sqlite from "better-sqlite3";
import { databaseFile, preparePrivateFile } from "./database-file.ts";
import { classifyError, isBusy } from "./sqlite-errors.ts";

/** This process' lock on a database file. */
export interface ProcessLock {
  /** False: another desk process holds the lock, so leases found in the database may be in use. */
  readonly acquired: boolean;
  release(): void;
}

/**
 * Locks the database of a `file:` url for this process, until release or the end of the process, however it ends. The
 * holder may free leases that an earlier process left behind; a process without the lock must not, because what it
 * freed would be sent twice. The lock is an exclusive transaction on an empty database beside the file, so other
 * programs can still open the file itself.
 */
export function acquireProcessLock(url: string): ProcessLock {
  const file = `${databaseFile(url)}-lock`;
  preparePrivateFile(file);
  const connection = new Sqlite(file, { timeout: 0 });
  const release = () => void connection.close();
  try {
    connection.pragma("journal_mode = memory"); // nothing is written, so a journal file would only be left behind
    connection.exec("begin exclusive");
    return { acquired: true, release };
  } catch (error) {
    if (isBusy(error)) return { acquired: false, release };
    release();
    throw classifyError(error);
  }
}
