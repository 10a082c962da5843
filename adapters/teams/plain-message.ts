import { type Card, eventButtons } from "../../src/cards/card.ts";
import { toPlainText } from "../../src/cards/plain.ts";
import { cardWords } from "../../src/words/cards.ts";
import { cut, limits } from "./limits.ts";

/** A message without a card. */
export interface PlainMessage {
  readonly text: string;
  readonly textFormat: "plain";
  /** What is typed by one tap; Teams draws it under plain text only. */
  readonly suggestedActions?: {
    readonly to: readonly [];
    readonly actions: readonly { readonly type: "imBack"; readonly title: string; readonly value: string }[];
  };
}

/** The most a plain text of a card carries, in characters. */
const longestText = 8_000;

/** A card in words, for where no card can be drawn, with its first buttons to say. */
export function plainFallback(card: Card): PlainMessage {
  const lines = toPlainText(card, cardWords);
  const text = cut(lines.startsWith(card.summary) ? lines : `${card.summary}\n\n${lines}`.trim(), longestText);
  const titles = [...new Set(eventButtons(card).map(({ label }) => label))].filter((label) => label.trim() !== "");
  const actions = titles
    .slice(0, limits.suggestedActions)
    .map((title) => ({ type: "imBack", title, value: title }) as const);
  return { text, textFormat: "plain", ...(actions.length === 0 ? {} : { suggestedActions: { to: [], actions } }) };
}
