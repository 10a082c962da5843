import type { Database } from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import type { Store } from "../../db/store.ts";
import type { QueuedCard } from "../../src/conversation/outgoing.ts";
import { type Address, laneOf } from "../../src/ports/messenger.ts";
import { quantile } from "../bench/figures.ts";
import { openCrowd } from "../bench/page-load.ts";
import { openBooks } from "../support/desk-files.ts";
import { type Way, ways } from "../support/shared-books.ts";
import { allSent, clientsUpTo, errorsOf, figureOf, openPremises, report } from "./premises.ts";

/**
 * The number of cards queued when the outage ends; set by BACKLOG_ROWS for all messengers. A row costs PostgreSQL a
 * dozen queries.
 */
const rows: Readonly<Record<Way, number>> = {
  SQLite: Number(process.env.BACKLOG_ROWS ?? 100_000),
  "PostgreSQL, two desks": Number(process.env.BACKLOG_ROWS ?? 20_000),
};
/** The people whose chats receive these cards, and those who use the desk meanwhile. */
const awaited = clientsUpTo(1_000);
const talking = clientsUpTo(1_400).slice(awaited.length);
const perSecond = 10;
/** A test timeout, not a goal: the machine may be busy. */
const slowestMs = 5_000;

test.each(ways)(
  "fault 25 on %s: after an outage the queued cards are sent in each chat's order, each once, while new turns are answered and their cards do not wait for the backlog",
  { timeout: 30 * 60_000 },
  async (way) => {
    const premises = await openPremises(way, awaited.length + talking.length);
    const store = await openBooks(premises.url);
    await queueBacklog(store, rows[way]);
    await store.close();
    const desks = await premises.open();
    const [first] = desks;
    if (first === undefined) throw new Error("there is a desk");
    const crowd = openCrowd(
      desks.map(({ address }) => address),
      talking,
    );
    onTestFinished(crowd.close);

    const began = performance.now();
    const ms: number[] = [];
    const failures: string[] = [];
    let drainedMs = 0;
    for (let left = rows[way]; left > perSecond; left = await figureOf(first, "frontdesk_outbox_waiting")) {
      const load = await crowd.atRate(perSecond, 5);
      ms.push(...load.ms);
      failures.push(...load.failures);
      drainedMs = performance.now() - began;
    }
    await allSent(desks);
    const calm = await crowd.atRate(perSecond, 5);
    await allSent(desks);
    for (const desk of desks) expect(await desk.stop()).toBe(0);

    await premises.look((books) => {
      const delays = delaysOfFresh(books, Date.now() - (performance.now() - began), drainedMs);
      report(`backlog on ${way}`, {
        rows: rows[way],
        "drained in s": drainedMs / 1000,
        "rows/s": (rows[way] / drainedMs) * 1000,
        turns: ms.length,
        "turns p50 ms": quantile(ms),
        "p99 ms": quantile(ms, 0.99),
        "afterwards p50 ms": quantile(calm.ms),
        "afterwards p99 ms": quantile(calm.ms, 0.99),
        "their cards sent after p50 ms": quantile(delays),
        "cards p99 ms": quantile(delays, 0.99),
      });
      expect(failures).toEqual([]);
      expect(errorsOf(desks)).toEqual([]);
      expect(backlogErrors(books, rows[way])).toEqual([]);
      expect(quantile(ms, 0.99)).toBeLessThan(slowestMs);
      expect(quantile(delays)).toBeLessThan(drainedMs / 4);
    });
  },
);

/** Fills the outbox as an outage would: the same number of cards for each waiting person. */
async function queueBacklog(store: Store, count: number): Promise<void> {
  const batch = 1_000;
  for (let done = 0; done < count; done += batch) {
    await store.transaction(async ({ outbox }) => {
      for (let n = done; n < done + batch; n += 1) await outbox.add(backlogRow(n));
    });
  }
}

function backlogRow(n: number) {
  const to: Address = { platform: "page", workspace: "local", user: awaited[n % awaited.length] ?? "" };
  const id = `late_${String(n).padStart(6, "0")}`;
  const card = { summary: "See you on Tuesday", parts: [{ type: "text" as const, text: "See you on Tuesday." }] };
  const queued: QueuedCard = { to, talkId: id, revision: 1, card, how: "post" };
  return {
    id,
    practiceId: "crowd",
    kind: "card" as const,
    service: "page" as const,
    lane: laneOf(to),
    talkId: id,
    dedupeKey: id,
    payload: JSON.stringify(queued),
    queuedAtMs: Date.now() - 3_600_000,
  };
}

/** The milliseconds from queued to sent, for cards of people who used the desk while the backlog drained. */
function delaysOfFresh(books: Database, beganAtMs: number, drainedMs: number): readonly number[] {
  const sent = books.prepare(
    "select done_at_ms - queued_at_ms from outbox where id not like 'late%' and kind = 'card' and queued_at_ms between ? and ?",
  );
  return sent
    .pluck()
    .all(beganAtMs, beganAtMs + drainedMs)
    .map(Number);
}

/** Backlog cards that were not sent, sent twice, or sent out of order. */
function backlogErrors(books: Database, count: number): string[] {
  const arrived = books
    .prepare("select user, id from page_messages where id like 'late%' order by seq")
    .raw()
    .all() as readonly [string, string][]; // the two selected columns
  const newest = new Map<string, string>();
  const early = arrived.filter(([user, id]) => {
    const isEarly = id < (newest.get(user) ?? "");
    newest.set(user, id);
    return isEarly;
  });
  const open = books.prepare("select id || ' ' || state from outbox where state <> 'done'").pluck().all();
  const missing = arrived.length === count ? [] : [`${arrived.length} of ${count} arrived`];
  return [...missing, ...early.map(([user, id]) => `${user} got ${id} out of order`), ...open.map(String)];
}
