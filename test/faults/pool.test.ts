import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { type Acknowledged, liveAsClient, liveAsPractitioner, seeded } from "../support/crowd-life.ts";
import type { DeskProcess } from "../support/desk-process.ts";
import { openPagePerson } from "../support/page-person.ts";
import type { PostgresServer } from "../support/postgres-server.ts";
import { until } from "../support/until.ts";
import { lostIn } from "./lost.ts";
import { allSent, clientsUpTo, errorsOf, openPremises, report } from "./premises.ts";

/** The upper bound for any answer, good or refused. */
const politeMs = 5_000;
const living = 24;
/** The number of bookings that proves that the desks work. */
const enough = 15;
/** More than the connections of both desks' pools together. */
const knocking = 40;

interface Trouble {
  readonly what: string;
  readonly lastsMs: number;
  /** What `/readyz` answers meanwhile. */
  readonly ready: 200 | 503;
  /** Starts the disturbance; the returned function ends it. */
  readonly begin: (server: PostgresServer) => Promise<() => Promise<void>>;
}

const troubles: readonly Trouble[] = [
  {
    what: "PostgreSQL crashes, stays away for 30 s, and restarts once more as soon as it is back",
    lastsMs: 30_000,
    ready: 503,
    async begin(server) {
      await server.stop("QUIT");
      return async () => {
        await server.start();
        await server.stop("INT");
        await server.start();
      };
    },
  },
  {
    what: "a lock on all tables makes every connection of the pools wait",
    lastsMs: 10_000,
    ready: 503,
    begin: lockTables,
  },
  {
    what: "a lock on the identities alone blocks every turn, while everything else works",
    lastsMs: 10_000,
    ready: 200,
    begin: (server) => lockTables(server, ["identities"]),
  },
  {
    what: "other clients hold every connection of the server",
    lastsMs: 10_000,
    ready: 503,
    async begin(server) {
      const first = await connect(server);
      const others = [first];
      const desks = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'frontdesk'";
      let full = false;
      for (let round = 0; !full; round += 1) {
        const more = await Promise.allSettled(Array.from({ length: 40 }, () => connect(server)));
        for (const each of more) if (each.status === "fulfilled") others.push(each.value);
        const left = await first.query(desks);
        full = left.rowCount === 0 && more.some(({ status }) => status === "rejected");
        if (round > 100) throw new Error("the server accepts more and more connections");
      }
      return async () => void (await Promise.all(others.map((each) => each.end())));
    },
  },
];

test.each(troubles)(
  "fault 20: while $what, each person is politely asked in time to try again, and afterwards two desks go on without losing anything acknowledged",
  async ({ what, lastsMs, ready, begin }) => {
    const premises = await openPremises("PostgreSQL, two desks", living + knocking);
    const { server } = premises;
    if (server === undefined) throw new Error("there is a server");
    const desks = await premises.open();
    const acknowledged: Acknowledged[] = [];
    let stopped = false;
    const life = {
      random: seeded(20),
      stopped: () => stopped,
      acknowledged: (what: Acknowledged) => void acknowledged.push(what),
    };
    const people = [...clientsUpTo(living), "p1", "p2", "p3", "p4"].map((user, at) =>
      openPagePerson(desks[at % 2]?.address ?? "", user, () => wait(200)),
    );
    const lives = Promise.all(
      people.map((person) =>
        person.user.startsWith("c") ? liveAsClient(person, life) : liveAsPractitioner(person, life, () => wait(300)),
      ),
    );
    await Promise.race([until("turns succeed", () => acknowledged.length > enough, { withinMs: 60_000 }), lives]);

    const end = await begin(server);
    const during = await knock(desks, lastsMs, ready);
    const before = acknowledged.length;
    const endedAt = performance.now();
    await end();
    await until("the desks are ready", async () =>
      (await statuses(desks, "/readyz")).every((status) => status === 200),
    );
    const readyMs = performance.now() - endedAt;
    const goOn = until("turns succeed again", () => acknowledged.length > before + enough, { withinMs: 60_000 });
    await Promise.race([goOn, lives]);
    stopped = true;
    await lives;
    await allSent(desks);
    for (const desk of desks) expect(await desk.stop()).toBe(0);

    report(what, { ...during, "ready after ms": readyMs, acknowledged: acknowledged.length });
    expect(errorsOf(desks)).toEqual([]);
    const wrongs = await premises.look((books) => [
      ...violationsIn(books),
      ...violationsAtRest(books),
      ...lostIn(books, acknowledged),
    ]);
    expect(wrongs).toEqual([]);
  },
);

/** More concurrent people than connections while the disturbance lasts; each is politely asked to try again. */
async function knock(desks: readonly DeskProcess[], lastsMs: number, ready: number) {
  const from = performance.now();
  const slowest = { answer: 0, health: 0 };
  let refused = 0;
  const isOn = () => performance.now() - from < lastsMs;
  const knocks = Array.from({ length: knocking }, async (_, at) => {
    const address = desks[at % desks.length]?.address ?? "";
    while (isOn()) {
      const startedAt = performance.now();
      const answer = await fetch(`${address}/page/say`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: address },
        body: JSON.stringify({ user: `c${living + at + 1}`, id: randomUUID(), text: "book" }),
      });
      slowest.answer = Math.max(slowest.answer, performance.now() - startedAt);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
      expect(await answer.json()).toEqual({
        error: "The desk is busy. Nothing was changed. Please try again in a moment.",
      });
      refused += 1;
      await wait(100);
    }
  });
  const look = async () => {
    while (isOn()) {
      const startedAt = performance.now();
      expect(await statuses(desks, "/healthz")).toEqual(desks.map(() => 200));
      slowest.health = Math.max(slowest.health, performance.now() - startedAt);
      expect(await statuses(desks, "/readyz")).toEqual(desks.map(() => ready));
      await wait(500);
    }
  };
  await Promise.all([...knocks, look()]);
  expect(slowest.answer).toBeLessThan(politeMs);
  return { "put off": refused, "slowest ms": slowest.answer, "slowest /healthz ms": slowest.health };
}

function statuses(desks: readonly DeskProcess[], path: string): Promise<readonly number[]> {
  return Promise.all(desks.map(async ({ address }) => (await fetch(`${address}${path}`)).status));
}

/** Locks these tables, or all, exclusively. */
async function lockTables(server: PostgresServer, only?: readonly string[]): Promise<() => Promise<void>> {
  const other = await connect(server);
  const all = "select string_agg(quote_ident(tablename), ', ') as all from pg_tables where schemaname = 'public'";
  const tables = only?.join(", ") ?? (await other.query(all)).rows[0].all;
  // Turns that hold some of these tables and wait for others detect the deadlock first and roll back.
  await other.query(`SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`);
  return () => other.end();
}

async function connect({ url }: PostgresServer): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: "another client" });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}
