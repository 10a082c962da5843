import type { SendOutcome } from "../../src/ports/messenger.ts";
import type { Answer } from "./connector.ts";

/** What the Connector's answer to a message means for the outbox; `lost`: the whole chat is gone, which may be mended. */
export type TeamsOutcome = SendOutcome | { readonly ok: false; readonly lost: true; readonly error: string };

/** What stands for the id of a message that Teams took but did not name. */
export const withoutId = "-";

const blocked = /MessageWritesBlocked|ConversationBlockedByUser|BotDisabledByAdmin/i;
const notInstalled = /ForbiddenOperation|BotNotInConversationRoster|BotNotInstalled/i;

/**
 * The outcome of a message that was posted, or of one that was to be painted anew (T12). Codes after "Status codes from
 * bot conversational APIs"; some come inside the error's text only.
 */
export function outcomeOf(answer: Answer, what: { readonly repaints?: string }): TeamsOutcome {
  if (!answer.answered) return { ok: false, again: true, error: `no answer (${answer.error})` };
  const { status, code, text, retryAfterMs } = answer;
  const error = [String(status), ...(code === undefined ? [] : [code])].join(" ");
  if (status >= 200 && status < 300) {
    // Without an id it cannot be painted anew; posting it again would say it twice.
    return { ok: true, messageId: what.repaints ?? answer.id ?? withoutId };
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
