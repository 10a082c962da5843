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
  /** Gives the place back. Whoever does so without having `moved` gave up. */
  leave(): void;
  /** Somebody got through, and leaves next. */
  moved(): void;
  /**
   * How long nobody has got through since `sinceMs`, as `performance.now()` gives it; ms. Once somebody gave up, others
   * who get through are no comfort: they may want something else than what is waited for.
   */
  stillMs(sinceMs: number): number;
}

/** Opens a gate of so many places, at which one waits `patienceMs` while nothing moves. */
export function openGate(places: number, patienceMs: number): Gate {
  const waiting = new Set<Waiting>();
  let free = places;
  let movedAt = Number.NEGATIVE_INFINITY;
  let gaveUpAt = Number.NEGATIVE_INFINITY;
  /** Who got through and has not left yet. */
  let through = 0;
  const stillMs = (sinceMs: number) => performance.now() - (gaveUpAt > sinceMs ? sinceMs : Math.max(sinceMs, movedAt));

  return {
    enter() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const askedAt = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const own: Waiting = {
        look() {
          clearTimeout(timer);
          const leftMs = Math.min(patienceMs - stillMs(askedAt), longestMs - (performance.now() - askedAt));
          if (leftMs >= 1) {
            timer = setTimeout(own.look, leftMs);
            return;
          }
          waiting.delete(own);
          reject(new BusyError());
        },
        take() {
          clearTimeout(timer);
          waiting.delete(own);
          resolve();
        },
      };
      waiting.add(own);
      own.look();
      return promise;
    },
    leave() {
      if (through > 0) through -= 1;
      else {
        gaveUpAt = performance.now();
        for (const each of waiting) each.look();
      }
      const [next] = waiting;
      if (next === undefined) free += 1;
      else next.take();
    },
    moved() {
      movedAt = performance.now();
      through += 1;
    },
    stillMs,
  };
}

/** Somebody who waits for a place. */
interface Waiting {
  /** Goes on waiting, or is told that it has been long enough. */
  look(): void;
  take(): void;
}
