import { describe, expect, test } from "vitest";
import { corpus, everyState, leaksAt, surprisesAt } from "./nothing-unasked.ts";

/** Each state gets every twelfth message, from another one on: together they hear all of them many times. */
const states = everyState();

describe("whatever is typed to whatever card", () => {
  test.each(states)("W4: to $flow in $state decides nothing and reaches nobody unseen", async (kept) => {
    const from = states.indexOf(kept) % 12;
    const messages = corpus.filter((_said, at) => at % 12 === from);
    expect(await surprisesAt(kept, messages)).toEqual([]);
  });
});

describe("whatever a practitioner types about one client", () => {
  test.each(states.filter(({ role }) => role === "practitioner"))(
    "W4: to $flow in $state reaches no other client, not even after a yes",
    async (kept) => {
      expect(await leaksAt(kept)).toEqual([]);
    },
  );
});
