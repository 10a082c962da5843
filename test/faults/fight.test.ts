import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { copyBooks } from "../../db/copy.ts";
import { violationsIn } from "../support/books-check.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { importYaml, look, openBooks, testFolder } from "../support/desk-files.ts";
import { type PostgresServer, startPostgres } from "../support/postgres-server.ts";
import { until } from "../support/until.ts";

const script = join(import.meta.dirname, "fighter.ts");
const nowMs = Date.parse("2026-03-02T08:00:00Z");
const fightMs = 30_000;
/** On a slow machine the load runs on until it has produced this much. */
const enough = { kills: 6, acknowledged: 101 };

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({ durable: true });
});
afterAll(() => server?.remove());

type Guard = "guarded" | "unguarded";

interface Fight {
  readonly acknowledged: ReadonlySet<string>;
  readonly kills: number;
  /** The number of times a client saw that another was promised the same time. */
  readonly shared: number;
}

/**
 * Two processes of fifty clients each compete for twenty times; one of them is killed about every second and restarted.
 */
async function fight(url: string, guard: Guard, forMs: number, least = { kills: 0, acknowledged: 0 }): Promise<Fight> {
  const acknowledged = new Set<string>();
  const children: ChildProcess[] = [];
  let kills = 0;
  let ready = 0;
  let shared = 0;
  const start = (at: number) => {
    const child = spawn(process.execPath, [script, url, String(at), String(kills * 2 + at + 1), guard], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children[at] = child;
    onTestFinished(() => void child.kill("SIGKILL"));
    let rest = "";
    child.stdout?.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "ready") ready += 1;
        if (line === "overlap") shared += 1;
        if (line.startsWith("booked ")) acknowledged.add(line.slice("booked ".length));
      }
    });
  };
  const kill = async (at: number) => {
    const child = children[at];
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await gone;
  };
  start(0);
  start(1);
  const endsAtMs = performance.now() + forMs;
  await until("both processes book", () => ready >= 2, { withinMs: 30_000 });
  const isOver = () => performance.now() >= endsAtMs && kills >= least.kills && acknowledged.size >= least.acknowledged;
  while (!isOver()) {
    const before = acknowledged.size;
    const readyBefore = ready;
    // Killed in the middle of its work, after more times were acknowledged.
    await until("more are booked", () => acknowledged.size >= before + 5 || isOver(), {
      withinMs: 30_000,
    });
    const at = kills % 2;
    await kill(at);
    kills += 1;
    start(at);
    await until("the restarted process books", () => ready > readyBefore, { withinMs: 30_000 });
  }
  await kill(0);
  await kill(1);
  return { acknowledged, kills, shared };
}

async function openFight(url: string): Promise<void> {
  const store = await openBooks(url);
  await importYaml(store, crowdedPractice({ clients: 100, practitioners: 1 }), nowMs);
  await store.close();
}

/** The books as a file for inspection, whatever database they are in. */
async function asFile(url: string, folder: string): Promise<string> {
  if (url.startsWith("file:")) return url.slice("file:".length);
  const copy = join(folder, "copy.db");
  await copyBooks(url, `file:${copy}`);
  return copy;
}

async function dropGuards(url: string): Promise<void> {
  if (url.startsWith("postgres")) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("alter table claims drop constraint if exists claims_no_overlap");
    const { rows } = await client.query<{ name: string }>(
      "select conname as name from pg_constraint where conrelid = 'claims'::regclass and contype = 'x'",
    );
    for (const { name } of rows) await client.query(`alter table claims drop constraint "${name}"`);
    await client.end();
    return;
  }
  const connection = new Sqlite(url.slice("file:".length));
  const triggers = connection.prepare("select name from sqlite_master where type = 'trigger'").pluck().all();
  for (const name of triggers) connection.exec(`drop trigger "${String(name)}"`);
  connection.close();
}

async function newPlace(database: "SQLite" | "PostgreSQL", name: string): Promise<{ url: string; folder: string }> {
  const folder = testFolder();
  if (database === "SQLite") return { url: `file:${join(folder, "desk.db")}`, folder };
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return { url: url.href, folder };
}

test.each(["SQLite", "PostgreSQL"] as const)(
  "two processes of fifty clients compete for twenty times on %s, killed for half a minute: no time is booked twice, and nothing acknowledged is lost",
  async (database) => {
    const { url, folder } = await newPlace(database, "fight_guarded");
    await openFight(url);
    const { acknowledged, kills, shared } = await fight(url, "guarded", fightMs, enough);
    expect(shared).toBe(0);
    const file = await asFile(url, folder);
    look(file, (books) => {
      expect(violationsIn(books)).toEqual([]);
      const known = new Set(
        books.prepare("select id from bookings where status in ('requested', 'withdrawn')").pluck().all(),
      );
      expect([...acknowledged].filter((id) => !known.has(id))).toEqual([]);
    });
    expect(kills).toBeGreaterThanOrEqual(enough.kills);
    expect(acknowledged.size).toBeGreaterThanOrEqual(enough.acknowledged);
    process.stdout.write(`${database}: ${acknowledged.size} acknowledged, ${kills} kills, 0 overlaps\n`);
  },
);

test.each(["SQLite", "PostgreSQL"] as const)(
  "the control on %s: without the guards the same load books times twice",
  async (database) => {
    const { url } = await newPlace(database, "fight_unguarded");
    await openFight(url);
    await dropGuards(url);
    const { acknowledged, shared } = await fight(url, "unguarded", 10_000);
    expect(shared).toBeGreaterThan(0);
    process.stdout.write(`${database}, unguarded: ${acknowledged.size} acknowledged, ${shared} overlaps seen\n`);
  },
);
