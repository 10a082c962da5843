import type { Card } from "../cards/card.ts";

/** Which messenger. */
export const platforms = ["page", "slack", "teams"] as const;
export type Platform = (typeof platforms)[number];

/** Where a person chats: a messenger, its workspace or tenant, and the user's id there. */
export interface Address {
  readonly platform: Platform;
  readonly workspace: string;
  readonly user: string;
}

/** One string for an address: the outbox lane of that chat. */
export function laneOf(address: Address): string {
  return `${address.platform}:${address.workspace}:${address.user}`;
}

/** A card on its way out. */
export interface OutgoingCard {
  /** The outbox row: the same again when an attempt's outcome was unknown, so a messenger can look before it posts twice. */
  readonly outboxId: string;
  readonly attempt: number;
  readonly to: Address;
  readonly talkId: string;
  /** Goes back with every press, so that an old card is known as such. */
  readonly revision: number;
  readonly card: Card;
  /** The message to repaint; absent: post a new one. */
  readonly messageId?: string;
}

/** Why a person cannot be reached in a chat: they never took the app in or put it out, they block it, or they are gone. */
export type Unreachable = "not-installed" | "blocked" | "gone";

export type SendOutcome =
  | { readonly ok: true; readonly messageId: string }
  /** Try again: after `afterMs` if the platform said so (a rate limit, not counted as an attempt), else by back-off. */
  | { readonly ok: false; readonly again: true; readonly afterMs?: number; readonly error: string }
  /** Trying again cannot help: the person left, the app is gone, the message is refused. */
  | { readonly ok: false; readonly again: false; readonly error: string; readonly unreachable?: Unreachable }
  /** The message to repaint is no more: what is still to be answered is posted anew. */
  | { readonly ok: false; readonly again: false; readonly error: string; readonly messageGone: true };

/** A place in a channel, where only private hints are given (D7.5). */
export interface ChannelPlace {
  readonly channel: string;
  readonly thread?: string;
}

/** A chat platform as the desk sees it. `send` never throws for an ordinary refusal. */
export interface Messenger {
  readonly platform: Platform;
  /** Whether sensitive questions may be asked inside the chat itself; else they go to the desk's own form page (D5.2). */
  readonly asksSensitiveInline: boolean;
  send(outgoing: OutgoingCard): Promise<SendOutcome>;
  /** Shows the card on the person's own standing page of the app, where the platform has one. */
  publishTab?(to: Address, card: Card, outboxId: string): Promise<SendOutcome>;
  /** Says something in a channel that this person alone sees. */
  whisper?(to: Address, place: ChannelPlace, card: Card, outboxId: string): Promise<SendOutcome>;
}
