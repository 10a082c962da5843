import { type Card, eventButtons } from "../../src/cards/card.ts";
import { toPlainText } from "../../src/cards/plain.ts";
import { cardWords } from "../../src/words/cards.ts";
import { cut, limits } from "./limits.ts";

/** A text message without a card. */
export interface PlainMessage {
  readonly text: string;
  readonly textFormat: "plain";
  /** Buttons that send a text. Teams shows them under plain text only. */
  readonly suggestedActions?: {
    readonly to: readonly [];
    readonly actions: readonly { readonly type: "imBack"; readonly title: string; readonly value: string }[];
  };
}

/** Maximum length of a card as plain text, in characters. */
const longestText = 8_000;

/** A card as plain text for clients that cannot render it, with its first buttons as suggested actions. */
export function plainFallback(card: Card): PlainMessage {
  const lines = toPlainText(card, cardWords);
  const text = cut(lines.startsWith(card.summary) ? lines : `${card.summary}\n\n${lines}`.trim(), longestText);
  const titles = [...new Set(eventButtons(card).map(({ label }) => label))].filter((label) => label.trim() !== "");
  const actions = titles
    .slice(0, limits.suggestedActions)
    .map((title) => ({ type: "imBack", title, value: title }) as const);
  return { text, textFormat: "plain", ...(actions.length === 0 ? {} : { suggestedActions: { to: [], actions } }) };
}
