/** Client-side rate limiter per key, such as a channel. */
export interface Pace {
  /** Takes a slot, or returns the delay until one is free, ms. */
  take(key: string): { readonly ok: true; done(): void } | { readonly ok: false; readonly afterMs: number };
  /** Blocks the key for this long, after the platform's own rate limit response. */
  hold(key: string, ms: number): void;
}

/**
 * Allows at most `most` calls per `perMs`. The interval starts when a call's response arrives: the platform counts arrival
 * times, and a slow request may arrive just before its response.
 */
export function openPace(options: {
  readonly most: number;
  readonly perMs: number;
  readonly realNow: () => number;
}): Pace {
  const { most, perMs, realNow } = options;
  const takenAt = new Map<string, { atMs: number }[]>();
  const heldUntil = new Map<string, number>();
  let sweptAtMs = realNow();

  function recent(key: string): { atMs: number }[] {
    const kept = (takenAt.get(key) ?? []).filter(({ atMs }) => atMs > realNow() - perMs);
    takenAt.set(key, kept);
    return kept;
  }

  function sweep(): void {
    if (realNow() - sweptAtMs < perMs) return;
    sweptAtMs = realNow();
    for (const key of [...takenAt.keys()]) if (recent(key).length === 0) takenAt.delete(key);
    for (const [key, until] of heldUntil) if (until <= realNow()) heldUntil.delete(key);
  }

  return {
    take(key) {
      sweep();
      const heldMs = (heldUntil.get(key) ?? 0) - realNow();
      if (heldMs > 0) return { ok: false, afterMs: heldMs };
      const taken = recent(key);
      if (taken.length >= most) {
        const oldestMs = Math.min(...taken.map(({ atMs }) => atMs));
        return { ok: false, afterMs: Math.max(1, oldestMs + perMs - realNow()) };
      }
      const turn = { atMs: realNow() };
      taken.push(turn);
      return {
        ok: true,
        done() {
          turn.atMs = realNow();
        },
      };
    },
    hold(key, ms) {
      heldUntil.set(key, Math.max(heldUntil.get(key) ?? 0, realNow() + ms));
    },
  };
}
