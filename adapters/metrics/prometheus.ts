import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Metrics } from "../../src/ports/metrics.ts";

/** Prometheus metrics in their own registry: turns, deliveries, timers, waiting rows and process metrics. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Histogram({
    name: "frontdesk_turn_seconds",
    help: "Time from receiving a chat event to the committed answer, in seconds.",
    labelNames: ["platform", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers,
  });
  const sent = new Counter({
    name: "frontdesk_sent_total",
    help: "Send attempts of outbox rows, by kind and outcome.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const delays = new Histogram({
    name: "frontdesk_sent_delay_seconds",
    help: "Time from queueing an outbox row to its delivery or final failure, in seconds.",
    labelNames: ["kind"],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 3_600, 43_200],
    registers,
  });
  const timers = new Counter({
    name: "frontdesk_timers_total",
    help: "Timers that fell due, by kind and outcome.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const waiting = {
    outbox: new Gauge({ name: "frontdesk_outbox_waiting", help: "Outbox rows waiting to be sent.", registers }),
    dead: new Gauge({ name: "frontdesk_outbox_dead", help: "Outbox rows that failed permanently.", registers }),
    oldest: new Gauge({
      name: "frontdesk_outbox_oldest_seconds",
      help: "Age of the oldest outbox row waiting to be sent, in seconds.",
      registers,
    }),
    timers: new Gauge({ name: "frontdesk_timers_waiting", help: "Timers that have not run yet.", registers }),
    deadTimers: new Gauge({
      name: "frontdesk_timers_dead",
      help: "Timers that failed permanently. Run “frontdesk doctor”, then “frontdesk retry”.",
      registers,
    }),
    overdue: new Gauge({
      name: "frontdesk_timers_overdue_seconds",
      help: "For how long the longest due timer is waiting, in seconds.",
      registers,
    }),
  };
  const unreadable = new Gauge({
    name: "frontdesk_rows_unreadable",
    help: "Database rows that this process could not read and leaves out, by table. Run “frontdesk doctor”.",
    labelNames: ["table"],
    registers,
  });
  let readWaiting: Parameters<Metrics["waiting"]>[0] | undefined;

  /** Omits the gauges when the database is down. The other metrics are needed most then, so the scrape must not fail. */
  async function measureWaiting(): Promise<void> {
    for (const gauge of Object.values(waiting)) gauge.remove();
    unreadable.reset();
    const rows = await readWaiting?.().catch(() => undefined);
    if (rows === undefined) return;
    waiting.outbox.set(rows.outbox);
    waiting.dead.set(rows.dead);
    waiting.oldest.set(rows.oldestSeconds);
    waiting.timers.set(rows.timers);
    waiting.deadTimers.set(rows.deadTimers);
    waiting.overdue.set(rows.overdueSeconds);
    for (const [table, count] of Object.entries(rows.unreadable)) unreadable.set({ table }, count);
  }

  return {
    turn: (platform, outcome, seconds) => turns.observe({ platform: closedWord(platform), outcome }, seconds),
    sent(kind, outcome, secondsSinceQueued) {
      sent.inc({ kind, outcome });
      if (outcome !== "again") delays.observe({ kind }, secondsSinceQueued);
    },
    timer: (kind, outcome) => timers.inc({ kind: closedWord(kind), outcome }),
    waiting(read) {
      readWaiting = read;
    },
    async text() {
      await measureWaiting();
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

/** Guards label cardinality: anything but a short word, such as an id, would create a new time series per value. */
function closedWord(word: string): string {
  return /^[a-z][a-z0-9-]{0,23}$/.test(word) ? word : "other";
}
