import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/**
 * A PostgreSQL database of the desk as SQL, like a dump of pg_dump: tables as its release's migrations make them, rows,
 * then constraints and triggers that the desk adds. `migrations` is the folder of that release.
 */
export async function dumpDatabase(url: string, migrations: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const ask = async (text: string, values: readonly unknown[] = []) =>
      (await client.query<string[]>({ text, values: [...values], rowMode: "array" })).rows.map(([first = ""]) => first);
    const tables = await ask(
      "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
    );
    const rows: string[] = [];
    for (const table of tables) rows.push(...(await insertsOf(table, ask)));
    const { entries }: { readonly entries: readonly { readonly tag: string }[] } = JSON.parse(
      readFileSync(join(migrations, "meta", "_journal.json"), "utf8"),
    );
    return [
      "create extension if not exists btree_gist;",
      "create table __drizzle_migrations (id serial primary key, hash text not null, created_at bigint);",
      ...entries.map(({ tag }) => readFileSync(join(migrations, `${tag}.sql`), "utf8")),
      "set session_replication_role = replica;",
      ...rows,
      "set session_replication_role = default;",
      ...(await ask(sequences)),
      ...(await ask(guards)),
      "",
    ].join("\n");
  } finally {
    await client.end();
  }
}

type Ask = (text: string, values?: readonly unknown[]) => Promise<readonly string[]>;

/** One INSERT per row, in the order in which the rows were written. */
async function insertsOf(table: string, ask: Ask): Promise<readonly string[]> {
  const columns = await ask(
    "select quote_ident(attname) from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum",
    [`public.${table}`],
  );
  const values = columns.map((column) => `quote_nullable(${column}::text)`).join(", ");
  return ask(
    `select format('insert into ${table} (${columns.join(", ")}) overriding system value values (%s);', concat_ws(', ', ${values}))
      from ${table} order by ctid`,
  );
}

const sequences = `select format('select setval(%L, %s);', schemaname || '.' || sequencename, last_value)
  from pg_sequences where schemaname = 'public' and last_value is not null`;

/** What the desk adds after its migrations. */
const guards = `
  select pg_get_functiondef(oid) || ';' from pg_proc where proname like 'frontdesk%'
  union all
  select format('alter table %s add constraint %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where contype = 'x'
  union all
  select pg_get_triggerdef(oid) || ';' from pg_trigger where not tgisinternal`;
