import { and, asc, count, desc, eq, gt, inArray, isNull, lt, lte, min, sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import type { Locks } from "../locks.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Something that may leave the house now. All times of the outbox are real time, epoch ms. */
export interface NewOutboxRow {
  readonly id: string;
  readonly practiceId: string;
  readonly kind: "card" | "mail" | "errand";
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

/** A row that was given up. */
export interface DeadRow extends OutboxRow {
  readonly lastError: string;
}

/** The outbox: rows go out in their lane's order, one at a time, until done or dead. */
export function outboxIn(db: Db, { outbox, outboxLanes }: Schema, locks: Locks) {
  const row = {
    seq: outbox.seq,
    id: outbox.id,
    practiceId: outbox.practiceId,
    kind: outbox.kind,
    lane: outbox.lane,
    talkId: outbox.talkId,
    bookingId: outbox.bookingId,
    dedupeKey: outbox.dedupeKey,
    payload: outbox.payload,
    queuedAtMs: outbox.queuedAtMs,
    attempt: outbox.attempts,
  };
  const waitsIn = (lane: string) => and(eq(outbox.state, "waiting"), eq(outbox.lane, lane));
  /** Held by the reporting attempt: neither finished nor claimed again since. */
  const isHeld = (seq: number, attempt: number) =>
    and(eq(outbox.seq, seq), eq(outbox.attempts, attempt), eq(outbox.state, "waiting"));

  /** Makes sure that the lane is looked at; whoever writes to it next waits for this transaction. */
  async function openLane(lane: string, dueAtMs: number): Promise<void> {
    await db
      .insert(outboxLanes)
      .values({ lane, dueAtMs })
      .onConflictDoUpdate({ target: outboxLanes.lane, set: { lane } });
  }

  /** Lets the lane's next row come forward, or closes the lane. */
  async function advance(lane: string): Promise<void> {
    const next = one(
      await db.select({ dueAtMs: outbox.dueAtMs }).from(outbox).where(waitsIn(lane)).orderBy(asc(outbox.seq)).limit(1),
    );
    const isLane = eq(outboxLanes.lane, lane);
    if (next === undefined) await db.delete(outboxLanes).where(isLane);
    else await db.update(outboxLanes).set({ dueAtMs: next.dueAtMs }).where(isLane);
  }

  /** Ends a row's waiting or postpones it, if the attempt still holds it. */
  async function report(seq: number, attempt: number, set: Partial<typeof outbox.$inferInsert>): Promise<boolean> {
    const lane = one(await db.select({ lane: outbox.lane }).from(outbox).where(isHeld(seq, attempt)))?.lane;
    if (lane === undefined) return false;
    await openLane(lane, 0); // lane first, then row: the same order for every writer
    const reported = await db.update(outbox).set(set).where(isHeld(seq, attempt)).returning({ seq: outbox.seq });
    await advance(lane);
    return reported.length > 0;
  }

  return {
    /** False: something with this dedupe key was queued before, and nothing is added. */
    async add(next: NewOutboxRow): Promise<boolean> {
      const dueAtMs = next.dueAtMs ?? next.queuedAtMs;
      await openLane(next.lane, dueAtMs);
      const added = await db
        .insert(outbox)
        .values({ ...next, state: "waiting", dueAtMs, attempts: 0 })
        .onConflictDoNothing()
        .returning({ seq: outbox.seq });
      return added.length > 0;
    },

    /**
     * Takes in hand the oldest waiting row of each lane that is due. Nobody else gets it, nor any later one of its
     * lane, until it is reported on or the lease is over.
     */
    async claimDue(realNowMs: number, leaseMs: number, limit: number): Promise<readonly OutboxRow[]> {
      const dueAtMs = realNowMs + leaseMs;
      const lanes = await locks.skipping(
        db
          .select({ lane: outboxLanes.lane })
          .from(outboxLanes)
          .where(lte(outboxLanes.dueAtMs, realNowMs))
          .orderBy(asc(outboxLanes.dueAtMs))
          .limit(limit),
      );
      if (lanes.length === 0) return [];
      const taking = lanes.map(({ lane }) => lane);
      await db.update(outboxLanes).set({ dueAtMs }).where(inArray(outboxLanes.lane, taking));
      const claimed: OutboxRow[] = [];
      for (const { lane } of lanes) {
        const oldest = db
          .select({ seq: min(outbox.seq) })
          .from(outbox)
          .where(waitsIn(lane));
        const [taken] = await db
          .update(outbox)
          .set({ dueAtMs, attempts: sql`${outbox.attempts} + 1` })
          .where(eq(outbox.seq, oldest))
          .returning(row);
        // A lane opened for a row that turned out to be a duplicate has nothing in it.
        if (taken === undefined) await db.delete(outboxLanes).where(eq(outboxLanes.lane, lane));
        else claimed.push(withoutNulls(taken));
      }
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
    async finish(seq: number, attempt: number, atMs: number): Promise<boolean> {
      // Due when done, so that `outbox_due` finds the oldest of what may be forgotten.
      return report(seq, attempt, { state: "done", doneAtMs: atMs, dueAtMs: atMs, lastError: null });
    },

    /** Tries again at `dueAtMs`, its lane waiting meanwhile; what is not counted leaves the attempts as they were. */
    async postpone(seq: number, attempt: number, dueAtMs: number, error: string, counted: boolean): Promise<boolean> {
      return report(seq, attempt, { dueAtMs, lastError: error, attempts: counted ? attempt : attempt - 1 });
    },

    /** Gives the row up; its lane goes on without it. */
    async kill(seq: number, attempt: number, error: string, atMs: number): Promise<boolean> {
      return report(seq, attempt, { state: "dead", doneAtMs: atMs, dueAtMs: atMs, lastError: error });
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

    /** The card of that talk that waits next after `seq`: when it repaints the same message, `seq` need not go. */
    async findNextCard(talkId: string, seq: number): Promise<{ readonly payload: string } | undefined> {
      const later = and(eq(outbox.talkId, talkId), gt(outbox.seq, seq));
      const isWaitingCard = and(eq(outbox.kind, "card"), eq(outbox.state, "waiting"));
      return one(
        await db
          .select({ payload: outbox.payload })
          .from(outbox)
          .where(and(later, isWaitingCard))
          .orderBy(asc(outbox.seq))
          .limit(1),
      );
    },

    /** When there is next something to claim; absent when nothing waits. */
    async nextDueAtMs(): Promise<number | undefined> {
      return one(await db.select({ dueAtMs: min(outboxLanes.dueAtMs) }).from(outboxLanes))?.dueAtMs ?? undefined;
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
  };
}
