import { AsyncLocalStorage } from "node:async_hooks";
import { DeskError } from "../src/errors.ts";

/** The body of one transaction, from begin to end. */
export interface TransactionScope {
  over: boolean;
}

/** Tracks the transaction body a call is made from. */
export interface ScopeTracker {
  run<T>(scope: TransactionScope, body: () => Promise<T>): Promise<T>;
  /** Throws `nested-transaction` inside a body: a transaction begun there would wait for its own end. */
  assertOutside(): void;
  /** Throws `outside-transaction` unless called from this body: the statement would join another transaction. */
  assertInside(scope: TransactionScope | undefined): void;
}

/** Tracks the transactions of one database. */
export function trackScopes(): ScopeTracker {
  const current = new AsyncLocalStorage<TransactionScope>();
  return {
    run: (scope, body) => current.run(scope, body),
    assertOutside() {
      if (current.getStore()?.over !== false) return;
      const message =
        "A transaction was begun inside another transaction's body. Pass that transaction's books on instead.";
      throw new DeskError("nested-transaction", message);
    },
    assertInside(scope) {
      if (scope !== undefined && current.getStore() === scope) return;
      throw new DeskError("outside-transaction", "A statement was run outside the body of its transaction.");
    },
  };
}
