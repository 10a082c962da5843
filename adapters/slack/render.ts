import type { HomeView, KnownBlock } from "@slack/types";
import type { Card, CardPart, Fact, Input } from "../../src/cards/card.ts";
import { given } from "../../src/given.ts";
import { cardWords } from "../../src/words/cards.ts";
import { slackCardWords } from "../../src/words/slack-cards.ts";
import { buttonPieces, type Drawing, drawButton, rowPiece } from "./button-blocks.ts";
import { fitBlocks, type Piece, wordsPiece } from "./fit-blocks.ts";
import { inputBlock, plain } from "./input-blocks.ts";
import { isBlankText, lengthOf, limits } from "./limits.ts";
import { bold, escapeMrkdwn, inPieces } from "./mrkdwn.ts";
import { type CardPlace, writePress, writeTabPress } from "./press.ts";

/**
 * Renders a card as a Slack message (docs.slack.dev, "Block Kit"). If it exceeds Slack's limits, a closing note says what
 * is missing. `text` is the notification's text.
 */
export function toBlocks(card: Card, at: CardPlace): { readonly text: string; readonly blocks: KnownBlock[] } {
  const drawing = drawingOf({
    prefix: "press",
    blockPrefix: String(at.revision),
    value: (event) => writePress(at, event),
  });
  const room = { blocks: limits.messageBlocks, characters: limits.messageJson };
  return { text: summaryOf(card), blocks: fitBlocks(piecesOf(card, drawing, "form"), room) };
}

/** Renders a card as a Home tab. Its buttons belong to no talk, so they carry only their event. */
export function toHome(card: Card): HomeView {
  const drawing = drawingOf({ prefix: "ask", blockPrefix: "home", value: writeTabPress });
  const room = { blocks: limits.viewBlocks, characters: limits.viewJson };
  return { type: "home", blocks: fitBlocks(piecesOf(card, drawing, "inline"), room) };
}

function drawingOf(drawing: Omit<Drawing, "count">): Drawing {
  let counted = 0;
  return {
    ...drawing,
    count: () => {
      counted += 1;
      return counted;
    },
  };
}

/** The notification's text: the card in one line, with mrkdwn escaped (S21). */
function summaryOf({ summary, title }: Card): string {
  const [first = "…", ...more] = inPieces(isBlankText(summary) ? (title ?? "") : summary, limits.summary - 1);
  return more.length === 0 ? first : `${first}…`;
}

/** How to draw more inputs than fit a message: behind a button that opens a form, or inline. */
type LongForms = "form" | "inline";

function piecesOf(card: Card, drawing: Drawing, longForms: LongForms): Piece[] {
  const isBare = isBlankText(card.title ?? "") && card.parts.length === 0;
  const pieces = [
    ...titlePieces(card.title ?? ""),
    ...(card.step === undefined ? [] : hintPieces(cardWords.step(card.step.now, card.step.of))),
    ...(isBare ? textPieces(card.summary) : []),
    ...card.parts.flatMap((part) => partPieces(part, card, { drawing, longForms })),
  ];
  // Slack rejects an update that removes all blocks of a message.
  return pieces.length === 0 ? textPieces(isBlankText(card.summary) ? "…" : card.summary) : pieces;
}

function partPieces(
  part: CardPart,
  card: Card,
  { drawing, longForms }: { drawing: Drawing; longForms: LongForms },
): Piece[] {
  switch (part.type) {
    case "text":
      return textPieces(part.text);
    case "hint":
      return hintPieces(part.text);
    case "facts":
      return factPieces(part.facts);
    case "buttons":
      return buttonPieces(part, card, drawing);
    case "inputs":
      return part.inputs.length > limits.inlineInputs && longForms === "form"
        ? formPieces(part, drawing)
        : inputPieces(part, drawing);
    default:
      return part satisfies never;
  }
}

function titlePieces(title: string): Piece[] {
  if (isBlankText(title)) return [];
  if (lengthOf(title) > limits.headerText) return textPieces(title);
  return [{ ...wordsPiece({ type: "header", text: plain(title, limits.headerText) }), rank: 0 }];
}

function textPieces(text: string): Piece[] {
  return inPieces(text).map((piece) => wordsPiece({ type: "section", text: { type: "mrkdwn", text: piece } }));
}

function hintPieces(text: string): Piece[] {
  return inPieces(text, limits.contextText).map((piece) =>
    wordsPiece({ type: "context", elements: [{ type: "mrkdwn", text: piece }] }),
  );
}

/** Short facts in two columns, longer ones as a list of full width. */
function factPieces(facts: readonly Fact[]): Piece[] {
  const seen = facts.filter(({ label, value }) => !isBlankText(`${label}${value}`));
  const isShort = seen.length > 1 && seen.every(({ label, value }) => lengthOf(label) <= 40 && lengthOf(value) <= 60);
  if (!isShort) return seen.flatMap((fact) => longFact(fact));
  const groups = Array.from({ length: Math.ceil(seen.length / limits.fields) }, (_, at) =>
    seen.slice(at * limits.fields, (at + 1) * limits.fields),
  );
  return groups.map((group) =>
    wordsPiece({ type: "section", fields: group.map((fact) => ({ type: "mrkdwn", text: factText(fact) })) }),
  );
}

function longFact(fact: Fact): Piece[] {
  const text = factText(fact);
  if (lengthOf(text) > limits.sectionText) return [...textPieces(fact.label), ...textPieces(fact.value)];
  return [wordsPiece({ type: "section", text: { type: "mrkdwn", text } })];
}

function factText({ label, value }: Fact): string {
  return [bold(label), escapeMrkdwn(value.trim())].filter((line) => line !== "").join("\n");
}

type Inputs = Extract<CardPart, { type: "inputs" }>;

function inputPieces({ inputs, submit }: Inputs, drawing: Drawing): Piece[] {
  return [...inputs.map(inputPiece), ...submitPieces(drawButton(asPrimary(submit), drawing), drawing)];
}

/** A question as an input block. */
export function inputPiece(input: Input): Piece {
  const block = inputBlock(input);
  return { ...given({ block }), rank: 0, lost: { inputs: 1 } };
}

/** The questions as a list with their answers, and the button that opens the form. */
function formPieces({ inputs, submit }: Inputs, drawing: Drawing): Piece[] {
  const button = drawButton(asPrimary({ ...submit, label: slackCardWords.fillIn }), drawing, "form");
  return [...textPieces(inputs.map(inputLine).join("\n")), ...submitPieces(button, drawing)];
}

function inputLine({ label, value, error }: Input): string {
  const given = [value ?? ""].flat().join(", ").trim();
  const line = `• ${label}${given === "" ? "" : ` ${given}`}`;
  return error === undefined ? line : `${line}\n   ⚠ ${error}`;
}

function submitPieces(button: ReturnType<typeof drawButton>, drawing: Drawing): Piece[] {
  return [button === undefined ? { rank: 0, lost: { buttons: 1 } } : rowPiece([button], 0, drawing)];
}

function asPrimary<Pressed extends Inputs["submit"]>(submit: Pressed): Pressed {
  return { style: "primary", ...submit };
}
