import { setTimeout as wait } from "node:timers/promises";
import pg, { type PoolClient } from "pg";
import { DeskError } from "../src/errors.ts";
import type { Database, DatabaseOptions } from "./database.ts";
import type { Db } from "./db.ts";
import type { Locks } from "./locks.ts";
import { migratePostgres } from "./migrate.postgres.ts";
import { openChanges } from "./postgres-changes.ts";
import { builderOver, type EachStatement, inOneGo } from "./postgres-connection.ts";
import { classifyPostgresError, isAftermath, isConflict } from "./postgres-errors.ts";
import { openGate } from "./postgres-gate.ts";
import { schema } from "./schema.postgres.ts";
import { type Turn, trackTurns } from "./turns.ts";

/** Of a process' eight connections: transactions at once; more would only wait for each other inside the server. */
const connections = 6;
/** The others: reading goes on while every transaction waits for a lock. */
const readingConnections = 2;
/** Outside of a transaction that says it writes, nothing does. */
const readOnly = { options: "-c default_transaction_read_only=on" };
/** No statement waits for another transaction longer than this, nor runs longer, nor keeps its locks and says nothing. */
const sessionLimits = { lock_timeout: 3_000, statement_timeout: 5_000, idle_in_transaction_session_timeout: 5_000 };
/** Reading waits for nobody but who changes the tables themselves. */
const readingLimits = { ...sessionLimits, lock_timeout: 250 };
/** Who waited while nobody got through waits the less for a lock: together no longer than a person waits for an answer. */
const longestWaitMs = 4_000;
const shortestLockWaitMs = 100;
/** A transaction longer than this is told. */
const slowMs = 50;
/** How often a transaction that was in another one's way begins anew. */
const mostAttempts = 6;

/**
 * Opens a PostgreSQL database and brings its tables and guards up to date; several processes may have it open, and
 * start, at the same time. Refuses books of a newer desk (`schema-newer`), altered guards (`guard-altered`), and with
 * `database-away` a server that does not answer.
 */
export async function openPostgres(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const patienceMs = options.patienceMs ?? 4_000;
  const connection = {
    connectionString: url,
    application_name: "frontdesk",
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
  };
  await prepare(connection);
  const session = {
    ...connection,
    ...readOnly,
    connectionTimeoutMillis: patienceMs,
    ...{ pipeline: true }, // statements that need not wait for each other go out together; not yet in the types
  };
  const pool = quietPool({ ...session, ...sessionLimits, max: connections });
  const reading = quietPool({ ...session, ...readingLimits, max: readingConnections });
  const gate = openGate(connections, patienceMs);
  const changes = openChanges(connection, reading);
  const turns = trackTurns();
  const writers = new WeakMap<PoolClient, Writer>();
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  function writerOn(client: PoolClient): Writer {
    const known = writers.get(client);
    if (known !== undefined) return known;
    const each: EachStatement = {
      before() {
        turns.assertInside(writer.turn);
        inOneGo(client);
      },
      failed(error) {
        writer.firstError ??= error;
      },
    };
    const writer: Writer = { turn: undefined, firstError: undefined, db: builderOver(client, each) };
    writers.set(client, writer);
    return writer;
  }

  async function once<T>(work: (writer: Db) => Promise<T>, calledAt: number): Promise<T> {
    const client = await pool.connect();
    const writer = writerOn(client);
    const turn: Turn = { over: false };
    const startedAt = performance.now();
    let broken = false;
    writer.turn = turn;
    writer.firstError = undefined;
    try {
      // Not waited for: the body's first statement goes out with it. Where it failed, all that follows does, and it is why.
      inOneGo(client);
      const begun = client.query(beginning(gate.stillMs(calledAt)));
      const [, result] = await Promise.all([begun, turns.run(turn, () => work(writer.db))]);
      await commit(client);
      gate.moved();
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {
        broken = true; // the server rolls back by itself when the line is gone
      });
      // Of statements that went out together the later ones say only that an earlier one failed.
      throw isAftermath(error) ? (writer.firstError ?? error) : error;
    } finally {
      turn.over = true;
      writer.turn = undefined;
      client.release(broken);
      const durationMs = performance.now() - startedAt;
      if (durationMs > slowMs) options.onSlow?.(durationMs);
    }
  }

  async function untilNoConflict<T>(work: (writer: Db) => Promise<T>): Promise<T> {
    const calledAt = performance.now();
    await gate.enter();
    const enteredAt = performance.now();
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(work, calledAt);
        } catch (error) {
          const late = performance.now() - enteredAt > longestWaitMs;
          if (!isConflict(error) || attempt === mostAttempts || late) throw classifyPostgresError(error);
        }
        // Not both at once again.
        await wait(Math.random() * 5 * 2 ** attempt);
      }
    } finally {
      gate.leave();
    }
  }

  return {
    schema,
    reader: builderOver(reading),
    locks,
    async transaction(work) {
      if (closed) throw new DeskError("store-closed", "The books are closed.");
      turns.assertOutside();
      const running = untilNoConflict(work);
      underWay.add(running);
      try {
        return await running;
      } finally {
        underWay.delete(running);
      }
    },
    singleProcess: false,
    changes,
    async ping() {
      await reading.query("select count(*) from practices");
    },
    damages: async () => {
      const { rows } = await reading.query({ rowMode: "array", text: damagesQuery });
      return rows.map(([damage]) => String(damage));
    },
    async backup() {
      const remedy = "Copy the database with PostgreSQL's own pg_dump, which may run at any time.";
      throw new DeskError("backup-refused", `These books are in PostgreSQL, not in a file. ${remedy}`);
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
      await changes.close();
      for (const each of [pool, reading]) if (!each.ending) await each.end();
    },
  };
}

/** A broken line is told to whoever uses it next; without a listener it would end the process. */
function quietPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** The books over one connection, and whose body it is in. */
interface Writer {
  readonly db: Db;
  turn: Turn | undefined;
  /** The first statement's that failed in the transaction. */
  firstError: unknown;
}

/** SQLite's builders, by which the queries are typed, know no locks; PostgreSQL's do. */
interface Lockable {
  for(strength: "update", how?: { skipLocked: true }): unknown;
}

const locks: Locks = {
  shared: true,
  holding: lockWord((query) => query.for("update")),
  skipping: lockWord((query) => query.for("update", { skipLocked: true })),
};

function lockWord(say: (query: Lockable) => unknown): <Query>(query: Query) => Query {
  // A builder gives itself back, and this is one of PostgreSQL's (`Lockable`).
  return <Query>(query: Query) => say(query as Lockable) as Query;
}

/** How a transaction begins before which nobody got through for so long. */
function beginning(stillMs: number): string {
  const leftMs = Math.round(longestWaitMs - stillMs);
  if (leftMs >= sessionLimits.lock_timeout) return "BEGIN READ WRITE";
  return `BEGIN READ WRITE; SET LOCAL lock_timeout = ${Math.max(shortestLockWaitMs, leftMs)}`;
}

/** A statement whose error a body kept to itself has undone the rest: PostgreSQL then rolls back and only mentions it. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query("COMMIT");
  if (command !== "COMMIT") throw new DeskError("not-committed", "A statement failed, so nothing was changed.");
}

/** On a line of its own, because making an index may take longer than a session is allowed. */
async function prepare(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await migratePostgres(client);
  } catch (error) {
    throw classifyPostgresError(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Pages whose checksum was wrong when they were read, and indexes that were left unfinished. */
const damagesQuery = `
  select 'wrong checksums: ' || checksum_failures from pg_stat_database
    where datname = current_database() and checksum_failures > 0
  union all
  select 'unfinished index: ' || indexrelid::regclass from pg_index join pg_class c on c.oid = indrelid
    where relnamespace = current_schema()::regnamespace and not (indisvalid and indisready)`;
