import { processScheduler, type Scheduler } from "../src/clock.ts";
import { BusyError } from "../src/errors.ts";

/** The longest wait for a slot, even while the queue moves. */
const maxWaitMs = 20_000;

/** A first-come-first-served queue for a fixed number of slots, one per database connection. */
export interface AdmissionQueue {
  /**
   * Resolves with a slot. Rejects with a BusyError when no transaction has committed for the queue's timeout: a long
   * queue that moves is waited for, a database that stands still is not.
   */
  acquire(): Promise<void>;
  /** Frees the slot. Freeing it without a call of `committed` counts as giving up. */
  release(): void;
  /** Records that a transaction committed; its slot is released next. */
  committed(): void;
  /**
   * Milliseconds without a commit since `sinceMs`, a value of the scheduler's `elapsed`. Once a transaction has given up since
   * then, commits of others no longer count: they may want other rows than the lock that is waited for.
   */
  stalledMs(sinceMs: number): number;
}

interface Waiter {
  /** Sets the timer anew, or rejects when the time is over. */
  check(): void;
  admit(): void;
}

/** Opens a queue for `slots`; a waiter gives up after `timeoutMs` without progress. */
export function openAdmissionQueue(
  slots: number,
  timeoutMs: number,
  { after, elapsed }: Pick<Scheduler, "after" | "elapsed"> = processScheduler,
): AdmissionQueue {
  const waiters = new Set<Waiter>();
  let free = slots;
  let committedAt = Number.NEGATIVE_INFINITY;
  let gaveUpAt = Number.NEGATIVE_INFINITY;
  /** Transactions that committed and have not released their slot yet. */
  let releasing = 0;
  const stalledMs = (sinceMs: number) => elapsed() - (gaveUpAt > sinceMs ? sinceMs : Math.max(sinceMs, committedAt));

  return {
    acquire() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const queuedAt = elapsed();
      let cancelTimer = (): void => undefined;
      const waiter: Waiter = {
        check() {
          cancelTimer();
          const leftMs = Math.min(timeoutMs - stalledMs(queuedAt), maxWaitMs - (elapsed() - queuedAt));
          if (leftMs >= 1) {
            cancelTimer = after(leftMs, waiter.check);
            return;
          }
          waiters.delete(waiter);
          reject(new BusyError());
        },
        admit() {
          cancelTimer();
          waiters.delete(waiter);
          resolve();
        },
      };
      waiters.add(waiter);
      waiter.check();
      return promise;
    },
    release() {
      if (releasing > 0) releasing -= 1;
      else {
        gaveUpAt = elapsed();
        for (const waiter of waiters) waiter.check();
      }
      const [next] = waiters;
      if (next === undefined) free += 1;
      else next.admit();
    },
    committed() {
      committedAt = elapsed();
      releasing += 1;
    },
    stalledMs,
  };
}
