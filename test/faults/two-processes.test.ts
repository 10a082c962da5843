import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { copyBooks } from "../../db/copy.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { type Acknowledged, liveAsClient, liveAsPractitioner, seeded } from "../support/crowd-life.ts";
import { importYaml, look, openBooks, testFolder } from "../support/desk-files.ts";
import { type DeskProcess, freePort, type ServedSite, startDesk } from "../support/desk-process.ts";
import { openPagePerson } from "../support/page-person.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { until } from "../support/until.ts";
import { lostIn } from "./lost.ts";

const monday = Date.parse("2026-03-02T08:00:00Z");
/** How long the desks are killed and stopped in turn; set by FAULT_SECONDS. */
const loopMs = Number(process.env.FAULT_SECONDS ?? 40) * 1000;
const clients = Array.from({ length: 24 }, (_, at) => `c${at + 1}`);
const practitioners = Array.from({ length: 4 }, (_, at) => `p${at + 1}`);

test("faults 2 and 21: two desks on one PostgreSQL, killed and stopped in turn under load on contended slots, lose nothing acknowledged, confirm nothing twice and book no time twice", async () => {
  const server = await startPostgres({ durable: true });
  onTestFinished(server.remove);
  const store = await openBooks(server.url);
  await importYaml(store, crowdedPractice({ clients: clients.length, practitioners: practitioners.length }), monday);
  await store.close();

  const began = performance.now();
  const clock = () => new Date(monday + performance.now() - began).toISOString();
  const seed = Math.floor(began * 1000);
  const random = seeded(seed);
  const sites: ServedSite[] = [];
  for (let n = 0; n < 2; n += 1) sites.push({ url: server.url, port: await freePort() });
  const desks: (DeskProcess | undefined)[] = await Promise.all(
    sites.map((site) => startDesk(site, { clock: clock() })),
  );
  const outputs: (() => string)[] = desks.flatMap((desk) => desk?.output ?? []);
  /** Each client has a preferred desk and uses the other one while it is down. */
  const deskOf = (at: number) => () =>
    `http://127.0.0.1:${sites[desks[at % 2] === undefined ? (at + 1) % 2 : at % 2]?.port}`;

  const acknowledged: Acknowledged[] = [];
  let stopped = false;
  const life = { random, stopped: () => stopped, acknowledged: (what: Acknowledged) => void acknowledged.push(what) };
  const people = [...clients, ...practitioners].map((user, at) => openPagePerson(deskOf(at), user, () => wait(20)));
  const living = Promise.all(
    people.map((person) =>
      person.user.startsWith("c") ? liveAsClient(person, life) : liveAsPractitioner(person, life, () => wait(300)),
    ),
  );

  let kills = 0;
  let stops = 0;
  // On a slow machine the test runs until each desk was killed and stopped once.
  for (let turn = 0; turn < 4 || performance.now() - began < loopMs; turn += 1) {
    await Promise.race([wait(500 + random() * 1_500), living]);
    const desk = desks[turn % 2];
    const site = sites[turn % 2];
    if (desk === undefined || site === undefined) throw new Error("there are two desks");
    desks[turn % 2] = undefined;
    if (turn % 4 < 2) {
      await desk.kill();
      kills += 1;
    } else {
      expect(await desk.stop(), "a stopped desk exits cleanly").toBe(0);
      stops += 1;
    }
    const next = await startDesk(site, { clock: clock() });
    outputs.push(next.output);
    desks[turn % 2] = next;
  }
  stopped = true;
  await living;
  const busyMs = performance.now() - began;
  // Work claimed by a killed desk is free again when its lease expires.
  await until("the outbox is empty", async () => (await waiting(deskOf(0)())) === 0, {
    withinMs: 90_000,
    everyMs: 500,
  });
  for (const desk of desks) expect(await desk?.stop()).toBe(0);
  expect(outputs.flatMap((output) => output().split("\n")).filter((line) => line.includes('"level":"error"'))).toEqual(
    [],
  );

  const file = join(testFolder(), "copy.db");
  await copyBooks(server.url, `file:${file}`);
  look(file, (books) => {
    const resent = people.reduce((sum, person) => sum + person.resent(), 0);
    const turns = books.prepare("select count(*) from inbox").pluck().get();
    const perSecond = Math.round((Number(turns) / busyMs) * 1000);
    report({
      seed,
      kills,
      stops,
      resent,
      turns: Number(turns),
      perSecond,
      ...countsOf(books),
      acknowledged: acknowledged.length,
    });
    expect(violationsIn(books)).toEqual([]);
    expect(violationsAtRest(books)).toEqual([]);
    expect(lostIn(books, acknowledged)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(Math.min(kills, stops, resent)).toBeGreaterThan(0);
  });
});

async function waiting(address: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/^frontdesk_outbox_waiting (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
}

function countsOf(books: Database): Readonly<Record<string, number>> {
  const rows = books.prepare("select status, count(*) as count from bookings group by status").all();
  return Object.fromEntries(rows.map((row) => [(row as { status: string }).status, (row as { count: number }).count]));
}

/** Prints the figures of a run. */
function report(figures: Readonly<Record<string, number>>): void {
  const words = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  process.stdout.write(`two processes: ${words.join(", ")}\n`);
}
