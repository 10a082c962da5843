import { dayMs } from "../../src/domain/units.ts";
import type { ChatReference, ChatReferences } from "../../src/ports/references.ts";

/**
 * Keeps where a chat is from everything that is heard in it (T7), writing only what has changed, and once a day that it
 * is still so: most turns leave the books alone. Gives what is kept.
 */
export function remembering(references: ChatReferences): (heard: ChatReference) => Promise<ChatReference> {
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
