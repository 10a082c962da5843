import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Metrics } from "../../src/ports/metrics.ts";

/** Counts for Prometheus, in a registry of their own: turns, deliveries, timers, what waits, and the process itself. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Histogram({
    name: "frontdesk_turn_seconds",
    help: "From a message's arrival at a door to its answer, committed.",
    labelNames: ["platform", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers,
  });
  const sent = new Counter({
    name: "frontdesk_sent_total",
    help: "Attempts to send cards, mails and errands.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const delays = new Histogram({
    name: "frontdesk_sent_delay_seconds",
    help: "From being queued to being sent or given up.",
    labelNames: ["kind"],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 3_600, 43_200],
    registers,
  });
  const timers = new Counter({
    name: "frontdesk_timers_total",
    help: "Timers that came due.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const waiting = {
    outbox: new Gauge({ name: "frontdesk_outbox_waiting", help: "Outbox rows not sent yet.", registers }),
    dead: new Gauge({ name: "frontdesk_outbox_dead", help: "Outbox rows given up.", registers }),
    timers: new Gauge({ name: "frontdesk_timers_waiting", help: "Timers not due yet or not handled.", registers }),
  };
  let readWaiting: Parameters<Metrics["waiting"]>[0] | undefined;

  /** A gauge that cannot be read is better absent than wrong; the rest is most wanted when the database is down. */
  async function measureWaiting(): Promise<void> {
    for (const gauge of Object.values(waiting)) gauge.remove();
    const rows = await readWaiting?.().catch(() => undefined);
    if (rows === undefined) return;
    waiting.outbox.set(rows.outbox);
    waiting.dead.set(rows.dead);
    waiting.timers.set(rows.timers);
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

/** Timer kinds and platforms are short words; an id that strayed in would make a new series each time. */
function closedWord(word: string): string {
  return /^[a-z][a-z0-9-]{0,23}$/.test(word) ? word : "other";
}
