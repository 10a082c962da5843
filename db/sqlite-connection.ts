import type { Database as Connection } from "better-sqlite3";
import type { Query } from "drizzle-orm";
import { BaseSQLiteDatabase, SQLiteAsyncDialect, SQLiteSession } from "drizzle-orm/sqlite-core";
import type { Db } from "./db.ts";
import { type RowFields, type Run, statementOf } from "./statements.ts";
import type { UnreadableRow } from "./unreadable-rows.ts";

/** Called for the statements of a connection. */
export interface StatementHooks {
  /** Runs before each statement. */
  readonly before?: () => void;
  /** Receives each row that cannot be read; the results leave it out. */
  readonly unreadable?: ((row: UnreadableRow) => void) | undefined;
}

/** The query builder over a connection. */
export function builderOver(connection: Connection, { before = () => {}, unreadable }: StatementHooks = {}): Db {
  const session = new LeanSession(statementCache(connection, before), unreadable);
  return new BaseSQLiteDatabase("async", dialect, session, undefined);
}

const dialect = new SQLiteAsyncDialect();
/** The builder's relational queries are not used, so it is given no relations. */
type NoRelations = Record<string, never>;
type Prepared = ReturnType<SQLiteSession<"async", unknown, NoRelations, NoRelations>["prepareQuery"]>;

/** Replaces the builder's session by one that does less work per row (`statements.ts`). */
class LeanSession extends SQLiteSession<"async", unknown, NoRelations, NoRelations> {
  readonly #prepare: (text: string, givesRows: boolean) => Run;
  readonly #unreadable: StatementHooks["unreadable"];

  constructor(prepare: (text: string, givesRows: boolean) => Run, unreadable: StatementHooks["unreadable"]) {
    super(dialect);
    this.#prepare = prepare;
    this.#unreadable = unreadable;
  }

  override prepareQuery(query: Query, fields: RowFields | undefined): Prepared {
    const run = statementOf(query, fields, this.#prepare(query.sql, fields !== undefined), this.#unreadable);
    return { execute: run, all: run, run } as unknown as Prepared; // the builders call nothing else
  }

  override transaction(): never {
    throw new Error("use the transactions of the writer queue");
  }
}

/** Bounds the statement cache, because lists of values of varying length make new texts. */
const maxStatements = 500;

/** Caches compiled statements by their text; the oldest is dropped at the bound. */
function statementCache(connection: Connection, beforeEach: () => void): (text: string, givesRows: boolean) => Run {
  const cache = new Map<string, Run>();
  return (text, givesRows) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const statement = connection.prepare<unknown[], unknown[]>(withoutReplanning(text));
    if (givesRows) statement.raw();
    const run: Run = (values) => {
      beforeEach();
      if (givesRows) return statement.all(...values);
      statement.run(...values);
      return [];
    };
    const [oldest] = cache.keys();
    if (cache.size >= maxStatements && oldest !== undefined) cache.delete(oldest);
    cache.set(text, run);
    return run;
  };
}

/**
 * Unary `+` stops SQLite from re-planning on the bound value. This driver builds SQLite with STAT4, where a changed value
 * that may affect the plan recompiles the statement: with ORDER BY or a join on every run, at ten times the cost of running.
 */
function withoutReplanning(text: string): string {
  return text.startsWith("insert") || text.includes("'") ? text : text.replaceAll("?", "+?");
}
