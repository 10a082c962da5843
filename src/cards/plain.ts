import type { Button, Card, CardPart, Input } from "./card.ts";

/** The texts of the plain form, English in `src/words`. The input kinds say what an input takes. */
export type PlainWords = Readonly<Record<Input["kind"], string>> & {
  readonly step: (now: number, of: number) => string;
  readonly selected: string;
  readonly required: string;
};

/**
 * A card as text, for chats without buttons and for tests. Contains everything but the summary, which repeats the card
 * in one line, and the tone, which repeats the words.
 */
export function toPlainText(card: Card, words: PlainWords): string {
  const head = [card.step && words.step(card.step.now, card.step.of), card.title].filter((text) => text !== undefined);
  const lines = card.parts.flatMap((part) => partLines(part, card, words));
  return [...(head.length === 0 ? [] : [head.join(" · ")]), ...lines].join("\n");
}

function partLines(part: CardPart, card: Card, words: PlainWords): readonly string[] {
  switch (part.type) {
    case "text":
      return [part.text];
    case "hint":
      return [`– ${part.text}`];
    case "facts":
      return part.facts.map(({ label, value }) => `${label}: ${value}`);
    case "buttons": {
      const buttons = part.buttons.map((button) => buttonText(button, words)).join(" ");
      // A label that repeats the title or a text above is meant for screen readers only.
      const isAbove =
        part.label === card.title || card.parts.some((one) => one.type === "text" && one.text === part.label);
      return [part.label === undefined || isAbove ? buttons : `${part.label.replace(/(?<![:?])$/, ":")} ${buttons}`];
    }
    case "inputs":
      return [...part.inputs.flatMap((input) => inputLines(input, words)), buttonText(part.submit, words)];
    default:
      return part satisfies never;
  }
}

function buttonText({ label, selected, action }: Button, words: PlainWords): string {
  const button = "url" in action ? `[${label}: ${action.url}]` : `[${label}]`;
  return selected === true ? `${button} (${words.selected})` : button;
}

/** "Phone (a phone number): ____", then its help and its error. */
function inputLines(
  { label, kind, required, options, help, value, error }: Input,
  words: PlainWords,
): readonly string[] {
  const takes = [words[kind], options?.join(", ") ?? ""].filter((text) => text !== "").join(" ");
  const notes = [...(takes === "" ? [] : [takes]), ...(required ? [words.required] : [])];
  const asked = notes.length === 0 ? label : `${label} (${notes.join("; ")})`;
  const given = [value ?? ""].flat().join(", ");
  return [
    `${asked}: ${given === "" ? "____" : given}`,
    ...(help === undefined ? [] : [`  – ${help}`]),
    ...(error === undefined ? [] : [`  ! ${error}`]),
  ];
}
