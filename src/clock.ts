/** The only source of time. All instants are epoch milliseconds. */
export interface Clock {
  /** Time of the books: sessions, deadlines and timers. May be set to run elsewhere than real time. */
  now(): number;
  /** Real time: leases, retries, signatures. */
  realNow(): number;
  /** Moves the books' time on at once, as if `ms` had passed. */
  advance(ms: number): void;
  /** Calls `listener` after each `advance`; gives back how to stop that. */
  onAdvance(listener: () => void): () => void;
}

/** A running clock; with `startAtMs` the books' time starts there and runs on from it. */
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
