import { type Column, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { BaseSQLiteDatabase, SQLiteTable } from "drizzle-orm/sqlite-core";

/**
 * What repositories use of a database: query builders that are awaited, nothing else. So one query text serves both
 * databases; `.get`, `.all`, `.run`, transactions and row locks exist on one of them only.
 */
export type Db = Pick<BaseSQLiteDatabase<"async", unknown>, "select" | "insert" | "update" | "delete">;

/** A query built once, run with the values of its placeholders. */
export type PreparedQuery<Rows> = (values: Record<string, unknown>) => PromiseLike<Rows>;

interface Builder<Rows> {
  prepare(name: string): { execute(values?: Record<string, unknown>): PromiseLike<Rows> };
}

/**
 * Builds a query once, on its first run: building costs ten times as much as running. Use it for the queries of every
 * turn, and where the order of statements matters: a prepared query is sent in the call, an awaited builder one
 * microtask later. Its values are `encoded` placeholders, or `sql.placeholder` for texts and whole numbers, which need no
 * encoding.
 *
 * ```ts
 * const byId = prepared(db.select().from(talks).where(eq(talks.id, sql.placeholder("id"))));
 * const rows = await byId({ id: "tk_1" });
 * ```
 */
export function prepared<Rows>(query: Builder<Rows>): PreparedQuery<Rows> {
  let statement: ReturnType<typeof query.prepare> | undefined;
  return (values) => {
    statement ??= query.prepare("prepared");
    return statement.execute(values);
  };
}

/** Prepared queries that differ in parts no placeholder can stand for, such as lists of kinds; one is built per list. */
export function preparedFor<Rows>(
  build: (parts: readonly string[]) => Builder<Rows>,
): (parts: readonly string[]) => PreparedQuery<Rows> {
  const known = new Map<string, PreparedQuery<Rows>>();
  return (parts) => {
    const key = parts.join(" ");
    const query = known.get(key) ?? prepared(build(parts));
    known.set(key, query);
    return query;
  };
}

/** A placeholder whose value is encoded for its column; an absent value becomes null. */
export function encoded(name: string, column: Column): SQL {
  return sql`${sql.param(sql.placeholder(name), column)}`;
}

/** An encoded placeholder for every column of a table, by its property name: for prepared queries that write whole rows. */
export function encodedColumns<Table extends SQLiteTable>(table: Table): Record<keyof Table["$inferInsert"], SQL> {
  const columns = Object.entries(getTableColumns(table)).map(([name, column]) => [name, encoded(name, column)]);
  return Object.fromEntries(columns) as Record<keyof Table["$inferInsert"], SQL>; // every column by its own name
}
