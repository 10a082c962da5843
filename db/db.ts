import { type Column, type SQL, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";

/**
 * What a repository may say to a database: builders that are awaited, nothing else. One query text serves every
 * database this way; `.get`, `.all`, `.run`, transactions and row locks would tie it to one.
 */
export type Db = Pick<BetterSQLite3Database, "select" | "insert" | "update" | "delete">;

let hotQueries = 0;

/**
 * A query of every turn, built once: building costs some ten times the running. Its values stand as `given`, or as
 * `sql.placeholder`, which only texts and whole numbers may, because that is not encoded for its column.
 */
export function hot<Rows>(query: {
  prepare(name: string): { execute(values?: Record<string, unknown>): PromiseLike<Rows> };
}): (values: Record<string, unknown>) => PromiseLike<Rows> {
  let prepared: ReturnType<typeof query.prepare> | undefined;
  return (values) => {
    if (prepared === undefined) {
      hotQueries += 1;
      prepared = query.prepare(`hot_${hotQueries}`);
    }
    return prepared.execute(values);
  };
}

/** The place of a value in a hot query, encoded for its column; null stays null. */
export function given(name: string, column: Column): SQL {
  const encoder = {
    mapToDriverValue: (value: unknown) => (value === null ? null : column.mapToDriverValue(value)),
  };
  return sql`${sql.param(sql.placeholder(name), encoder)}`;
}
