import type { Address } from "./messenger.ts";

/** A person's personal chat with the bot, on a platform where the bot can post only to conversations it knows. */
export interface ChatReference extends Address {
  readonly conversationId: string;
  /** The platform's regional endpoint for this chat. */
  readonly serviceUrl: string;
  /** The bot's account id in the chat. */
  readonly botId: string;
  /** The person's account id in the chat, which differs from their id in the organisation. */
  readonly userId: string;
  /** When the person installed the app, epoch ms by the desk's clock. Stays the same until they remove it. */
  readonly sinceMs: number;
  /** When the person was last active, with a precision of one day, epoch ms. */
  readonly updatedAtMs: number;
}

/** The known chats. */
export interface ChatReferences {
  find(address: Address): Promise<ChatReference | undefined>;
  /** Saves the chat's current data and returns the stored row: `sinceMs` keeps its first value. */
  save(reference: ChatReference): Promise<ChatReference>;
  /** Deletes a chat that no longer exists. */
  remove(address: Address): Promise<void>;
}
