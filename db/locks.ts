/** Row locks for queries. SQLite has one writer at a time and needs none, so there they leave a query as it is. */
export interface Locks {
  /** Whether other transactions may be writing at the same time. */
  readonly concurrentWriters: boolean;
  /** Locks the rows of this query, after waiting for transactions that hold them, and reads them as they are then. */
  forUpdate<Query>(query: Query): Query;
  /** Locks the rows of this query and leaves out those that another transaction holds. */
  skipLocked<Query>(query: Query): Query;
}

/** For a database with one writer, and for connections that only read. */
export const noLocks: Locks = { concurrentWriters: false, forUpdate: (query) => query, skipLocked: (query) => query };
