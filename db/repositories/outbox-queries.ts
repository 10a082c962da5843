import { and, asc, eq, gt, inArray, lte, min, notExists, type Placeholder, type SQL, sql } from "drizzle-orm";
import { type Service, services } from "../../src/ports/services.ts";
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
    service: outbox.service,
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
      .values({
        lane: sql.placeholder("lane"),
        service: encoded("service", outboxLanes.service),
        dueAtMs: sql.placeholder("dueAtMs"),
      })
      .onConflictDoUpdate({ target: outboxLanes.lane, set: { lane: sql`excluded.lane` } }),
  );
  const isLane = eq(outboxLanes.lane, sql.placeholder("lane"));
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
      .where(
        and(
          eq(outboxLanes.service, sql.placeholder("service")),
          lte(outboxLanes.dueAtMs, sql.placeholder("realNowMs")),
        ),
      )
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
  const earliestOf = (service: Service) =>
    db
      .select({ dueAtMs: min(outboxLanes.dueAtMs) })
      .from(outboxLanes)
      .where(sql`${outboxLanes.service} = ${sql.raw(`'${service}'`)}`);
  /** One index look-up per service, in one statement. */
  const earliest = prepared(
    db
      .select(
        Object.fromEntries(
          services.map((service) => [service, sql<number | null>`${earliestOf(service)}`.mapWith(outboxLanes.dueAtMs)]),
        ) as Record<Service, SQL<number | null>>, // every service has its column
      )
      .from(sql`(select 1) as one`),
  );
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
  const killOldest = prepared(
    db
      .update(outbox)
      .set({ state: "dead", lastError: "unreadable: its columns", doneAtMs: sql`${sql.placeholder("realNowMs")}` })
      .where(
        eq(
          outbox.seq,
          db
            .select({ seq: min(outbox.seq) })
            .from(outbox)
            .where(waitsIn(sql.placeholder("lane"))),
        ),
      ),
  );
  const addNew = prepared(
    db
      .insert(outbox)
      .values({
        id: sql.placeholder("id"),
        practiceId: sql.placeholder("practiceId"),
        kind: encoded("kind", outbox.kind),
        service: encoded("service", outbox.service),
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
    killOldest,
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
