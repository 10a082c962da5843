import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { expect, test } from "vitest";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { type Acknowledged, liveAsClient, liveAsPractitioner, seeded } from "../support/crowd-life.ts";
import { fillBooks, look, testFolder } from "../support/desk-files.ts";
import { type DeskSite, freePort, startDesk } from "../support/desk-process.ts";
import { openPagePerson } from "../support/page-person.ts";
import { sentAll } from "../support/page-steps.ts";
import { lostIn } from "./lost.ts";

const monday = Date.parse("2026-03-02T08:00:00Z");
/** How long the desk is killed repeatedly; set by FAULT_SECONDS. */
const loopMs = Number(process.env.FAULT_SECONDS ?? 40) * 1000;
const clients = Array.from({ length: 24 }, (_, at) => `c${at + 1}`);
const practitioners = Array.from({ length: 4 }, (_, at) => `p${at + 1}`);

test("fault 2: killed at random moments under load on contended slots, the desk loses nothing acknowledged, confirms nothing twice and books no time twice", async () => {
  const site: DeskSite = { file: join(testFolder(), "desk.db"), port: await freePort() };
  const practice = crowdedPractice({ clients: clients.length, practitioners: practitioners.length });
  await fillBooks(site.file, [practice], monday);
  const address = `http://127.0.0.1:${site.port}`;
  const began = performance.now();
  const clock = () => new Date(monday + performance.now() - began).toISOString();
  const seed = Math.floor(began * 1000);
  const random = seeded(seed);

  const acknowledged: Acknowledged[] = [];
  let stopped = false;
  const life = { random, stopped: () => stopped, acknowledged: (what: Acknowledged) => void acknowledged.push(what) };
  let alive = Promise.withResolvers<void>();
  const awake = () => Promise.all([alive.promise, wait(5)]);
  const people = [...clients, ...practitioners].map((user) => openPagePerson(address, user, awake));
  const living = people.map((person) =>
    person.user.startsWith("c") ? liveAsClient(person, life) : liveAsPractitioner(person, life, () => wait(300)),
  );
  const failed = Promise.all(living);

  let kills = 0;
  while (performance.now() - began < loopMs) {
    const desk = await startDesk(site, { clock: clock() });
    alive.resolve();
    await Promise.race([wait(100 + random() * 1_900), failed]);
    alive = Promise.withResolvers();
    await desk.kill();
    kills += 1;
  }
  const desk = await startDesk(site, { clock: clock() });
  stopped = true;
  alive.resolve();
  await failed;
  await sentAll(address);
  expect(desk.output()).not.toMatch(/"level":"error"/);
  expect(await desk.stop()).toBe(0);

  look(site.file, (books) => {
    const resent = people.reduce((sum, person) => sum + person.resent(), 0);
    report({ seed, kills, resent, ...countsOf(books), acknowledged: acknowledged.length });
    expect(violationsIn(books)).toEqual([]);
    expect(violationsAtRest(books)).toEqual([]);
    expect(lostIn(books, acknowledged)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(resent).toBeGreaterThan(0);
  });
});

function countsOf(books: Database): Readonly<Record<string, number>> {
  const rows = books.prepare("select status, count(*) as count from bookings group by status").all();
  return Object.fromEntries(rows.map((row) => [(row as { status: string }).status, (row as { count: number }).count]));
}

/** Prints the figures of a run. */
function report(figures: Readonly<Record<string, number>>): void {
  const words = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  process.stdout.write(`kill loop: ${words.join(", ")}\n`);
}
