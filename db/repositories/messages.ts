import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Which message of the platform shows a talk's card; none yet means it is posted anew. */
export function messagesIn(db: Db, { messages }: Schema) {
  const find = async (talkId: string): Promise<string | undefined> =>
    one(await db.select().from(messages).where(eq(messages.talkId, talkId)))?.messageId;

  async function save(talkId: string, messageId: string): Promise<void> {
    await db
      .insert(messages)
      .values({ talkId, messageId })
      .onConflictDoUpdate({ target: messages.talkId, set: { messageId } });
  }

  return {
    find,
    save,

    /** A talk takes another's message over; nothing happens when there is none. */
    async move(fromTalkId: string, toTalkId: string): Promise<void> {
      const messageId = await find(fromTalkId);
      if (messageId === undefined || fromTalkId === toTalkId) return;
      await db.delete(messages).where(eq(messages.talkId, fromTalkId));
      await save(toTalkId, messageId);
    },
  };
}
