/** The only source of time. All instants are epoch milliseconds. */
export interface Clock {
  /** The desk's time, for sessions, deadlines and timers. It may be simulated (FRONTDESK_CLOCK). */
  now(): number;
  /** Wall time, for leases, retries and signatures. */
  realNow(): number;
  /** Moves the desk's time forward by `ms`. Wall time is not affected. */
  advance(ms: number): void;
  /** Calls `listener` after each `advance`. Returns the function that unsubscribes it. */
  onAdvance(listener: () => void): () => void;
}

/** A running clock. With `startAtMs` the desk's time starts there and advances at normal speed. */
export function openClock(options: { startAtMs?: number } = {}): Clock {
  let aheadMs = options.startAtMs === undefined ? 0 : options.startAtMs - Date.now();
  const listeners = new Set<() => void>();
  return {
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
