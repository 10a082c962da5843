import type { Database as Connection } from "better-sqlite3";
import type { Query } from "drizzle-orm";
import { BaseSQLiteDatabase, SQLiteAsyncDialect, SQLiteSession } from "drizzle-orm/sqlite-core";
import type { Db } from "./db.ts";
import { type RowFields, type Run, statementOf } from "./statements.ts";

/** A connection as the repositories see it. `beforeEach` runs ahead of every statement. */
export function builderOver(connection: Connection, beforeEach: () => void = () => {}): Db {
  const line = new Line(keepingStatements(connection, beforeEach));
  return new BaseSQLiteDatabase("async", dialect, line, undefined);
}

const dialect = new SQLiteAsyncDialect();
/** The books have no relations that the builder should know. */
type Nothing = Record<string, never>;
type Prepared = ReturnType<SQLiteSession<"async", unknown, Nothing, Nothing>["prepareQuery"]>;

/** The builder's own session would do: this one does less for each row (`statements.ts`). */
class Line extends SQLiteSession<"async", unknown, Nothing, Nothing> {
  readonly #prepare: (text: string, givesRows: boolean) => Run;

  constructor(prepare: (text: string, givesRows: boolean) => Run) {
    super(dialect);
    this.#prepare = prepare;
  }

  override prepareQuery(query: Query, fields: RowFields | undefined): Prepared {
    const run = statementOf(query, fields, this.#prepare(query.sql, fields !== undefined));
    return { execute: run, all: run, run } as unknown as Prepared; // the builders call nothing else
  }

  override transaction(): never {
    throw new Error("transactions are begun by the writers' queue");
  }
}

/** More texts than the repositories can say; a bound all the same, because lists of values vary in length. */
const statementsKept = 500;

/** Makes what runs a text: compiled once, though builders ask anew each time. */
function keepingStatements(connection: Connection, beforeEach: () => void): (text: string, givesRows: boolean) => Run {
  const kept = new Map<string, Run>();
  return (text, givesRows) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = connection.prepare<unknown[], unknown[]>(compiledOnce(text));
    if (givesRows) statement.raw();
    const run: Run = (values) => {
      beforeEach();
      if (givesRows) return statement.all(...values);
      statement.run(...values);
      return [];
    };
    const [oldest] = kept.keys();
    if (kept.size >= statementsKept && oldest !== undefined) kept.delete(oldest);
    kept.set(text, run);
    return run;
  };
}

/**
 * Built with STAT4, as by this driver, SQLite compiles a statement anew whenever a value bound to it changed on which the
 * plan might hang; with ORDER BY or a join that is always, and takes ten times the running. Behind a plus it is no such value.
 */
function compiledOnce(text: string): string {
  return text.startsWith("insert") || text.includes("'") ? text : text.replaceAll("?", "+?");
}
