import type { Input, InputValues } from "../cards/card.ts";
import { type Html, html } from "./html.ts";

/** A question as a labelled field with the given value and its error message. */
export function fieldFor(input: Input, given: InputValues, error: string | undefined): Html {
  const values = valuesOf(input, given);
  switch (input.kind) {
    case "choice":
      return group(
        input,
        error,
        (input.options ?? []).map((option) => box(input, "radio", option, option, values)),
      );
    case "yes_no":
      return group(input, error, [box(input, "radio", "yes", "Yes", values), box(input, "radio", "no", "No", values)]);
    case "choices":
      return group(
        input,
        error,
        (input.options ?? []).map((option) => box(input, "checkbox", option, option, values)),
      );
    case "consent":
      return group(input, error, [box(input, "checkbox", "yes", "I agree", values)]);
    case "long_text":
      return single(
        input,
        error,
        html`<textarea ${attributes(input, error)}>
${values[0]}</textarea>`,
      );
    case "short_text":
      return single(input, error, html`<input type="text" value="${values[0] ?? ""}" ${attributes(input, error)}>`);
    case "number":
      return single(
        input,
        error,
        html`<input type="text" inputmode="decimal" value="${values[0] ?? ""}" ${attributes(input, error)}>`,
      );
    case "date":
      return single(input, error, html`<input type="date" value="${values[0] ?? ""}" ${attributes(input, error)}>`);
    case "phone":
      return single(input, error, html`<input type="tel" value="${values[0] ?? ""}" ${attributes(input, error)}>`);
    default:
      return input.kind satisfies never;
  }
}

/** The element id that links in the error summary point to. */
export function anchorOf(input: Input): string {
  return `q-${input.id}`;
}

/**
 * The posted values of these questions by input id: a text, or a list for `choices`. Empty values and unknown fields are
 * dropped. Whether a value is a valid answer is checked elsewhere.
 */
export function valuesIn(posted: URLSearchParams, inputs: readonly Input[]): InputValues {
  return Object.fromEntries(
    inputs.flatMap(({ id, kind }): [string, string | readonly string[]][] => {
      const given = posted
        .getAll(id)
        .map((text) => text.replaceAll("\r\n", "\n"))
        .filter((text) => text !== "");
      if (given.length === 0) return [];
      return [[id, kind === "choices" ? given : (given[0] ?? "")]];
    }),
  );
}

function valuesOf(input: Input, given: InputValues): readonly string[] {
  const value = Object.hasOwn(given, input.id) ? given[input.id] : input.value;
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

function single(input: Input, error: string | undefined, control: Html): Html {
  return html`<div class="field">
<label for="${anchorOf(input)}">${input.label}${optional(input)}</label>
${notes(input, error)}${control}
</div>
`;
}

function group(input: Input, error: string | undefined, boxes: readonly Html[]): Html {
  return html`<fieldset class="field" id="${anchorOf(input)}" tabindex="-1"${describedBy(input, error)}>
<legend>${input.label}${optional(input)}</legend>
${notes(input, error)}${boxes}</fieldset>
`;
}

function box(input: Input, type: "radio" | "checkbox", value: string, label: string, values: readonly string[]): Html {
  const required = input.required && input.kind !== "choices" ? html` required` : undefined;
  const checked = values.includes(value) ? html` checked` : undefined;
  return html`<label class="option"><input type="${type}" name="${input.id}" value="${value}"${required}${checked}> ${label}</label>
`;
}

/** Online spell checkers send text to third parties, and autocomplete stores it in the browser, so both are switched off. */
function attributes(input: Input, error: string | undefined): Html {
  const required = input.required ? html` required` : undefined;
  const invalid = error === undefined ? undefined : html` aria-invalid="true"`;
  return html`id="${anchorOf(input)}" name="${input.id}" autocomplete="off" spellcheck="false"${required}${invalid}${describedBy(input, error)}`;
}

function optional(input: Input): Html | undefined {
  return input.required ? undefined : html` <span class="optional">(optional)</span>`;
}

function notes(input: Input, error: string | undefined): Html {
  const help =
    input.help === undefined
      ? undefined
      : html`<p class="help" id="${anchorOf(input)}-help">${input.help}</p>
`;
  const wrong =
    error === undefined
      ? undefined
      : html`<p class="error" id="${anchorOf(input)}-error">${error}</p>
`;
  return html`${help}${wrong}`;
}

function describedBy(input: Input, error: string | undefined): Html | undefined {
  const ids = [
    ...(input.help === undefined ? [] : [`${anchorOf(input)}-help`]),
    ...(error === undefined ? [] : [`${anchorOf(input)}-error`]),
  ];
  return ids.length === 0 ? undefined : html` aria-describedby="${ids.join(" ")}"`;
}
