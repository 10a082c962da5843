import type { ClientBase } from "pg";
import { DeskError } from "../src/errors.ts";

/** A constraint or trigger. */
interface Guard {
  /** The statement that creates it. */
  readonly make: string;
  /** What PostgreSQL's catalogue gives back for it; used to detect alterations. */
  readonly described: string;
}

const refusal = "frontdesk_refuse";

/**
 * The guards of `guards.ts` for PostgreSQL: missing ones are created after every migration, and all are checked before
 * the desk serves anything. To change one, drop it by name in a hand-written migration.
 */
const guards: Readonly<Record<string, Guard>> = {
  // With INSERT … ON CONFLICT DO NOTHING an overlap returns no row, which means the time is taken (D3.3).
  claims_refuse_overlap: {
    make: `ALTER TABLE claims ADD CONSTRAINT claims_refuse_overlap EXCLUDE USING gist (practice_id WITH =,
      practitioner_id WITH =, booking_id WITH <>, int8range(starts_at_ms, ends_at_ms) WITH &&)`,
    described:
      "EXCLUDE USING gist (practice_id WITH =, practitioner_id WITH =, booking_id WITH <>, int8range(starts_at_ms, ends_at_ms) WITH &&)",
  },
  claims_refuse_move: trigger(
    "claims_refuse_move BEFORE UPDATE OF practice_id, practitioner_id, booking_id, starts_at_ms, ends_at_ms ON claims FOR EACH ROW",
    "a claim is removed and made again, never moved",
  ),
  audit_refuse_change: appendOnly("audit"),
  credit_entries_refuse_change: appendOnly("credit_entries"),
};

function appendOnly(table: string): Guard {
  const when = `${table}_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON ${table} FOR EACH STATEMENT`;
  return trigger(when, `${table} only grows`);
}

function trigger(when: string, message: string): Guard {
  const make = `CREATE TRIGGER ${when} EXECUTE FUNCTION ${refusal}('${message}')`;
  return { make, described: `${make} O` };
}

/** The triggers' function: it fails the statement with the trigger's argument as its message. */
const refuse = `begin raise exception '%', tg_argv[0]; end`;

/** Creates missing guards. Requires the owner of the database; the extension `btree_gist` ships with PostgreSQL. */
export async function createGuards(client: ClientBase): Promise<void> {
  const there = await describe(client);
  const missing = Object.entries(guards).filter(([name]) => !there.has(name));
  if (missing.length === 0) return;
  await client.query("CREATE EXTENSION IF NOT EXISTS btree_gist");
  if (!there.has(refusal)) {
    await client.query(`CREATE FUNCTION ${refusal}() RETURNS trigger LANGUAGE plpgsql AS $$${refuse}$$`);
  }
  for (const [, { make }] of missing) await client.query(make);
}

/** Throws with code `guard-altered` unless every guard exists unaltered and enabled. */
export async function assertGuards(client: ClientBase): Promise<void> {
  const there = await describe(client);
  const expected = Object.entries(guards).map(([name, { described }]) => [name, described] as const);
  for (const [name, described] of [[refusal, refuse] as const, ...expected]) {
    const found = there.get(name);
    if (found === described) continue;
    const what = found === undefined ? "is missing" : "was altered";
    throw new DeskError(
      "guard-altered",
      `The database guard "${name}" ${what}. Without it sessions could be booked twice or records rewritten, so the desk does not start.`,
    );
  }
}

/** The constraints, triggers (with their enabled state) and the function of these names, as the catalogue describes them. */
async function describe(client: ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query({
    rowMode: "array",
    text: `
      select conname, pg_get_constraintdef(oid) || case when convalidated then '' else ' NOT VALID' end
        from pg_constraint where connamespace = current_schema()::regnamespace and conname = any($1)
      union all
      select tgname, pg_get_triggerdef(t.oid, true) || ' ' || tgenabled::text
        from pg_trigger t join pg_class c on c.oid = tgrelid
        where relnamespace = current_schema()::regnamespace and tgname = any($1)
      union all
      select proname, prosrc from pg_proc where pronamespace = current_schema()::regnamespace and proname = $2`,
    values: [Object.keys(guards), refusal],
  });
  return new Map(rows.map(([name, described]) => [String(name), String(described)]));
}
