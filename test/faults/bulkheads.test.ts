import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { quantile } from "../bench/figures.ts";
import { openCrowd } from "../bench/page-load.ts";
import { openBooks } from "../support/desk-files.ts";
import { freePort } from "../support/desk-process.ts";
import { ways } from "../support/shared-books.ts";
import { clientsUpTo, errorsOf, openPremises, report } from "./premises.ts";

const people = clientsUpTo(50);
const mails = 200;
const perSecond = 25;
const seconds = 30;
/** The goal of R1. */
const slowestMs = 1_000;

/** A mail server that takes connections and never greets. */
async function openSilentServer(): Promise<string> {
  const port = await freePort();
  const server = createServer(() => undefined).listen(port, "127.0.0.1");
  onTestFinished(() => void server.close());
  return `smtp://127.0.0.1:${port}`;
}

test.each(ways)(
  "on %s: 200 mails to a server that never greets, while 50 people chat: answers and their cards stay below a second at p99 (R1)",
  async (way) => {
    const premises = await openPremises(way, people.length);
    const store = await openBooks(premises.url);
    await store.transaction(async ({ outbox }) => {
      for (let n = 0; n < mails; n += 1) {
        const mail = { practiceId: "crowd", bookingId: "", to: { name: "A", address: `a${n}@example.com` } };
        await outbox.add({
          id: `stuck_${n}`,
          practiceId: "crowd",
          kind: "mail",
          service: "mail",
          lane: `stuck ${n}`,
          dedupeKey: `stuck ${n}`,
          payload: JSON.stringify({ ...mail, from: { name: "C" }, subject: "s", text: "t", messageKey: `m${n}` }),
          queuedAtMs: Date.now(),
        });
      }
    });
    await store.close();
    const desks = await premises.open({ SMTP_URL: await openSilentServer(), MAIL_FROM: "desk@example.com" });
    const crowd = openCrowd(
      desks.map(({ address }) => address),
      people,
    );
    onTestFinished(crowd.close);
    await crowd.atRate(perSecond, 5); // warms the desks
    const began = Date.now();
    const load = await crowd.atRate(perSecond, seconds);
    const errors = errorsOf(desks).filter((line) => !line.includes("outbox.dead"));
    for (const desk of desks) await desk.kill();

    await premises.look((books) => {
      const delays = books
        .prepare(
          "select done_at_ms - queued_at_ms from outbox where kind = 'card' and state = 'done' and queued_at_ms > ?",
        )
        .pluck()
        .all(began)
        .map(Number);
      const stuck = Number(
        books.prepare("select count(*) from outbox where id like 'stuck%' and state = 'waiting'").pluck().get(),
      );
      report(`mail hangs on ${way}`, {
        turns: load.ms.length,
        "p50 ms": quantile(load.ms),
        "p99 ms": quantile(load.ms, 0.99),
        "cards p50 ms": quantile(delays),
        "cards p99 ms": quantile(delays, 0.99),
        "mails stuck": stuck,
      });
      expect(load.failures).toEqual([]);
      expect(errors).toEqual([]);
      expect(stuck).toBe(mails);
      expect(delays.length).toBeGreaterThan(load.ms.length / 4);
      expect(quantile(load.ms, 0.99)).toBeLessThan(slowestMs);
      expect(quantile(delays, 0.99)).toBeLessThan(slowestMs);
    });
  },
);
