import type { Button as SlackButton } from "@slack/types";
import type { Button, Card, CardEvent, CardPart } from "../../src/cards/card.ts";
import { given } from "../../src/given.ts";
import { cardWords } from "../../src/words/cards.ts";
import { slackCardWords } from "../../src/words/slack-cards.ts";
import { type Piece, wordsPiece } from "./fit-blocks.ts";
import { cut, isBlankText, lengthOf, limits } from "./limits.ts";
import { bold, escapeMrkdwn, inPieces } from "./mrkdwn.ts";

/** How a card's buttons are drawn. `count` runs through the whole message, so that every `action_id` in it is unique. */
export interface Drawing {
  /** Prefix of the buttons' action ids. */
  readonly prefix: "press" | "ask";
  /** Prefix of block ids. It differs from that of the message's previous version. */
  readonly blockPrefix: string;
  readonly value: (event: CardEvent) => string | undefined;
  readonly count: () => number;
}

type Buttons = Extract<CardPart, { type: "buttons" }>;

/** A group of buttons: its label unless the card already shows it, labels too long for a button in full, then rows. */
export function buttonPieces(part: Buttons, card: Card, drawing: Drawing): Piece[] {
  const drawn = part.buttons.map((button) => ({ button, element: drawButton(button, drawing) }));
  const elements = drawn.flatMap(({ element }) => element ?? []);
  const rank = part.role === "choices" || part.role === "switch" ? 1 : 0;
  return [
    ...(needsLabel(part, card) ? inPieces(part.label ?? "").map((text) => section(emphasised(text, part.label))) : []),
    ...part.buttons.flatMap(fullTitle),
    ...drawn.flatMap(({ button, element }) => (element === undefined ? undrawn(button) : [])),
    ...inRows(elements).map((row): Piece => rowPiece(row, rank, drawing)),
  ];
}

/** One row of buttons. */
export function rowPiece(row: readonly SlackButton[], rank: 0 | 1, { blockPrefix, count }: Drawing): Piece {
  return {
    block: { type: "actions", block_id: `${blockPrefix}:${count()}`, elements: [...row] },
    rank,
    lost: { buttons: row.length },
  };
}

/** A Slack button; undefined for one that Slack would reject. */
export function drawButton(
  button: Button,
  { prefix, value, count }: Drawing,
  kind: string = prefix,
): SlackButton | undefined {
  const { label, style, selected, action } = button;
  const title = isBlankText(label) ? "…" : label;
  const shared = {
    type: "button",
    text: { type: "plain_text", text: cut(selected === true ? `✓ ${title}` : title, limits.buttonText), emoji: true },
    ...given({ style }),
    ...accessible(button),
  } as const;
  if ("link" in action) return undefined;
  if ("url" in action)
    return isWebAddress(action.url) ? { ...shared, action_id: `link:${count()}`, url: action.url } : undefined;
  const said = value(action.event);
  if (said === undefined) return undefined;
  return { ...shared, action_id: `${kind}:${count()}`, value: said };
}

function accessible({ label, spoken, selected }: Button): { accessibility_label?: string } {
  if (spoken === undefined && selected !== true) return {};
  const name = [spoken ?? label, ...(selected === true ? [cardWords.selected] : [])].join(", ");
  return isBlankText(name) ? {} : { accessibility_label: cut(name, limits.buttonText) };
}

/** Rows that wrap well on a phone: short buttons in even rows, longer ones in rows of at most `buttonsInRow`. */
function inRows(buttons: readonly SlackButton[]): SlackButton[][] {
  const most = limits.buttonsInRow;
  const rows = Math.ceil(buttons.length / most);
  const areShort = buttons.every(({ text }) => lengthOf(text.text) <= 8);
  const length = areShort ? Math.ceil(buttons.length / rows) : most;
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * length, (row + 1) * length));
}

/** A label that repeats text already on the card exists for screen readers only (as in `src/cards/plain.ts`). */
function needsLabel({ label }: Buttons, card: Card): boolean {
  if (label === undefined || label === card.title) return false;
  return !card.parts.some((one) => one.type === "text" && one.text === label);
}

function emphasised(text: string, label: string | undefined): string {
  return text === escapeMrkdwn(label?.trim() ?? "") ? bold(label ?? "") : text;
}

function fullTitle({ label }: Button): Piece[] {
  if (cut(label, limits.buttonText - 2) === label) return [];
  return inPieces(label).map(section);
}

/** A link that does not fit a button, as text. A press that does not fit one counts as missing. */
function undrawn({ label, action }: Button): Piece[] {
  if (!("url" in action)) return [{ rank: 0, lost: { buttons: 1 } }];
  return inPieces(slackCardWords.linkTo(label, action.url)).map(section);
}

function section(text: string): Piece {
  return wordsPiece({ type: "section", text: { type: "mrkdwn", text } });
}

function isWebAddress(url: string): boolean {
  return cut(url, limits.url) === url && /^https?:\/\/\S+$/i.test(url) && URL.canParse(url);
}
