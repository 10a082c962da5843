import { setImmediate as nextRound, setTimeout as wait } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { BusyError, DeskError } from "../src/errors.ts";
import { classifyError, isBusy } from "./sqlite-errors.ts";
import { type Turn, trackTurns } from "./turns.ts";

/** A transaction longer than this is told: it keeps every other writer waiting. */
const slowMs = 50;

/** A synchronous driver never lets go by itself: after this long the queue lets requests, answers and timers through. */
const breathMs = 10;

export interface WriterOptions {
  /** How long a transaction waits for another process' lock, counted from the call. */
  readonly patienceMs?: number;
  /** Told after a transaction that took more than 50 ms between BEGIN and COMMIT. */
  readonly onSlow?: (durationMs: number) => void;
}

/** The one place that writes: transactions take turns, so an async body is safe on a synchronous driver. */
export interface WriterQueue {
  /**
   * Runs `work` between BEGIN IMMEDIATE and COMMIT; what it throws rolls everything back and comes out unchanged.
   * Rejects with a BusyError when the lock is not to be had, and with code `nested-transaction` inside another body.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Throws unless called from the body that runs now: a statement outside would land in someone else's transaction. */
  assertInside(): void;
  /** Refuses further transactions and waits for those begun. */
  close(): Promise<void>;
}

/** Queues transactions on the one connection that writes. */
export function queueWrites(connection: Database, options: WriterOptions = {}): WriterQueue {
  const patienceMs = options.patienceMs ?? 4_000;
  const turns = trackTurns();
  const beginNow = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const rollback = connection.prepare("ROLLBACK");
  let last: Promise<unknown> = Promise.resolve();
  let running: Turn | undefined;
  let lockedOut = false;
  let closed = false;
  let breathedAt = 0;

  async function breathe(): Promise<void> {
    if (performance.now() - breathedAt < breathMs) return;
    await nextRound();
    breathedAt = performance.now();
  }

  async function begin(deadline: number): Promise<void> {
    // Whoever queued up behind a turn that was locked out has waited as long as it has.
    if (lockedOut && performance.now() >= deadline) throw new BusyError();
    for (let attempt = 0; ; attempt += 1) {
      try {
        beginNow.run();
        lockedOut = false;
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        lockedOut = performance.now() >= deadline;
        if (lockedOut) throw new BusyError(error);
      }
      await wait(Math.min(5 * 2 ** attempt, 100));
    }
  }

  async function take<T>(work: () => Promise<T>, deadline: number): Promise<T> {
    await breathe();
    await begin(deadline);
    const startedAt = performance.now();
    const turn: Turn = { over: false };
    running = turn;
    try {
      const result = await turns.run(turn, work);
      commit.run();
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some failures, such as a full disk.
      if (connection.inTransaction) rollback.run();
      throw error;
    } finally {
      turn.over = true;
      running = undefined;
      const durationMs = performance.now() - startedAt;
      if (durationMs > slowMs) options.onSlow?.(durationMs);
    }
  }

  return {
    async transaction(work) {
      if (closed) throw new DeskError("store-closed", "The books are closed.");
      turns.assertOutside();
      const deadline = performance.now() + patienceMs;
      const turn = last.then(() => take(work, deadline));
      last = turn.catch(() => {}); // the next writer must not inherit this failure
      try {
        return await turn;
      } catch (error) {
        throw classifyError(error);
      }
    },
    assertInside: () => turns.assertInside(running),
    async close() {
      closed = true;
      await last;
    },
  };
}
