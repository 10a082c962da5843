import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";

/**
 * What a repository may say to a database: builders that are awaited, nothing else. One query text serves every
 * database this way; `.get`, `.all`, `.run`, transactions and row locks would tie it to one.
 */
export type Db = Pick<BetterSQLite3Database, "select" | "insert" | "update" | "delete">;

let hotQueries = 0;

/**
 * A query of every turn, built once: building costs some ten times the running. Its values stand as `sql.placeholder`,
 * which only texts and whole numbers may, because a placeholder is not encoded for its column.
 */
export function hot<Rows>(query: {
  prepare(name: string): { execute(values?: Record<string, unknown>): PromiseLike<Rows> };
}): (values: Record<string, string | number>) => PromiseLike<Rows> {
  let prepared: ReturnType<typeof query.prepare> | undefined;
  return (values) => {
    if (prepared === undefined) {
      hotQueries += 1;
      prepared = query.prepare(`hot_${hotQueries}`);
    }
    return prepared.execute(values);
  };
}
