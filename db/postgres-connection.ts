import { DrizzleQueryError } from "drizzle-orm/errors";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool, QueryArrayConfig, QueryConfig } from "pg";
import type { Db } from "./db.ts";
import { classifyPostgresError } from "./postgres-errors.ts";

/** What the query builder calls of a driver. */
interface Line {
  query(query: QueryConfig | QueryArrayConfig, values: readonly unknown[]): Promise<unknown>;
}

/**
 * A connection, or a pool of them, as the repositories see it. `beforeEach` runs ahead of every statement; every text is
 * given a name, by which PostgreSQL keeps its plan; errors come out classified.
 */
export function builderOver(line: Pick<Pool, "query">, beforeEach: () => void = () => {}): Db {
  const named: Line = {
    query(query, values) {
      beforeEach();
      return line.query({ ...query, name: nameOf(query.text) }, values.map(sayable));
    },
  };
  const db = drizzle(named as unknown as Pool); // the builder calls nothing of the driver but `query`
  const { session } = db._;
  const prepareQuery = session.prepareQuery.bind(session);
  session.prepareQuery = (...query) => {
    const prepared = prepareQuery(...query);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = (values) => execute(values).catch(unwrapped);
    return prepared;
  };
  return db as unknown as Db; // repositories use only what both databases' builders have
}

/** The builder's own error quotes the statement with all that was to be written. */
function unwrapped(error: unknown): never {
  throw classifyPostgresError(error instanceof DrizzleQueryError ? error.cause : error);
}

/** More texts than the repositories can say; a bound all the same, because lists of values vary in length. */
const namesGiven = 500;
const names = new Map<string, string>();

/** The same name for the same text on every connection; texts beyond the bound go without. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= namesGiven) return known;
  const name = `desk_${names.size}`;
  names.set(text, name);
  return name;
}

/** PostgreSQL knows every character but one; whoever sends it gets what unreadable characters become. */
function sayable(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\u{fffd}") : value;
}
