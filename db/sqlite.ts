import { closeSync, openSync, rmSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { DeskError } from "../src/errors.ts";
import { noPeers } from "../src/ports/changes.ts";
import type { Database } from "./database.ts";
import { databaseFile, preparePrivateFile } from "./database-file.ts";
import { assertGuards, createGuards } from "./guards.ts";
import { noLocks } from "./locks.ts";
import { migrateSqlite } from "./migrate.ts";
import { schema } from "./schema.sqlite.ts";
import { builderOver } from "./sqlite-connection.ts";
import { classifyError } from "./sqlite-errors.ts";
import { queueWrites, type WriterOptions } from "./writer-queue.ts";

/** How long a waiting driver may stop the event loop; the rest of the waiting is done by `writer-queue.ts`. */
const blockingMs = 50;
/** Before anything is served, waiting may block. */
const startupBlockingMs = 4_000;

/**
 * A SQLite database: one connection that writes by turns, one that only reads.
 * Opens the file of a `file:` url, making it and its folder when missing, and brings its tables and guards up to date.
 * Refuses urls that are no file, books of a newer desk (`schema-newer`) and altered guards (`guard-altered`).
 */
export function openSqlite(url: string, options: WriterOptions = {}): Database {
  const file = databaseFile(url);
  preparePrivateFile(file);
  const connection = new Sqlite(file, { timeout: startupBlockingMs });
  try {
    connection.pragma("journal_mode = WAL");
    connection.pragma("synchronous = FULL"); // an acknowledged request survives a power cut
    connection.pragma("foreign_keys = ON");
    connection.pragma("secure_delete = ON");
    connection.pragma("temp_store = MEMORY"); // what a savepoint keeps must not become a file in every turn
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
      const found = reading.pragma("integrity_check") as readonly { integrity_check: string }[]; // as SQLite documents it
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

/** Copies the books as they are now into a new file, 0600, while they go on being used. Refuses to overwrite. */
async function backUp(file: string, target: string): Promise<void> {
  try {
    closeSync(openSync(target, "wx", 0o600));
  } catch (cause) {
    throw new DeskError("backup-refused", `Cannot make the backup file ${target}: it exists, or its folder does not.`, {
      cause,
    });
  }
  const source = new Sqlite(file, { readonly: true, timeout: blockingMs });
  try {
    // A snapshot held open: else every write meanwhile would make the copying start again.
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
