import { plain, seenOf } from "./escaping.ts";
import { type Json, record, records, text } from "./shape.ts";
import type { Message, View, Workspace } from "./workspace.ts";

/** A button or input. */
export interface Control {
  /** Its visible label: a button's text, an input's label, otherwise the adjacent text or placeholder. */
  readonly label: string;
  /** Slack's type, such as `button` or `static_select`. */
  readonly kind: string;
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Json;
  /** Whether using it sends a payload at once. */
  readonly tells: boolean;
  readonly optional: boolean;
}

/** A message as displayed. */
export interface Shown {
  readonly ts: string;
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string | undefined;
  /** `desk`, the member's id, or another app's. */
  readonly from: string;
  readonly lines: readonly string[];
  /** Its button labels, in reading order. */
  readonly buttons: readonly string[];
  readonly inputs: readonly string[];
  /** All lines as one text. */
  readonly words: string;
  /** The text of the push notification. */
  readonly text: string;
  readonly blocks: readonly Json[];
}

/** A modal or Home tab as displayed. */
export interface ShownView {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly words: string;
  readonly buttons: readonly string[];
  readonly inputs: readonly string[];
  readonly submit: string;
  readonly blocks: readonly Json[];
}

/** A message as its readers see it. */
export function shownMessage(message: Message, workspace: Workspace): Shown {
  const lines = message.blocks.length === 0 ? seenOf(message.text).split("\n") : linesOf(message.blocks);
  return {
    ts: message.ts,
    teamId: workspace.id,
    channelId: message.channelId,
    threadTs: message.threadTs,
    from: message.botId === workspace.botId ? "desk" : (message.botId ?? message.userId),
    text: message.text,
    ...seenIn(message.blocks, lines),
  };
}

/** A view as its user sees it. */
export function shownView(view: View): ShownView {
  const blocks = records(view.body.blocks);
  return {
    id: view.id,
    title: wordsOf(view.body.title),
    submit: wordsOf(view.body.submit),
    ...seenIn(blocks, linesOf(blocks)),
  };
}

function seenIn(blocks: readonly Json[], lines: readonly string[]) {
  const controls = controlsOf(blocks);
  const labels = (pressed: boolean) =>
    controls.filter(({ kind }) => (kind === "button") === pressed).map(({ label }) => label);
  return { lines, words: lines.join("\n"), buttons: labels(true), inputs: labels(false), blocks };
}

/** A text object as displayed. */
function wordsOf(given: unknown): string {
  const { type, text: words } = record(given);
  return type === "mrkdwn" ? seenOf(text(words)) : plain(text(words));
}

/** All buttons and inputs, in reading order. */
export function controlsOf(blocks: readonly Json[]): readonly Control[] {
  return blocks.flatMap((block) => {
    const blockId = text(block.block_id);
    const control = (element: Json, beside: string): Control => ({
      label: element.type === "button" ? wordsOf(element.text) : beside || wordsOf(element.placeholder),
      kind: text(element.type),
      blockId,
      actionId: text(element.action_id),
      element,
      tells: block.type !== "input" || block.dispatch_action === true,
      optional: block.optional === true,
    });
    switch (block.type) {
      case "actions":
        return records(block.elements).map((element) => control(element, ""));
      case "section":
        return block.accessory === undefined || record(block.accessory).type === "image"
          ? []
          : [control(record(block.accessory), wordsOf(block.text))];
      case "input":
        return [control(record(block.element), wordsOf(block.label))];
      default:
        return [];
    }
  });
}

/** The options of a choice with their visible texts. */
export function optionsOf({ element }: Control): readonly { readonly words: string; readonly option: Json }[] {
  const groups = records(element.option_groups);
  const options = groups.length > 0 ? groups.flatMap((group) => records(group.options)) : records(element.options);
  return options.map((option) => ({ words: wordsOf(option.text), option }));
}

/** Blocks as text lines: a button is `[Book]`, an input `Label: [ ]`, a choice `Label: [One | Two]`. */
function linesOf(blocks: readonly Json[]): readonly string[] {
  return blocks.flatMap((block) => linesOfBlock(block)).flatMap((line) => line.split("\n"));
}

function linesOfBlock(block: Json): readonly string[] {
  const controls = controlsOf([block]);
  const drawn = controls.map(drawnControl);
  switch (block.type) {
    case "section": {
      const words = block.text === undefined ? [] : [wordsOf(block.text)];
      return [...words, ...records(block.fields).map(wordsOf), ...drawn];
    }
    case "header":
      return [wordsOf(block.text)];
    case "context":
      return records(block.elements).map((element) => (element.type === "image" ? "" : wordsOf(element)));
    case "actions":
      return [drawn.join(" ")];
    case "input":
      return [...drawn, ...(block.hint === undefined ? [] : [wordsOf(block.hint)])];
    case "image":
      return [text(block.alt_text)];
    case "divider":
      return ["---"];
    default:
      return [];
  }
}

function drawnControl(control: Control): string {
  if (control.kind === "button") return `[${control.label}]`;
  const options = optionsOf(control).map(({ words }) => words);
  return `${control.label}: [${options.length === 0 ? " " : options.join(" | ")}]`;
}
