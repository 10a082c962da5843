import { processScheduler } from "../src/clock.ts";
import { isBusy } from "./sqlite-errors.ts";

/**
 * Runs a step until SQLite no longer refuses it because another connection holds the lock, for `timeoutMs` at most. SQLite
 * does not wait by itself where waiting could be a deadlock, such as a change of the journal mode.
 */
export async function retryWhileBusy<T>(timeoutMs: number, step: () => T, scheduler = processScheduler): Promise<T> {
  const { elapsed, pause, random } = scheduler;
  const deadline = elapsed() + timeoutMs;
  for (;;) {
    try {
      return step();
    } catch (error) {
      if (!isBusy(error) || elapsed() >= deadline) throw error;
    }
    // A random delay, so that processes that start together do not retry together.
    await pause(10 + random() * 40);
  }
}
