import { and, asc, count, eq, gt, inArray, lte, min, sql } from "drizzle-orm";
import { type Db, encodedColumns, prepared, preparedFor } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Something to look at again at a time of the books' clock; one per key, such as `booking:<id>:<kind>`. */
export interface Timer {
  readonly key: string;
  readonly practiceId: string;
  readonly kind: string;
  /** Or a client's package, of the timers that are about one. */
  readonly bookingId: string;
  /** By the books' clock. */
  readonly dueAtMs: number;
}

/** A timer someone has in hand, for the how manieth time. */
export interface ClaimedTimer extends Timer {
  readonly attempts: number;
}

/** Deadlines, nudges, reminders. Due by the books' clock, leased by real time. */
export function timersIn(db: Db, { timers }: Schema, locks: Locks) {
  const timer = {
    key: timers.key,
    practiceId: timers.practiceId,
    kind: timers.kind,
    bookingId: timers.bookingId,
    dueAtMs: timers.dueAtMs,
  };
  const earliest = prepared(
    db
      .select({ dueAtMs: min(timers.dueAtMs) })
      .from(timers)
      .where(lte(timers.leasedUntilMs, sql.placeholder("freeAtMs"))),
  );

  const isThis = eq(timers.key, sql.placeholder("key"));
  const timerByKey = prepared(db.select(timer).from(timers).where(isThis));
  const { key: _, ...changeable } = encodedColumns(timers);
  const put = prepared(
    db.insert(timers).values(encodedColumns(timers)).onConflictDoUpdate({ target: timers.key, set: changeable }),
  );
  const removeOne = prepared(db.delete(timers).where(isThis));
  const ofBooking = eq(timers.bookingId, sql.placeholder("bookingId"));
  const removeAll = prepared(db.delete(timers).where(ofBooking));
  const removeKinds = preparedFor((kinds) => db.delete(timers).where(and(ofBooking, inArray(timers.kind, [...kinds]))));

  return defineRepository({
    reads: {
      async find(key: string): Promise<Timer | undefined> {
        return one(await timerByKey({ key }));
      },

      /** When the next timer is due, by the books' clock; those in someone's hands at `realNowMs` are left out. */
      async nextDueAtMs(realNowMs?: number): Promise<number | undefined> {
        const freeAtMs = realNowMs ?? Number.MAX_SAFE_INTEGER;
        return one(await earliest({ freeAtMs }))?.dueAtMs ?? undefined;
      },

      async count(): Promise<number> {
        return one(await db.select({ count: count() }).from(timers))?.count ?? 0;
      },
    },
    writes: {
      /** Makes the timer, or sets the one of that key anew, out of anyone's hands. */
      async set(next: Timer): Promise<void> {
        await put({ ...next, leasedUntilMs: 0, attempts: 0 });
      },

      /** Takes timers out of the hands of a process that is gone: no other may be running timers. */
      async releaseInHand(): Promise<void> {
        await db.update(timers).set({ leasedUntilMs: 0 }).where(gt(timers.leasedUntilMs, 0));
      },

      async remove(key: string): Promise<void> {
        await removeOne({ key });
      },

      /** All of a booking's timers, or those of some kinds. */
      async removeForBooking(bookingId: string, kinds?: readonly string[]): Promise<void> {
        await (kinds === undefined ? removeAll : removeKinds(kinds))({ bookingId });
      },

      /** Takes due timers in hand, the earliest first: nobody else gets them before the lease is over. */
      async claimDue(
        nowMs: number,
        realNowMs: number,
        leaseMs: number,
        limit: number,
      ): Promise<readonly ClaimedTimer[]> {
        const free = and(lte(timers.dueAtMs, nowMs), lte(timers.leasedUntilMs, realNowMs));
        const due = await locks.skipLocked(
          db.select({ key: timers.key }).from(timers).where(free).orderBy(asc(timers.dueAtMs)).limit(limit),
        );
        if (due.length === 0) return [];
        const keys = due.map(({ key }) => key);
        const claimed = await db
          .update(timers)
          .set({ leasedUntilMs: realNowMs + leaseMs, attempts: sql`${timers.attempts} + 1` })
          .where(inArray(timers.key, keys))
          .returning({ ...timer, attempts: timers.attempts });
        return claimed.sort((a, b) => a.dueAtMs - b.dueAtMs); // RETURNING promises no order
      },
    },
  });
}
