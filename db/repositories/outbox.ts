import { and, asc, count, desc, eq, gt, inArray, isNull, lt } from "drizzle-orm";
import type { Db } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";
import type { OutboxKind } from "../tables/talks.ts";
import { outboxQueries } from "./outbox-queries.ts";

/** Something that may leave the house now. All times of the outbox are real time, epoch ms. */
export interface NewOutboxRow {
  readonly id: string;
  readonly practiceId: string;
  readonly kind: OutboxKind;
  /** What must arrive in order, such as one person's chat. */
  readonly lane: string;
  readonly talkId?: string;
  readonly bookingId?: string;
  /** The same thing said again is not sent again. */
  readonly dedupeKey: string;
  readonly payload: string;
  readonly queuedAtMs: number;
  /** Not before then; absent: at once. */
  readonly dueAtMs?: number;
}

/** A row someone has in hand. */
export interface OutboxRow extends Omit<NewOutboxRow, "dueAtMs"> {
  /** Order of arrival. */
  readonly seq: number;
  /** Fencing token: a report is taken only from whoever has the latest one. Counts what was tried so far. */
  readonly attempt: number;
}

/** A row in hand, as far as is needed to report on it. */
export type HeldRow = Pick<OutboxRow, "seq" | "attempt" | "lane">;

/** A row that was given up. */
export interface DeadRow extends OutboxRow {
  readonly lastError: string;
}

/** What a row is after a report on it; all of it, as every place of a prepared query wants its value. */
interface Report {
  readonly state: "waiting" | "done" | "dead";
  readonly attempts: number;
  readonly doneAtMs: number | null;
  readonly dueAtMs: number;
  readonly lastError: string | null;
}

/** The outbox: rows go out in their lane's order, one at a time, until done or dead. */
export function outboxIn(db: Db, schema: Schema, locks: Locks) {
  const { outbox, outboxLanes } = schema;
  const { row, waitsIn, ...queries } = outboxQueries(db, schema, locks);

  /**
   * Makes sure that the lane is looked at; whoever writes to it next waits for this transaction. Here and below, what
   * needs no answer is not waited for before the next statement goes out: a connection does one after the other.
   */
  async function openLane(lane: string, dueAtMs: number): Promise<void> {
    await queries.putLane({ lane, dueAtMs });
  }

  /** Ends a row's waiting or postpones it, if the attempt still holds it. Its lane goes on to the next one, or is closed. */
  async function report({ seq, attempt, lane }: HeldRow, set: Report): Promise<boolean> {
    const [, reported, closed] = await Promise.all([
      // Lane first, then row: the same order for every writer. Where there is only one, the lane is open as it is.
      locks.concurrentWriters && openLane(lane, 0),
      queries.setHeld({ seq, attempt, ...set }),
      queries.closeEmptyLane({ lane }),
    ]);
    if (reported.length === 0 || closed.length > 0) return reported.length > 0;
    const next = one(await queries.nextInLane({ lane }));
    // The lanes take turns, however old what waits in them: a backlog must not come before everybody's news.
    if (next !== undefined) await queries.moveLane({ lane, dueAtMs: Math.max(next.dueAtMs, set.doneAtMs ?? 0) });
    return true;
  }

  return defineRepository({
    reads: {
      /** The card of that talk that waits next after `seq`: when it repaints the same message, `seq` need not go. */
      async findNextCard(talkId: string, seq: number): Promise<{ readonly payload: string } | undefined> {
        return one(await queries.nextCard({ talkId, seq }));
      },

      /** Whether something else waits behind `seq` in its lane. */
      async findLater(lane: string, seq: number): Promise<boolean> {
        const later = and(waitsIn(lane), gt(outbox.seq, seq));
        return one(await db.select({ seq: outbox.seq }).from(outbox).where(later).limit(1)) !== undefined;
      },

      /** When there is next something to claim; absent when nothing waits. */
      async nextDueAtMs(): Promise<number | undefined> {
        return one(await queries.earliest({}))?.dueAtMs ?? undefined;
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

      /** The latest first. */
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
      /** False: something with this dedupe key was queued before, and nothing is added. */
      async add(next: NewOutboxRow): Promise<boolean> {
        const dueAtMs = next.dueAtMs ?? next.queuedAtMs;
        const opened = openLane(next.lane, dueAtMs);
        const [added] = await Promise.all([queries.addNew({ ...next, dueAtMs }), opened]);
        return added.length > 0;
      },

      /**
       * Takes in hand the oldest waiting row of each lane that is due. Nobody else gets it, nor any later one of its
       * lane, until it is reported on or the lease is over.
       */
      async claimDue(realNowMs: number, leaseMs: number, limit: number): Promise<readonly OutboxRow[]> {
        const dueAtMs = realNowMs + leaseMs;
        const lanes = await queries.takeLanes({ realNowMs, dueAtMs, limit });
        const taken = await Promise.all(
          lanes.map(async ({ lane }) => {
            const [oldest] = await queries.takeOldest({ lane, dueAtMs });
            // A lane opened for a row that turned out to be a duplicate has nothing in it.
            if (oldest === undefined) await queries.closeLane({ lane });
            return oldest;
          }),
        );
        const claimed: OutboxRow[] = taken.flatMap((row) => (row === undefined ? [] : [withoutNulls(row)]));
        return claimed.sort((a, b) => a.seq - b.seq);
      },

      /** Takes rows out of the hands of a process that is gone: nobody may be sending while this is called. */
      async releaseInHand(): Promise<void> {
        // A postponed row says why it waits; one that was claimed and never reported on does not.
        const inHand = and(eq(outbox.state, "waiting"), gt(outbox.attempts, 0), isNull(outbox.lastError));
        const released = await db.update(outbox).set({ dueAtMs: 0 }).where(inHand).returning({ lane: outbox.lane });
        for (const { lane } of released)
          await db.update(outboxLanes).set({ dueAtMs: 0 }).where(eq(outboxLanes.lane, lane));
      },

      /** The row went out. False: the lease was over and someone else has it, or had it. */
      async finish(row: HeldRow, atMs: number): Promise<boolean> {
        // Due when done, so that `outbox_due` finds the oldest of what may be forgotten.
        return report(row, {
          state: "done",
          attempts: row.attempt,
          doneAtMs: atMs,
          dueAtMs: atMs,
          lastError: null,
        });
      },

      /** Tries again at `dueAtMs`, its lane waiting meanwhile; what is not counted leaves the attempts as they were. */
      async postpone(row: HeldRow, dueAtMs: number, error: string, counted: boolean): Promise<boolean> {
        const attempts = counted ? row.attempt : row.attempt - 1;
        return report(row, { state: "waiting", attempts, doneAtMs: null, dueAtMs, lastError: error });
      },

      /** Gives the row up; its lane goes on without it. */
      async kill(row: HeldRow, error: string, atMs: number): Promise<boolean> {
        return report(row, {
          state: "dead",
          attempts: row.attempt,
          doneAtMs: atMs,
          dueAtMs: atMs,
          lastError: error,
        });
      },

      /** A dead row waits again, at its old place and at once, with all its attempts before it; false when it is not dead. */
      async replay(id: string): Promise<boolean> {
        const isDead = and(eq(outbox.id, id), eq(outbox.state, "dead"));
        const lane = one(await db.select({ lane: outbox.lane }).from(outbox).where(isDead))?.lane;
        if (lane === undefined) return false;
        await openLane(lane, 0);
        const set = { state: "waiting", attempts: 0, dueAtMs: 0, doneAtMs: null } as const;
        const replayed = await db.update(outbox).set(set).where(isDead).returning({ seq: outbox.seq });
        return replayed.length > 0;
      },

      /** Forgets rows done before `atMs`, `limit` at most; gives how many went. */
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
