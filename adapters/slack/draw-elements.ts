import { escapeHtml, plainHtml } from "./draw-text.ts";
import { type Fields, fieldsOf, listOf } from "./json-fields.ts";

/** A block's button, field or list as non-interactive HTML. */
export function elementHtml(value: unknown): string {
  const element = fieldsOf(value);
  switch (element.type) {
    case "button":
      return `<span class="slack-button${buttonKind(element.style)}">${plainHtml(element.text)}</span>`;
    case "radio_buttons":
    case "checkboxes":
      return ticksHtml(element);
    case "static_select":
    case "multi_static_select":
      return `<div class="slack-box slack-select">${chosenHtml(element)}</div>`;
    case "datepicker":
      return `<div class="slack-box slack-select">${escapeHtml(String(element.initial_date ?? "Select a date"))}</div>`;
    default:
      return `<div class="slack-box${element.multiline === true ? " slack-tall" : ""}">${filledHtml(element)}</div>`;
  }
}

function buttonKind(style: unknown): string {
  return style === "primary" ? " slack-primary" : style === "danger" ? " slack-danger" : "";
}

function ticksHtml({ type, options, initial_option, initial_options }: Fields): string {
  const chosen = [initial_option, ...listOf(initial_options)].map((option) => fieldsOf(option).value);
  const rows = listOf(options).map((option) => {
    const { value, text, description } = fieldsOf(option);
    const mark = `<i class="slack-${type === "checkboxes" ? "check" : "radio"}${chosen.includes(value) ? " slack-on" : ""}"></i>`;
    const more = description === undefined ? "" : `<br><small>${plainHtml(description)}</small>`;
    return `<div class="slack-tick">${mark}<span>${plainHtml(text)}${more}</span></div>`;
  });
  return rows.join("");
}

function chosenHtml({ initial_option, initial_options, type }: Fields): string {
  const chosen = [...(initial_option === undefined ? [] : [initial_option]), ...listOf(initial_options)];
  if (chosen.length === 0)
    return `<span class="slack-empty">Select ${type === "static_select" ? "an option" : "options"}</span>`;
  return chosen.map((option) => plainHtml(fieldsOf(option).text)).join(", ");
}

function filledHtml({ initial_value, placeholder }: Fields): string {
  if (typeof initial_value === "string" && initial_value !== "") return escapeHtml(initial_value);
  return `<span class="slack-empty">${plainHtml(placeholder) || "&nbsp;"}</span>`;
}
