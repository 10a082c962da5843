/** Work that waits and work that was given up, at the time of a scrape. */
export interface WaitingWork {
  readonly outbox: number;
  readonly dead: number;
  /** Age of the oldest waiting outbox row; 0 if none waits. */
  readonly oldestSeconds: number;
  readonly timers: number;
  readonly deadTimers: number;
  /** For how long the first timer is overdue; 0 if none is. */
  readonly overdueSeconds: number;
  /** Rows that could not be read, by table. */
  readonly unreadable: Readonly<Record<string, number>>;
}

/** Operational metrics. Labels are closed sets and never contain a person, a practice or free text. */
export interface Metrics {
  turn(platform: string, outcome: "ok" | "duplicate" | "stale" | "refused" | "error", seconds: number): void;
  sent(
    kind: "card" | "tab" | "hint" | "mail" | "payment" | "errand",
    outcome: "ok" | "again" | "dead",
    secondsSinceQueued: number,
  ): void;
  timer(kind: string, outcome: "done" | "dropped" | "error"): void;
  /** Registers the callback that measures waiting work. It runs on each scrape. */
  waiting(read: () => Promise<WaitingWork>): void;
  /** The metrics in Prometheus text format. */
  text(): Promise<{ contentType: string; body: string }>;
}
