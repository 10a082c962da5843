import { AsyncLocalStorage } from "node:async_hooks";

const within = new AsyncLocalStorage<true>();
let filter: typeof console.error | undefined;

/**
 * Runs `work` and drops what it writes to console.error. The SDK prints a page for every forged token, so that an attacker
 * could flood the operator's log; it also throws these errors. Output of other code is not affected.
 */
export function withoutConsoleErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  if (console.error !== filter) {
    const print = console.error;
    filter = (...said) => {
      if (within.getStore() === undefined) print(...said);
    };
    console.error = filter;
  }
  return within.run(true, work);
}
