import type { InputBlock, PlainTextElement, PlainTextOption } from "@slack/types";
import type { Input } from "../../src/cards/card.ts";
import { cardWords } from "../../src/words/cards.ts";
import { slackCardWords } from "../../src/words/slack-cards.ts";
import { cut, isBlankText, limits } from "./limits.ts";

/** An input's block id. It is the same in every message and form, so that Slack keeps typed values across repaints (S22). */
export function inputBlockId(inputId: string): string {
  return `in:${inputId}`;
}

/** The input id of an input block; undefined for any other block. */
export function inputIdOf(blockId: string): string | undefined {
  return blockId.startsWith("in:") ? blockId.slice("in:".length) : undefined;
}

/** Action ids of inputs. A single checkbox has its own, because its answer is one word instead of a list. */
export const inputAction = { any: "input", tick: "input:tick" } as const;

/** A question as an input block with its previous answer; undefined when its id is not valid in Slack. */
export function inputBlock(input: Input): InputBlock | undefined {
  const { id, label, required } = input;
  if (id === "" || inputBlockId(id).length > limits.id) return undefined;
  const hint = [input.error === undefined ? "" : `⚠ ${input.error}`, input.help ?? ""].filter(isSeen).join(" · ");
  return {
    type: "input",
    block_id: inputBlockId(id),
    label: plain(isBlankText(label) ? "…" : required ? label : saidOnce(label), limits.inputLabel),
    element: elementOf(input),
    optional: !required,
    ...(hint === "" ? {} : { hint: plain(hint, limits.inputHint) }),
  };
}

/** Removes "(optional)" from a label, because Slack adds that itself. */
function saidOnce(label: string): string {
  const { optional } = slackCardWords;
  return label.endsWith(optional) && label !== optional ? label.slice(0, -optional.length).trimEnd() : label;
}

function elementOf(input: Input): InputBlock["element"] {
  const action_id = inputAction.any;
  const [given = ""] = [input.value ?? ""].flat();
  switch (input.kind) {
    case "short_text":
    case "long_text":
    case "number":
    case "phone":
      return textElement(input);
    case "date":
      return { type: "datepicker", action_id, ...(isDate(given) ? { initial_date: given } : {}) };
    case "yes_no":
      return ticks("radio_buttons", yesAndNo, [given]);
    case "consent":
      return { ...ticks("checkboxes", [option(slackCardWords.agree, "yes")], [given]), action_id: inputAction.tick };
    case "choice":
    case "choices":
      return choiceElement(input);
    default:
      return input.kind satisfies never;
  }
}

/** Numbers use a text input: Slack's number field drops invalid input silently, so the desk could not explain the error. */
function textElement({ kind, value }: Input): InputBlock["element"] {
  const given = [value ?? ""].flat().join(", ");
  const takes = cardWords[kind];
  return {
    type: "plain_text_input",
    action_id: inputAction.any,
    multiline: kind === "long_text",
    ...(isBlankText(given) ? {} : { initial_value: cut(given, limits.inputText) }),
    ...(takes === "" || kind === "choice" || kind === "choices"
      ? {}
      : { placeholder: plain(takes, limits.placeholder) }),
  };
}

const yesAndNo = [option(slackCardWords.yes, "yes"), option(slackCardWords.no, "no")];

/** Radio buttons or checkboxes for a few options, otherwise a select menu. A question without options becomes a text input. */
function choiceElement(input: Input): InputBlock["element"] {
  const texts = [...new Set(input.options ?? [])].filter(isSeen);
  if (texts.length === 0) return textElement(input);
  const given = [input.value ?? []].flat();
  // The desk also accepts an option's number as the answer.
  const options = texts.map((text, at) => option(text, cut(text, limits.optionValue) === text ? text : String(at + 1)));
  const isOne = input.kind === "choice";
  if (options.length <= limits.tickOptions) return ticks(isOne ? "radio_buttons" : "checkboxes", options, given);
  const chosen = options.filter(({ value }) => given.includes(value));
  const [first] = chosen;
  const list = options.length <= limits.selectOptions ? { options } : { option_groups: inGroups(options) };
  const action_id = inputAction.any;
  return isOne
    ? { type: "static_select", action_id, ...list, ...(first === undefined ? {} : { initial_option: first }) }
    : { type: "multi_static_select", action_id, ...list, ...(chosen.length === 0 ? {} : { initial_options: chosen }) };
}

function ticks(
  type: "radio_buttons" | "checkboxes",
  options: readonly Option[],
  given: readonly string[],
): InputBlock["element"] {
  const chosen = options.filter(({ value }) => given.includes(value));
  const [first] = chosen;
  const shared = { action_id: inputAction.any, options: [...options] };
  return type === "radio_buttons"
    ? { type, ...shared, ...(first === undefined ? {} : { initial_option: first }) }
    : { type, ...shared, ...(chosen.length === 0 ? {} : { initial_options: chosen }) };
}

type Option = PlainTextOption & { readonly value: string };

/** An option. Text that exceeds the limit continues in the description. */
function option(text: string, value: string): Option {
  const shown = cut(text, limits.optionText);
  const rest = shown === text ? "" : [...text].slice([...shown].length - 1).join("");
  return {
    text: plain(text, limits.optionText),
    value,
    ...(isBlankText(rest) ? {} : { description: plain(`…${rest.trim()}`, limits.optionText) }),
  };
}

function inGroups(options: readonly Option[]): { label: PlainTextElement; options: Option[] }[] {
  const most = limits.selectOptions;
  return Array.from({ length: Math.min(Math.ceil(options.length / most), limits.optionGroups) }, (_, group) => {
    const own = options.slice(group * most, (group + 1) * most);
    const label = slackCardWords.optionsFrom(group * most + 1, group * most + own.length);
    return { label: plain(label, limits.optionText), options: own };
  });
}

/** A plain_text object, truncated to `most` characters. */
export function plain(text: string, most: number): PlainTextElement {
  return { type: "plain_text", text: cut(text, most), emoji: true };
}

function isSeen(text: string): boolean {
  return !isBlankText(text);
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}
