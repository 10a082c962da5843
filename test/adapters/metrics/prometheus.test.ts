import { describe, expect, test } from "vitest";
import { openMetrics } from "../../../adapters/metrics/prometheus.ts";
import type { Metrics } from "../../../src/ports/metrics.ts";

async function lines(metrics: Metrics): Promise<string[]> {
  return (await metrics.text()).body.split("\n");
}

const work = { outbox: 0, dead: 0, oldestSeconds: 0, timers: 0, deadTimers: 0, overdueSeconds: 0, unreadable: {} };

describe("metrics", () => {
  test("count turns, deliveries and timers with labels from closed sets", async () => {
    const metrics = openMetrics();
    metrics.turn("page", "ok", 0.004);
    metrics.turn("page", "ok", 0.2);
    metrics.sent("mail", "again", 5);
    metrics.sent("mail", "ok", 20);
    metrics.timer("nudge-50", "done");
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        'frontdesk_turn_seconds_bucket{le="0.005",platform="page",outcome="ok"} 1',
        'frontdesk_turn_seconds_count{platform="page",outcome="ok"} 2',
        'frontdesk_sent_total{kind="mail",outcome="again"} 1',
        'frontdesk_sent_total{kind="mail",outcome="ok"} 1',
        // The delay is observed once a delivery has ended, not on each attempt.
        'frontdesk_sent_delay_seconds_count{kind="mail"} 1',
        'frontdesk_timers_total{kind="nudge-50",outcome="done"} 1',
      ]),
    );
  });

  test("never use an id or a text as a label", async () => {
    const metrics = openMetrics();
    metrics.timer("booking:bk_planted:nudge-50", "done");
    metrics.timer("planted words", "done");
    expect((await metrics.text()).body).not.toContain("planted");
    expect(await lines(metrics)).toContain('frontdesk_timers_total{kind="other",outcome="done"} 2');
  });

  test("count waiting rows on each scrape", async () => {
    const metrics = openMetrics();
    let outbox = 3;
    metrics.waiting(async () => ({
      ...work,
      outbox,
      dead: 1,
      oldestSeconds: 61,
      timers: 7,
      deadTimers: 2,
      overdueSeconds: 5,
      unreadable: { talks: 2 },
    }));
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        "frontdesk_outbox_waiting 3",
        "frontdesk_outbox_dead 1",
        "frontdesk_outbox_oldest_seconds 61",
        "frontdesk_timers_waiting 7",
        "frontdesk_timers_dead 2",
        "frontdesk_timers_overdue_seconds 5",
        'frontdesk_rows_unreadable{table="talks"} 2',
      ]),
    );
    outbox = 0;
    expect(await lines(metrics)).toContain("frontdesk_outbox_waiting 0");
  });

  test("omit the waiting gauges when they cannot be read", async () => {
    const metrics = openMetrics();
    let works = true;
    metrics.waiting(async () => (works ? { ...work, outbox: 3 } : Promise.reject(new Error("locked"))));
    await metrics.text();
    works = false;
    const { contentType, body } = await metrics.text();
    expect(contentType).toContain("text/plain");
    expect(body).not.toMatch(/^frontdesk_outbox_waiting/m);
    expect(body).toMatch(/^process_resident_memory_bytes \d/m);
  });

  test("of two desks in one process are separate", async () => {
    openMetrics().turn("page", "ok", 1);
    expect((await openMetrics().text()).body).not.toContain('platform="page"');
  });
});
