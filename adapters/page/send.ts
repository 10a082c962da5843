import type { Messenger, OutgoingCard, SendOutcome } from "../../src/ports/messenger.ts";
import type { PageMessages } from "../../src/ports/page-messages.ts";

/** What the messenger of the page works with. */
export interface PageMessengerParts {
  readonly messages: PageMessages;
  /** Epoch ms of the desk's clock. */
  now(): number;
  /** Tells the open windows what this message is now. */
  announce(user: string, messageId: string): Promise<void>;
}

/**
 * The page as a messenger: posting adds a row, whose id is the outbox row's so that a repeated attempt adds nothing;
 * repainting changes it. A missing row is a message that is no more. Throws only when the store does.
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
    send: (outgoing) => (outgoing.messageId === undefined ? post(outgoing) : repaint(outgoing, outgoing.messageId)),
  };
}
