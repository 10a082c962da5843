import pg, { type PoolClient } from "pg";
import { processScheduler } from "../src/clock.ts";
import { DeskError } from "../src/errors.ts";
import { openAdmissionQueue } from "./admission-queue.ts";
import type { Database, DatabaseOptions } from "./database.ts";
import type { Db } from "./db.ts";
import type { Locks } from "./locks.ts";
import { migratePostgres } from "./migrate.postgres.ts";
import { openChanges } from "./postgres-changes.ts";
import { batchTick, builderOver, type StatementHooks } from "./postgres-connection.ts";
import { classifyPostgresError, isConflict, isFollowUpError } from "./postgres-errors.ts";
import { schema } from "./schema.postgres.ts";
import { type TransactionScope, trackScopes } from "./transaction-scope.ts";

/** Connections for transactions; with more, transactions would only wait for each other inside the server. */
const writeConnections = 6;
/** Connections for reads, apart, so that reads go on while every transaction waits for a lock. */
const readConnections = 2;
/** A statement outside a read-write transaction fails if it writes. */
const readOnly = { options: "-c default_transaction_read_only=on" };
/** Milliseconds. The idle limit ends a transaction that holds locks and sends nothing. */
const sessionLimits = { lock_timeout: 3_000, statement_timeout: 5_000, idle_in_transaction_session_timeout: 5_000 };
/** Plain reads wait for schema changes only. */
const readLimits = { ...sessionLimits, lock_timeout: 250 };
/** Time without progress in the queue is deducted from the lock timeout, so that together they stay below this. */
const maxWaitMs = 4_000;
const minLockTimeoutMs = 100;
/** Longer transactions are reported to `onSlow`. */
const slowMs = 50;
/** Attempts at a transaction that runs into deadlocks. */
const maxAttempts = 6;

/**
 * Opens a PostgreSQL database and brings its tables and guards up to date. Several processes may start and use it at the
 * same time. Rejects with `schema-newer` (written by a newer version), `guard-altered`, or `database-away` (the server
 * does not answer).
 */
export async function openPostgres(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const scheduler = options.scheduler ?? processScheduler;
  const { pause, elapsed, random } = scheduler;
  const waitTimeoutMs = options.waitTimeoutMs ?? 4_000;
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
    connectionTimeoutMillis: waitTimeoutMs,
    ...{ pipeline: true }, // sends statements without waiting for earlier answers; not yet in the types
  };
  const pool = quietPool({ ...session, ...sessionLimits, max: writeConnections });
  const reading = quietPool({ ...session, ...readLimits, max: readConnections });
  const queue = openAdmissionQueue(writeConnections, waitTimeoutMs, scheduler);
  const changes = openChanges(connection, reading);
  const scopes = trackScopes();
  const writers = new WeakMap<PoolClient, Writer>();
  const running = new Set<Promise<unknown>>();
  let closed = false;

  function writerOn(client: PoolClient): Writer {
    const known = writers.get(client);
    if (known !== undefined) return known;
    const hooks: StatementHooks = {
      before() {
        scopes.assertInside(writer.scope);
        batchTick(client);
      },
      failed(error) {
        writer.firstError ??= error;
      },
    };
    const writer: Writer = { scope: undefined, firstError: undefined, db: builderOver(client, hooks) };
    writers.set(client, writer);
    return writer;
  }

  async function once<T>(work: (writer: Db) => Promise<T>, calledAt: number): Promise<T> {
    const client = await pool.connect();
    const writer = writerOn(client);
    const scope: TransactionScope = { over: false };
    const startedAt = elapsed();
    let broken = false;
    writer.scope = scope;
    writer.firstError = undefined;
    try {
      // BEGIN is not awaited, so that the body's first statement goes out in the same packet. If it fails, so do the others.
      batchTick(client);
      const begun = client.query(beginStatement(queue.stalledMs(calledAt)));
      const [, result] = await Promise.all([begun, scopes.run(scope, () => work(writer.db))]);
      await commit(client);
      queue.committed();
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {
        broken = true; // the server rolls back when the connection is gone
      });
      // In a pipeline the statements after a failed one report only that the transaction is aborted.
      throw isFollowUpError(error) ? (writer.firstError ?? error) : error;
    } finally {
      scope.over = true;
      writer.scope = undefined;
      client.release(broken);
      const durationMs = elapsed() - startedAt;
      if (durationMs > slowMs) options.onSlow?.(durationMs);
    }
  }

  async function withRetries<T>(work: (writer: Db) => Promise<T>): Promise<T> {
    const calledAt = elapsed();
    await queue.acquire();
    const admittedAt = elapsed();
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(work, calledAt);
        } catch (error) {
          const late = elapsed() - admittedAt > maxWaitMs;
          if (!isConflict(error) || attempt === maxAttempts || late) throw classifyPostgresError(error);
        }
        // A random delay, so that both transactions of a deadlock do not retry at the same moment.
        await pause(random() * 5 * 2 ** attempt);
      }
    } finally {
      queue.release();
    }
  }

  return {
    schema,
    reader: builderOver(reading),
    locks,
    async transaction(work) {
      if (closed) throw new DeskError("store-closed", "The books are closed.");
      scopes.assertOutside();
      const transaction = withRetries(work);
      running.add(transaction);
      try {
        return await transaction;
      } finally {
        running.delete(transaction);
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
      await Promise.allSettled(running);
      await changes.close();
      for (const each of [pool, reading]) if (!each.ending) await each.end();
    },
  };
}

/** A pool that ignores errors of idle connections: the next query reports them. Without a listener they end the process. */
function quietPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** The query builder of one connection, and the transaction it serves. */
interface Writer {
  readonly db: Db;
  scope: TransactionScope | undefined;
  /** The error of the first failed statement of the transaction. */
  firstError: unknown;
}

/** Queries are typed by SQLite's builders, which have no row locks; PostgreSQL's builders have this method. */
interface Lockable {
  for(strength: "update", how?: { skipLocked: true }): unknown;
}

const locks: Locks = {
  concurrentWriters: true,
  forUpdate: lockClause((query) => query.for("update")),
  skipLocked: lockClause((query) => query.for("update", { skipLocked: true })),
};

function lockClause(add: (query: Lockable) => unknown): <Query>(query: Query) => Query {
  // A builder returns itself, and here it is one of PostgreSQL's (`Lockable`).
  return <Query>(query: Query) => add(query as Lockable) as Query;
}

/** BEGIN, with a shorter lock timeout if the queue has stalled for `stalledMs`. */
function beginStatement(stalledMs: number): string {
  const leftMs = Math.round(maxWaitMs - stalledMs);
  if (leftMs >= sessionLimits.lock_timeout) return "BEGIN READ WRITE";
  return `BEGIN READ WRITE; SET LOCAL lock_timeout = ${Math.max(minLockTimeoutMs, leftMs)}`;
}

/** Commits. If the body swallowed the error of a statement, PostgreSQL answers COMMIT with a rollback: then this throws. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query("COMMIT");
  if (command !== "COMMIT")
    throw new DeskError("not-committed", "A statement of the transaction failed, so nothing was changed.");
}

/** Migrates on a connection without the session limits, because creating an index may take longer. */
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

/** Failed page checksums, and indexes whose creation did not finish. */
const damagesQuery = `
  select 'wrong checksums: ' || checksum_failures from pg_stat_database
    where datname = current_database() and checksum_failures > 0
  union all
  select 'unfinished index: ' || indexrelid::regclass from pg_index join pg_class c on c.oid = indrelid
    where relnamespace = current_schema()::regnamespace and not (indisvalid and indisready)`;
