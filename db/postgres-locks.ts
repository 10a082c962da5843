import type { Locks } from "./locks.ts";

/** Row locks of PostgreSQL. */
export const rowLocks: Locks = {
  concurrentWriters: true,
  forUpdate: lockClause((query) => query.for("update")),
  skipLocked: lockClause((query) => query.for("update", { skipLocked: true })),
};

/** Queries are typed by SQLite's builders, which have no row locks; PostgreSQL's builders have this method. */
interface Lockable {
  for(strength: "update", how?: { skipLocked: true }): unknown;
}

function lockClause(add: (query: Lockable) => unknown): <Query>(query: Query) => Query {
  // A builder returns itself, and here it is one of PostgreSQL's (`Lockable`).
  return <Query>(query: Query) => add(query as Lockable) as Query;
}
