/**
 * The words for keeping rows from other transactions until this one ends. Only a database where several may write at
 * once has them; where one writes at a time they say nothing.
 */
export interface Locks {
  /** Whether somebody else may be writing now. */
  readonly shared: boolean;
  /** The rows of this query, once whoever has them lets go, as they are then. */
  holding<Query>(query: Query): Query;
  /** Those rows of this query that nobody has. */
  skipping<Query>(query: Query): Query;
}

/** One writer, or none: nothing to keep from anybody. */
export const noLocks: Locks = { shared: false, holding: (query) => query, skipping: (query) => query };
