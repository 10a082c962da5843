import type { Platform } from "../../src/ports/messenger.ts";
import type { ColumnTypes } from "../columns.ts";

/** Conversation references, by which Microsoft Teams addresses a person's chat. */
export function teamsTables(c: ColumnTypes) {
  const chatReferences = c.table(
    "chat_references",
    {
      platform: c.text("platform").$type<Platform>().notNull(),
      workspace: c.text("workspace").notNull(),
      user: c.text("user").notNull(),
      conversationId: c.text("conversation_id").notNull(),
      serviceUrl: c.text("service_url").notNull(),
      botId: c.text("bot_id").notNull(),
      userId: c.text("user_id").notNull(),
      sinceMs: c.int("since_ms").notNull(),
      updatedAtMs: c.int("updated_at_ms").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.platform, t.workspace, t.user] })],
  );

  return { chatReferences };
}
