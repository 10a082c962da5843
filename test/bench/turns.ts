import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../support/postgres-server.ts";
import { until } from "../support/until.ts";
import { type DeskChild, startDeskChild } from "./desk-child.ts";
import { type Figure, quantile } from "./figures.ts";
import { openCrowd } from "./page-load.ts";

const clock = "2026-03-02T08:00:00Z";

interface Scene {
  readonly name: string;
  readonly database: string;
  readonly desks: number;
  readonly clients: number;
  readonly bookings: number;
  readonly perSecond: number;
  /** The goal for the 99th percentile of turns, ms. */
  readonly slowestMs: number;
}

const program = "dist/frontdesk.mjs";

/**
 * HTTP turns at desks in separate processes, run as in production: on SQLite, on SQLite with a full database, two desks
 * on PostgreSQL.
 */
export async function measureTurns(): Promise<readonly Figure[]> {
  execFileSync(process.execPath, ["esbuild.config.ts"], { cwd: join(import.meta.dirname, "..", "..") });
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  const server = await startPostgres({ durable: true });
  const sqlite = { desks: 1, perSecond: 500, slowestMs: 50 };
  try {
    return [
      ...(await play({
        ...sqlite,
        name: "SQLite",
        database: `file:${folder}/small.db`,
        clients: 1_200,
        bookings: 0,
      })),
      ...(await play({
        ...sqlite,
        name: "SQLite, 10,000 clients, 100,000 bookings",
        database: `file:${folder}/full.db`,
        clients: 10_000,
        bookings: 100_000,
      })),
      ...(await play({
        name: "PostgreSQL, two desks",
        database: server.url,
        desks: 2,
        clients: 1_200,
        bookings: 0,
        perSecond: 300,
        slowestMs: 100,
      })),
    ];
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(scene: Scene): Promise<readonly Figure[]> {
  fill(scene);
  const { database } = scene;
  const desks = await Promise.all(
    Array.from({ length: scene.desks }, () => startDeskChild({ program, database, clock })),
  );
  const users = Array.from({ length: scene.clients }, (_, at) => `c${at + 1}`);
  const crowd = openCrowd(
    desks.map(({ address }) => address),
    users,
  );
  await crowd.flatOut(8, 3); // warm-up
  await settled(desks);

  const before = await totals(desks);
  const even = await crowd.atRate(scene.perSecond, 10);
  await settled(desks);
  const after = await totals(desks);
  const flatOut = await crowd.flatOut(32, 5);
  await settled(desks);
  const burst = await crowd.allAtOnce(1_000);
  await settled(desks);
  const { mostMiB } = await totals(desks);
  crowd.close();
  for (const desk of desks) await desk.stop();
  const failures = [even, flatOut, burst].flatMap((load) => load.failures);
  if (failures.length > 0) process.stderr.write(`${scene.name}: ${failures.slice(0, 3).join("; ")}\n`);

  const figure = (what: string, value: number, unit: string, goal?: Figure["goal"]): Figure => ({
    section: "turns",
    what: `${scene.name}: ${what}`,
    value,
    unit,
    ...(goal && { goal }),
  });
  const cpuMs = ((after.cpuSeconds - before.cpuSeconds) * 1000) / even.ms.length;
  const soon = (after.sentSoon - before.sentSoon) / (after.sent - before.sent);
  return [
    figure(`at ${scene.perSecond}/s, answered`, even.ms.length / even.seconds, "/s", {
      atLeast: scene.perSecond * 0.99,
    }),
    figure("p50", quantile(even.ms), "ms", scene.desks === 1 ? { atMost: 5 } : undefined),
    figure("p99", quantile(even.ms, 0.99), "ms", { atMost: scene.slowestMs }),
    ...(even.firstSlotsMs.length === 0
      ? []
      : [figure("typed words to first times, p99", quantile(even.firstSlotsMs, 0.99), "ms", { atMost: 100 })]),
    figure("CPU a turn, with all it sends", cpuMs, "ms", scene.desks === 1 ? { atMost: 1 } : undefined),
    figure("turns that were bookings", (even.bookings.count / even.ms.length) * 100, "%"),
    figure("cards sent within 50 ms of being queued", soon * 100, "%", { atLeast: 99 }),
    figure("32 at once, flat out", flatOut.ms.length / flatOut.seconds, "/s"),
    figure("1,000 new connections at once, p99", quantile(burst.ms, 0.99), "ms", { atMost: 3_000 }),
    figure("not answered, of all", failures.length, "turns", { atMost: 0 }),
    figure("memory of a desk afterwards", mostMiB, "MiB", { atMost: 400 }),
  ];
}

/** In a separate process, so that the memory used for filling does not affect the load. */
function fill({ database, clients, bookings }: Scene): void {
  const filling = join(import.meta.dirname, "fill-books.ts");
  execFileSync(process.execPath, [filling, database, String(clients), String(bookings), clock], { stdio: "inherit" });
}

/** Resolves when the outbox is empty. */
async function settled(desks: readonly DeskChild[]): Promise<void> {
  const isQuiet = async () => (await desks[0]?.metrics())?.get("frontdesk_outbox_waiting") === 0;
  await until("the outbox is empty", isQuiet, { withinMs: 120_000, everyMs: 200 });
}

async function totals(desks: readonly DeskChild[]) {
  const all = await Promise.all(desks.map((desk) => desk.metrics()));
  const sum = (name: string) => all.reduce((total, metrics) => total + (metrics.get(name) ?? 0), 0);
  return {
    cpuSeconds: sum("process_cpu_seconds_total"),
    sent: sum('frontdesk_sent_delay_seconds_count{kind="card"}'),
    sentSoon: sum('frontdesk_sent_delay_seconds_bucket{le="0.05",kind="card"}'),
    mostMiB: Math.max(...all.map((metrics) => metrics.get("process_resident_memory_bytes") ?? 0)) / 2 ** 20,
  };
}
