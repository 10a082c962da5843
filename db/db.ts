import { type Column, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { BaseSQLiteDatabase, SQLiteTable } from "drizzle-orm/sqlite-core";

/**
 * What a repository may say to a database: builders that are awaited, nothing else. One query text serves every
 * database this way; `.get`, `.all`, `.run`, transactions and row locks would tie it to one.
 */
export type Db = Pick<BaseSQLiteDatabase<"async", unknown>, "select" | "insert" | "update" | "delete">;

/** A query that was built and can be run, with the values of its places. */
export type Hot<Rows> = (values: Record<string, unknown>) => PromiseLike<Rows>;

/** A query's builder. */
interface Built<Rows> {
  prepare(name: string): { execute(values?: Record<string, unknown>): PromiseLike<Rows> };
}

/**
 * A query of every turn, built once: building costs some ten times the running. Its values stand as `given`, or as
 * `sql.placeholder`, which only texts and whole numbers may, because that is not encoded for its column. It is said at
 * once, where a builder that is awaited is said a moment later: lines whose order matters are hot.
 */
export function hot<Rows>(query: Built<Rows>): Hot<Rows> {
  let prepared: ReturnType<typeof query.prepare> | undefined;
  return (values) => {
    prepared ??= query.prepare("hot");
    return prepared.execute(values);
  };
}

/** Hot queries that differ in a few words, such as lists of kinds, which are no values: one is built for each. */
export function hotFor<Rows>(
  build: (words: readonly string[]) => Built<Rows>,
): (words: readonly string[]) => Hot<Rows> {
  const known = new Map<string, Hot<Rows>>();
  return (words) => {
    const key = words.join(" ");
    const query = known.get(key) ?? hot(build(words));
    known.set(key, query);
    return query;
  };
}

/** The place of a value in a hot query, encoded for its column; what is absent is null. */
export function given(name: string, column: Column): SQL {
  return sql`${sql.param(sql.placeholder(name), column)}`;
}

/** A place for every column of a table, named as in its records: for hot queries that write whole rows. */
export function allGiven<Table extends SQLiteTable>(table: Table): Record<keyof Table["$inferInsert"], SQL> {
  const places = Object.entries(getTableColumns(table)).map(([name, column]) => [name, given(name, column)]);
  return Object.fromEntries(places) as Record<keyof Table["$inferInsert"], SQL>; // every column by its own name
}
