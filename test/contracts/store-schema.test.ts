import type { Database } from "better-sqlite3";
import { expect, test } from "vitest";
import { openPostgresTestStore, type PostgresTestStore } from "../support/postgres-store.ts";
import { openTestStore } from "../support/store.ts";

/** A table's schema, in terms that both databases share. */
interface Table {
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
  /** The indexes: unique or not, and the columns' names. */
  readonly indexes: Readonly<Record<string, string>>;
}

test("both databases have the same tables: columns, types, nullability, keys and indexes", async () => {
  const sqlite = tablesOfSqlite((await openTestStore()).raw());
  const postgres = await tablesOfPostgres(await openPostgresTestStore());
  expect(Object.keys(postgres)).toEqual(Object.keys(sqlite));
  expect(Object.keys(sqlite).length).toBeGreaterThan(20);
  for (const [name, table] of Object.entries(sqlite)) expect(postgres[name], name).toEqual(table);
});

test("both databases have the same checks", async () => {
  const inSqlite = (await openTestStore()).raw().prepare("select sql from sqlite_master where type = 'table'").pluck();
  const named = inSqlite.all().flatMap((sql) => [...String(sql).matchAll(/CONSTRAINT "(\w+)" CHECK/g)]);
  const inPostgres = await (await openPostgresTestStore()).raw(
    "select conname from pg_constraint where contype = 'c' and conrelid <> 0",
  );
  expect(inPostgres.map((row) => row.conname).sort()).toEqual(named.map(([, name]) => name).sort());
});

test("PostgreSQL sorts texts as SQLite does, whatever the server's locale", async () => {
  const store = await openPostgresTestStore();
  const strange = await store.raw(`
    select table_name || '.' || column_name as column from information_schema.columns
    where table_schema = current_schema() and table_name not like '\\_\\_%' and data_type = 'text'
    and collation_name is distinct from 'C'`);
  expect(strange).toEqual([]);
});

function tablesOfSqlite(raw: Database): Readonly<Record<string, Table>> {
  const names = raw
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\' and name not like 'sqlite%'",
    )
    .pluck()
    .all()
    .map(String)
    .sort();
  return Object.fromEntries(names.map((name) => [name, tableOfSqlite(raw, name)]));
}

interface SqliteColumn {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}

function tableOfSqlite(raw: Database, table: string): Table {
  const columns = raw.prepare("select * from pragma_table_info(?)").all(table) as SqliteColumn[]; // as SQLite documents it
  const listed = raw.prepare("select name, \"unique\" from pragma_index_list(?) where origin <> 'pk'").all(table);
  const ofIndex = raw.prepare("select name from pragma_index_info(?) order by seqno").pluck();
  return {
    columns: columns.map(({ name, type, notnull }) => `${name} ${type.toLowerCase()}${notnull ? "" : "?"}`),
    primaryKey: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map(({ name }) => name),
    indexes: Object.fromEntries(
      (listed as { name: string; unique: number }[]).map((index) => [
        // as SQLite documents it
        index.name,
        `${index.unique ? "unique " : ""}${ofIndex.all(index.name).join(", ")}`,
      ]),
    ),
  };
}

/** SQLite's name for a PostgreSQL type; a boolean is an integer there. */
const kinds: Readonly<Record<string, string>> = { text: "text", bigint: "integer", boolean: "integer" };

async function tablesOfPostgres(store: PostgresTestStore): Promise<Readonly<Record<string, Table>>> {
  const columns = await store.raw(`
    select table_name, column_name, data_type, is_nullable = 'YES' as nullable from information_schema.columns
    where table_schema = current_schema() and table_name not like '\\_\\_%' order by table_name, ordinal_position`);
  const indexes = await store.raw(`
    select t.relname as table_name, i.relname as name, indisprimary as is_primary, indisunique as is_unique,
      array(select attname::text from unnest(indkey) with ordinality as k(num, position)
        join pg_attribute a on a.attrelid = t.oid and attnum = k.num order by position) as columns
    from pg_index join pg_class i on i.oid = indexrelid join pg_class t on t.oid = indrelid
    where t.relnamespace = current_schema()::regnamespace and not indisexclusion`);
  const names = [...new Set(columns.map((column) => String(column.table_name)))].sort();
  return Object.fromEntries(
    names.map((name) => {
      const own = indexes.filter((index) => index.table_name === name);
      const listed = (index: Record<string, unknown>) => (index.columns as string[]).join(", "); // the query says so
      const table: Table = {
        columns: columns
          .filter((column) => column.table_name === name)
          .map((column) => `${column.column_name} ${kinds[String(column.data_type)]}${column.nullable ? "?" : ""}`),
        primaryKey: own.filter((index) => index.is_primary).flatMap((index) => index.columns as string[]), // as above
        indexes: Object.fromEntries(
          own
            .filter((index) => !index.is_primary)
            .map((index) => [String(index.name), `${index.is_unique ? "unique " : ""}${listed(index)}`]),
        ),
      };
      return [name, table];
    }),
  );
}
