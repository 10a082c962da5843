import type { AdaptiveCard } from "./adaptive-card.ts";
import { cardFaults } from "./card-checks.ts";
import type { Answered } from "./world.ts";

/** The result of a click; `id` is the activity's. */
export type Clicked =
  /** A card that replaces the message's card for the person who clicked only. */
  | { readonly kind: "card"; readonly id: string; readonly card: AdaptiveCard }
  /** A text shown briefly. */
  | { readonly kind: "words"; readonly id: string; readonly words: string }
  /** An `Action.Submit`, which has no response. */
  | { readonly kind: "sent"; readonly id: string };

/**
 * Reads the response to an `adaptiveCard/action` invoke as Teams does (T5). Throws when Teams would show "Something went
 * wrong": a status other than 200, a late response, an invalid body or an invalid card.
 */
export function readInvokeAnswer(
  { status, body, tookMs }: Answered,
  { title, answerWithinMs, id }: { readonly title: string; readonly answerWithinMs: number; readonly id: string },
): Clicked {
  const wrong = (what: string) => new Error(`“${title}”: ${what}`);
  if (tookMs > answerWithinMs) throw wrong(`answered after ${Math.round(tookMs)} ms, ${answerWithinMs} at most`);
  if (status !== 200) throw wrong(`answered ${status} ${JSON.stringify(body)}`);
  if (typeof body !== "object" || body === null)
    throw wrong(`answered nothing Teams can read: ${JSON.stringify(body)}`);
  // Missing fields lead to the last throw.
  const { statusCode, type, value } = body as { statusCode?: unknown; type?: unknown; value?: unknown };
  if (statusCode !== 200) throw wrong(`answered statusCode ${statusCode} ${JSON.stringify(value)}`);
  if (type === "application/vnd.microsoft.activity.message" && typeof value === "string")
    return { kind: "words", id, words: value };
  if (type !== "application/vnd.microsoft.card.adaptive" || typeof value !== "object" || value === null)
    throw wrong(`answered type ${type}`);
  const card = value as AdaptiveCard; // validated in the next line
  const faults = cardFaults(card);
  if (faults.length > 0) throw wrong(`answered a card with ${faults.join("; ")}`);
  return { kind: "card", id, card };
}
