import { unescapeMrkdwn } from "../../adapters/slack/mrkdwn.ts";
import type { Card } from "../../src/cards/card.ts";
import { slackCardWords } from "../../src/words/slack-cards.ts";

interface Words {
  readonly type?: unknown;
  readonly text?: unknown;
}

/** All readable text in Slack blocks or a view, one text per line. */
export function readIn(shown: unknown): string {
  return textsIn(shown).join("\n");
}

function textsIn(shown: unknown): readonly string[] {
  if (Array.isArray(shown)) return shown.flatMap(textsIn);
  if (typeof shown !== "object" || shown === null) return [];
  const { type, text } = shown as Words; // typed as unknown by the API
  if (type === "mrkdwn" && typeof text === "string") return [unescapeMrkdwn(text).replace(/^\*(.*)\*$/gm, "$1")];
  if (type === "plain_text" && typeof text === "string") return [text];
  // Slack appends it to the label.
  if ("optional" in shown && shown.optional === true && "label" in shown)
    return [
      `${textsIn(shown.label).join()} ${slackCardWords.optional}`,
      ...textsIn(Object.values({ ...shown, label: "" })),
    ];
  return Object.values(shown).flatMap(textsIn);
}

/** The texts of a card that must be shown in full. */
export function wordsOf({ title, parts }: Card): readonly string[] {
  const words = parts.flatMap((part): readonly string[] => {
    switch (part.type) {
      case "text":
      case "hint":
        return [part.text];
      case "facts":
        return part.facts.flatMap(({ label, value }) => [label, value]);
      case "buttons":
        return part.buttons.map(({ label }) => label);
      case "inputs":
        return part.inputs.map(({ label }) => label);
      default:
        return part satisfies never;
    }
  });
  return [...(title === undefined ? [] : [title]), ...words];
}

/** A text's characters without white space, which line breaks may replace. */
export function lettersOf(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Whether the last line of a message announces missing content. */
export function announcesOmission(blocks: readonly unknown[]): boolean {
  const last = readIn(blocks.at(-1));
  const endings = [2, 1].flatMap((count) => [
    slackCardWords.undrawnButtons(count),
    slackCardWords.undrawnInputs(count),
  ]);
  return (
    last.startsWith(slackCardWords.undrawnText) || endings.some((words) => last.endsWith(words.replace(/^\d+ /, "")))
  );
}
