import { setImmediate as nextRound, setTimeout as wait } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { BusyError, DeskError } from "../src/errors.ts";
import { classifyError, isBusy } from "./sqlite-errors.ts";
import { type Turn, trackTurns } from "./turns.ts";

/** A commit that took longer is told: it keeps every other writer waiting. */
const slowMs = 50;

/** A synchronous driver never lets go by itself: after this long the queue commits. */
const breathMs = 10;
/** Transactions in one commit. */
const mostTogether = 64;
/** Where several came together last time, so many are waited for, a millisecond at the most: a commit costs as much. */
const fewTogether = 8;

export interface WriterOptions {
  /** How long a transaction waits for another process' lock, counted from the call. */
  readonly patienceMs?: number;
  /** Told after more than 50 ms between BEGIN and COMMIT. */
  readonly onSlow?: (durationMs: number) => void;
}

/** The one place that writes: transactions take turns, so an async body is safe on a synchronous driver. */
export interface WriterQueue {
  /**
   * Runs `work` as one transaction, begun with BEGIN IMMEDIATE; what it throws undoes it and comes out unchanged.
   * Those that wait for their turn share a commit, which costs more than they do; none is answered before it.
   * Rejects with a BusyError when the lock is not to be had, and with code `nested-transaction` inside another body.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Throws unless called from the body that runs now: a statement outside would land in someone else's transaction. */
  assertInside(): void;
  /** Refuses further transactions and waits for those begun. */
  close(): Promise<void>;
}

/** A transaction that was asked for. */
interface Waiting {
  readonly deadline: number;
  /** Runs its body and gives what answers it when the commit is done; throws what the body throws. */
  run(): Promise<() => void>;
  reject(error: unknown): void;
}

/** Queues transactions on the one connection that writes. */
export function queueWrites(connection: Database, options: WriterOptions = {}): WriterQueue {
  const patienceMs = options.patienceMs ?? 4_000;
  const turns = trackTurns();
  const beginNow = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const rollback = connection.prepare("ROLLBACK");
  const mark = connection.prepare("SAVEPOINT body");
  const backToMark = connection.prepare("ROLLBACK TO body");
  const dropMark = connection.prepare("RELEASE body");
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let running: Turn | undefined;
  let lockedOut = false;
  let closed = false;
  let lastTogether = 0;

  /** Lets requests, answers and timers through: what they ask for goes into the same commit. */
  async function breathe(): Promise<void> {
    await nextRound();
    if (lastTogether > 1 && waiting.length < fewTogether) await wait(1);
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

  /** Runs one body in the open transaction; what it throws undoes it alone. Gives what answers it after the commit. */
  async function runOne(one: Waiting): Promise<() => void> {
    const turn: Turn = { over: false };
    mark.run();
    running = turn;
    try {
      const answer = await turns.run(turn, one.run);
      dropMark.run();
      return answer;
    } catch (error) {
      // SQLite undoes everything by itself after some failures, such as a full disk: then nobody's body is left.
      if (!connection.inTransaction) throw error;
      backToMark.run();
      dropMark.run();
      return () => one.reject(error);
    } finally {
      turn.over = true;
      running = undefined;
    }
  }

  /** One commit: whoever waits longest, and those behind. Nobody hears of success or failure before it. */
  async function commitSome(first: Waiting): Promise<void> {
    try {
      await begin(first.deadline);
    } catch (error) {
      waiting.shift();
      return first.reject(error);
    }
    const startedAt = performance.now();
    const taken: Waiting[] = [];
    const answers: (() => void)[] = [];
    try {
      while (taken.length < mostTogether && (taken.length === 0 || performance.now() - startedAt < breathMs)) {
        const next = waiting.shift();
        if (next === undefined) break;
        taken.push(next);
        answers.push(await runOne(next));
      }
      commit.run();
      for (const answer of answers) answer();
    } catch (error) {
      if (connection.inTransaction) rollback.run();
      for (const one of taken) one.reject(error);
    }
    lastTogether = taken.length;
    const durationMs = performance.now() - startedAt;
    if (durationMs > slowMs) options.onSlow?.(durationMs);
  }

  async function takeTurns(): Promise<void> {
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      await breathe();
      await commitSome(first);
    }
    working = undefined;
  }

  return {
    async transaction<T>(work: () => Promise<T>) {
      if (closed) throw new DeskError("store-closed", "The books are closed.");
      turns.assertOutside();
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const run = async () => {
        const result = await work();
        return () => resolve(result);
      };
      waiting.push({ deadline: performance.now() + patienceMs, run, reject });
      working ??= takeTurns();
      try {
        return await promise;
      } catch (error) {
        throw classifyError(error);
      }
    },
    assertInside: () => turns.assertInside(running),
    async close() {
      closed = true;
      await working;
    },
  };
}
