import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { DeskError } from "../src/errors.ts";

const migrationsFolder = join(import.meta.dirname, "migrations", "sqlite");
const journal = "__drizzle_migrations";

/**
 * Applies the migrations the books do not have yet, all or none. Refuses, with code `schema-newer`, books that carry
 * migrations this desk does not know: an older desk must not write into a newer one's tables.
 */
export function migrateSqlite(connection: Database): void {
  const known = readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash);
  const applied = appliedMigrations(connection);
  const strange = applied.findIndex((hash, position) => hash !== known[position]);
  if (strange !== -1) {
    throw new DeskError(
      "schema-newer",
      `These books were made by another, newer desk: their migration ${strange + 1} of ${applied.length} is not one of the ${known.length} known here. Start that version, or restore a backup.`,
    );
  }
  if (applied.length < known.length)
    migrate(drizzle(rollingBackOnce(connection)), { migrationsFolder, migrationsTable: journal });
}

/**
 * After some failures, such as a full disk, SQLite has rolled back by itself. The migrator's own ROLLBACK then fails
 * too, and would hide the failure that is to be told.
 */
function rollingBackOnce(connection: Database): Database {
  const rollBack = { run: () => (connection.inTransaction ? connection.prepare("ROLLBACK").run() : undefined) };
  const prepare = (text: string) => (text === "ROLLBACK" ? rollBack : connection.prepare(text));
  // The migrator calls nothing of the driver but `prepare`.
  return { prepare } as unknown as Database;
}

function appliedMigrations(connection: Database): string[] {
  const exists = connection.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(journal);
  if (exists === undefined) return [];
  const hashes = connection.prepare(`select hash from ${journal} order by created_at`).pluck().all();
  return hashes.map(String);
}
