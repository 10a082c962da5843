import { and, asc, count, eq, gt, inArray, isNull, lte, min, sql } from "drizzle-orm";
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

/** The part of a claimed timer that a report needs. */
export type HeldTimer = Pick<ClaimedTimer, "key" | "attempts">;

/** A timer that was given up. */
export interface DeadTimer extends ClaimedTimer {
  readonly lastError: string;
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
  const isWaiting = eq(timers.state, "waiting");
  const earliest = prepared(
    db
      .select({ dueAtMs: min(timers.dueAtMs) })
      .from(timers)
      .where(and(isWaiting, lte(timers.leasedUntilMs, sql.placeholder("freeAtMs")))),
  );

  const isHeld = ({ key, attempts }: HeldTimer) => and(eq(timers.key, key), eq(timers.attempts, attempts), isWaiting);
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

      async counts(): Promise<{ readonly waiting: number; readonly dead: number }> {
        const rows = await db.select({ state: timers.state, count: count() }).from(timers).groupBy(timers.state);
        const of = (state: "waiting" | "dead") => rows.find((each) => each.state === state)?.count ?? 0;
        return { waiting: of("waiting"), dead: of("dead") };
      },

      /** The longest due first. */
      async listDead(limit: number): Promise<readonly DeadTimer[]> {
        const rows = await db
          .select({ ...timer, attempts: timers.attempts, lastError: timers.lastError })
          .from(timers)
          .where(eq(timers.state, "dead"))
          .orderBy(asc(timers.dueAtMs))
          .limit(limit);
        return rows.map(({ lastError, ...dead }) => ({ ...dead, lastError: lastError ?? "" }));
      },
    },
    writes: {
      /** Adds the timer or replaces the one with its key, ending that one's lease. */
      async set(next: Timer): Promise<void> {
        await put({ ...next, leasedUntilMs: 0, attempts: 0, state: "waiting", lastError: null });
      },

      /** Ends the leases that an earlier process left; call it only while no process runs timers. */
      async releaseLeases(): Promise<void> {
        // A failed timer has `lastError`, and waits for its next attempt.
        const leased = and(gt(timers.leasedUntilMs, 0), isNull(timers.lastError));
        await db.update(timers).set({ leasedUntilMs: 0 }).where(leased);
      },

      /**
       * Leaves a failed timer alone until `notBeforeMs`, real time. Without `counted` the attempt does not count. False: the
       * timer was set again, removed or claimed again since.
       */
      async postpone(held: HeldTimer, notBeforeMs: number, error: string, counted: boolean): Promise<boolean> {
        const attempts = counted ? held.attempts : held.attempts - 1;
        const set = { leasedUntilMs: notBeforeMs, attempts, lastError: error };
        return (await db.update(timers).set(set).where(isHeld(held)).returning({ key: timers.key })).length > 0;
      },

      /** Marks a failed timer as dead. False as for `postpone`. */
      async kill(held: HeldTimer, error: string): Promise<boolean> {
        const set = { state: "dead", lastError: error } as const;
        return (await db.update(timers).set(set).where(isHeld(held)).returning({ key: timers.key })).length > 0;
      },

      /** Makes a dead timer due again, with no attempts counted; false if it is not dead. */
      async replay(key: string): Promise<boolean> {
        const isDead = and(eq(timers.key, key), eq(timers.state, "dead"));
        const set = { state: "waiting", attempts: 0, leasedUntilMs: 0, lastError: null } as const;
        return (await db.update(timers).set(set).where(isDead).returning({ key: timers.key })).length > 0;
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
        const free = and(isWaiting, lte(timers.dueAtMs, nowMs), lte(timers.leasedUntilMs, realNowMs));
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
