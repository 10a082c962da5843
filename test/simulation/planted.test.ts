import { expect, test } from "vitest";
import { findsBugs } from "./finds.ts";
import { plantedBugs } from "./planted.ts";
import { simulate } from "./simulate.ts";

// The first kinds: a guard, the order of a lane, a lease. The long tests look for all.
findsBugs(plantedBugs.slice(0, 3));

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
