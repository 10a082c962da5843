import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startDeskChild } from "./desk-child.ts";
import { type Figure, quantile } from "./figures.ts";

const rounds = 5;
/** By then late imports and garbage from the start are done. */
const restMs = 3_000;

/** Time to ready and memory afterwards: bundle and sources, on a new database with the demo. */
export async function measureStart(): Promise<readonly Figure[]> {
  execFileSync(process.execPath, ["esbuild.config.ts"], { cwd: join(import.meta.dirname, "..", "..") });
  const built = await starts("dist/frontdesk.mjs");
  const source = await starts("src/main.ts");
  return [
    ...figuresOf("built", built, { readyMs: 800, mib: 180 }),
    ...figuresOf("from source", source, { readyMs: 2_500 }),
    { section: "start", what: "from source ÷ built, to ready", value: source.readyMs / built.readyMs, unit: "×" },
  ];
}

interface Start {
  readonly readyMs: number;
  readonly mib: number;
}

async function starts(program: string): Promise<Start> {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  const seen: Start[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const desk = await startDeskChild({ program, database: `file:${folder}/desk.db` });
      await wait(restMs);
      const bytes = (await desk.metrics()).get("process_resident_memory_bytes") ?? Number.NaN;
      seen.push({ readyMs: desk.readyMs, mib: bytes / 2 ** 20 });
      await desk.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { readyMs: quantile(seen.map((one) => one.readyMs)), mib: quantile(seen.map((one) => one.mib)) };
}

function figuresOf(name: string, start: Start, goals: { readyMs: number; mib?: number }): readonly Figure[] {
  const { mib } = goals;
  return [
    {
      section: "start",
      what: `${name}: to ready`,
      value: start.readyMs,
      unit: "ms",
      goal: { atMost: goals.readyMs },
    },
    {
      section: "start",
      what: `${name}: memory at rest`,
      value: start.mib,
      unit: "MiB",
      ...(mib !== undefined && { goal: { atMost: mib } }),
    },
  ];
}
