import type { Database } from "better-sqlite3";
import { processScheduler } from "../src/clock.ts";
import { BusyError, DeskError } from "../src/errors.ts";
import type { DatabaseOptions } from "./database.ts";
import { classifyError, isBusy } from "./sqlite-errors.ts";
import { type TransactionScope, trackScopes } from "./transaction-scope.ts";

/** Longer batches are reported to `onSlow`, because every other writer waits for them. */
const slowMs = 50;

/** Commits a batch after this long: the synchronous driver does not yield to the event loop by itself. */
const maxBatchMs = 10;
/** Transactions per commit. */
const maxBatch = 64;
/** After a batch of several, a batch smaller than this waits up to a millisecond for more, which is what a commit costs. */
const smallBatch = 8;

/** Runs transactions one after the other, so that an async body is safe on the one connection that writes. */
export interface WriterQueue {
  /**
   * Runs `work` as one transaction; an error it throws rolls it back and is rethrown unchanged. Queued transactions share
   * one BEGIN IMMEDIATE and COMMIT, each in a savepoint of its own; results are given out after the COMMIT, which costs
   * more than most bodies. Rejects with a BusyError when the lock is not acquired in time, and with code
   * `nested-transaction` inside another body.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Throws unless called from the running body: a statement from elsewhere would join that body's transaction. */
  assertInside(): void;
  /** Refuses further transactions and waits for the queued ones. */
  close(): Promise<void>;
}

/** A queued transaction. */
interface Queued {
  readonly deadline: number;
  /** Runs the body and gives a function that resolves the caller, called after the commit; throws what the body throws. */
  run(): Promise<() => void>;
  reject(error: unknown): void;
}

/** Queues transactions on the connection that writes. */
export function queueWrites(connection: Database, options: DatabaseOptions = {}): WriterQueue {
  const { pause, elapsed } = options.scheduler ?? processScheduler;
  const waitTimeoutMs = options.waitTimeoutMs ?? 4_000;
  const scopes = trackScopes();
  const beginNow = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const rollback = connection.prepare("ROLLBACK");
  const savepoint = connection.prepare("SAVEPOINT body");
  const rollbackToSavepoint = connection.prepare("ROLLBACK TO body");
  const releaseSavepoint = connection.prepare("RELEASE body");
  const queue: Queued[] = [];
  let draining: Promise<void> | undefined;
  let running: TransactionScope | undefined;
  let lockedOut = false;
  let closed = false;
  let lastBatch = 0;

  /** Lets the event loop run requests, responses and timers; transactions they queue join this batch. */
  async function yieldToEventLoop(): Promise<void> {
    await pause();
    if (lastBatch > 1 && queue.length < smallBatch) await pause(1);
  }

  async function begin(deadline: number): Promise<void> {
    // Transactions queued behind one that timed out have waited for the same lock: they do not start a wait of their own.
    if (lockedOut && elapsed() >= deadline) throw new BusyError();
    for (let attempt = 0; ; attempt += 1) {
      try {
        beginNow.run();
        lockedOut = false;
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        lockedOut = elapsed() >= deadline;
        if (lockedOut) throw new BusyError(error);
      }
      await pause(Math.min(5 * 2 ** attempt, 100));
    }
  }

  /** Runs one body in a savepoint; an error rolls back that body alone. Gives a function that settles the caller. */
  async function runOne(one: Queued): Promise<() => void> {
    const scope: TransactionScope = { over: false };
    savepoint.run();
    running = scope;
    try {
      const settle = await scopes.run(scope, one.run);
      releaseSavepoint.run();
      return settle;
    } catch (error) {
      // After some errors, such as a full disk, SQLite has rolled back the whole batch.
      if (!connection.inTransaction) throw error;
      rollbackToSavepoint.run();
      releaseSavepoint.run();
      return () => one.reject(error);
    } finally {
      scope.over = true;
      running = undefined;
    }
  }

  /** Runs and commits one batch, oldest first; callers are settled after the commit. */
  async function commitBatch(first: Queued): Promise<void> {
    try {
      await begin(first.deadline);
    } catch (error) {
      queue.shift();
      return first.reject(error);
    }
    const startedAt = elapsed();
    const batch: Queued[] = [];
    const settlers: (() => void)[] = [];
    try {
      while (batch.length < maxBatch && (batch.length === 0 || elapsed() - startedAt < maxBatchMs)) {
        const next = queue.shift();
        if (next === undefined) break;
        batch.push(next);
        settlers.push(await runOne(next));
      }
      commit.run();
      for (const settle of settlers) settle();
    } catch (error) {
      if (connection.inTransaction) rollback.run();
      for (const one of batch) one.reject(error);
    }
    lastBatch = batch.length;
    const durationMs = elapsed() - startedAt;
    if (durationMs > slowMs) options.onSlow?.(durationMs);
  }

  async function drain(): Promise<void> {
    for (let [first] = queue; first !== undefined; [first] = queue) {
      await yieldToEventLoop();
      await commitBatch(first);
    }
    draining = undefined;
  }

  return {
    async transaction<T>(work: () => Promise<T>) {
      if (closed) throw new DeskError("store-closed", "The books are closed.");
      scopes.assertOutside();
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const run = async () => {
        const result = await work();
        return () => resolve(result);
      };
      queue.push({ deadline: elapsed() + waitTimeoutMs, run, reject });
      draining ??= drain();
      try {
        return await promise;
      } catch (error) {
        throw classifyError(error);
      }
    },
    assertInside: () => scopes.assertInside(running),
    async close() {
      closed = true;
      await draining;
    },
  };
}
