import { expect, test } from "vitest";
import { plantedBugs } from "./planted.ts";
import { simulate } from "./simulate.ts";

/** A planted bug must be found within this many seeds. */
const mostSeeds = 500;

test.each(plantedBugs)("R8 the simulation finds it when $name", async (planted) => {
  let found = 0;
  for (let seed = 1; seed <= mostSeeds && found === 0; seed += 1)
    if ((await simulate({ seed, planted })).breaches.length > 0) found = seed;
  expect(found).toBeGreaterThan(0);
});

test("R8 the same seed gives the same run, and another seed another", async () => {
  const runOf = async (seed: number) => {
    const lines: string[] = [];
    await simulate({ seed, trace: (line) => lines.push(line) });
    return lines;
  };
  const [first, again, other] = [await runOf(7), await runOf(7), await runOf(8)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});
