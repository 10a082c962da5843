import type { ClaimedTimer } from "../../db/store.ts";
import { actOnTimer } from "../desk/booking/deadlines.ts";
import { tellDeadlineFailed } from "../desk/telling/deadline-failed.ts";
import { minuteMs } from "../domain/units.ts";
import { BusyError } from "../errors.ts";
import { backOffMs } from "./back-off.ts";
import { deskOf, type JobContext } from "./job-context.ts";
import { longestNapMs, type Pass } from "./loop.ts";

/** How long a claimed timer is leased to this process, wall time. */
const leaseMs = minuteMs;
const atOnce = 50;
/** Counted attempts before a timer is dead: with the back-off, about three hours. */
const mostAttempts = 12;

/** Runs the due timers, each in its own transaction. */
export async function runTimers(parts: JobContext): Promise<Pass> {
  const { store, clock } = parts;
  const nextAtMs = await store.read.timers.nextDueAtMs(clock.realNow());
  const inMs = (nextAtMs ?? Number.POSITIVE_INFINITY) - clock.now();
  if (inMs > 0) return { busy: false, napMs: inMs };
  const timers = await store.transaction((books) =>
    books.timers.claimDue(clock.now(), clock.realNow(), leaseMs, atOnce),
  );
  for (const timer of timers) await runOne(parts, timer);
  return { busy: timers.length > 0, napMs: longestNapMs };
}

/** Its timers fail, so that they are kept: dropped, they would be missing once the row is mended (R2, R3). */
class UnreadableBooking extends Error {
  override readonly name = "UnreadableBooking";
}

async function runOne(parts: JobContext, timer: ClaimedTimer): Promise<void> {
  const { store, clock, metrics, log } = parts;
  try {
    const outcome = await store.transaction(async (books) => {
      // Locks the booking before the timer, because a change of the booking writes its timers in the same transaction.
      const booking = await books.bookings.lock(timer.practiceId, timer.bookingId);
      if (booking === undefined && (await books.bookings.isUnreadable(timer.practiceId, timer.bookingId)))
        throw new UnreadableBooking("its booking cannot be read");
      // Re-read: it may have been removed or postponed after it was claimed.
      const set = await books.timers.find(timer.key);
      if (set === undefined || set.dueAtMs > clock.now()) return "dropped";
      const done = await actOnTimer(deskOf(parts, books), set);
      await books.timers.remove(timer.key);
      return done;
    });
    metrics.timer(timer.kind, outcome);
  } catch (error) {
    metrics.timer(timer.kind, "error");
    log.error({ event: "timer.failed", kind: timer.kind, booking: timer.bookingId, attempt: timer.attempts, error });
    await reportFailure(parts, timer, error);
  }
}

/**
 * Tries a failed timer again with back-off, and in the end marks it dead: it is never deleted, because what it should have
 * done would then never happen (R3). A locked database is no fault of the timer and does not count.
 */
async function reportFailure(parts: JobContext, timer: ClaimedTimer, error: unknown): Promise<void> {
  const { store, clock, log } = parts;
  const isBusy = error instanceof BusyError;
  const why = error instanceof Error ? error.name : "unknown";
  if (isBusy || timer.attempts < mostAttempts) {
    const notBeforeMs = Math.ceil(clock.realNow() + backOffMs(timer.attempts, clock));
    await store.transaction((books) => books.timers.postpone(timer, notBeforeMs, why, !isBusy));
    return;
  }
  const killed = await store.transaction((books) => books.timers.kill(timer, why));
  if (!killed) return;
  log.error({ event: "timer.dead", kind: timer.kind, booking: timer.bookingId, attempt: timer.attempts });
  // A transaction of its own: whatever made the timer fail may make this fail too, and the timer stays dead.
  await store
    .transaction((books) => tellDeadlineFailed(deskOf(parts, books), timer))
    .catch((cause: unknown) => log.error({ event: "timer.untold", kind: timer.kind, error: cause }));
}
