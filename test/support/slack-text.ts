import { unescapeMrkdwn } from "../../adapters/slack/mrkdwn.ts";
import type { Card } from "../../src/cards/card.ts";
import { slackCardWords } from "../../src/words/slack-cards.ts";

interface Words {
  readonly type?: unknown;
  readonly text?: unknown;
}

/** Everything that can be read in blocks or a view of Slack, a text a line, as a person sees it. */
export function readIn(shown: unknown): string {
  return textsIn(shown).join("\n");
}

function textsIn(shown: unknown): readonly string[] {
  if (Array.isArray(shown)) return shown.flatMap(textsIn);
  if (typeof shown !== "object" || shown === null) return [];
  const { type, text } = shown as Words; // read as unknown right here
  if (type === "mrkdwn" && typeof text === "string") return [unescapeMrkdwn(text).replace(/^\*(.*)\*$/gm, "$1")];
  if (type === "plain_text" && typeof text === "string") return [text];
  // Slack writes it behind the label.
  if ("optional" in shown && shown.optional === true && "label" in shown)
    return [
      `${textsIn(shown.label).join()} ${slackCardWords.optional}`,
      ...textsIn(Object.values({ ...shown, label: "" })),
    ];
  return Object.values(shown).flatMap(textsIn);
}

/** Every text of a card that a person must be able to read, whole. */
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

/** A text's letters, without the white space that a line break may take the place of. */
export function lettersOf(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Whether the last line of a message says that something of its card is missing. */
export function saysWhatIsMissing(blocks: readonly unknown[]): boolean {
  const last = readIn(blocks.at(-1));
  const endings = [2, 1].flatMap((count) => [
    slackCardWords.undrawnButtons(count),
    slackCardWords.undrawnInputs(count),
  ]);
  return (
    last.startsWith(slackCardWords.undrawnText) || endings.some((words) => last.endsWith(words.replace(/^\d+ /, "")))
  );
}
