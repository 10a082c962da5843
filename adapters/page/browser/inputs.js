/** @import { Input } from "../../../src/cards/card.ts" */
import { element } from "./elements.js";

/**
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {() => string | readonly string[]} read
 * @property {(value: string | readonly string[]) => void} fill
 */

/** Longest list of options shown as radio buttons. Longer ones become a select. */
const mostRadios = 10;

/**
 * A question with a visible label, which is also its accessible name, a help text and an error.
 * @param {Input} input
 * @param {string} id Unique on the page.
 * @param {string | undefined} error
 * @returns {Field}
 */
export function drawInput(input, id, error) {
  const notes = drawNotes(input, id, error);
  const about = {
    "aria-describedby": notes.length > 0 ? notes.map((note) => note.id).join(" ") : undefined,
    "aria-invalid": error !== undefined ? "true" : undefined,
  };
  const field = drawKind(input, id, about, notes);
  if (input.value !== undefined) field.fill(input.value);
  field.element.dataset.input = input.id;
  return field;
}

/**
 * @param {Input} input
 * @param {string} id
 * @param {string | undefined} error
 */
function drawNotes(input, id, error) {
  const required = input.required ? "Required" : undefined;
  const help = [required, input.help].filter((text) => text !== undefined).join(" · ");
  return [
    ...(help === "" ? [] : [element("p", { id: `${id}-help`, class: "help" }, help)]),
    ...(error === undefined ? [] : [element("p", { id: `${id}-error`, class: "error" }, error)]),
  ];
}

/**
 * @param {Input} input
 * @param {string} id
 * @param {Record<string, string | undefined>} about
 * @param {readonly HTMLElement[]} notes
 * @returns {Field}
 */
function drawKind(input, id, about, notes) {
  const options = input.options ?? [];
  switch (input.kind) {
    case "choice":
      return options.length > mostRadios
        ? drawSelect(input, id, about, notes)
        : drawTicks("radio", input, id, about, notes, options);
    case "choices":
      return drawTicks("checkbox", input, id, about, notes, options);
    case "yes_no":
      return inLowerCase(drawTicks("radio", input, id, about, notes, ["Yes", "No"]));
    case "consent":
      return drawConsent(input, id, about, notes);
    case "long_text":
      return drawText(element("textarea", { rows: "3" }), input, id, about, notes);
    case "short_text":
      return drawText(element("input", { type: "text", autocomplete: "off" }), input, id, about, notes);
    // Not `type=number`: it drops invalid input, so the desk could not explain the error.
    case "number":
      return drawText(
        element("input", { type: "text", inputmode: "decimal", autocomplete: "off" }),
        input,
        id,
        about,
        notes,
      );
    case "date":
      return drawText(element("input", { type: "date" }), input, id, about, notes);
    case "phone":
      return drawText(element("input", { type: "tel", autocomplete: "tel" }), input, id, about, notes);
  }
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} control
 * @param {Input} input
 * @param {string} id
 * @param {Record<string, string | undefined>} about
 * @param {readonly HTMLElement[]} notes
 * @returns {Field}
 */
function drawText(control, input, id, about, notes) {
  control.id = id;
  if (input.required) control.setAttribute("aria-required", "true");
  for (const [name, value] of Object.entries(about)) if (value !== undefined) control.setAttribute(name, value);
  return {
    element: element("div", { class: "field" }, element("label", { for: id }, input.label), ...notes, control),
    read: () => control.value,
    fill: (value) => {
      control.value = String(value);
    },
  };
}

/**
 * @param {Input} input
 * @param {string} id
 * @param {Record<string, string | undefined>} about
 * @param {readonly HTMLElement[]} notes
 * @returns {Field}
 */
function drawSelect(input, id, about, notes) {
  const options = (input.options ?? []).map((option) => element("option", { value: option }, option));
  return drawText(
    element("select", {}, element("option", { value: "" }, "Choose…"), ...options),
    input,
    id,
    about,
    notes,
  );
}

/**
 * Radio buttons or checkboxes under their question.
 * @param {"radio" | "checkbox"} type
 * @param {Input} input
 * @param {string} id
 * @param {Record<string, string | undefined>} about
 * @param {readonly HTMLElement[]} notes
 * @param {readonly string[]} options
 * @returns {Field}
 */
function drawTicks(type, input, id, about, notes, options) {
  // `aria-invalid` is not allowed on a group, so it is set on each box.
  const { "aria-invalid": invalid, ...described } = about;
  const boxes = options.map((option) => element("input", { type, name: id, value: option, "aria-invalid": invalid }));
  const labels = boxes.map((box) => element("label", { class: "tick" }, box, element("span", {}, box.value)));
  const ticked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  return {
    element: element(
      "fieldset",
      { class: "field", ...described },
      element("legend", {}, input.label),
      ...notes,
      element("div", { class: "ticks" }, ...labels),
    ),
    read: () => (type === "radio" ? (ticked()[0] ?? "") : ticked()),
    fill: (value) => {
      for (const box of boxes) box.checked = [value].flat().includes(box.value);
    },
  };
}

/**
 * @param {Field} field
 * @returns {Field}
 */
function inLowerCase(field) {
  return {
    ...field,
    read: () => String(field.read()).toLowerCase(),
    fill: (value) => field.fill(value === "yes" ? "Yes" : value === "no" ? "No" : ""),
  };
}

/**
 * @param {Input} input
 * @param {string} id
 * @param {Record<string, string | undefined>} about
 * @param {readonly HTMLElement[]} notes
 * @returns {Field}
 */
function drawConsent(input, id, about, notes) {
  const box = element("input", {
    type: "checkbox",
    id,
    "aria-required": input.required ? "true" : undefined,
    ...about,
  });
  return {
    element: element(
      "div",
      { class: "field" },
      element("label", { class: "tick" }, box, element("span", {}, input.label)),
      ...notes,
    ),
    read: () => (box.checked ? "yes" : ""),
    fill: (value) => {
      box.checked = value === "yes";
    },
  };
}
