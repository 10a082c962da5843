import { and, eq } from "drizzle-orm";
import type { Address } from "../../src/ports/messenger.ts";
import type { ChatReferences } from "../../src/ports/references.ts";
import type { Db } from "../db.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Conversation references: where each person's own chat is. */
export function chatReferencesIn(db: Db, { chatReferences }: Schema): ChatReferences {
  const isAt = ({ platform, workspace, user }: Address) =>
    and(eq(chatReferences.platform, platform), eq(chatReferences.workspace, workspace), eq(chatReferences.user, user));

  return {
    find: async (address) => one(await db.select().from(chatReferences).where(isAt(address))),

    async save({ sinceMs, ...reference }) {
      const { conversationId, serviceUrl, botId, userId, updatedAtMs } = reference;
      const rows = await db
        .insert(chatReferences)
        .values({ ...reference, sinceMs })
        .onConflictDoUpdate({
          target: [chatReferences.platform, chatReferences.workspace, chatReferences.user],
          set: { conversationId, serviceUrl, botId, userId, updatedAtMs },
        })
        .returning();
      return one(rows) ?? { ...reference, sinceMs };
    },

    async remove(address) {
      await db.delete(chatReferences).where(isAt(address));
    },
  };
}
