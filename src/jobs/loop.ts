import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";

/** What one pass found. */
export interface Pass {
  /** Whether there was work, so that another pass follows at once. */
  readonly busy: boolean;
  /** When the next pass is needed without a nudge, ms. */
  readonly napMs: number;
}

/** Passes over due work: one after each nudge, and one after each nap. */
export interface Loop {
  nudge(): void;
  /** The passes under way, if any. */
  passing(): Promise<void> | undefined;
  /** Begins no further pass. A pass that is under way ends. */
  stop(): void;
}

/** Poll interval when nothing is known to be due. Another process may have queued something without a notification. */
export const longestNapMs = 15_000;
const shortestNapMs = 5;
const afterErrorMs = 1_000;

/** Opens a loop. A pass that throws is logged as `runner.failed` and repeated after a second. */
export function openLoop(parts: { readonly clock: Clock; readonly log: Log }, pass: () => Promise<Pass>): Loop {
  let cancelNap = (): void => undefined;
  let passing: Promise<void> | undefined;
  let nudged = false;
  let stopped = false;

  const nudge = (): void => {
    nudged = true;
    if (stopped || passing !== undefined) return;
    cancelNap();
    passing = passes().finally(() => {
      passing = undefined;
      // A nudge that arrived after the last check of `nudged` would otherwise be lost.
      if (nudged) nudge();
    });
  };

  async function passes(): Promise<void> {
    let napMs = longestNapMs;
    try {
      while (nudged && !stopped) {
        nudged = false;
        const found = await pass();
        if (found.busy) nudged = true;
        napMs = Math.max(shortestNapMs, Math.min(longestNapMs, found.napMs));
      }
    } catch (error) {
      parts.log.error({ event: "runner.failed", error });
      napMs = afterErrorMs;
    }
    if (!stopped) cancelNap = parts.clock.after(napMs, nudge);
  }

  return {
    nudge,
    passing: () => passing,
    stop() {
      stopped = true;
      cancelNap();
    },
  };
}
