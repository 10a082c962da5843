import { and, asc, eq, gt, inArray, lte, min, notExists, type Placeholder, sql } from "drizzle-orm";
import { type Db, encoded, prepared } from "../db.ts";
import type { Locks } from "../locks.ts";
import type { Schema } from "../schema.ts";

/** The prepared queries of the outbox and its lanes, one set per connection. */
export function outboxQueries(db: Db, { outbox, outboxLanes }: Schema, locks: Locks) {
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
  const waitsIn = (lane: string | Placeholder) => and(eq(outbox.state, "waiting"), eq(outbox.lane, lane));
  /** Still leased to the reporting attempt: neither finished nor claimed again since. */
  const isHeld = (seq: Placeholder, attempt: Placeholder) =>
    and(eq(outbox.seq, seq), eq(outbox.attempts, attempt), eq(outbox.state, "waiting"));

  const putLane = prepared(
    db
      .insert(outboxLanes)
      .values({ lane: sql.placeholder("lane"), dueAtMs: sql.placeholder("dueAtMs") })
      .onConflictDoUpdate({ target: outboxLanes.lane, set: { lane: sql`excluded.lane` } }),
  );
  const isLane = eq(outboxLanes.lane, sql.placeholder("lane"));
  const closeLane = prepared(db.delete(outboxLanes).where(isLane));
  const somethingWaits = db
    .select({ seq: outbox.seq })
    .from(outbox)
    .where(waitsIn(sql.placeholder("lane")));
  const closeEmptyLane = prepared(
    db
      .delete(outboxLanes)
      .where(and(isLane, notExists(somethingWaits)))
      .returning({ lane: outboxLanes.lane }),
  );
  const moveLane = prepared(
    db
      .update(outboxLanes)
      .set({ dueAtMs: sql`${sql.placeholder("dueAtMs")}` })
      .where(isLane),
  );
  const dueLanes = locks.skipLocked(
    db
      .select({ lane: outboxLanes.lane })
      .from(outboxLanes)
      .where(lte(outboxLanes.dueAtMs, sql.placeholder("realNowMs")))
      .orderBy(asc(outboxLanes.dueAtMs))
      .limit(sql.placeholder("limit")),
  );
  const takeLanes = prepared(
    db
      .update(outboxLanes)
      .set({ dueAtMs: sql`${sql.placeholder("dueAtMs")}` })
      .where(inArray(outboxLanes.lane, dueLanes))
      .returning({ lane: outboxLanes.lane }),
  );
  const earliest = prepared(db.select({ dueAtMs: min(outboxLanes.dueAtMs) }).from(outboxLanes));
  const nextInLane = prepared(
    db
      .select({ dueAtMs: outbox.dueAtMs })
      .from(outbox)
      .where(waitsIn(sql.placeholder("lane")))
      .orderBy(asc(outbox.seq))
      .limit(1),
  );
  const takeOldest = prepared(
    db
      .update(outbox)
      .set({ dueAtMs: sql`${sql.placeholder("dueAtMs")}`, attempts: sql`${outbox.attempts} + 1` })
      .where(
        eq(
          outbox.seq,
          db
            .select({ seq: min(outbox.seq) })
            .from(outbox)
            .where(waitsIn(sql.placeholder("lane"))),
        ),
      )
      .returning(row),
  );
  const addNew = prepared(
    db
      .insert(outbox)
      .values({
        id: sql.placeholder("id"),
        practiceId: sql.placeholder("practiceId"),
        kind: encoded("kind", outbox.kind),
        lane: sql.placeholder("lane"),
        talkId: encoded("talkId", outbox.talkId),
        bookingId: encoded("bookingId", outbox.bookingId),
        dedupeKey: sql.placeholder("dedupeKey"),
        payload: sql.placeholder("payload"),
        queuedAtMs: sql.placeholder("queuedAtMs"),
        state: "waiting",
        dueAtMs: sql.placeholder("dueAtMs"),
        attempts: 0,
      })
      .onConflictDoNothing()
      .returning({ seq: outbox.seq }),
  );
  const held = isHeld(sql.placeholder("seq"), sql.placeholder("attempt"));
  const setHeld = prepared(
    db
      .update(outbox)
      .set({
        state: encoded("state", outbox.state),
        dueAtMs: encoded("dueAtMs", outbox.dueAtMs),
        attempts: encoded("attempts", outbox.attempts),
        lastError: encoded("lastError", outbox.lastError),
        doneAtMs: encoded("doneAtMs", outbox.doneAtMs),
      })
      .where(held)
      .returning({ seq: outbox.seq }),
  );
  const nextCard = prepared(
    db
      .select({ payload: outbox.payload })
      .from(outbox)
      .where(
        and(
          eq(outbox.talkId, sql.placeholder("talkId")),
          gt(outbox.seq, sql.placeholder("seq")),
          eq(outbox.kind, "card"),
          eq(outbox.state, "waiting"),
        ),
      )
      .orderBy(asc(outbox.seq))
      .limit(1),
  );

  return {
    row,
    waitsIn,
    putLane,
    closeLane,
    closeEmptyLane,
    moveLane,
    takeLanes,
    earliest,
    nextInLane,
    takeOldest,
    addNew,
    setHeld,
    nextCard,
  };
}
