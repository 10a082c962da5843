import { setImmediate as nextLoop, setTimeout as wait } from "node:timers/promises";

/** Waits, durations and chance. A simulation replaces it, so that one seed decides the order of everything. */
export interface Scheduler {
  /** Calls `callback` once, after `ms` of wall time. Returns the function that cancels it. */
  after(ms: number, callback: () => void): () => void;
  /** Resolves after `ms` of wall time; without `ms`, once the event loop has run what is waiting. */
  pause(ms?: number): Promise<void>;
  /** Milliseconds of a clock that never goes back, for durations. */
  elapsed(): number;
  /** A random number in [0, 1), for delays that must differ between processes. */
  random(): number;
}

/** The only source of time. All instants are epoch milliseconds. */
export interface Clock extends Scheduler {
  /** The desk's time, for sessions, deadlines and timers. It may be simulated (FRONTDESK_CLOCK). */
  now(): number;
  /** Wall time, for leases, retries and signatures. */
  realNow(): number;
  /** Moves the desk's time forward by `ms`. Wall time is not affected. */
  advance(ms: number): void;
  /** Calls `listener` after each `advance`. Returns the function that unsubscribes it. */
  onAdvance(listener: () => void): () => void;
}

/** The scheduler of this process. */
export const processScheduler: Scheduler = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  pause: (ms) => (ms === undefined ? nextLoop() : wait(ms)),
  elapsed: () => performance.now(),
  random: () => Math.random(),
};

/** A running clock. With `startAtMs` the desk's time starts there and advances at normal speed. */
export function openClock(options: { startAtMs?: number } = {}): Clock {
  let aheadMs = options.startAtMs === undefined ? 0 : options.startAtMs - Date.now();
  const listeners = new Set<() => void>();
  return {
    ...processScheduler,
    now: () => Date.now() + aheadMs,
    realNow: () => Date.now(),
    advance(ms) {
      aheadMs += ms;
      for (const listener of listeners) listener();
    },
    onAdvance(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
