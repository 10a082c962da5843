import Sqlite from "better-sqlite3";
import { DeskError } from "../src/errors.ts";
import { databaseFile, preparePrivateFile } from "./database-file.ts";
import { classifyError, isBusy } from "./sqlite-errors.ts";

/**
 * Keeps the books of a `file:` url for this desk alone until it is given back, or its process ends in whatever way: a
 * second desk would take what is under way for left behind, and send it again. Other programs may open the books. Throws
 * DeskError `books-in-use` while another desk has them. The lock is that of an empty database beside the books.
 */
export function claimBooks(url: string): { release(): void } {
  const books = databaseFile(url);
  const file = `${books}-lock`;
  preparePrivateFile(file);
  const claim = new Sqlite(file, { timeout: 0 });
  try {
    claim.pragma("journal_mode = memory"); // no file of its own: nothing is ever written
    claim.exec("begin exclusive");
  } catch (error) {
    claim.close();
    if (!isBusy(error)) throw classifyError(error);
    throw new DeskError(
      "books-in-use",
      `Another desk has the books ${books} open: stop it first, or name other books by DATABASE_URL. Several desks share a PostgreSQL.`,
      { cause: error },
    );
  }
  return { release: () => void claim.close() };
}
