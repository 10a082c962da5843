import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { openMetrics } from "../../adapters/metrics/prometheus.ts";
import { openClock } from "../../src/clock.ts";
import type { QueuedCard } from "../../src/conversation/outgoing.ts";
import { startRunner } from "../../src/jobs/runner.ts";
import { openLog } from "../../src/log.ts";
import { type Address, laneOf, type Messenger, type Platform } from "../../src/ports/messenger.ts";
import { openBooks } from "../support/desk-files.ts";
import { startPostgres } from "../support/postgres-server.ts";
import type { Figure } from "./figures.ts";

const rows = 20_000;
const lanes = 2_000;

/** A backlog of cards sent through a messenger that accepts everything at once. */
export async function measureOutbox(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  const server = await startPostgres({ durable: true });
  try {
    const sqlite = await drain(`file:${folder}/desk.db`);
    const bare = bareCommits(`${folder}/bare.db`);
    const postgres = await drain(server.url);
    return [
      { section: "outbox", what: "SQLite: rows sent and recorded", value: sqlite, unit: "/s" },
      { section: "outbox", what: "SQLite: bare commits of one row, the floor", value: bare, unit: "/s" },
      { section: "outbox", what: "SQLite: floor ÷ rows", value: bare / sqlite, unit: "×" },
      { section: "outbox", what: "PostgreSQL: rows sent and recorded", value: postgres, unit: "/s" },
    ];
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rows per second, from the first claim to the last report. */
async function drain(url: string): Promise<number> {
  const store = await openBooks(url);
  const clock = openClock();
  for (let done = 0; done < rows; done += 1_000) {
    await store.transaction(async (books) => {
      for (let n = done; n < done + 1_000; n += 1) await books.outbox.add(cardRow(n, clock.realNow()));
    });
  }
  let sent = 0;
  const messenger: Messenger = {
    platform: "page",
    asksSensitiveInline: true,
    send: async ({ outboxId }) => {
      sent += 1;
      return { ok: true, messageId: outboxId };
    },
  };
  const parts = {
    store,
    clock,
    log: openLog({ level: "silent" }),
    metrics: openMetrics(),
    messengers: new Map<Platform, Messenger>([["page", messenger]]),
    mailer: { send: async () => ({ ok: true }) as const },
    deliver: async () => ({}),
    publicUrl: "http://localhost:3000",
    drawTab: async () => undefined,
  };
  const began = performance.now();
  const runner = startRunner(parts);
  runner.nudge();
  await runner.idle();
  const seconds = (performance.now() - began) / 1000;
  await runner.stop();
  await store.close();
  if (sent !== rows) throw new Error(`${sent} of ${rows} rows were sent`);
  return rows / seconds;
}

function cardRow(n: number, queuedAtMs: number) {
  const to: Address = { platform: "page", workspace: "local", user: `c${n % lanes}` };
  const card = {
    summary: "Your session is confirmed",
    parts: [{ type: "text" as const, text: "See you on Tuesday." }],
  };
  const queued: QueuedCard = { to, talkId: `tk_${n}`, revision: 1, card, how: "post" };
  const payload = JSON.stringify(queued);
  const id = `ob_${n}`;
  const talkId = queued.talkId;
  return {
    id,
    practiceId: "crowd",
    kind: "card" as const,
    service: "page" as const,
    lane: laneOf(to),
    talkId,
    dedupeKey: id,
    payload,
    queuedAtMs,
  };
}

/** The upper bound of disk and SQLite: one row changed per commit, with the desk's durability. */
function bareCommits(file: string): number {
  const connection = new Sqlite(file);
  connection.pragma("journal_mode = WAL");
  connection.pragma("synchronous = FULL");
  connection.exec("create table t (id integer primary key, state text)");
  const insert = connection.prepare("insert into t (state) values (?)");
  const change = connection.prepare("update t set state = 'done' where id = ?");
  connection.transaction(() => {
    for (let n = 0; n < rows; n += 1) insert.run("waiting");
  })();
  const began = performance.now();
  for (let n = 1; n <= rows; n += 1) change.run(n);
  const seconds = (performance.now() - began) / 1000;
  connection.close();
  return rows / seconds;
}
