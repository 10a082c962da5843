import { BusyError } from "../src/errors.ts";

/** Even while others get through, nobody waits longer than this. */
const longestMs = 20_000;

/** The places in front of the connections: who finds none waits in turn. */
export interface Gate {
  /**
   * Resolves with a place. Rejects with a BusyError when nobody has got through for the time one waits at the most:
   * a crowd is waited for, a database that stands still is not.
   */
  enter(): Promise<void>;
  leave(): void;
  /** Somebody got through. */
  moved(): void;
  /** How long nobody has got through since `sinceMs`, as `performance.now()` gives it; ms. */
  stillMs(sinceMs: number): number;
}

/** Opens a gate of so many places, at which one waits `patienceMs` while nothing moves. */
export function openGate(places: number, patienceMs: number): Gate {
  const waiting = new Set<() => void>();
  let free = places;
  let movedAt = Number.NEGATIVE_INFINITY;
  const stillMs = (sinceMs: number) => performance.now() - Math.max(sinceMs, movedAt);

  return {
    enter() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const askedAt = performance.now();
      const look = () => {
        const leftMs = Math.min(patienceMs - stillMs(askedAt), longestMs - (performance.now() - askedAt));
        if (leftMs >= 1) {
          timer = setTimeout(look, leftMs);
          return;
        }
        waiting.delete(take);
        reject(new BusyError());
      };
      const take = () => {
        clearTimeout(timer);
        waiting.delete(take);
        resolve();
      };
      let timer = setTimeout(look, patienceMs);
      waiting.add(take);
      return promise;
    },
    leave() {
      const [next] = waiting;
      if (next === undefined) free += 1;
      else next();
    },
    moved() {
      movedAt = performance.now();
    },
    stillMs,
  };
}
