import { expect, test } from "vitest";
import { openMetrics } from "../../adapters/metrics/prometheus.ts";
import { startRunner } from "../../src/jobs/runner.ts";
import { openLog } from "../../src/log.ts";
import type { Messenger } from "../../src/ports/messenger.ts";
import { frozenClock } from "../support/clock.ts";
import { anasPage, anOutboxRow } from "../support/records.ts";
import { openTestStore } from "../support/store.ts";

test("stopped while it claims rows, the runner sends them before it has stopped", async () => {
  const store = await openTestStore();
  const card = { to: anasPage, talkId: "tk_1", revision: 1, card: { summary: "Hello", parts: [] }, how: "post" };
  await store.transaction(async ({ outbox }) => {
    for (const lane of ["a", "b", "c"]) {
      await outbox.add(anOutboxRow({ id: lane, lane, talkId: `tk_${lane}`, payload: JSON.stringify(card) }));
    }
  });
  let underWay = 0;
  const sent: string[] = [];
  const messenger: Messenger = {
    platform: "page",
    asksSensitiveInline: true,
    async send({ outboxId }) {
      underWay += 1;
      for (let round = 0; round < 20; round += 1) await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      sent.push(outboxId);
      return { ok: true, messageId: outboxId };
    },
  };
  const { promise: taking, resolve: takes } = Promise.withResolvers<void>();
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const runner = startRunner({
    store: {
      ...store,
      singleProcess: false, // otherwise its first transaction releases other processes' leases
      async transaction(work) {
        takes();
        await told;
        return store.transaction(work);
      },
    },
    clock: frozenClock("2026-03-02T08:00:00Z"),
    log: openLog({ level: "silent" }),
    metrics: openMetrics(),
    messengers: new Map([["page", messenger]]),
    mailer: { send: async () => ({ ok: true }) },
    deliver: async () => ({}),
    publicUrl: "http://localhost:3000",
    drawTab: async () => undefined,
  });
  runner.nudge();
  await taking;
  const stopping = runner.stop();
  tell();
  await stopping;
  expect({ underWay, sent: sent.sort() }).toEqual({ underWay: 0, sent: ["a", "b", "c"] });
  expect(await store.read.outbox.counts()).toEqual({ waiting: 0, dead: 0 });
});
