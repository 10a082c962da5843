import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { DeskError } from "../src/errors.ts";

const migrationsFolder = join(import.meta.dirname, "migrations", "sqlite");
const journal = "__drizzle_migrations";

/**
 * Applies missing migrations in one transaction. Refuses with code `schema-newer` a database with migrations this version
 * does not know: an older version must not write into a newer one's tables.
 */
export function migrateSqlite(connection: Database): void {
  const known = readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash);
  const applied = appliedMigrations(connection);
  const unknown = applied.findIndex((hash, position) => hash !== known[position]);
  if (unknown !== -1) {
    throw new DeskError(
      "schema-newer",
      `The database was written by a newer version: migration ${unknown + 1} of ${applied.length} is not among the ${known.length} known here. Start that version, or restore a backup.`,
    );
  }
  if (applied.length < known.length)
    migrate(drizzle(rollingBackOnce(connection)), { migrationsFolder, migrationsTable: journal });
}

/**
 * Skips the migrator's ROLLBACK when SQLite has already rolled back, as it does on a full disk: that ROLLBACK would fail
 * and hide the original error.
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
