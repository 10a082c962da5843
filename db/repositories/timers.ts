import { and, asc, count, eq, gt, inArray, lte, min, sql } from "drizzle-orm";
import { type Db, encodedColumns, prepared, preparedFor } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A deadline on the books' clock; one per key, such as `booking:<id>:<kind>`. */
export interface Timer {
  readonly key: string;
  readonly practiceId: string;
  readonly kind: string;
  /** The id of a client's package for timers about packages. */
  readonly bookingId: string;
  /** On the books' clock. */
  readonly dueAtMs: number;
}

/** A leased timer, with the number of times it was claimed. */
export interface ClaimedTimer extends Timer {
  readonly attempts: number;
}

/** Deadlines, nudges and reminders. Due times follow the books' clock, leases follow real time. */
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

      /** The earliest due time on the books' clock; timers leased at `realNowMs` are left out. */
      async nextDueAtMs(realNowMs?: number): Promise<number | undefined> {
        const freeAtMs = realNowMs ?? Number.MAX_SAFE_INTEGER;
        return one(await earliest({ freeAtMs }))?.dueAtMs ?? undefined;
      },

      async count(): Promise<number> {
        return one(await db.select({ count: count() }).from(timers))?.count ?? 0;
      },
    },
    writes: {
      /** Adds the timer or replaces the one with its key, ending that one's lease. */
      async set(next: Timer): Promise<void> {
        await put({ ...next, leasedUntilMs: 0, attempts: 0 });
      },

      /** Ends the leases that an earlier process left; call it only while no process runs timers. */
      async releaseLeases(): Promise<void> {
        await db.update(timers).set({ leasedUntilMs: 0 }).where(gt(timers.leasedUntilMs, 0));
      },

      async remove(key: string): Promise<void> {
        await removeOne({ key });
      },

      /** All timers of a booking, or those of the given kinds. */
      async removeForBooking(bookingId: string, kinds?: readonly string[]): Promise<void> {
        await (kinds === undefined ? removeAll : removeKinds(kinds))({ bookingId });
      },

      /** Leases due timers, earliest first: no other process gets them before the lease ends. */
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
