import { existsSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { DeskError } from "../src/errors.ts";
import { noPeers } from "../src/ports/changes.ts";
import { copyAside } from "./copy-aside.ts";
import { findDamage } from "./damage.ts";
import type { Database, DatabaseOptions } from "./database.ts";
import { databaseFile, preparePrivateFile } from "./database-file.ts";
import { noLocks } from "./locks.ts";
import { appliedMigrations, migrateSqlite } from "./migrate.ts";
import { booksMissing, migrationsOf, missingMigrations, readMigrations, schemaOlder } from "./migrations.ts";
import { refuseUnfinishedRestore } from "./restore.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";
import { schema } from "./schema.sqlite.ts";
import { builderOver } from "./sqlite-connection.ts";
import { classifyError } from "./sqlite-errors.ts";
import { queueWrites } from "./writer-queue.ts";

/** Bounds how long the synchronous driver blocks the event loop for a lock; `writer-queue.ts` waits asynchronously after that. */
const blockingMs = 50;
/** How long opening waits for other processes that create or update the same file, or lock it. */
const startupWaitMs = 10_000;

/**
 * Opens the SQLite file of a `file:` url with one connection that writes and one that reads, or, with `access: "read"`,
 * with the latter alone. Creates the file and its folder when missing. Throws with `database-url` (no file url),
 * `schema-newer`, `schema-older`, `database-foreign`, `database-missing`, `database-damaged` or `guard-altered`.
 */
export async function openSqlite(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const file = databaseFile(url);
  try {
    return options.access === "read" ? openToRead(file, options) : await openToWrite(file, options);
  } catch (error) {
    throw classifyError(error);
  }
}

async function openToWrite(file: string, options: DatabaseOptions): Promise<Database> {
  refuseUnfinishedRestore(file);
  preparePrivateFile(file);
  const connection = new Sqlite(file, { timeout: blockingMs });
  try {
    if (options.access === "upgrade") await retryWhileBusy(startupWaitMs, () => assertUndamaged(connection));
    await retryWhileBusy(startupWaitMs, () => connection.pragma("journal_mode = WAL"));
    connection.pragma("synchronous = FULL"); // an acknowledged request survives a power cut
    connection.pragma("foreign_keys = ON");
    connection.pragma("secure_delete = ON");
    connection.pragma("temp_store = MEMORY"); // savepoint journals stay in memory instead of a file per turn
    await bringUpToDate(connection, options);
  } catch (error) {
    connection.close();
    throw error;
  }
  const reading = new Sqlite(file, { readonly: true, timeout: blockingMs });
  const queue = queueWrites(connection, options);
  const writer = builderOver(connection, { before: queue.assertInside, unreadable: options.onUnreadable });

  return {
    schema,
    locks: noLocks,
    ...readingOver(reading, options),
    transaction: (work) => queue.transaction(() => work(writer)),
    singleProcess: true,
    changes: noPeers,
    // Rewrites the first page of the file with the number it has: the smallest real write, through the log to the disk.
    probeWrite: () => queue.transaction(async () => void connection.pragma("user_version = 0")),
    async close() {
      await queue.close();
      reading.close();
      connection.close();
    },
  };
}

async function bringUpToDate(connection: Sqlite.Database, options: DatabaseOptions): Promise<void> {
  const known = readMigrations(options.migrationsFolder ?? migrationsOf("sqlite"));
  const upgrade = async (missing: typeof known) => {
    const copy = await copyAside(connection.name, missing[0]?.tag ?? "");
    options.onUpgrade?.({ migrations: missing.map(({ tag }) => tag), copy });
  };
  await retryWhileBusy(startupWaitMs, () => connection.prepare("select count(*) from sqlite_master").get());
  await migrateSqlite(connection, {
    known,
    timeoutMs: startupWaitMs,
    beforeUpgrade: options.access === "upgrade" ? upgrade : undefined,
  });
}

/** Opens an existing file without changing it. Its transactions read one snapshot. */
function openToRead(file: string, options: DatabaseOptions): Database {
  if (!existsSync(file)) throw booksMissing(file);
  const reading = new Sqlite(file, { readonly: true, timeout: startupWaitMs });
  try {
    const applied = appliedMigrations(reading);
    if (applied.length === 0) throw booksMissing(file);
    const known = readMigrations(options.migrationsFolder ?? migrationsOf("sqlite"));
    const missing = missingMigrations(known, applied);
    if (missing.length > 0) throw schemaOlder(missing);
  } catch (error) {
    reading.close();
    throw error;
  }
  const over = readingOver(reading, options);
  return {
    schema,
    locks: noLocks,
    ...over,
    async transaction(work) {
      reading.exec("BEGIN");
      try {
        return await work(over.reader);
      } finally {
        reading.exec("COMMIT");
      }
    },
    singleProcess: false,
    changes: noPeers,
    probeWrite: () => Promise.reject(new DeskError("read-only", "The books are open for reading only.")),
    close: async () => void reading.close(),
  };
}

/** What both ways of opening read from the file. */
function readingOver(
  reading: Sqlite.Database,
  { onUnreadable }: DatabaseOptions,
): Pick<Database, "reader" | "ping" | "damages"> {
  const alive = reading.prepare("select count(*) from practices");
  return {
    reader: builderOver(reading, { unreadable: onUnreadable }),
    ping: async () => void alive.get(),
    damages: async () => {
      const found = reading.pragma("integrity_check") as readonly { integrity_check: string }[]; // as documented
      return found.map((row) => row.integrity_check).filter((line) => line !== "ok");
    },
  };
}

/** Serving from a damaged file would damage it further, and hide which backup is still whole. */
function assertUndamaged(connection: Sqlite.Database): void {
  const damage = findDamage(connection, "quick_check");
  if (damage === undefined) return;
  throw new DeskError(
    "database-damaged",
    `The database ${connection.name} is damaged (${damage}). Stop every desk and restore a backup: npm run frontdesk -- restore <file>.`,
  );
}
