import type { Control } from "./seen.ts";
import { optionsOf } from "./seen.ts";
import { type Json, lengthOf, text } from "./shape.ts";

/** Input values of one message or view, by block and action id, as in Slack (S22). */
export type Filled = Map<string, Json>;

/** A list for multiple choice. */
export type FillValue = string | readonly string[];

/** An input's state with this value. Throws for an option that does not exist, or several for a single choice. */
export function filledWith(control: Control, value: FillValue): Json {
  const { kind } = control;
  const one = () => {
    if (typeof value !== "string") throw new Error(`${control.label} takes one answer`);
    return value;
  };
  const chosen = (words: string): Json => {
    const options = optionsOf(control);
    const found = options.find((each) => each.words === words)?.option;
    if (found === undefined)
      throw new Error(`${control.label} has no ${words}, but ${options.map((each) => each.words).join(", ")}`);
    return found;
  };
  switch (kind) {
    case "static_select":
    case "radio_buttons":
    case "overflow":
      return { type: kind, selected_option: chosen(one()) };
    case "multi_static_select":
    case "checkboxes":
      return { type: kind, selected_options: [value].flat().map(chosen) };
    case "datepicker":
      if (!/^\d{4}-\d\d-\d\d$/.test(one())) throw new Error(`${control.label} takes a date such as 2026-03-02`);
      return { type: kind, selected_date: value };
    case "timepicker":
      return { type: kind, selected_time: one() };
    default:
      return { type: kind, value: one() };
  }
}

/** The `state.values` of a message or view: entered values, otherwise initial ones. */
export function valuesOf(controls: readonly Control[], filled: Filled): Json {
  const values: Record<string, Record<string, Json>> = {};
  for (const control of controls) {
    if (control.kind === "button" || control.kind === "overflow" || control.kind === "image") continue;
    const block = values[control.blockId] ?? {};
    values[control.blockId] = block;
    block[control.actionId] = filled.get(keyOf(control)) ?? untouched(control);
  }
  return values;
}

/** The key by which Slack identifies an input. */
export function keyOf({ blockId, actionId }: Control): string {
  return `${blockId}\n${actionId}`;
}

function untouched({ kind, element }: Control): Json {
  switch (kind) {
    case "static_select":
    case "radio_buttons":
      return { type: kind, selected_option: element.initial_option ?? null };
    case "multi_static_select":
    case "checkboxes":
      return { type: kind, selected_options: element.initial_options ?? [] };
    case "datepicker":
      return { type: kind, selected_date: element.initial_date ?? null };
    case "timepicker":
      return { type: kind, selected_time: element.initial_time ?? null };
    default:
      return { type: kind, value: element.initial_value ?? null };
  }
}

/** Why Slack's client would not submit a modal with this value; undefined if it would. */
export function notSendable(control: Control, filled: Filled): string | undefined {
  const state = filled.get(keyOf(control)) ?? untouched(control);
  const value = text(state.value);
  const empty =
    value === "" &&
    !state.selected_option &&
    !state.selected_date &&
    !state.selected_time &&
    !(Array.isArray(state.selected_options) && state.selected_options.length > 0);
  if (empty) return control.optional || control.tells ? undefined : "Please complete this required field.";
  const { min_length, max_length, min_value, max_value } = control.element;
  if (typeof min_length === "number" && lengthOf(value) < min_length) return `At least ${min_length} characters.`;
  if (typeof max_length === "number" && lengthOf(value) > max_length) return `At most ${max_length} characters.`;
  if (control.kind === "number_input") {
    const wanted = control.element.is_decimal_allowed === true ? /^-?\d+([.,]\d+)?$/ : /^-?\d+$/;
    if (!wanted.test(value)) return "Enter a number.";
    if (min_value !== undefined && Number(value) < Number(min_value)) return `At least ${String(min_value)}.`;
    if (max_value !== undefined && Number(value) > Number(max_value)) return `At most ${String(max_value)}.`;
  }
  return undefined;
}
