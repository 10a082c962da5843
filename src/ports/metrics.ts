/** What the desk counts about itself. Labels are a closed set: never a person, a practice or a text. */
export interface Metrics {
  turn(platform: string, outcome: "ok" | "duplicate" | "stale" | "refused" | "error", seconds: number): void;
  sent(
    kind: "card" | "tab" | "hint" | "mail" | "payment" | "errand",
    outcome: "ok" | "again" | "dead",
    secondsSinceQueued: number,
  ): void;
  timer(kind: string, outcome: "done" | "dropped" | "error"): void;
  /** Rows waiting now, read when metrics are asked for. */
  waiting(read: () => Promise<{ outbox: number; dead: number; timers: number }>): void;
  /** Prometheus text format. */
  text(): Promise<{ contentType: string; body: string }>;
}
