import type { Card } from "../cards/card.ts";

/** The supported chat platforms. */
export const platforms = ["page", "slack", "teams"] as const;
export type Platform = (typeof platforms)[number];

/** A person's chat address: the platform, its workspace or tenant, and the user id there. */
export interface Address {
  readonly platform: Platform;
  readonly workspace: string;
  readonly user: string;
}

/** A string form of an address. It names the outbox lane of that chat. */
export function laneOf(address: Address): string {
  return `${address.platform}:${address.workspace}:${address.user}`;
}

/** A card to send. */
export interface OutgoingCard {
  /** The outbox row's id. It stays the same across retries, so a messenger can check for an earlier post. */
  readonly outboxId: string;
  readonly attempt: number;
  readonly to: Address;
  readonly talkId: string;
  /** Returned with every press, to detect presses on outdated cards. */
  readonly revision: number;
  readonly card: Card;
  /** The message to edit. Absent: post a new one. */
  readonly messageId?: string;
}

/** Why a person cannot be reached: the app is not installed or was removed, it is blocked, or the person is gone. */
export type Unreachable = "not-installed" | "blocked" | "gone";

export type SendOutcome =
  | { readonly ok: true; readonly messageId: string }
  /** Retry: after `afterMs` if the platform set a delay (a rate limit, not counted as an attempt), otherwise with back-off. */
  | { readonly ok: false; readonly again: true; readonly afterMs?: number; readonly error: string }
  /** Retrying cannot help: the person left, the app was removed, or the message was rejected. */
  | { readonly ok: false; readonly again: false; readonly error: string; readonly unreachable?: Unreachable }
  /** The message to edit was deleted. A card that still needs an answer is posted again. */
  | { readonly ok: false; readonly again: false; readonly error: string; readonly messageGone: true };

/** A place in a channel, where only ephemeral messages are sent (D7.5). */
export interface ChannelPlace {
  readonly channel: string;
  readonly thread?: string;
}

/** A chat platform. `send` never throws for an expected failure. */
export interface Messenger {
  readonly platform: Platform;
  /** Whether sensitive questions may be asked in the chat. If not, they use the desk's form page (D5.2). */
  readonly asksSensitiveInline: boolean;
  /** Set where `send` stores the card in the books: it gets `SecretRef`s instead of links, and puts them in when it shows the card (R9). */
  readonly storesCards?: true;
  send(outgoing: OutgoingCard): Promise<SendOutcome>;
  /** Publishes the card on the person's Home tab, where the platform has one. */
  publishTab?(to: Address, card: Card, outboxId: string): Promise<SendOutcome>;
  /** Posts an ephemeral message in a channel, visible to this person only. */
  whisper?(to: Address, place: ChannelPlace, card: Card, outboxId: string): Promise<SendOutcome>;
}
