import { setTimeout as wait } from "node:timers/promises";
import { isBusy } from "./sqlite-errors.ts";

/**
 * Runs a step until SQLite no longer refuses it because another connection holds the lock, for `timeoutMs` at most. SQLite
 * does not wait by itself where waiting could be a deadlock, such as a change of the journal mode.
 */
export async function retryWhileBusy<T>(timeoutMs: number, step: () => T): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return step();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
    }
    // A random delay, so that processes that start together do not retry together.
    await wait(10 + Math.random() * 40);
  }
}
