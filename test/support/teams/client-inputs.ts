import { type AdaptiveCard, type Element, inputsOf } from "./adaptive-card.ts";

/** A value for an input: text, number, date as `2026-03-02`, toggle, or titles of choices. */
export type Filled = string | number | boolean | readonly string[];

/** Input values by id, as transmitted: always strings (T15). */
export type Draft = ReadonlyMap<string, string>;

/** The input with this label. Throws if there is none or more than one. */
export function inputLabelled(card: AdaptiveCard, label: string): Element & { readonly id: string } {
  const found = inputsOf(card).filter((input) => (input.label ?? input.title) === label);
  const [input] = found;
  if (input?.id === undefined || found.length > 1) {
    const labels = inputsOf(card).map((each) => `“${each.label ?? each.title}”`);
    throw new Error(`${found.length} inputs labelled “${label}” among ${labels.join(", ") || "none"}`);
  }
  return { ...input, id: input.id };
}

/** Converts a value as the client does: titles to values, long texts truncated. Throws for a value that could not be entered. */
export function entered(input: Element, value: Filled): string {
  switch (input.type) {
    case "Input.Toggle":
      if (typeof value !== "boolean") throw new Error(`“${input.label}” is a tick: true or false`);
      return value ? (input.valueOn ?? "true") : (input.valueOff ?? "false");
    case "Input.ChoiceSet": {
      const titles = typeof value === "object" ? value : [String(value)];
      if (titles.length > 1 && input.isMultiSelect !== true) throw new Error(`“${input.label}” takes one choice`);
      return titles.map((title) => choiceValue(input, title)).join(",");
    }
    case "Input.Number":
      return Number.isFinite(Number(value)) ? String(value) : "";
    case "Input.Date":
      return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? String(value) : "";
    case "Input.Time":
      return /^\d\d:\d\d$/.test(String(value)) ? String(value) : "";
    default:
      return String(value).slice(0, input.maxLength);
  }
}

function choiceValue({ choices = [], label }: Element, title: string): string {
  const found = choices.find((choice) => choice.title === title);
  if (found !== undefined) return found.value;
  throw new Error(`“${label}” offers ${choices.map((each) => `“${each.title}”`).join(", ")}, not “${title}”`);
}

/** The current input values. Empty ones are omitted (T15). */
export function presentValues(card: AdaptiveCard, draft: Draft): Readonly<Record<string, string>> {
  return Object.fromEntries(
    inputsOf(card).flatMap((input) => {
      const { id = "", type, value } = input;
      const untouched = type === "Input.Toggle" ? String(value ?? input.valueOff ?? "false") : String(value ?? "");
      const now = draft.get(id) ?? untouched;
      return now === "" ? [] : [[id, now] as const];
    }),
  );
}

/** Client-side validation errors by label, with the text of `errorMessage`; empty if valid. */
export function clientRefusals(card: AdaptiveCard, draft: Draft): Readonly<Record<string, string>> {
  const values = presentValues(card, draft);
  return Object.fromEntries(
    inputsOf(card).flatMap((input) =>
      isTaken(input, values[input.id ?? ""])
        ? []
        : [[input.label ?? input.title ?? input.id ?? "", input.errorMessage ?? "(no errorMessage)"] as const],
    ),
  );
}

function isTaken(input: Element, value: string | undefined): boolean {
  const { type, isRequired = false, min, max, regex } = input;
  if (type === "Input.Toggle") return !isRequired || value === (input.valueOn ?? "true");
  if (value === undefined) return !isRequired;
  if (type === "Input.Text") return regex === undefined || new RegExp(regex, "g").test(value);
  if (type === "Input.Number")
    return (min === undefined || Number(value) >= Number(min)) && (max === undefined || Number(value) <= Number(max));
  if (type === "Input.Date" || type === "Input.Time")
    return (min === undefined || value >= String(min)) && (max === undefined || value <= String(max));
  return true;
}
