import type { Input } from "../../src/cards/card.ts";
import { teamsCardWords as words } from "../../src/words/teams-cards.ts";
import type { CardElement, InputElement } from "./adaptive-card.ts";
import { type Amount, cut } from "./limits.ts";
import { markdownLines } from "./markdown.ts";
import { inputKey, optionValue } from "./values.ts";

/** Longest list of options shown expanded. Longer lists become a dropdown. */
const mostExpanded = 6;

/** A question's field with the error of the last answer and the help text below it. */
export function inputElements(input: Input, amount: Amount): readonly CardElement[] {
  const left = (input.options?.length ?? 0) - amount.options;
  const small = { type: "TextBlock", size: "small", wrap: true, spacing: "small" } as const;
  const lines = (text: string) => markdownLines(cut(text, amount.text));
  return [
    { ...inputElement(input, amount), spacing: "medium" },
    ...lines(input.error ?? "").map((text) => ({ ...small, text, color: "attention", weight: "bolder" }) as const),
    ...lines(input.help ?? "").map((text) => ({ ...small, text, isSubtle: true }) as const),
    ...(left > 0 ? [{ ...small, text: words.moreOptions(left), isSubtle: true } as const] : []),
  ];
}

/** The input field. It keeps the previous answer if that is a valid value of the field. */
function inputElement(input: Input, amount: Amount): InputElement {
  const first = [input.value ?? ""].flat()[0] ?? "";
  const asked = {
    id: inputKey(input),
    label: cut(input.label.trim(), amount.text) || "…",
    ...(input.required ? { isRequired: true as const } : {}),
  };
  const text = {
    ...asked,
    type: "Input.Text",
    errorMessage: words.pleaseAnswer,
    ...valued(cut(first, 4_000)),
  } as const;
  switch (input.kind) {
    case "short_text":
      return text;
    case "long_text":
      return { ...text, isMultiline: true };
    case "phone":
      return { ...text, style: "tel" };
    case "number": {
      const number = first.trim() === "" ? Number.NaN : Number(first.replace(",", "."));
      const value = Number.isFinite(number) ? { value: number } : {};
      return { ...asked, type: "Input.Number", errorMessage: words.pleaseNumber, ...value };
    }
    case "date": {
      const value = /^\d{4}-\d{2}-\d{2}$/.test(first) ? { value: first } : {};
      return { ...asked, type: "Input.Date", errorMessage: words.pleaseDate, ...value };
    }
    case "consent":
      return {
        ...asked,
        type: "Input.Toggle",
        title: words.agree,
        wrap: true,
        valueOn: "yes",
        valueOff: "no",
        value: first === "yes" ? "yes" : "no",
        errorMessage: words.pleaseAgree,
      };
    case "yes_no":
      return {
        ...asked,
        type: "Input.ChoiceSet",
        style: "expanded",
        wrap: true,
        errorMessage: words.pleaseChoose,
        choices: [
          { title: words.yes, value: "yes" },
          { title: words.no, value: "no" },
        ],
        ...(first === "yes" || first === "no" ? { value: first } : {}),
      };
    case "choice":
    case "choices":
      return choiceElement(input, asked, amount) ?? text;
    default:
      return input.kind satisfies never;
  }
}

/** A choice set; undefined when there are no options. */
function choiceElement(
  { kind, options = [], value }: Input,
  asked: { readonly id: string; readonly label: string; readonly isRequired?: true },
  amount: Amount,
): InputElement | undefined {
  const shown = [...new Set(options)].filter((option) => option.trim() !== "").slice(0, amount.options);
  if (shown.length === 0) return undefined;
  const isMulti = kind === "choices";
  const chosen = [value ?? []].flat().filter((option) => shown.includes(option));
  const kept = (isMulti ? chosen : chosen.slice(0, 1)).map(optionValue).join(",");
  const isOpen = isMulti || shown.length <= mostExpanded;
  return {
    ...asked,
    type: "Input.ChoiceSet",
    style: isOpen ? "expanded" : "compact",
    ...(isMulti ? { isMultiSelect: true as const } : {}),
    ...(isOpen ? {} : { placeholder: words.choose }),
    wrap: true,
    errorMessage: words.pleaseChoose,
    choices: shown.map((option) => ({ title: cut(option, amount.text), value: optionValue(option) })),
    ...valued(kept),
  };
}

function valued(value: string): { readonly value?: string } {
  return value === "" ? {} : { value };
}
