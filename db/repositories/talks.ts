import { and, desc, eq, isNull, max, or, sql } from "drizzle-orm";
import type { Card } from "../../src/cards/card.ts";
import type { Address } from "../../src/ports/messenger.ts";
import { type Db, encodedColumns, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** One conversation about one thing, in one chat. */
export interface Talk {
  readonly id: string;
  /** Empty for a stranger. */
  readonly practiceId: string;
  readonly flow: string;
  /** Version of the flow's machine that made the snapshot. */
  readonly version: number;
  readonly address: Address;
  readonly role: "client" | "practitioner" | "stranger";
  readonly personId: string;
  readonly aboutBookingId?: string;
  /** Incremented with every card; a press on an older card is stale. */
  readonly revision: number;
  /** The engine's envelope of the machine's snapshot, as text. */
  readonly snapshot: string;
  readonly card: Card;
  readonly ended: boolean;
  /** The talk that took over this one's message. */
  readonly replacedBy?: string;
  /** Position of the talk's newest card among the cards of its chat. */
  readonly cardOrder: number;
  readonly updatedAtMs: number;
}

/** The talks of every chat. */
export function talksIn(db: Db, { talks }: Schema) {
  const toTalk = ({ platform, workspace, user, ...row }: typeof talks.$inferSelect): Talk => ({
    ...withoutNulls(row),
    address: { platform, workspace, user },
  });
  const toRow = ({ address: { platform, workspace, user }, ...talk }: Talk) => ({ ...talk, platform, workspace, user });

  const talkById = prepared(
    db
      .select()
      .from(talks)
      .where(eq(talks.id, sql.placeholder("id"))),
  );
  const isHere = and(
    eq(talks.platform, sql.placeholder("platform")),
    eq(talks.workspace, sql.placeholder("workspace")),
    eq(talks.user, sql.placeholder("user")),
  );
  const newestTalk = prepared(
    db
      .select()
      .from(talks)
      .where(and(isHere, or(eq(talks.ended, false), isNull(talks.replacedBy))))
      .orderBy(desc(talks.cardOrder))
      .limit(1),
  );
  const latestOrder = prepared(
    db
      .select({ latest: max(talks.cardOrder) })
      .from(talks)
      .where(isHere),
  );
  const newestTalks = prepared(
    db.select().from(talks).where(isHere).orderBy(desc(talks.cardOrder)).limit(sql.placeholder("limit")),
  );
  const liveAbout = prepared(
    db
      .select()
      .from(talks)
      .where(and(eq(talks.aboutBookingId, sql.placeholder("bookingId")), eq(talks.ended, false)))
      .orderBy(talks.id),
  );
  const row = encodedColumns(talks);
  const addNew = prepared(db.insert(talks).values(row));
  const { id: _, ...changeable } = row;
  const replace = prepared(
    db
      .update(talks)
      .set(changeable)
      .where(and(eq(talks.id, sql.placeholder("id")), eq(talks.revision, sql.placeholder("expectedRevision"))))
      .returning({ id: talks.id }),
  );

  return defineRepository({
    reads: {
      async find(id: string): Promise<Talk | undefined> {
        const row = one(await talkById({ id }));
        return row && toTalk(row);
      },

      /** The talk with the newest card of a chat, ended or not. A talk whose message was taken over has no card. */
      async newest(address: Address): Promise<Talk | undefined> {
        const row = one(await newestTalk({ ...address }));
        return row && toTalk(row);
      },

      /** The position for the next card of a chat. */
      async nextCardOrder(address: Address): Promise<number> {
        return (one(await latestOrder({ ...address }))?.latest ?? 0) + 1;
      },

      /** Talks about a booking that have not ended. */
      async listLiveAbout(bookingId: string): Promise<readonly Talk[]> {
        return (await liveAbout({ bookingId })).map(toTalk);
      },

      /** Newest card first. */
      async listForAddress(address: Address, limit: number): Promise<readonly Talk[]> {
        return (await newestTalks({ ...address, limit })).map(toTalk);
      },
    },
    writes: {
      async add(talk: Talk): Promise<void> {
        await addNew(toRow(talk));
      },

      /** Replaces the talk if its stored revision is `expectedRevision`, false otherwise. */
      async save(talk: Talk, expectedRevision: number): Promise<boolean> {
        return (await replace({ ...toRow(talk), expectedRevision })).length > 0;
      },
    },
  });
}
