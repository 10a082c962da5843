import type { Database } from "better-sqlite3";
import { DeskError } from "../src/errors.ts";
import { areGuardsInPlace, assertGuards, createGuards } from "./guards.ts";
import { journalTable, type Migration, missingMigrations, schemaOlder } from "./migrations.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";

/** How a database is brought up to date. */
export interface MigrationRun {
  readonly known: readonly Migration[];
  /** How long it waits for other processes that do the same. */
  readonly timeoutMs: number;
  /**
   * Called before migrations change a database that has tables, while no other process can write. Absent: such a database
   * is refused with code `schema-older`.
   */
  readonly beforeUpgrade: ((missing: readonly Migration[]) => Promise<void>) | undefined;
}

/**
 * Creates the tables, applies missing migrations, creates missing guards and checks all guards, in one transaction.
 * Processes that start together do it one after the other. Throws with `schema-newer`, `schema-older`,
 * `database-foreign` (tables of another program) or `guard-altered`.
 */
export async function migrateSqlite(connection: Database, run: MigrationRun): Promise<void> {
  if (isUpToDate(connection, run.known)) return;
  // Outside the transaction, where the setting takes effect. A rebuilt table would otherwise delete the rows that refer to it.
  connection.pragma("foreign_keys = OFF");
  await retryWhileBusy(run.timeoutMs, () => connection.exec("BEGIN IMMEDIATE"));
  try {
    await applyMissing(connection, run);
    createGuards(connection);
    assertGuards(connection);
    connection.exec("COMMIT");
  } catch (error) {
    // After some errors, such as a full disk, SQLite has rolled back already.
    if (connection.inTransaction) connection.exec("ROLLBACK");
    throw error;
  } finally {
    connection.pragma("foreign_keys = ON");
  }
}

/** Whether nothing is to be done. Takes no lock, so that a desk starts while another program writes. */
function isUpToDate(connection: Database, known: readonly Migration[]): boolean {
  if (missingMigrations(known, appliedMigrations(connection)).length > 0) return false;
  return areGuardsInPlace(connection);
}

async function applyMissing(connection: Database, { known, beforeUpgrade }: MigrationRun): Promise<void> {
  const applied = appliedMigrations(connection);
  const missing = missingMigrations(known, applied);
  if (missing.length === 0) return;
  if (applied.length > 0) {
    if (beforeUpgrade === undefined) throw schemaOlder(missing);
    await beforeUpgrade(missing);
  } else refuseForeign(connection);
  connection.exec(
    `CREATE TABLE IF NOT EXISTS ${journalTable} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
  );
  const record = connection.prepare(`INSERT INTO ${journalTable} (hash, created_at) VALUES (?, ?)`);
  for (const { statements, hash, createdAtMs } of missing) {
    for (const statement of statements) connection.exec(statement);
    record.run(hash, createdAtMs);
  }
  const [orphan] = connection.pragma("foreign_key_check") as readonly { readonly table: string }[]; // as documented
  if (orphan !== undefined)
    throw new Error(`the migrations left rows of ${orphan.table} without the rows they refer to`);
}

/** Tables without a journal belong to another program. */
function refuseForeign(connection: Database): void {
  const tables = "select count(*) from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> ?";
  if (connection.prepare(tables).pluck().get(journalTable) === 0) return;
  throw new DeskError(
    "database-foreign",
    `The database ${connection.name} belongs to another program: it has tables, but none of Frontdesk's. Set DATABASE_URL to another file.`,
  );
}

/** The hashes of the migrations that were applied, in order; empty for a database without tables. */
export function appliedMigrations(connection: Database): readonly string[] {
  const exists = connection.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(journalTable);
  if (exists === undefined) return [];
  const hashes = connection.prepare(`select hash from ${journalTable} order by created_at`).pluck().all();
  return hashes.map(String);
}
