import type { ModalView } from "@slack/types";
import type { Card, CardEvent, CardPart } from "../../src/cards/card.ts";
import { slackCardWords } from "../../src/words/slack-cards.ts";
import { fitBlocks, type Piece, wordsPiece } from "./fit-blocks.ts";
import { inputBlockId, plain } from "./input-blocks.ts";
import { cut, isBlankText, limits } from "./limits.ts";
import { inPieces } from "./mrkdwn.ts";
import { type CardPlace, writePress } from "./press.ts";
import { inputPiece } from "./render.ts";

/** The callback id of every form modal. */
export const formCallback = "form";

type Inputs = Extract<CardPart, { type: "inputs" }>;

/**
 * A card's questions as a modal; with `event`, those submitted by that event. The private metadata holds the press that
 * submitting the modal stands for. Undefined for a card without open questions.
 */
export function toModal(card: Card, at: CardPlace & { readonly event?: CardEvent }): ModalView | undefined {
  const asked = card.parts.find((part): part is Inputs => part.type === "inputs" && isOf(part, at.event));
  if (asked === undefined || asked.inputs.length === 0 || !("event" in asked.submit.action)) return undefined;
  const press = writePress(at, asked.submit.action.event);
  if (press === undefined) return undefined;
  const title = isBlankText(card.title ?? "") ? card.summary : (card.title ?? "");
  const pieces = [
    ...(cut(title, limits.viewTitle) === title ? [] : wordPieces(title)),
    ...card.parts.flatMap((part) => (part.type === "text" ? wordPieces(part.text) : [])),
    ...asked.inputs.map(inputPiece),
  ];
  return {
    type: "modal",
    callback_id: formCallback,
    private_metadata: press,
    title: named(title, slackCardWords.fillIn),
    submit: named(asked.submit.label, slackCardWords.send),
    close: named(slackCardWords.cancel, slackCardWords.cancel),
    blocks: fitBlocks(pieces, { blocks: limits.viewBlocks, characters: limits.viewJson }),
  };
}

/**
 * Input errors in the format of `response_action: "errors"`: keyed by block id, restricted to the blocks of this modal.
 * Errors of other inputs are shown at the first block.
 */
export function fieldErrors(
  errors: Readonly<Record<string, string>>,
  blocks?: readonly { readonly type: string; readonly block_id?: string }[],
): Record<string, string> {
  const drawn = blocks?.flatMap(({ type, block_id }) => (type === "input" ? (block_id ?? []) : []));
  const found = new Map<string, string>();
  for (const [inputId, error] of Object.entries(errors)) {
    const own = inputBlockId(inputId);
    const blockId = drawn === undefined || drawn.includes(own) ? own : drawn[0];
    if (blockId === undefined) continue;
    const said = [found.get(blockId) ?? "", isBlankText(error) ? "…" : error].filter((text) => text !== "");
    found.set(blockId, cut(said.join(" "), limits.fieldError));
  }
  return Object.fromEntries(found);
}

function isOf({ submit: { action } }: Inputs, event: CardEvent | undefined): boolean {
  if (event === undefined) return true;
  return "event" in action && JSON.stringify(action.event) === JSON.stringify(event);
}

function wordPieces(text: string): Piece[] {
  return inPieces(text).map((piece) => wordsPiece({ type: "section", text: { type: "mrkdwn", text: piece } }));
}

function named(text: string, otherwise: string): NonNullable<ModalView["submit"]> {
  return plain(isBlankText(text) ? otherwise : text, limits.viewTitle);
}
