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
  /** Empty while the desk does not know the person. */
  readonly practiceId: string;
  readonly flow: string;
  /** Of the flow's machine, which the snapshot was made by. */
  readonly version: number;
  readonly address: Address;
  readonly role: "client" | "practitioner" | "stranger";
  readonly personId: string;
  readonly aboutBookingId?: string;
  /** Goes up with every card; a press that saw an older one is stale. */
  readonly revision: number;
  /** The engine's own envelope, as text. */
  readonly snapshot: string;
  readonly card: Card;
  readonly ended: boolean;
  /** The talk that took this one's message over. */
  readonly replacedBy?: string;
  /** Order of the newest cards in this chat. */
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

      /** The talk whose card is the newest in this chat, ended or not; one that gave its message away has none. */
      async newest(address: Address): Promise<Talk | undefined> {
        const row = one(await newestTalk({ ...address }));
        return row && toTalk(row);
      },

      /** The place in the chat of a card that is shown next. */
      async nextCardOrder(address: Address): Promise<number> {
        return (one(await latestOrder({ ...address }))?.latest ?? 0) + 1;
      },

      /** The talks about a booking that have not ended. */
      async listLiveAbout(bookingId: string): Promise<readonly Talk[]> {
        return (await liveAbout({ bookingId })).map(toTalk);
      },

      /** The newest card first. */
      async listForAddress(address: Address, limit: number): Promise<readonly Talk[]> {
        return (await newestTalks({ ...address, limit })).map(toTalk);
      },
    },
    writes: {
      async add(talk: Talk): Promise<void> {
        await addNew(toRow(talk));
      },

      /** Replaces the talk if it still has `expectedRevision`; false when another turn was first. */
      async save(talk: Talk, expectedRevision: number): Promise<boolean> {
        return (await replace({ ...toRow(talk), expectedRevision })).length > 0;
      },
    },
  });
}
