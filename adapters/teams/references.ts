import { dayMs } from "../../src/domain/units.ts";
import type { ChatReference, ChatReferences } from "../../src/ports/references.ts";

/**
 * Stores the chat reference of each activity (T7), if it changed or is older than a day, so that most turns write
 * nothing. Returns the stored reference.
 */
export function saveWhenChanged(references: ChatReferences): (heard: ChatReference) => Promise<ChatReference> {
  return async (heard) => {
    const known = await references.find(heard);
    const isSame =
      known !== undefined &&
      known.conversationId === heard.conversationId &&
      known.serviceUrl === heard.serviceUrl &&
      known.botId === heard.botId &&
      known.userId === heard.userId &&
      known.updatedAtMs > heard.updatedAtMs - dayMs;
    return isSame ? known : references.save(heard);
  };
}
