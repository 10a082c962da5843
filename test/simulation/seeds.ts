import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const atOnce = 10;

/** Defines the tests of these seeds, ten to a test. */
export function seedsHold(from: number, to: number): void {
  const firsts = Array.from({ length: Math.ceil((to - from + 1) / atOnce) }, (_, at) => from + at * atOnce);
  test.each(firsts)("R8 ten simulated worlds from seed %i on hold every rule", async (first) => {
    for (let seed = first; seed < Math.min(first + atOnce, to + 1); seed += 1) {
      const { breaches } = await simulate({ seed });
      expect(breaches, `npm run simulate -- --seeds 1 --from ${seed}`).toEqual([]);
    }
  });
}
