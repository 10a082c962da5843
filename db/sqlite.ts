import { closeSync, openSync, rmSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { DeskError } from "../src/errors.ts";
import { noPeers } from "../src/ports/changes.ts";
import type { Database, DatabaseOptions } from "./database.ts";
import { databaseFile, preparePrivateFile } from "./database-file.ts";
import { assertGuards, createGuards } from "./guards.ts";
import { noLocks } from "./locks.ts";
import { migrateSqlite } from "./migrate.ts";
import { schema } from "./schema.sqlite.ts";
import { builderOver } from "./sqlite-connection.ts";
import { classifyError } from "./sqlite-errors.ts";
import { queueWrites } from "./writer-queue.ts";

/** Bounds how long the synchronous driver blocks the event loop for a lock; `writer-queue.ts` waits asynchronously after that. */
const blockingMs = 50;
/** At startup nothing is served yet, so blocking is harmless. */
const startupBlockingMs = 4_000;

/**
 * Opens the SQLite file of a `file:` url with one connection that writes and one that reads. Creates the file and its
 * folder when missing and brings tables and guards up to date. Throws with `database-url` (no file url), `schema-newer`
 * (written by a newer version) or `guard-altered`.
 */
export function openSqlite(url: string, options: DatabaseOptions = {}): Database {
  const file = databaseFile(url);
  preparePrivateFile(file);
  const connection = new Sqlite(file, { timeout: startupBlockingMs });
  try {
    connection.pragma("journal_mode = WAL");
    connection.pragma("synchronous = FULL"); // an acknowledged request survives a power cut
    connection.pragma("foreign_keys = ON");
    connection.pragma("secure_delete = ON");
    connection.pragma("temp_store = MEMORY"); // savepoint journals stay in memory instead of a file per turn
    migrateSqlite(connection);
    createGuards(connection);
    assertGuards(connection);
    connection.pragma(`busy_timeout = ${blockingMs}`);
  } catch (error) {
    connection.close();
    throw classifyError(error);
  }
  const reading = new Sqlite(file, { readonly: true, timeout: blockingMs });
  const queue = queueWrites(connection, options);
  const alive = reading.prepare("select count(*) from practices");
  const writer = builderOver(connection, queue.assertInside);

  return {
    schema,
    reader: builderOver(reading),
    locks: noLocks,
    transaction: (work) => queue.transaction(() => work(writer)),
    singleProcess: true,
    changes: noPeers,
    ping: async () => void alive.get(),
    damages: async () => {
      const found = reading.pragma("integrity_check") as readonly { integrity_check: string }[]; // as documented
      return found.map((row) => row.integrity_check).filter((line) => line !== "ok");
    },
    backup: (target) => backUp(file, target),
    async close() {
      await queue.close();
      reading.close();
      connection.close();
    },
  };
}

/** Copies the database into a new file of mode 0600 while it is in use. Refuses to overwrite. */
async function backUp(file: string, target: string): Promise<void> {
  try {
    closeSync(openSync(target, "wx", 0o600));
  } catch (cause) {
    throw new DeskError(
      "backup-refused",
      `Cannot create the backup file ${target}: it exists already, or its folder does not.`,
      {
        cause,
      },
    );
  }
  const source = new Sqlite(file, { readonly: true, timeout: blockingMs });
  try {
    // An open read transaction pins a snapshot. Without it every write makes the backup start again.
    source.exec("BEGIN");
    source.prepare("select count(*) from sqlite_master").get();
    await source.backup(target);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  } finally {
    source.close();
  }
}
