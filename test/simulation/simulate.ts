import { join } from "node:path";
import { drawRandomBytesFrom } from "../../src/ids.ts";
import { actsOf, passTime } from "./acts.ts";
import { emptyBooks, memoryFolder } from "./books-file.ts";
import { diceOf } from "./dice.ts";
import { breachesAtRest, breachesNow, type Seen } from "./invariants.ts";
import type { Planted } from "./planted.ts";
import { openWorld, type World } from "./world.ts";

export interface Simulated {
  readonly seed: number;
  /** Acts of people, services and time. */
  readonly steps: number;
  /** Days of the simulated clock. */
  readonly days: number;
  /** The broken rules; empty: everything held. */
  readonly breaches: readonly string[];
}

export interface SimulationOptions {
  readonly seed: number;
  /** Number of acts. */
  readonly steps?: number;
  readonly planted?: Planted;
  /** Called with the world at the end. */
  readonly look?: (world: World) => void;
  /** Called with each act, in a line. */
  readonly trace?: (line: string) => void;
}

const dayMs = 86_400_000;
/** The acts of a run take place in these days. */
const actingDays = 3;
/** A run ends before the desk deletes sent rows and received ids, because the rules are checked against them. */
const keptDays = 6.5;
let empty: Promise<Buffer> | undefined;

/**
 * Runs one seed: people, failing services, crashes and time around a real desk. The same seed gives the same run. Stops at
 * the first breach.
 */
export async function simulate({ seed, steps = 60, planted, trace, look }: SimulationOptions): Promise<Simulated> {
  empty ??= emptyBooks();
  const emptyBytes = await empty;
  const dice = diceOf(seed);
  const restore = drawRandomBytesFrom(dice.bytes);
  const world = await openWorld(join(memoryFolder, `frontdesk-simulation-${process.pid}`), emptyBytes, dice, planted);
  const startMs = world.time.nowMs();
  const seen: Seen = new Map();
  const nextAct = actsOf(dice.acts);
  let step = 0;
  try {
    let breaches: string[] = [];
    for (; step < steps && breaches.length === 0; step += 1) {
      const act = nextAct(world, startMs + actingDays * dayMs);
      trace?.(`${new Date(world.time.nowMs()).toISOString()} ${act.says}`);
      await act.run(world);
      await goOnFor(world, dice.acts(4) === 0 ? dice.acts(8) : 200);
      breaches = breachesNow(world, seen);
    }
    if (breaches.length === 0) breaches = await comeToRest(world, startMs, seen, trace);
    look?.(world);
    const days = (world.time.nowMs() - startMs) / dayMs;
    return { seed, steps: step, days, breaches };
  } finally {
    await world.close();
    restore();
  }
}

/** Runs what is under way, at most this many steps; time moves only where nothing else can happen. */
async function goOnFor({ time }: World, steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    if (await time.runOne()) continue;
    const nextMs = time.nextMs();
    if (nextMs > time.nowMs() + 2_000) return;
    time.moveTo(nextMs);
  }
}

/** The services answer again: everything owed arrives, and later every deadline passes. */
async function comeToRest(
  world: World,
  startMs: number,
  seen: Seen,
  trace?: (line: string) => void,
): Promise<string[]> {
  trace?.("the services answer again, three hours pass");
  await passTime(world, 3 * 3_600_000);
  const breaches = [...breachesNow(world, seen), ...breachesAtRest(world)];
  if (breaches.length > 0) return breaches;
  trace?.("the deadlines pass");
  await passTime(world, Math.max(0, startMs + keptDays * dayMs - world.time.nowMs()));
  return [...breachesNow(world, seen), ...breachesAtRest(world)];
}
