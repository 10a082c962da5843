import pg, { type PoolClient } from "pg";
import { processScheduler } from "../src/clock.ts";
import { DeskError } from "../src/errors.ts";
import { noPeers } from "../src/ports/changes.ts";
import { openAdmissionQueue } from "./admission-queue.ts";
import type { Database, DatabaseOptions } from "./database.ts";
import type { Db } from "./db.ts";
import { noLocks } from "./locks.ts";
import { assertMigrated, migratePostgres } from "./migrate.postgres.ts";
import { migrationsOf, readMigrations } from "./migrations.ts";
import { openChanges } from "./postgres-changes.ts";
import { batchTick, builderOver, type StatementHooks } from "./postgres-connection.ts";
import { classifyPostgresError, isConflict, isFollowUpError, isLostServer } from "./postgres-errors.ts";
import { rowLocks } from "./postgres-locks.ts";
import { maxTransactions, type Pools, poolsOfServers } from "./postgres-pools.ts";
import { openReader } from "./postgres-reader.ts";
import { findWritableServer } from "./postgres-servers.ts";
import { schema } from "./schema.postgres.ts";
import { type TransactionScope, trackScopes } from "./transaction-scope.ts";

/** Milliseconds. The idle limit ends a transaction that holds locks and sends nothing. */
const lockTimeoutMs = 3_000;
const limits = "SET LOCAL statement_timeout = 5000; SET LOCAL idle_in_transaction_session_timeout = 5000";
/** Time without progress in the queue is deducted from the lock timeout, so that together they stay below this. */
const maxWaitMs = 4_000;
const minLockTimeoutMs = 100;
/** Longer transactions are reported to `onSlow`. */
const slowMs = 50;
/** Attempts at a transaction that runs into deadlocks. */
const maxAttempts = 6;

/**
 * Opens a PostgreSQL database. Several processes may start and use it at the same time. Rejects with `schema-newer`,
 * `schema-older`, `database-missing`, `guard-altered`, `database-standby` (no server takes writes) or `database-away` (the
 * server does not answer).
 */
export async function openPostgres(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const scheduler = options.scheduler ?? processScheduler;
  const { pause, elapsed, random } = scheduler;
  const waitTimeoutMs = options.waitTimeoutMs ?? 4_000;
  const directUrl = options.directUrl ?? url;
  const known = readMigrations(options.migrationsFolder ?? migrationsOf("postgres"));
  if (options.access !== "read") await migrate(directUrl, known, options);
  const servers = poolsOfServers(url, waitTimeoutMs);
  const reader = openReader(servers);
  try {
    await assertMigrated(reader, known);
    if ((await servers.current()).isPooled && options.directUrl === undefined) options.onPooler?.();
  } catch (error) {
    await servers.close();
    throw classifyPostgresError(error);
  }
  const queue = openAdmissionQueue(maxTransactions, waitTimeoutMs, scheduler);
  const listening = async () => (await findWritableServer(directUrl)).connection;
  const changes = options.access === "read" ? undefined : openChanges(listening, reader);
  const scopes = trackScopes();
  const writers = new WeakMap<PoolClient, Writer>();
  const running = new Set<Promise<unknown>>();
  let closed = false;

  function writerOn(client: PoolClient, { isPooled }: Pools): Writer {
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
      unreadable: options.onUnreadable,
    };
    const db = builderOver(client, { hooks, namesStatements: !isPooled });
    const writer: Writer = { scope: undefined, firstError: undefined, db };
    writers.set(client, writer);
    return writer;
  }

  async function once<T>(work: (writer: Db) => Promise<T>, calledAt: number): Promise<T> {
    const pools = await servers.current();
    const client = await connect(pools);
    const writer = writerOn(client, pools);
    const scope: TransactionScope = { over: false };
    const startedAt = elapsed();
    let broken = false;
    writer.scope = scope;
    writer.firstError = undefined;
    try {
      // BEGIN is not awaited, so that the body's first statement goes out in the same packet. If it fails, so do the others.
      batchTick(client);
      const begun = client.query(beginStatement(options.access, queue.stalledMs(calledAt)));
      const [, result] = await Promise.all([begun, scopes.run(scope, () => work(writer.db))]);
      await commit(client);
      queue.committed();
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {
        broken = true; // the server rolls back when the connection is gone
      });
      // In a pipeline the statements after a failed one report only that the transaction is aborted.
      const first = isFollowUpError(error) ? (writer.firstError ?? error) : error;
      if (isLostServer(first)) servers.lost(pools);
      throw first;
    } finally {
      scope.over = true;
      writer.scope = undefined;
      client.release(broken);
      const durationMs = elapsed() - startedAt;
      if (durationMs > slowMs) options.onSlow?.(durationMs);
    }
  }

  async function connect(pools: Pools): Promise<PoolClient> {
    try {
      return await pools.writing.connect();
    } catch (error) {
      if (isLostServer(error)) servers.lost(pools);
      throw error;
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

  async function transaction<T>(work: (writer: Db) => Promise<T>): Promise<T> {
    if (closed) throw new DeskError("store-closed", "The books are closed.");
    scopes.assertOutside();
    const transaction = withRetries(work);
    running.add(transaction);
    try {
      return await transaction;
    } finally {
      running.delete(transaction);
    }
  }

  return {
    schema,
    reader: builderOver(reader, { hooks: { unreadable: options.onUnreadable } }),
    locks: options.access === "read" ? noLocks : rowLocks,
    transaction,
    singleProcess: false,
    changes: changes ?? noPeers,
    async ping() {
      await reader.query("select count(*) from practices");
    },
    damages: async () => {
      const { rows } = await reader.query<[unknown]>(damagesQuery);
      return rows.map(([damage]) => String(damage));
    },
    probeWrite: reader.probeWrite,
    async close() {
      closed = true;
      await Promise.allSettled(running);
      await changes?.close();
      await servers.close();
    },
  };
}

/** The query builder of one connection, and the transaction it serves. */
interface Writer {
  readonly db: Db;
  scope: TransactionScope | undefined;
  /** The error of the first failed statement of the transaction. */
  firstError: unknown;
}

/** BEGIN with its limits, in one packet; the lock timeout is shorter if the queue has stalled for `stalledMs`. */
function beginStatement(access: DatabaseOptions["access"], stalledMs: number): string {
  const leftMs = Math.max(minLockTimeoutMs, Math.min(lockTimeoutMs, Math.round(maxWaitMs - stalledMs)));
  const mode = access === "read" ? "READ ONLY" : "READ WRITE";
  return `BEGIN ${mode}; SET LOCAL lock_timeout = ${leftMs}; ${limits}`;
}

/** Commits. If the body swallowed the error of a statement, PostgreSQL answers COMMIT with a rollback: then this throws. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query("COMMIT");
  if (command !== "COMMIT")
    throw new DeskError("not-committed", "A statement of the transaction failed, so nothing was changed.");
}

/** Migrates on a connection of its own without the limits, because creating an index may take longer. */
async function migrate(url: string, known: ReturnType<typeof readMigrations>, options: DatabaseOptions): Promise<void> {
  const { connection } = await findWritableServer(url);
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await migratePostgres(client, {
      known,
      upgrades: options.access === "upgrade",
      onUpgrade: (migrations) => options.onUpgrade?.({ migrations }),
    });
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
