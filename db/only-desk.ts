import Sqlite from "better-sqlite3";
import { databaseFile, preparePrivateFile } from "./database-file.ts";
import { classifyError, isBusy } from "./sqlite-errors.ts";

/** A desk's stake in the books of a file. */
export interface BooksClaim {
  /** Whether no other desk had them open: then whatever a desk had in hand before was left behind, and is free. */
  readonly alone: boolean;
  release(): void;
}

/**
 * Marks the books of a `file:` url as open in this desk until it is given back, or its process ends in whatever way. A
 * second desk does no harm to the books, but what it finds in hand is another's, not left behind: freed, it would be sent
 * twice. The mark is the lock of an empty database beside the books; other programs may open them all the same.
 */
export function claimBooks(url: string): BooksClaim {
  const file = `${databaseFile(url)}-lock`;
  preparePrivateFile(file);
  const claim = new Sqlite(file, { timeout: 0 });
  const release = () => void claim.close();
  try {
    claim.pragma("journal_mode = memory"); // no file of its own: nothing is ever written
    claim.exec("begin exclusive");
    return { alone: true, release };
  } catch (error) {
    if (isBusy(error)) return { alone: false, release };
    release();
    throw classifyError(error);
  }
}
