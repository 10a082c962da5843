import { AsyncLocalStorage } from "node:async_hooks";
import { DeskError } from "../src/errors.ts";

/** One transaction's body, from its begin to its end. */
export interface Turn {
  over: boolean;
}

/** Knows from inside which body a call was made. */
export interface Turns {
  run<T>(turn: Turn, body: () => Promise<T>): Promise<T>;
  /** Throws `nested-transaction` inside a body: a transaction begun there would wait for its own end. */
  assertOutside(): void;
  /** Throws `outside-transaction` unless called from this body: the statement would land in someone else's transaction. */
  assertInside(turn: Turn | undefined): void;
}

/** The bodies of one database's transactions. */
export function trackTurns(): Turns {
  const turns = new AsyncLocalStorage<Turn>();
  return {
    run: (turn, body) => turns.run(turn, body),
    assertOutside() {
      if (turns.getStore()?.over !== false) return;
      const message = "A transaction was begun inside another one's body; pass its books on instead.";
      throw new DeskError("nested-transaction", message);
    },
    assertInside(turn) {
      if (turn !== undefined && turns.getStore() === turn) return;
      throw new DeskError("outside-transaction", "The books were written to outside of a transaction's body.");
    },
  };
}
