import type { Socket } from "node:net";
import type { Query } from "drizzle-orm";
import { PgDatabase, PgDialect, type PgPreparedQuery, PgSession, type PreparedQueryConfig } from "drizzle-orm/pg-core";
import type { PoolClient, QueryArrayConfig, QueryArrayResult } from "pg";
import type { Db } from "./db.ts";
import { classifyPostgresError } from "./postgres-errors.ts";
import { type RowFields, type Run, statementOf } from "./statements.ts";
import type { UnreadableRow } from "./unreadable-rows.ts";

/** Called for each statement. */
export interface StatementHooks {
  /** Runs before the statement is sent. */
  before?(): void;
  /** Receives the classified error of a statement that failed. */
  failed?(error: unknown): void;
  /** Receives each row that cannot be read; the results leave it out. */
  readonly unreadable?: ((row: UnreadableRow) => void) | undefined;
}

/** What a query builder needs of a connection or a pool. */
interface Queryable {
  query(asked: QueryArrayConfig<unknown[]>): Promise<QueryArrayResult>;
}

/**
 * The query builder over a connection or a pool. Statements are named, so that PostgreSQL parses each text once per
 * connection; behind a pooler names have no meaning, because the next transaction may use another connection (R7). Errors
 * are classified.
 */
export function builderOver(
  connection: Queryable,
  { hooks, namesStatements = true }: { readonly hooks?: StatementHooks; readonly namesStatements?: boolean } = {},
): Db {
  const session = new LeanSession((text): Run => {
    const name = namesStatements ? nameOf(text) : undefined;
    const named = { text, ...(name !== undefined && { name }), rowMode: "array" } as const;
    return async (values) => {
      hooks?.before?.();
      try {
        return (await connection.query({ ...named, values: values.map(withoutNul) })).rows;
      } catch (cause) {
        const error = classifyPostgresError(cause);
        hooks?.failed?.(error);
        throw error;
      }
    };
  }, hooks?.unreadable);
  return new PgDatabase(dialect, session, undefined) as unknown as Db; // repositories use only what both builders have
}

/** Batches the statements issued in the same tick into one packet: holds the socket's output until the tick ends. */
export function batchTick(client: PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection; // not in the driver's types
  stream.cork();
  process.nextTick(() => stream.uncork());
}

const dialect = new PgDialect();

/** Replaces the builder's session by one that does less work per row (`statements.ts`). */
class LeanSession extends PgSession {
  readonly #prepare: (text: string) => Run;
  readonly #unreadable: StatementHooks["unreadable"];

  constructor(prepare: (text: string) => Run, unreadable: StatementHooks["unreadable"]) {
    super(dialect);
    this.#prepare = prepare;
    this.#unreadable = unreadable;
  }

  override prepareQuery<Config extends PreparedQueryConfig>(
    query: Query,
    fields: RowFields | undefined,
  ): PgPreparedQuery<Config> {
    const execute = statementOf(query, fields, this.#prepare(query.sql), this.#unreadable);
    const prepared = { execute, setToken: () => prepared };
    return prepared as unknown as PgPreparedQuery<Config>; // the builders call nothing else
  }

  override transaction(): never {
    throw new Error("use the database's own transactions");
  }
}

/** Bounds the named statements, because lists of values of varying length make new texts. */
const maxNames = 500;
const names = new Map<string, string>();

/** The name of a text, the same on every connection; texts beyond the bound are sent unnamed. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= maxNames) return known;
  const name = `desk_${names.size}`;
  names.set(text, name);
  return name;
}

/** Replaces NUL, the one character PostgreSQL cannot store in a text, by the replacement character. */
function withoutNul(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\u{fffd}") : value;
}
