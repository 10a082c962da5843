import type { Socket } from "node:net";
import type { Query } from "drizzle-orm";
import { PgDatabase, PgDialect, type PgPreparedQuery, PgSession, type PreparedQueryConfig } from "drizzle-orm/pg-core";
import type { Pool, PoolClient } from "pg";
import type { Db } from "./db.ts";
import { classifyPostgresError } from "./postgres-errors.ts";
import { type RowFields, type Run, statementOf } from "./statements.ts";

/** What is told of each statement. */
export interface EachStatement {
  /** It is about to be said. */
  before(): void;
  /** It failed, with the classified error. */
  failed(error: unknown): void;
}

/**
 * A connection, or a pool of them, as the repositories see it. Every text is given a name, by which PostgreSQL keeps its
 * plan; errors come out classified.
 */
export function builderOver(line: Pick<Pool, "query">, each?: EachStatement): Db {
  const session = new Line((text): Run => {
    const named = { text, name: nameOf(text), rowMode: "array" } as const;
    return async (values) => {
      each?.before();
      try {
        return (await line.query<unknown[]>({ ...named, values: values.map(sayable) })).rows;
      } catch (cause) {
        const error = classifyPostgresError(cause);
        each?.failed(error);
        throw error;
      }
    };
  });
  return new PgDatabase(dialect, session, undefined) as unknown as Db; // repositories use only what both builders have
}

/** What is said in one go leaves in one packet: it is not sent before everybody who could say something has. */
export function inOneGo(client: PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection; // the driver's own
  stream.cork();
  process.nextTick(() => stream.uncork());
}

const dialect = new PgDialect();

/** The builder's own session would do: this one does less for each row (`statements.ts`). */
class Line extends PgSession {
  readonly #prepare: (text: string) => Run;

  constructor(prepare: (text: string) => Run) {
    super(dialect);
    this.#prepare = prepare;
  }

  override prepareQuery<Config extends PreparedQueryConfig>(
    query: Query,
    fields: RowFields | undefined,
  ): PgPreparedQuery<Config> {
    const prepared = { execute: statementOf(query, fields, this.#prepare(query.sql)), setToken: () => prepared };
    return prepared as unknown as PgPreparedQuery<Config>; // the builders call nothing else
  }

  override transaction(): never {
    throw new Error("transactions are begun by the database");
  }
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
