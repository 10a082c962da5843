import { eq, sql } from "drizzle-orm";
import { type Db, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Which message of the platform shows a talk's card; none yet means it is posted anew. */
export function messagesIn(db: Db, { messages }: Schema) {
  const messageOf = prepared(
    db
      .select({ messageId: messages.messageId })
      .from(messages)
      .where(eq(messages.talkId, sql.placeholder("talkId"))),
  );
  const put = prepared(
    db
      .insert(messages)
      .values({ talkId: sql.placeholder("talkId"), messageId: sql.placeholder("messageId") })
      .onConflictDoUpdate({ target: messages.talkId, set: { messageId: sql`excluded.message_id` } }),
  );

  const find = async (talkId: string): Promise<string | undefined> => one(await messageOf({ talkId }))?.messageId;

  async function save(talkId: string, messageId: string): Promise<void> {
    await put({ talkId, messageId });
  }

  return defineRepository({
    reads: {
      find,
    },
    writes: {
      save,

      /** The talk has no message any more: its card is posted anew. */
      async remove(talkId: string): Promise<void> {
        await db.delete(messages).where(eq(messages.talkId, talkId));
      },

      /** A talk takes another's message over; nothing happens when there is none. */
      async move(fromTalkId: string, toTalkId: string): Promise<void> {
        const messageId = await find(fromTalkId);
        if (messageId === undefined || fromTalkId === toTalkId) return;
        await db.delete(messages).where(eq(messages.talkId, fromTalkId));
        await save(toTalkId, messageId);
      },
    },
  });
}
