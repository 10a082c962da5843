import type { Database } from "better-sqlite3";
import { DeskError } from "../src/errors.ts";

/**
 * Triggers by which SQLite itself refuses double bookings and rewritten records. drizzle-kit does not know triggers, and
 * a table it rebuilds loses them silently: missing ones are created after every migration, and all are checked before the
 * desk serves anything. To change one, drop it by name in a hand-written migration.
 */
const guards: Readonly<Record<string, string>> = {
  // A claim is at most a day long (`claims_span`), which bounds the range of the index `claims_practitioner` to read.
  // RAISE(IGNORE) skips the row: INSERT … RETURNING then returns no row, which means the time is taken (D3.3).
  claims_refuse_overlap: `CREATE TRIGGER claims_refuse_overlap BEFORE INSERT ON claims
WHEN EXISTS (
  SELECT 1 FROM claims AS other
  WHERE other.practice_id = NEW.practice_id
    AND other.practitioner_id = NEW.practitioner_id
    AND other.starts_at_ms > NEW.starts_at_ms - 86400000
    AND other.starts_at_ms < NEW.ends_at_ms
    AND other.ends_at_ms > NEW.starts_at_ms
    AND other.booking_id <> NEW.booking_id
)
BEGIN SELECT RAISE(IGNORE); END`,
  claims_refuse_move: `CREATE TRIGGER claims_refuse_move
BEFORE UPDATE OF practice_id, practitioner_id, booking_id, starts_at_ms, ends_at_ms ON claims
BEGIN SELECT RAISE(ABORT, 'a claim is removed and made again, never moved'); END`,
  ...appendOnly("audit"),
  ...appendOnly("credit_entries"),
};

function appendOnly(table: string): Record<string, string> {
  const refusal = `BEGIN SELECT RAISE(ABORT, '${table} only grows'); END`;
  return {
    [`${table}_refuse_update`]: `CREATE TRIGGER ${table}_refuse_update BEFORE UPDATE ON ${table} ${refusal}`,
    [`${table}_refuse_delete`]: `CREATE TRIGGER ${table}_refuse_delete BEFORE DELETE ON ${table} ${refusal}`,
  };
}

/** Creates missing guards. */
export function createGuards(connection: Database): void {
  for (const sql of Object.values(guards))
    connection.exec(sql.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS"));
}

/** Whether every guard exists. Throws with code `guard-altered` if one was altered. */
export function areGuardsInPlace(connection: Database): boolean {
  const names = new Set(connection.prepare("select name from sqlite_master where type = 'trigger'").pluck().all());
  if (!Object.keys(guards).every((name) => names.has(name))) return false;
  assertGuards(connection);
  return true;
}

/** Throws with code `guard-altered` unless every guard exists unaltered. */
export function assertGuards(connection: Database): void {
  const find = connection.prepare("select sql from sqlite_master where type = 'trigger' and name = ?").pluck();
  for (const [name, sql] of Object.entries(guards)) {
    const found = find.get(name);
    if (found === sql) continue;
    const what = found === undefined ? "is missing" : "was altered";
    throw new DeskError(
      "guard-altered",
      `The database guard "${name}" ${what}. Without it sessions could be booked twice or records rewritten, so the desk does not start.`,
    );
  }
}
