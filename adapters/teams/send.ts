import type { Log } from "../../src/log.ts";
import type { Messenger, OutgoingCard, SendOutcome } from "../../src/ports/messenger.ts";
import type { ChatReference, ChatReferences } from "../../src/ports/references.ts";
import type { Connector } from "./connector.ts";
import { cut, limits } from "./limits.ts";
import { outcomeOf, type TeamsOutcome, withoutId } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import { toAdaptiveCard } from "./render.ts";

/** What the messenger of Teams works with. */
export interface TeamsMessengerParts {
  readonly references: ChatReferences;
  readonly connector: Connector;
  readonly pace: Pace;
  readonly log: Pick<Log, "error">;
  /** Whether the desk sends its token to this address: also asked of what was stored (T2). */
  isServiceUrl(serviceUrl: string): boolean;
  /** Real time, epoch ms. */
  realNow(): number;
}

/**
 * Teams as a messenger. Posting makes a message of the card alone (T8), repainting edits it. Nothing in Teams tells
 * whether a post whose answer was lost has arrived: neither can a bot read its chats, nor is an id of its own kept. So
 * it is posted again: a card may come twice, never not at all; both are the same talk at the same revision, and what is
 * pressed on the one that is not painted anew is answered with the present card.
 */
export function teamsMessenger(parts: TeamsMessengerParts): Messenger {
  const { references, connector, pace, log } = parts;

  async function send(outgoing: OutgoingCard): Promise<SendOutcome> {
    const reference = await references.find(outgoing.to);
    if (reference === undefined) {
      return { ok: false, again: false, error: "no chat is known", unreachable: "not-installed" };
    }
    if (!parts.isServiceUrl(reference.serviceUrl)) {
      return { ok: false, again: false, error: "the chat's address is none of Teams'" };
    }
    if (outgoing.messageId === withoutId) {
      return { ok: false, again: false, error: "the message has no id", messageGone: true };
    }
    const waitMs = pace.take(reference.conversationId, parts.realNow());
    if (waitMs > 0) return { ok: false, again: true, afterMs: waitMs, error: "the desk's own pace" };
    const sent = await attempt(outgoing, reference);
    const outcome = "lost" in sent ? await mend(outgoing, reference) : sent;
    if (!outcome.ok && !outcome.again && !("unreachable" in outcome) && !("messageGone" in outcome)) {
      log.error({ event: "teams.refused", outbox: outgoing.outboxId, code: outcome.error.split(" ")[0] ?? "" });
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

  /** The chat is gone: it is opened anew, once, and the message posted there. */
  async function mend(outgoing: OutgoingCard, lost: ChatReference): Promise<SendOutcome> {
    const answer = await connector.create(lost);
    const made = outcomeOf(answer, {});
    if (!made.ok && "again" in made && made.again) return made;
    if (!made.ok || made.messageId === withoutId) {
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

/** The message of a card: the card alone, with the line its notification shows (T8). */
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
