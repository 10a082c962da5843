import type { KnownBlock } from "@slack/types";
import { slackCardWords } from "../../src/words/slack-cards.ts";
import { cut, limits } from "./limits.ts";
import { escapeMrkdwn } from "./mrkdwn.ts";

/** A block to be placed in a message, and what is lost without it. */
export interface Piece {
  /** Absent: Slack would reject the block. */
  readonly block?: KnownBlock;
  /** Lower ranks are kept first: 0 for navigation and inputs, 1 for choices, 2 for text. */
  readonly rank: 0 | 1 | 2;
  readonly lost: { readonly buttons: number } | { readonly inputs: number } | { readonly words: true };
}

/** The space available for blocks. */
export interface Room {
  readonly blocks: number;
  /** Length of the blocks as JSON. */
  readonly characters: number;
}

/** A piece that contains only text. */
export function wordsPiece(block: KnownBlock): Piece {
  return { block, rank: 2, lost: { words: true } };
}

/**
 * Returns all blocks in order if they fit. Otherwise buttons and inputs are kept in preference to text, and a closing
 * note says what is missing and how to reach it by typing.
 */
export function fitBlocks(pieces: readonly Piece[], room: Room): KnownBlock[] {
  const blocks = pieces.flatMap(({ block }) => (block === undefined ? [] : [block]));
  if (blocks.length === pieces.length && fits(blocks, room)) return blocks;
  const most = { blocks: room.blocks - 1, characters: room.characters - noteSize };
  const kept = new Map<Piece, KnownBlock>();
  let used = 0;
  for (const piece of pieces.toSorted((one, other) => one.rank - other.rank)) {
    const block = piece.block && shortened(piece.block, most.characters - used);
    if (block === undefined || kept.size >= most.blocks) continue;
    kept.set(piece, block);
    used += sizeOf(block);
  }
  const missing = pieces.filter((piece) => kept.get(piece) !== piece.block || piece.block === undefined);
  const shown = pieces.flatMap((piece) => kept.get(piece) ?? []);
  return [...shown, { type: "context", elements: [{ type: "mrkdwn", text: escapeMrkdwn(noteOf(missing)) }] }];
}

/** Upper bound for the size of the note. */
const noteSize = 500;

function fits(blocks: readonly KnownBlock[], room: Room): boolean {
  return blocks.length <= room.blocks && blocks.reduce((sum, block) => sum + sizeOf(block), 1) <= room.characters;
}

function sizeOf(block: KnownBlock): number {
  return JSON.stringify(block).length + 1;
}

/** The block, or a section with its text truncated to fit; undefined when too little would remain. */
function shortened(block: KnownBlock, room: number): KnownBlock | undefined {
  if (sizeOf(block) <= room) return block;
  if (block.type !== "section" || block.text === undefined || block.text.type !== "mrkdwn") return undefined;
  for (let most = Math.min(limits.sectionText, room); most > 50; most = Math.floor(most / 2)) {
    // A truncated entity would be shown literally, so it is removed.
    const text = cut(block.text.text, most).replace(/&[a-z]{0,3}…$/, "…");
    const shorter: KnownBlock = { ...block, text: { ...block.text, text } };
    if (sizeOf(shorter) <= room) return shorter;
  }
  return undefined;
}

function noteOf(missing: readonly Piece[]): string {
  const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
  const buttons = sum(missing.map(({ lost }) => ("buttons" in lost ? lost.buttons : 0)));
  const inputs = sum(missing.map(({ lost }) => ("inputs" in lost ? lost.inputs : 0)));
  return [
    ...(missing.some(({ lost }) => "words" in lost) ? [slackCardWords.undrawnText] : []),
    ...(inputs === 0 ? [] : [slackCardWords.undrawnInputs(inputs)]),
    ...(buttons === 0 ? [] : [slackCardWords.undrawnButtons(buttons)]),
  ].join(" ");
}
