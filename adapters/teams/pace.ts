/** Teams' per-conversation rate limits for bots ("Optimize your bot with rate limiting in Teams"). */
const allowances = [
  { ms: 1_000, most: 7 },
  { ms: 2_000, most: 8 },
  { ms: 30_000, most: 60 },
] as const;
const longestMs = 30_000;

/** Client-side rate limiter per conversation, so that Teams does not have to reject messages. */
export interface Pace {
  /** 0 when a message may be sent now, which counts it; otherwise the delay in ms. */
  take(conversationId: string, nowMs: number): number;
}

/** A rate limiter for this process. Other processes on the same database are limited by Teams' own 429 responses. */
export function openPace(): Pace {
  const sentAtMs = new Map<string, readonly number[]>();
  let sweptAtMs = 0;

  function sweep(nowMs: number): void {
    if (nowMs - sweptAtMs < longestMs) return;
    sweptAtMs = nowMs;
    for (const [id, times] of sentAtMs) if ((times.at(-1) ?? 0) <= nowMs - longestMs) sentAtMs.delete(id);
  }

  return {
    take(conversationId, nowMs) {
      sweep(nowMs);
      const recent = (sentAtMs.get(conversationId) ?? []).filter((ms) => ms > nowMs - longestMs);
      const waits = allowances.map(({ ms, most }) => {
        const oldest = recent.at(-most);
        return oldest === undefined ? 0 : oldest + ms - nowMs;
      });
      const wait = Math.max(0, ...waits);
      if (wait === 0) sentAtMs.set(conversationId, [...recent, nowMs]);
      return wait;
    },
  };
}
