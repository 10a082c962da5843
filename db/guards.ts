import type { Database } from "better-sqlite3";
import { DeskError } from "../src/errors.ts";

/**
 * What the database refuses by itself, whoever asks. drizzle-kit knows no triggers, and a table it rebuilds loses
 * them silently: so they are made after every migration and looked at before anything is served.
 * To change one, drop it by its name in a hand-written migration.
 */
const guards: Readonly<Record<string, string>> = {
  // A claim is a day long at most (`claims_span`), so what may overlap is a bounded stretch of `claims_practitioner`.
  // RAISE(IGNORE) leaves the row out: INSERT … RETURNING then gives no row, which means taken (D3.3).
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

/** Makes the guards that are missing. */
export function createGuards(connection: Database): void {
  for (const sql of Object.values(guards))
    connection.exec(sql.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS"));
}

/** Throws with code `guard-altered` unless every guard is there, word for word. */
export function assertGuards(connection: Database): void {
  const find = connection.prepare("select sql from sqlite_master where type = 'trigger' and name = ?").pluck();
  for (const [name, sql] of Object.entries(guards)) {
    const found = find.get(name);
    if (found === sql) continue;
    const what = found === undefined ? "is missing" : "reads differently from this desk's";
    throw new DeskError(
      "guard-altered",
      `The guard "${name}" of the books ${what}; without it sessions could be booked twice or records rewritten. The desk does not open.`,
    );
  }
}
