import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { ClientBase } from "pg";
import { DeskError } from "../src/errors.ts";
import { assertGuards, createGuards } from "./guards.postgres.ts";

const migrationsFolder = join(import.meta.dirname, "migrations", "postgres");
const journal = "__drizzle_migrations";
/** Key of the advisory lock that makes starting processes migrate one after the other; an arbitrary number. */
const migrationLock = 7_201_553_114;

/**
 * Applies missing migrations, creates missing guards and checks all guards, in one transaction. Refuses with code
 * `schema-newer` a database with migrations this version does not know.
 */
export async function migratePostgres(client: ClientBase): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    await applyMissing(client);
    await createGuards(client);
    await assertGuards(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

async function applyMissing(client: ClientBase): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder });
  const applied = await appliedMigrations(client);
  const unknown = applied.findIndex((hash, position) => hash !== known[position]?.hash);
  if (unknown !== -1) {
    throw new DeskError(
      "schema-newer",
      `The database was written by a newer version: migration ${unknown + 1} of ${applied.length} is not among the ${known.length} known here. Start that version, or restore a backup.`,
    );
  }
  for (const { sql, hash, folderMillis } of known.slice(applied.length)) {
    for (const statement of sql) await client.query(statement);
    await client.query(`INSERT INTO ${journal} (hash, created_at) VALUES ($1, $2)`, [hash, folderMillis]);
  }
}

async function appliedMigrations(client: ClientBase): Promise<readonly string[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${journal} (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`,
  );
  const { rows } = await client.query({ rowMode: "array", text: `SELECT hash FROM ${journal} ORDER BY created_at` });
  return rows.map(([hash]) => String(hash));
}
