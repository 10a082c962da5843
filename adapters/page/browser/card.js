/** @import { Button, Card, CardPart, Fact, InputValues } from "../../../src/cards/card.ts" */
/** @import { Field } from "./inputs.js" */
import { element, link, linked } from "./elements.js";
import { drawInput } from "./inputs.js";

/**
 * How a card is drawn.
 * @typedef {object} CardDrawing
 * @property {string} id Unique on the page; prefix of its elements' ids.
 * @property {Readonly<Record<string, string>>} errors Validation errors by input id.
 * @property {InputValues} filled Current input values by input id.
 * @property {(button: Button, values?: InputValues) => void} press
 */

/**
 * @typedef {object} DrawnCard
 * @property {HTMLElement} element
 * @property {() => InputValues} read The current input values.
 */

/** Accessible names of button groups without a label. */
const groupNames = { choices: "Choices", switch: "Show", actions: "Actions", navigation: "Navigation" };

/**
 * Draws a neutral card. All of its text is inserted as text nodes.
 * @param {Card} card
 * @param {CardDrawing} drawing
 * @returns {DrawnCard}
 */
export function drawCard(card, drawing) {
  /** @type {Map<string, Field>} */
  const fields = new Map();
  const isBare = card.title === undefined && card.parts.length === 0;
  const drawn = element(
    "article",
    { class: "card", "data-tone": card.tone ?? "plain", "aria-label": card.summary, tabindex: "-1" },
    card.step && drawStep(card.step),
    card.title === undefined ? undefined : element("h3", {}, card.title),
    isBare ? element("p", {}, card.summary) : undefined,
    ...card.parts.map((part, index) => drawPart(part, { ...drawing, id: `${drawing.id}-${index}` }, fields)),
  );
  return { element: drawn, read: () => Object.fromEntries([...fields].map(([id, field]) => [id, field.read()])) };
}

/** @param {{ now: number, of: number }} step */
function drawStep({ now, of }) {
  const dots = Array.from({ length: of }, (_, index) => element("i", { class: index < now ? "done" : undefined }));
  return element(
    "p",
    { class: "step" },
    element("span", {}, `Step ${now} of ${of}`),
    element("span", { class: "dots", "aria-hidden": "true" }, ...dots),
  );
}

/**
 * @param {CardPart} part
 * @param {CardDrawing} drawing
 * @param {Map<string, Field>} fields Receives the part's inputs.
 */
function drawPart(part, drawing, fields) {
  switch (part.type) {
    case "text":
      return element("p", {}, ...linked(part.text));
    case "hint":
      return element("p", { class: "hint" }, ...linked(part.text));
    case "facts":
      return element("dl", {}, ...part.facts.map(drawFact));
    case "buttons":
      return drawButtons(part, drawing);
    case "inputs":
      return drawForm(part, drawing, fields);
  }
}

/** @param {Fact} fact */
function drawFact({ label, value }) {
  return element("div", {}, element("dt", {}, label), element("dd", {}, ...linked(value)));
}

/**
 * @param {Extract<CardPart, { type: "buttons" }>} part
 * @param {CardDrawing} drawing
 */
function drawButtons(part, drawing) {
  const longest = Math.max(...part.buttons.map(({ label }) => label.length));
  const size = longest <= 8 ? "short" : longest <= 22 ? "middle" : "long";
  const caption =
    part.label === undefined ? undefined : element("p", { class: "caption", id: `${drawing.id}-label` }, part.label);
  const named = caption ? { "aria-labelledby": caption.id } : { "aria-label": groupNames[part.role] };
  const group = element("div", {
    class: "buttons",
    role: "group",
    "data-role": part.role,
    "data-size": size,
    ...named,
  });
  group.append(...(caption ? [caption] : []), ...part.buttons.map((button) => drawButton(button, drawing)));
  return group;
}

/**
 * @param {Button} button
 * @param {CardDrawing} drawing
 */
function drawButton(button, drawing) {
  const looks = { class: "button", "data-style": button.style, "aria-description": button.spoken };
  if ("url" in button.action) return link(button.action.url, button.label, looks);
  const drawn = element(
    "button",
    { type: "button", "aria-pressed": button.selected && "true", ...looks },
    ...drawLabel(button.label),
  );
  drawn.addEventListener("click", () => drawing.press(button));
  return drawn;
}

/**
 * Sets the details of a label in small print: "First visit · 60 min".
 * @param {string} label
 */
function drawLabel(label) {
  const end = label.indexOf(" · ");
  return end < 0 ? [label] : [label.slice(0, end), element("small", {}, label.slice(end))];
}

/**
 * @param {Extract<CardPart, { type: "inputs" }>} part
 * @param {CardDrawing} drawing
 * @param {Map<string, Field>} fields
 */
function drawForm(part, drawing, fields) {
  const own = part.inputs.map((input) => {
    const field = drawInput(input, `${drawing.id}-${input.id}`, drawing.errors[input.id] ?? input.error);
    const filled = drawing.filled[input.id];
    if (filled !== undefined) field.fill(filled);
    fields.set(input.id, field);
    return /** @type {const} */ ([input.id, field]);
  });
  const { label, spoken, style } = part.submit;
  const submit = element(
    "button",
    { type: "submit", class: "button", "data-style": style ?? "primary", "aria-description": spoken },
    label,
  );
  const form = element("form", { novalidate: true }, ...own.map(([, field]) => field.element), submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    drawing.press(part.submit, Object.fromEntries(own.map(([id, field]) => [id, field.read()])));
  });
  return form;
}
