import { and, asc, count, desc, eq, gt, inArray, isNull, lt, min, notInArray } from "drizzle-orm";
import { type Service, services } from "../../src/ports/services.ts";
import type { Db } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";
import type { OutboxKind } from "../tables/talks.ts";
import { outboxQueries } from "./outbox-queries.ts";

/** A row to send. All times of the outbox are real time, epoch ms. */
export interface NewOutboxRow {
  readonly id: string;
  readonly practiceId: string;
  readonly kind: OutboxKind;
  readonly service: Service;
  /** Rows of one lane are sent in order; a lane is, for example, one person's chat. Its rows have one service. */
  readonly lane: string;
  readonly talkId?: string;
  readonly bookingId?: string;
  /** A row with the key of an earlier one is not added. */
  readonly dedupeKey: string;
  readonly payload: string;
  readonly queuedAtMs: number;
  /** Earliest send time; absent: at once. */
  readonly dueAtMs?: number;
}

/** A leased row. */
export interface OutboxRow extends Omit<NewOutboxRow, "dueAtMs"> {
  /** Order of insertion. */
  readonly seq: number;
  /** Counts attempts, and is the fencing token: only the latest attempt may report on the row. */
  readonly attempt: number;
}

/** The part of a leased row that a report needs. */
export type HeldRow = Pick<OutboxRow, "seq" | "attempt" | "lane" | "service">;

/** How many rows of a service a process has room for. */
export interface ClaimLimit {
  readonly service: Service;
  readonly limit: number;
}

/** A row that was given up. */
export interface DeadRow extends OutboxRow {
  readonly lastError: string;
}

/** The columns a report sets; complete, because a prepared query sets every one of them. */
interface Report {
  readonly state: "waiting" | "done" | "dead";
  readonly attempts: number;
  readonly doneAtMs: number | null;
  readonly dueAtMs: number;
  readonly lastError: string | null;
}

/** The outbox: a queue of lanes. Rows of a lane are sent in order, one at a time, until done or dead. */
export function outboxIn(db: Db, schema: Schema, locks: Locks) {
  const { outbox, outboxLanes } = schema;
  const { row, waitsIn, ...queries } = outboxQueries(db, schema, locks);

  /**
   * Makes the lane due and locks its row, so that other writers of the lane wait for this transaction. Here and below,
   * statements without a needed answer are pipelined: the connection runs them in the order in which they are sent.
   */
  async function openLane({ lane, service }: Pick<OutboxRow, "lane" | "service">, dueAtMs: number): Promise<void> {
    await queries.putLane({ lane, service, dueAtMs });
  }

  /** Updates a row if this attempt still holds its lease, then makes the lane due for its next row or closes it. */
  async function report(row: HeldRow, set: Report): Promise<boolean> {
    const { seq, attempt, lane } = row;
    const [, reported, closed] = await Promise.all([
      // Every writer locks the lane before the row. With a single writer no lock is needed and the lane is open already.
      locks.concurrentWriters && openLane(row, 0),
      queries.setHeld({ seq, attempt, ...set }),
      queries.closeEmptyLane({ lane }),
    ]);
    if (reported.length === 0 || closed.length > 0) return reported.length > 0;
    const next = one(await queries.nextInLane({ lane }));
    // Due no earlier than now, so that lanes are served round-robin and a lane with a backlog does not starve the others.
    if (next !== undefined) await queries.moveLane({ lane, dueAtMs: Math.max(next.dueAtMs, set.doneAtMs ?? 0) });
    return true;
  }

  /** Leases the oldest row of a lane. Rows whose columns cannot be read are dead, and the next one is taken. */
  async function takeOldest(lane: string, realNowMs: number, dueAtMs: number) {
    for (;;) {
      const [oldest] = await queries.takeOldest({ lane, dueAtMs });
      if (oldest !== undefined) return oldest;
      // Empty: the lane was opened for a duplicate row, or its last row was unreadable.
      if ((await queries.closeEmptyLane({ lane })).length > 0) return undefined;
      await queries.killOldest({ lane, realNowMs });
    }
  }

  return defineRepository({
    reads: {
      /** The talk's next waiting card after `seq`: if it repaints the same message, `seq` need not be sent. */
      async findNextCard(talkId: string, seq: number): Promise<{ readonly payload: string } | undefined> {
        return one(await queries.nextCard({ talkId, seq }));
      },

      /** Whether a later row waits in the lane. */
      async findLater(lane: string, seq: number): Promise<boolean> {
        const later = and(waitsIn(lane), gt(outbox.seq, seq));
        return one(await db.select({ seq: outbox.seq }).from(outbox).where(later).limit(1)) !== undefined;
      },

      /** When the next lane of each service is due; a service is absent if no row waits for it. */
      async nextDueAtMs(): Promise<Partial<Record<Service, number>>> {
        return withoutNulls(one(await queries.earliest({})) ?? {});
      },

      /** When the oldest waiting row was queued; absent if no row waits. */
      async oldestQueuedAtMs(): Promise<number | undefined> {
        const oldest = db
          .select({ atMs: min(outbox.queuedAtMs) })
          .from(outbox)
          .where(eq(outbox.state, "waiting"));
        return one(await oldest)?.atMs ?? undefined;
      },

      async counts(): Promise<{ readonly waiting: number; readonly dead: number }> {
        const rows = await db
          .select({ state: outbox.state, count: count() })
          .from(outbox)
          .where(inArray(outbox.state, ["waiting", "dead"]))
          .groupBy(outbox.state);
        const of = (state: "waiting" | "dead") => rows.find((each) => each.state === state)?.count ?? 0;
        return { waiting: of("waiting"), dead: of("dead") };
      },

      /** Latest first. */
      async listDead(limit: number): Promise<readonly DeadRow[]> {
        const rows = await db
          .select({ ...row, lastError: outbox.lastError })
          .from(outbox)
          .where(eq(outbox.state, "dead"))
          .orderBy(desc(outbox.seq))
          .limit(limit);
        return rows.map(({ lastError, ...dead }) => ({ ...withoutNulls(dead), lastError: lastError ?? "" }));
      },
    },
    writes: {
      /** False: a row with this dedupe key exists, and nothing is added. */
      async add(next: NewOutboxRow): Promise<boolean> {
        const dueAtMs = next.dueAtMs ?? next.queuedAtMs;
        const opened = openLane(next, dueAtMs);
        const [added] = await Promise.all([queries.addNew({ ...next, dueAtMs }), opened]);
        return added.length > 0;
      },

      /**
       * Leases the oldest waiting row of each due lane, at most `limit` lanes of each service named. No other process gets
       * a row of these lanes until the row is reported on or its lease ends.
       */
      async claimDue(realNowMs: number, leaseMs: number, limits: readonly ClaimLimit[]): Promise<readonly OutboxRow[]> {
        const dueAtMs = realNowMs + leaseMs;
        const found = await Promise.all(
          limits.map(({ service, limit }) => queries.takeLanes({ service, realNowMs, dueAtMs, limit })),
        );
        const lanes = found.flat();
        const taken = await Promise.all(lanes.map(({ lane }) => takeOldest(lane, realNowMs, dueAtMs)));
        const claimed: OutboxRow[] = taken.flatMap((row) => (row === undefined ? [] : [withoutNulls(row)]));
        return claimed.sort((a, b) => a.seq - b.seq);
      },

      /** Ends the leases that an earlier process left; call it only while no process sends. */
      async releaseLeases(): Promise<void> {
        // A postponed row has `lastError`; a row that was claimed and never reported on has none.
        const leased = and(eq(outbox.state, "waiting"), gt(outbox.attempts, 0), isNull(outbox.lastError));
        const released = await db.update(outbox).set({ dueAtMs: 0 }).where(leased).returning({ lane: outbox.lane });
        for (const { lane } of released)
          await db.update(outboxLanes).set({ dueAtMs: 0 }).where(eq(outboxLanes.lane, lane));
      },

      /** Gives lanes of unknown services to the desk's own, so that their rows are not left waiting. */
      async mendLanes(): Promise<void> {
        await db
          .update(outboxLanes)
          .set({ service: "desk" })
          .where(notInArray(outboxLanes.service, [...services]));
      },

      /** Marks the row as sent. False: the lease had ended and another attempt has claimed the row. */
      async finish(row: HeldRow, atMs: number): Promise<boolean> {
        // The due time becomes the time of completion, so that the index `outbox_due` finds the oldest rows to delete.
        return report(row, {
          state: "done",
          attempts: row.attempt,
          doneAtMs: atMs,
          dueAtMs: atMs,
          lastError: null,
        });
      },

      /** Retries at `dueAtMs`; the lane waits until then. Without `counted` the attempt does not count. */
      async postpone(row: HeldRow, dueAtMs: number, error: string, counted: boolean): Promise<boolean> {
        const attempts = counted ? row.attempt : row.attempt - 1;
        return report(row, { state: "waiting", attempts, doneAtMs: null, dueAtMs, lastError: error });
      },

      /** Marks the row as dead; its lane continues with the next row. */
      async kill(row: HeldRow, error: string, atMs: number): Promise<boolean> {
        return report(row, {
          state: "dead",
          attempts: row.attempt,
          doneAtMs: atMs,
          dueAtMs: atMs,
          lastError: error,
        });
      },

      /** Requeues a dead row at its old place, due at once and with no attempts counted; false if it is not dead. */
      async replay(id: string): Promise<boolean> {
        const isDead = and(eq(outbox.id, id), eq(outbox.state, "dead"));
        const lane = one(await db.select({ lane: outbox.lane, service: outbox.service }).from(outbox).where(isDead));
        if (lane === undefined) return false;
        await openLane(lane, 0);
        const set = { state: "waiting", attempts: 0, dueAtMs: 0, doneAtMs: null } as const;
        const replayed = await db.update(outbox).set(set).where(isDead).returning({ seq: outbox.seq });
        return replayed.length > 0;
      },

      /** Deletes up to `limit` rows done before `atMs`; gives the number deleted. */
      async removeDoneBefore(atMs: number, limit: number): Promise<number> {
        const old = db
          .select({ seq: outbox.seq })
          .from(outbox)
          .where(and(eq(outbox.state, "done"), lt(outbox.dueAtMs, atMs)))
          .orderBy(asc(outbox.dueAtMs))
          .limit(limit);
        return (await db.delete(outbox).where(inArray(outbox.seq, old)).returning({ seq: outbox.seq })).length;
      },
    },
  });
}
