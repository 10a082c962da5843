import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import { expect, test } from "vitest";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { type Acknowledged, liveAsClient, liveAsPractitioner, seeded } from "../support/crowd-life.ts";
import { type DeskProcess, freePort, startDesk } from "../support/desk-process.ts";
import { openPagePerson } from "../support/page-person.ts";
import { until } from "../support/until.ts";
import { openBalancer } from "./balancer.ts";
import { lostIn } from "./lost.ts";
import { allSent, clientsUpTo, errorsOf, figureOf, openPremises, opensAt, report } from "./premises.ts";

/** The number of new releases while people book. */
const releases = 2;
/** The HTTP server closes open connections after this long. */
const drainMs = 10_000;
const clients = clientsUpTo(24);
const practitioners = ["p1", "p2", "p3", "p4"];

test("fault 21: two desks are replaced in turn by SIGTERM while people book: no answer is an error, each desk exits cleanly and in time, and everything acknowledged is done and sent once", async () => {
  const { url, look } = await openPremises("PostgreSQL, two desks", clients.length);
  const ports = [await freePort(), await freePort()];
  const began = performance.now();
  const open = (port: number): Promise<DeskProcess> => {
    const clock = new Date(Date.parse(opensAt) + performance.now() - began).toISOString();
    return startDesk({ url, port }, { clock });
  };
  const desks = await Promise.all(ports.map(open));
  const all = [...desks];
  let replaced = 0;
  const balancer = await openBalancer(ports, (port) => port === replaced);

  const acknowledged: Acknowledged[] = [];
  let stopped = false;
  const life = {
    random: seeded(21),
    stopped: () => stopped,
    acknowledged: (what: Acknowledged) => void acknowledged.push(what),
  };
  const people = [...clients, ...practitioners].map((user) => openPagePerson(balancer.address, user));
  const living = Promise.all(
    people.map((person) =>
      person.user.startsWith("c") ? liveAsClient(person, life) : liveAsPractitioner(person, life, () => wait(300)),
    ),
  );
  const newBookings = () => {
    const before = acknowledged.length;
    const more = until("more are booked", () => acknowledged.length > before + 5, { withinMs: 60_000 });
    return Promise.race([more, living]);
  };

  const turns: { readonly heard: number; readonly again: number }[] = [];
  const endings: { readonly code: number | null; readonly ms: number; readonly underWay: number }[] = [];
  for (let release = 1; release <= releases; release += 1) {
    for (const [at, port] of ports.entries()) {
      await newBookings();
      const underWay = balancer.underWay(port);
      const desk = desks[at];
      if (desk === undefined) throw new Error("there are two desks");
      turns.push(await turnsOf(desk));
      replaced = port;
      const askedAt = performance.now();
      const code = await desk.stop();
      endings.push({ code, ms: performance.now() - askedAt, underWay });
      await newBookings(); // at the other desk
      const next = await open(port);
      desks[at] = next;
      all.push(next);
      replaced = 0;
    }
  }
  await newBookings();
  stopped = true;
  await living;
  await allSent(desks);
  for (const desk of desks) {
    turns.push(await turnsOf(desk));
    expect(await desk.stop()).toBe(0);
  }

  report("rolling deploy", {
    stops: endings.length,
    "longest stop ms": Math.max(...endings.map(({ ms }) => ms)),
    "under way when asked to stop": endings.map(({ underWay }) => underWay).join(" "),
    "passed on": balancer.passedOn(),
    acknowledged: acknowledged.length,
  });
  expect(balancer.failures).toEqual([]);
  expect(Math.min(...turns.map(({ heard }) => heard))).toBeGreaterThan(0);
  // No desk had accepted the requests that were passed on.
  expect(turns.map(({ again }) => again)).toEqual(turns.map(() => 0));
  expect(people.filter((person) => person.resent() > 0)).toEqual([]);
  expect(endings.map(({ code }) => code)).toEqual(endings.map(() => 0));
  expect(Math.max(...endings.map(({ ms }) => ms))).toBeLessThan(drainMs);
  expect(Math.max(...endings.map(({ underWay }) => underWay))).toBeGreaterThan(0);
  expect(balancer.passedOn()).toBeGreaterThan(0);
  expect(errorsOf(all)).toEqual([]);
  const wrongs = await look((books) => [
    ...violationsIn(books),
    ...violationsAtRest(books),
    ...lostIn(books, acknowledged),
    ...sentAgainIn(books),
  ]);
  expect(wrongs).toEqual([]);
});

/** The number of inputs a desk has answered, and how many of them were redeliveries that another desk had processed. */
async function turnsOf(desk: DeskProcess): Promise<{ readonly heard: number; readonly again: number }> {
  const count = (outcome: string) =>
    figureOf(desk, `frontdesk_turn_seconds_count{platform="page",outcome="${outcome}"}`);
  const again = await count("duplicate");
  return { heard: await count("ok"), again: Number.isNaN(again) ? 0 : again };
}

/** Messages not sent at the first attempt: a stopping desk finishes the work it has claimed. */
function sentAgainIn(books: Database): string[] {
  const again = books.prepare("select dedupe_key || ' took ' || attempts || ' tries' from outbox where attempts <> 1");
  return again.pluck().all().map(String);
}
