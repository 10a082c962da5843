import type { Address } from "./messenger.ts";

/** Where a person's own chat with the desk is, on a platform that writes only to chats it was told of. */
export interface ChatReference extends Address {
  readonly conversationId: string;
  /** The part of the platform that serves the chat. */
  readonly serviceUrl: string;
  /** The desk's account in the chat. */
  readonly botId: string;
  /** The person's account in the chat, which is not their id in the organisation. */
  readonly userId: string;
  /** Since when the person has had the app without a break, epoch ms by the desk's clock. */
  readonly sinceMs: number;
  /** When the person was last heard, to the day, epoch ms. */
  readonly updatedAtMs: number;
}

/** The chats the desk was told of. */
export interface ChatReferences {
  find(address: Address): Promise<ChatReference | undefined>;
  /** Keeps the chat as it is now and gives what is kept: `sinceMs` stays that of the first time. */
  save(reference: ChatReference): Promise<ChatReference>;
  /** The chat is no more. */
  remove(address: Address): Promise<void>;
}
