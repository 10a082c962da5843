import type { Messenger, OutgoingCard, SendOutcome } from "../../src/ports/messenger.ts";
import type { PageMessages } from "../../src/ports/page-messages.ts";

/** Dependencies of the page's messenger. */
export interface PageMessengerParts {
  readonly messages: PageMessages;
  /** The desk's clock, epoch ms. */
  now(): number;
  /** Sends this message's current state to the open windows. */
  announce(user: string, messageId: string): Promise<void>;
}

/**
 * The page's messenger. Posting adds a row under the outbox row's id, so that a retry adds nothing; repainting updates
 * it. A missing row counts as a deleted message. Throws only when the store does.
 */
export function pageMessenger({ messages, now, announce }: PageMessengerParts): Messenger {
  async function post({ outboxId, to, talkId, revision, card }: OutgoingCard): Promise<SendOutcome> {
    await messages.add({ id: outboxId, user: to.user, author: "desk", sentAtMs: now(), card, talkId, revision });
    await announce(to.user, outboxId);
    return { ok: true, messageId: outboxId };
  }

  async function repaint({ to, talkId, revision, card }: OutgoingCard, messageId: string): Promise<SendOutcome> {
    const found = await messages.repaint(messageId, { card, talkId, revision });
    if (!found) return { ok: false, again: false, error: "there is no such message on the page", messageGone: true };
    await announce(to.user, messageId);
    return { ok: true, messageId };
  }

  return {
    platform: "page",
    asksSensitiveInline: true,
    storesCards: true,
    send: (outgoing) => (outgoing.messageId === undefined ? post(outgoing) : repaint(outgoing, outgoing.messageId)),
  };
}
