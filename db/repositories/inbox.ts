import { eq, inArray, lt, sql } from "drizzle-orm";
import { type Db, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, type WithoutNulls, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Ids of received inputs, without their content: the deduplication of redeliveries. */
export function inboxIn(db: Db, { inbox }: Schema) {
  const addNew = prepared(
    db
      .insert(inbox)
      .values({ id: sql.placeholder("id"), receivedAtMs: sql.placeholder("atMs") })
      .onConflictDoNothing()
      .returning({ id: inbox.id }),
  );
  const setTalkOf = prepared(
    db
      .update(inbox)
      .set({ talkId: sql`${sql.placeholder("talkId")}` })
      .where(eq(inbox.id, sql.placeholder("id"))),
  );

  return defineRepository({
    reads: {
      /** The talk that answered an input, if one did. */
      async find(id: string): Promise<WithoutNulls<{ talkId: string | null }> | undefined> {
        const row = one(await db.select({ talkId: inbox.talkId }).from(inbox).where(eq(inbox.id, id)));
        return row && withoutNulls(row);
      },
    },
    writes: {
      /** True for the first delivery of an id, false for a redelivery. */
      async claim(id: string, atMs: number): Promise<boolean> {
        return (await addNew({ id, atMs })).length > 0;
      },

      async setTalk(id: string, talkId: string): Promise<void> {
        await setTalkOf({ id, talkId });
      },

      /** Deletes up to `limit` ids received before `atMs`, so that no turn waits long; gives the number deleted. */
      async removeBefore(atMs: number, limit = 1_000): Promise<number> {
        const old = db
          .select({ id: inbox.id })
          .from(inbox)
          .where(lt(inbox.receivedAtMs, atMs))
          .orderBy(inbox.receivedAtMs)
          .limit(limit);
        return (await db.delete(inbox).where(inArray(inbox.id, old)).returning({ id: inbox.id })).length;
      },
    },
  });
}
