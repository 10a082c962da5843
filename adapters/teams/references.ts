import { dayMs } from "../../src/domain/units.ts";
import type { ChatReference, ChatReferences } from "../../src/ports/references.ts";

/** Learns and forgets people's chats from their own personal activities (R10). */
export interface LearntChats {
  /**
   * Stores the chat (T7) if it changed or is older than a day, so that most turns write nothing. An activity that is older
   * than the stored chat, such as a replayed one, changes nothing. Returns the stored chat.
   */
  learn(heard: ChatReference): Promise<ChatReference>;
  /** Deletes the chat that was left. Another chat, or a newer installation, stays. */
  forget(left: ChatReference): Promise<void>;
}

/** Opens the memory of people's chats. */
export function learnChats(references: ChatReferences): LearntChats {
  return {
    async learn(heard) {
      const known = await references.find(heard);
      if (known === undefined) return references.save(heard);
      if (!isSameChat(known, heard)) return heard.updatedAtMs < known.updatedAtMs ? known : references.save(heard);
      return known.updatedAtMs > heard.updatedAtMs - dayMs ? known : references.save(heard);
    },
    async forget(left) {
      const known = await references.find(left);
      const isLeft = known?.conversationId === left.conversationId && left.updatedAtMs >= known.updatedAtMs;
      if (isLeft) await references.remove(left);
    },
  };
}

function isSameChat(known: ChatReference, heard: ChatReference): boolean {
  return (
    known.conversationId === heard.conversationId &&
    known.serviceUrl === heard.serviceUrl &&
    known.botId === heard.botId &&
    known.userId === heard.userId
  );
}
