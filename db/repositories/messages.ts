import { eq, sql } from "drizzle-orm";
import { type Db, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** The platform message that shows a talk's card. A talk without one gets a new message. */
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

      /** Detaches the talk from its message, so that its card is posted as a new one. */
      async remove(talkId: string): Promise<void> {
        await db.delete(messages).where(eq(messages.talkId, talkId));
      },

      /** Moves the message of one talk to another; does nothing if there is none. */
      async move(fromTalkId: string, toTalkId: string): Promise<void> {
        const messageId = await find(fromTalkId);
        if (messageId === undefined || fromTalkId === toTalkId) return;
        await db.delete(messages).where(eq(messages.talkId, fromTalkId));
        await save(toTalkId, messageId);
      },
    },
  });
}
