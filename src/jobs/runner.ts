import { actOnTimer } from "../desk/booking/deadlines.ts";
import { hourMs, minuteMs } from "../domain/units.ts";
import { dispatch } from "./dispatch.ts";
import { deskOf, type JobContext } from "./job-context.ts";
import { sweep } from "./sweep.ts";

/** How long a claimed row or timer is leased to this process, wall time. Must exceed the longest send. */
const leaseMs = minuteMs;
/** Concurrent sends. */
const mostInHand = 32;
/** Poll interval when nothing is known to be due. Another process may have queued something without a notification. */
const longestNapMs = 15_000;
const sweepEveryMs = hourMs;
const mostTimerAttempts = 20;

export interface Runner {
  /** Signals that something may be due. */
  nudge(): void;
  /** Resolves when nothing is due and no send is running. */
  idle(): Promise<void>;
  /** Stops claiming work and waits for running sends. */
  stop(): Promise<void>;
}

/** Processes what is due: timers by the desk's clock, the outbox by wall time. */
export function startRunner(parts: JobContext): Runner {
  const inHand = new Set<Promise<void>>();
  let cancelNap = (): void => undefined;
  let passing: Promise<void> | undefined;
  let nudged = false;
  let stopped = false;
  let freed = !parts.store.singleProcess;
  let sweepAtMs = parts.clock.realNow() + sweepEveryMs;

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
    try {
      if (!freed) await releaseInHand(parts);
      freed = true;
      let napMs = longestNapMs;
      while (nudged && !stopped) {
        nudged = false;
        const due = await nextDue(parts);
        if (due.timerInMs <= 0 && (await runTimers(parts))) nudged = true;
        // At the limit, only the end of a send can free a slot, and that nudges.
        const hasRoom = inHand.size < mostInHand;
        if (due.rowInMs <= 0 && hasRoom && !stopped && (await startSends())) nudged = true;
        napMs = Math.max(5, Math.min(longestNapMs, due.timerInMs, hasRoom ? due.rowInMs : longestNapMs));
      }
      if (!stopped && parts.clock.realNow() >= sweepAtMs) {
        sweepAtMs = parts.clock.realNow() + sweepEveryMs;
        await sweep(parts);
      }
      if (!stopped) cancelNap = parts.clock.after(napMs, nudge);
    } catch (error) {
      parts.log.error({ event: "runner.failed", error });
      if (!stopped) cancelNap = parts.clock.after(1000, nudge);
    }
  }

  async function startSends(): Promise<boolean> {
    const nowMs = parts.clock.realNow();
    const room = mostInHand - inHand.size;
    const rows = await parts.store.transaction((books) => books.outbox.claimDue(nowMs, leaseMs, room));
    for (const row of rows) {
      const sending = dispatch(parts, row).finally(() => {
        inHand.delete(sending);
        nudge();
      });
      inHand.add(sending);
    }
    return rows.length > 0;
  }

  const unhear = parts.clock.onAdvance(nudge);
  return {
    nudge,
    idle: async () => {
      nudge();
      while (passing !== undefined || inHand.size > 0) await Promise.allSettled([passing, ...inHand]);
    },
    stop: async () => {
      stopped = true;
      unhear();
      // A pass that was running when `stopped` was set may have claimed more rows.
      while (passing !== undefined || inHand.size > 0) await Promise.allSettled([passing, ...inHand]);
      cancelNap();
    },
  };
}

/** Releases all leases at start: in a single-process setup the process that held them is dead. */
function releaseInHand({ store }: JobContext): Promise<void> {
  return store.transaction(async (books) => {
    await books.outbox.releaseLeases();
    await books.timers.releaseLeases();
  });
}

/** Time in ms until the next timer and the next row are due, each by its own clock; infinite when none waits. */
async function nextDue({
  store,
  clock,
}: JobContext): Promise<{ readonly timerInMs: number; readonly rowInMs: number }> {
  const [timerAtMs = Number.POSITIVE_INFINITY, rowAtMs = Number.POSITIVE_INFINITY] = await Promise.all([
    store.read.timers.nextDueAtMs(clock.realNow()),
    store.read.outbox.nextDueAtMs(),
  ]);
  return { timerInMs: timerAtMs - clock.now(), rowInMs: rowAtMs - clock.realNow() };
}

/** Runs the due timers, each in its own transaction. Returns whether there were any. */
async function runTimers(parts: JobContext): Promise<boolean> {
  const { store, clock } = parts;
  const nowMs = clock.now();
  const timers = await store.transaction((books) => books.timers.claimDue(nowMs, clock.realNow(), leaseMs, 50));
  for (const timer of timers) {
    try {
      const outcome = await store.transaction(async (books) => {
        // Locks the booking before the timer, because a change of the booking writes its timers in the same transaction.
        await books.bookings.lock(timer.practiceId, timer.bookingId);
        // Re-read: it may have been removed or postponed after it was claimed.
        const set = await books.timers.find(timer.key);
        if (set === undefined || set.dueAtMs > clock.now()) return "dropped";
        const done = await actOnTimer(deskOf(parts, books), set);
        await books.timers.remove(timer.key);
        return done;
      });
      parts.metrics.timer(timer.kind, outcome);
    } catch (error) {
      parts.metrics.timer(timer.kind, "error");
      parts.log.error({
        event: "timer.failed",
        kind: timer.kind,
        booking: timer.bookingId,
        attempt: timer.attempts,
        error,
      });
      // Stops a timer that always fails from being retried for ever.
      if (timer.attempts >= mostTimerAttempts) await store.transaction((books) => books.timers.remove(timer.key));
    }
  }
  return timers.length > 0;
}
