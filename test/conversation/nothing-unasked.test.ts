import { describe, expect, test } from "vitest";
import { corpus, everyState, surprisesAt } from "./nothing-unasked.ts";

/** Each state gets every twelfth message, from another one on: together they hear all of them many times. */
const states = everyState();

describe("whatever is typed to whatever card", () => {
  test.each(states)("W4: to $flow in $state decides nothing and reaches nobody unseen", async (kept) => {
    const from = states.indexOf(kept) % 12;
    const messages = corpus.filter((_said, at) => at % 12 === from);
    expect(await surprisesAt(kept, messages)).toEqual([]);
  });
});
