import { expect, test } from "vitest";
import type { Planted } from "./planted.ts";
import { simulate } from "./simulate.ts";

/** A planted bug must be found within this many seeds. */
const mostSeeds = 500;

/** Defines a test for each bug. */
export function findsBugs(bugs: readonly Planted[]): void {
  test.each(bugs)("R8 the simulation finds it when $name", async (planted) => {
    let found = 0;
    for (let seed = 1; seed <= mostSeeds && found === 0; seed += 1)
      if ((await simulate({ seed, planted })).breaches.length > 0) found = seed;
    expect(found).toBeGreaterThan(0);
  });
}
