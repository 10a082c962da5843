import type { ClientBase } from "pg";
import { assertGuards, createGuards } from "./guards.postgres.ts";
import { booksMissing, journalTable, type Migration, missingMigrations, schemaOlder } from "./migrations.ts";
import type { Reader } from "./postgres-reader.ts";

/** Key of the advisory lock that makes starting processes migrate one after the other; an arbitrary number. */
const migrationLock = 7_201_553_114;

/** How a database is brought up to date. */
export interface MigrationRun {
  readonly known: readonly Migration[];
  /** Whether a database of an older release is updated; otherwise it is refused with code `schema-older`. */
  readonly upgrades: boolean;
  /** Called under the lock, before migrations change a database that has tables. */
  readonly onUpgrade: (tags: readonly string[]) => void;
}

/**
 * Applies missing migrations, creates missing guards and checks all guards, in one transaction. Refuses with code
 * `schema-newer` a database with migrations this version does not know.
 */
export async function migratePostgres(client: ClientBase, run: MigrationRun): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    await applyMissing(client, run);
    await createGuards(client);
    await assertGuards(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

/** Refuses a database that lacks migrations. The desk's own connections may lead to another database than the direct one. */
export async function assertMigrated(reader: Reader, known: readonly Migration[]): Promise<void> {
  const { rows: found } = await reader.query<[unknown]>(`select to_regclass('${journalTable}') is not null`);
  const exists = found[0]?.[0] === true;
  const { rows } = exists ? await reader.query<[unknown]>(appliedQuery) : { rows: [] };
  if (rows.length === 0) throw booksMissing("the database of DATABASE_URL");
  const missing = missingMigrations(
    known,
    rows.map(([hash]) => String(hash)),
  );
  if (missing.length > 0) throw schemaOlder(missing);
}

const appliedQuery = `SELECT hash FROM ${journalTable} ORDER BY created_at`;

async function applyMissing(client: ClientBase, { known, upgrades, onUpgrade }: MigrationRun): Promise<void> {
  const applied = await appliedMigrations(client);
  const missing = missingMigrations(known, applied);
  if (missing.length === 0) return;
  if (applied.length > 0) {
    if (!upgrades) throw schemaOlder(missing);
    onUpgrade(missing.map(({ tag }) => tag));
  }
  for (const { statements, hash, createdAtMs } of missing) {
    for (const statement of statements) await client.query(statement);
    await client.query(`INSERT INTO ${journalTable} (hash, created_at) VALUES ($1, $2)`, [hash, createdAtMs]);
  }
}

async function appliedMigrations(client: ClientBase): Promise<readonly string[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${journalTable} (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`,
  );
  const { rows } = await client.query({ rowMode: "array", text: appliedQuery });
  return rows.map(([hash]) => String(hash));
}
