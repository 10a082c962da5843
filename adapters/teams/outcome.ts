import type { SendOutcome } from "../../src/ports/messenger.ts";
import type { Answer } from "./connector.ts";

/** The outcome of sending a message. `lost`: the whole conversation is gone, but can be created again. */
export type TeamsOutcome = SendOutcome | { readonly ok: false; readonly lost: true; readonly error: string };

/** Message id of a post that Teams accepted without returning an id. */
export const noMessageId = "-";

const blocked = /MessageWritesBlocked|ConversationBlockedByUser|BotDisabledByAdmin/i;
const notInstalled = /ForbiddenOperation|BotNotInConversationRoster|BotNotInstalled/i;

/**
 * Maps the Connector's response to the outcome of a post, or of a repaint (T12). Codes are from "Status codes from bot
 * conversational APIs"; some occur only inside the error's text.
 */
export function outcomeOf(answer: Answer, what: { readonly repaints?: string }): TeamsOutcome {
  if (!answer.answered) return { ok: false, again: true, error: `no answer (${answer.error})` };
  const { status, code, text, retryAfterMs } = answer;
  const error = [String(status), ...(code === undefined ? [] : [code])].join(" ");
  if (status >= 200 && status < 300) {
    // Without an id the message cannot be edited, but posting again would duplicate it.
    return { ok: true, messageId: what.repaints ?? answer.id ?? noMessageId };
  }
  if (status === 401 || status === 408 || status === 412 || status === 429 || status >= 500) {
    return { ok: false, again: true, error, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
  }
  if (status === 403) {
    if (blocked.test(text)) return { ok: false, again: false, error, unreachable: "blocked" };
    if (notInstalled.test(text)) return { ok: false, again: false, error, unreachable: "not-installed" };
    return { ok: false, again: false, error };
  }
  if (what.repaints !== undefined && (status === 404 || (status === 400 && isAboutMessage(text)))) {
    return { ok: false, again: false, error, messageGone: true };
  }
  if (status === 404) return { ok: false, lost: true, error };
  return { ok: false, again: false, error };
}

function isAboutMessage(text: string): boolean {
  return /Activity|message/i.test(text);
}
