/** Operational metrics. Labels are closed sets and never contain a person, a practice or free text. */
export interface Metrics {
  turn(platform: string, outcome: "ok" | "duplicate" | "stale" | "refused" | "error", seconds: number): void;
  sent(
    kind: "card" | "tab" | "hint" | "mail" | "payment" | "errand",
    outcome: "ok" | "again" | "dead",
    secondsSinceQueued: number,
  ): void;
  timer(kind: string, outcome: "done" | "dropped" | "error"): void;
  /** Registers the callback that counts waiting rows. It runs on each scrape. */
  waiting(read: () => Promise<{ outbox: number; dead: number; timers: number }>): void;
  /** The metrics in Prometheus text format. */
  text(): Promise<{ contentType: string; body: string }>;
}
