import { type Clock, processScheduler } from "../../src/clock.ts";

/** A clock that stands still until it is set. Its wall time stands still too. */
export interface FrozenClock extends Clock {
  /** Sets the clock to an ISO instant with an offset or in UTC. */
  set(iso: string): void;
}

/** A clock frozen at an ISO instant such as `2026-03-02T08:00:00Z`. */
export function frozenClock(iso: string): FrozenClock {
  let nowMs = instant(iso);
  const listeners = new Set<() => void>();
  const moveTo = (ms: number) => {
    nowMs = ms;
    for (const listener of listeners) listener();
  };
  return {
    ...processScheduler,
    now: () => nowMs,
    realNow: () => nowMs,
    advance: (ms) => moveTo(nowMs + ms),
    set: (next) => moveTo(instant(next)),
    onAdvance(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Epoch ms of an ISO instant with an offset. */
export function instant(iso: string): number {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms) || !/(Z|[+-]\d\d:\d\d)$/.test(iso)) throw new Error(`not an instant with its offset: ${iso}`);
  return ms;
}
