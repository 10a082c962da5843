import { describe, expect, test } from "vitest";
import { dayPhrases } from "../language/phrases/days.ts";
import { hourPhrases } from "../language/phrases/hours.ts";
import { corpus, everyState, type Said, surprisesAt } from "./nothing-unasked.ts";

const phrases: readonly Said[] = [...dayPhrases, ...hourPhrases]
  .flatMap(({ phrases: table }) => table)
  .map(([text]) => ({ text, isNoAnswer: false }));

describe("whatever is typed to whatever card", () => {
  test.each(everyState())(
    "W4: all of it to $flow in $state decides nothing and reaches nobody unseen",
    async (kept) => {
      expect(await surprisesAt(kept, [...corpus, ...phrases])).toEqual([]);
    },
  );
});
