import { actOnTimer } from "../desk/booking/deadlines.ts";
import { hourMs, minuteMs } from "../domain/units.ts";
import { dispatch } from "./dispatch.ts";
import { deskOf, type JobParts } from "./parts.ts";
import { sweep } from "./sweep.ts";

/** A row or timer in hand is nobody else's for this long, real time; longer than any send may take. */
const leaseMs = minuteMs;
/** Sends under way at once. */
const mostInHand = 32;
/** Looked again after this long even if nothing is known to be due: another process may have queued something. */
const longestNapMs = 15_000;
const sweepEveryMs = hourMs;
const mostTimerAttempts = 20;

export interface Runner {
  /** Something may be due now. */
  nudge(): void;
  /** Resolves when nothing is due and nothing is under way. */
  idle(): Promise<void>;
  /** Takes nothing new in hand and waits for what is under way. */
  stop(): Promise<void>;
}

/** Does what is due: timers by the books' clock, the outbox by real time. */
export function startRunner(parts: JobParts): Runner {
  const inHand = new Set<Promise<void>>();
  let nap: NodeJS.Timeout | undefined;
  let passing: Promise<void> | undefined;
  let nudged = false;
  let stopped = false;
  let freed = !parts.store.singleProcess;
  let sweepAtMs = parts.clock.realNow() + sweepEveryMs;

  const nudge = (): void => {
    nudged = true;
    if (stopped || passing !== undefined) return;
    clearTimeout(nap);
    passing = passes().finally(() => {
      passing = undefined;
      // Nudged between the last look and here: look again.
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
        // Without room there is nothing to wait for but a send's end, which nudges.
        const hasRoom = inHand.size < mostInHand;
        if (due.rowInMs <= 0 && hasRoom && !stopped && (await startSends())) nudged = true;
        napMs = Math.max(5, Math.min(longestNapMs, due.timerInMs, hasRoom ? due.rowInMs : longestNapMs));
      }
      if (!stopped && parts.clock.realNow() >= sweepAtMs) {
        sweepAtMs = parts.clock.realNow() + sweepEveryMs;
        await sweep(parts);
      }
      if (!stopped) nap = setTimeout(nudge, napMs);
    } catch (error) {
      parts.log.error({ event: "runner.failed", error });
      if (!stopped) nap = setTimeout(nudge, 1000);
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
      // A pass that was under way may have taken more in hand.
      while (passing !== undefined || inHand.size > 0) await Promise.allSettled([passing, ...inHand]);
      clearTimeout(nap);
    },
  };
}

/** After a kill nothing is in anyone's hands, whatever its lease says. */
function releaseInHand({ store }: JobParts): Promise<void> {
  return store.transaction(async (books) => {
    await books.outbox.releaseLeases();
    await books.timers.releaseLeases();
  });
}

/** How long until the next timer and the next row are due, ms, each by its own clock; endless where nothing waits. */
async function nextDue({ store, clock }: JobParts): Promise<{ readonly timerInMs: number; readonly rowInMs: number }> {
  const [timerAtMs = Number.POSITIVE_INFINITY, rowAtMs = Number.POSITIVE_INFINITY] = await Promise.all([
    store.read.timers.nextDueAtMs(clock.realNow()),
    store.read.outbox.nextDueAtMs(),
  ]);
  return { timerInMs: timerAtMs - clock.now(), rowInMs: rowAtMs - clock.realNow() };
}

/** Runs the timers that are due, each in a transaction of its own; true if there were any. */
async function runTimers(parts: JobParts): Promise<boolean> {
  const { store, clock } = parts;
  const nowMs = clock.now();
  const timers = await store.transaction((books) => books.timers.claimDue(nowMs, clock.realNow(), leaseMs, 50));
  for (const timer of timers) {
    try {
      const outcome = await store.transaction(async (books) => {
        // The booking first: whoever changes it, in another process, sets its timers in the same commit.
        await books.bookings.lock(timer.practiceId, timer.bookingId);
        // Read again: it may have been removed, or set to a later time, since it was taken in hand.
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
      // A timer that can never be carried out must not be tried for ever.
      if (timer.attempts >= mostTimerAttempts) await store.transaction((books) => books.timers.remove(timer.key));
    }
  }
  return timers.length > 0;
}
