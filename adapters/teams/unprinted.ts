import { AsyncLocalStorage } from "node:async_hooks";

const within = new AsyncLocalStorage<true>();
let filter: typeof console.error | undefined;

/**
 * Runs `work` without what it would print as errors. The SDK prints a page for every forged token, so that anybody could
 * fill the operator's log; what is wrong it throws as well. Whatever others print meanwhile is printed.
 */
export function unprinted<Result>(work: () => Promise<Result>): Promise<Result> {
  if (console.error !== filter) {
    const print = console.error;
    filter = (...said) => {
      if (within.getStore() === undefined) print(...said);
    };
    console.error = filter;
  }
  return within.run(true, work);
}
