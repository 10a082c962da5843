import { eq, inArray, lt } from "drizzle-orm";
import type { Db } from "../db.ts";
import { one, type WithoutNulls, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** The ids of what came in, never what it said: what is delivered again changes nothing. */
export function inboxIn(db: Db, { inbox }: Schema) {
  return {
    /** True for the first delivery; false when this id was here before. */
    async claim(id: string, atMs: number): Promise<boolean> {
      const claimed = await db
        .insert(inbox)
        .values({ id, receivedAtMs: atMs })
        .onConflictDoNothing()
        .returning({ id: inbox.id });
      return claimed.length > 0;
    },

    /** Which talk answered it, if any did. */
    async find(id: string): Promise<WithoutNulls<{ talkId: string | null }> | undefined> {
      const row = one(await db.select({ talkId: inbox.talkId }).from(inbox).where(eq(inbox.id, id)));
      return row && withoutNulls(row);
    },

    async setTalk(id: string, talkId: string): Promise<void> {
      await db.update(inbox).set({ talkId }).where(eq(inbox.id, id));
    },

    /** Forgets ids received before `atMs`, `limit` at most so that no turn waits long; gives how many went. */
    async removeBefore(atMs: number, limit = 1_000): Promise<number> {
      const old = db
        .select({ id: inbox.id })
        .from(inbox)
        .where(lt(inbox.receivedAtMs, atMs))
        .orderBy(inbox.receivedAtMs)
        .limit(limit);
      return (await db.delete(inbox).where(inArray(inbox.id, old)).returning({ id: inbox.id })).length;
    },
  };
}
