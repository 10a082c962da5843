import type { Store } from "../../db/store.ts";
import type { Clock } from "../clock.ts";
import type { WaitingWork } from "../ports/metrics.ts";

/** Measures waiting work with its ages: the outbox is aged by wall time, timers by the desk's clock. */
export async function measureWaiting(
  store: Pick<Store, "waiting" | "metUnreadable">,
  clock: Pick<Clock, "now" | "realNow">,
): Promise<WaitingWork> {
  const { oldestQueuedAtMs, firstTimerAtMs, ...counts } = await store.waiting();
  return {
    ...counts,
    unreadable: countBy(store.metUnreadable().map(({ table }) => table)),
    oldestSeconds: secondsSince(oldestQueuedAtMs, clock.realNow()),
    overdueSeconds: secondsSince(firstTimerAtMs, clock.now()),
  };
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function secondsSince(atMs: number | undefined, nowMs: number): number {
  return atMs === undefined ? 0 : Math.max(0, (nowMs - atMs) / 1000);
}
