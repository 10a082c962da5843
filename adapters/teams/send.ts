import type { Log } from "../../src/log.ts";
import type { Messenger, OutgoingCard, SendOutcome } from "../../src/ports/messenger.ts";
import type { ChatReference, ChatReferences } from "../../src/ports/references.ts";
import type { Connector } from "./connector.ts";
import { cut, limits } from "./limits.ts";
import { noMessageId, outcomeOf, type TeamsOutcome } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import { toAdaptiveCard } from "./render.ts";

/** Dependencies of the Teams messenger. */
export interface TeamsMessengerParts {
  readonly references: ChatReferences;
  readonly connector: Connector;
  readonly pace: Pace;
  readonly log: Pick<Log, "error">;
  /** Whether the desk may send its token to this URL. Stored URLs are checked again (T2). */
  isServiceUrl(serviceUrl: string): boolean;
  /** Wall time, epoch ms. */
  realNow(): number;
}

/**
 * The Teams messenger. Posting sends the card alone (T8), repainting edits the message. A bot can neither read its chats
 * nor set message ids, so after a lost response there is no way to find out whether a post arrived. It is posted again:
 * a card may appear twice, but is never missing. Both copies show the same talk and revision; a press on the copy that
 * is no longer repainted is answered with the current card.
 */
export function teamsMessenger(parts: TeamsMessengerParts): Messenger {
  const { references, connector, pace, log } = parts;

  async function send(outgoing: OutgoingCard): Promise<SendOutcome> {
    const reference = await references.find(outgoing.to);
    if (reference === undefined) {
      return { ok: false, again: false, error: "no chat reference", unreachable: "not-installed" };
    }
    if (!parts.isServiceUrl(reference.serviceUrl)) {
      return { ok: false, again: false, error: "the chat's service URL is not a Teams host" };
    }
    if (outgoing.messageId === noMessageId) {
      return { ok: false, again: false, error: "the message has no id", messageGone: true };
    }
    const waitMs = pace.take(reference.conversationId, parts.realNow());
    if (waitMs > 0) return { ok: false, again: true, afterMs: waitMs, error: "rate limit of the desk" };
    const sent = await attempt(outgoing, reference);
    const outcome = "lost" in sent ? await mend(outgoing, reference) : sent;
    if (!outcome.ok && !outcome.again && !("unreachable" in outcome) && !("messageGone" in outcome)) {
      log.error({
        event: "teams.message.rejected",
        outbox: outgoing.outboxId,
        code: outcome.error.split(" ")[0] ?? "",
      });
    }
    return outcome;
  }

  async function attempt(outgoing: OutgoingCard, reference: ChatReference): Promise<TeamsOutcome> {
    const { messageId } = outgoing;
    const activity = activityOf(outgoing, reference);
    if (messageId === undefined) return outcomeOf(await connector.post(reference, activity), {});
    const edited = { ...activity, id: messageId };
    return outcomeOf(await connector.put(reference, messageId, edited), { repaints: messageId });
  }

  /** Creates the lost conversation again, once, and posts the message there. */
  async function mend(outgoing: OutgoingCard, lost: ChatReference): Promise<SendOutcome> {
    const answer = await connector.create(lost);
    const made = outcomeOf(answer, {});
    if (!made.ok && "again" in made && made.again) return made;
    if (!made.ok || made.messageId === noMessageId) {
      await references.remove(lost);
      return !made.ok && "unreachable" in made ? made : gone(made.ok ? "no chat was made" : made.error);
    }
    const reference = await references.save({ ...lost, conversationId: made.messageId, updatedAtMs: parts.realNow() });
    const sent = await attempt(outgoing, reference);
    if (!("lost" in sent)) return sent;
    await references.remove(reference);
    return gone(sent.error);
  }

  return { platform: "teams", asksSensitiveInline: false, send };
}

function gone(error: string): SendOutcome {
  return { ok: false, again: false, error, unreachable: "gone" };
}

/** The message of a card: the card alone, with the text of its notification (T8). */
function activityOf({ card, talkId, revision }: OutgoingCard, { botId, userId, conversationId }: ChatReference) {
  return {
    type: "message",
    from: { id: botId },
    recipient: { id: userId },
    conversation: { id: conversationId },
    summary: cut(card.summary, limits.summary),
    attachments: [
      { contentType: "application/vnd.microsoft.card.adaptive", content: toAdaptiveCard(card, { talkId, revision }) },
    ],
  } as const;
}
