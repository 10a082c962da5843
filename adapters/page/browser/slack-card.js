/** @import { Button, Card, Input } from "../../../src/cards/card.ts" */
/** @import { CardDrawing, DrawnCard } from "./card.js" */
/** @import { Field } from "./inputs.js" */
import { element, link } from "./elements.js";
import { drawInput } from "./inputs.js";

/**
 * A card as Slack shows it. The desk renders static HTML; this adds working buttons and inputs.
 * @param {Card} card The neutral card behind the HTML.
 * @param {string} html
 * @param {CardDrawing} drawing
 * @returns {DrawnCard}
 */
export function drawSlack(card, html, drawing) {
  const picture = new DOMParser().parseFromString(html, "text/html").body;
  /** @type {Map<string, Field>} */
  const fields = new Map();
  for (const header of picture.querySelectorAll(".slack-header")) {
    header.setAttribute("role", "heading");
    header.setAttribute("aria-level", "3");
  }
  const frame = element(
    "article",
    { class: "drawn", "data-look": "slack", "aria-label": card.summary, tabindex: "-1" },
    ...picture.childNodes,
  );
  const [form] = card.parts.flatMap((part) => (part.type === "inputs" ? [part] : []));
  const places = [...frame.querySelectorAll(".slack-input")];
  if (form !== undefined && places.length > 0) fillIn(form.inputs, places);

  const spans = [...frame.querySelectorAll(".slack-button")];
  const buttons = card.parts.flatMap((part) => (part.type === "buttons" ? part.buttons : []));
  for (const span of spans) {
    const shown = (span.textContent ?? "").replace(/^✓ /, "");
    const meant = buttons.find(({ label }) => label === shown || isCut(label, shown));
    if (meant !== undefined) span.replaceWith(drawButton(meant, span));
    else if (form !== undefined) span.replaceWith(drawSubmit(form, span));
  }
  return {
    element: frame,
    read: () => Object.fromEntries([...fields].map(([id, field]) => [id, field.read()])),
  };

  /**
   * @param {Button} button
   * @param {Element} picture
   */
  function drawButton(button, picture) {
    const looks = { class: picture.className, "aria-description": button.spoken };
    if ("url" in button.action) return link(button.action.url, picture.textContent ?? "", looks);
    const pressed = button.selected && "true";
    const drawn = element("button", { type: "button", "aria-pressed": pressed, ...looks }, picture.textContent ?? "");
    drawn.addEventListener("click", () => drawing.press(button));
    return drawn;
  }

  /**
   * The button that submits the message's inputs, or opens the form if there are none.
   * @param {{ readonly inputs: readonly Input[], readonly submit: Button }} asked
   * @param {Element} picture
   */
  function drawSubmit(asked, picture) {
    const drawn = element("button", { type: "button", class: picture.className }, picture.textContent ?? "");
    if (fields.size > 0) drawn.addEventListener("click", () => send(asked.submit));
    else drawn.addEventListener("click", () => openForm(asked, drawn));
    if (fields.size === 0) drawn.setAttribute("aria-expanded", "false");
    const isAgain = Object.keys(drawing.errors).length + Object.keys(drawing.filled).length > 0;
    if (fields.size === 0 && isAgain) queueMicrotask(() => openForm(asked, drawn));
    return drawn;
  }

  /** @param {Button} submit */
  function send(submit) {
    drawing.press(submit, Object.fromEntries([...fields].map(([id, field]) => [id, field.read()])));
  }

  /**
   * @param {readonly Input[]} inputs
   * @param {readonly Element[]} places One placeholder for each input.
   */
  function fillIn(inputs, places) {
    inputs.forEach((input, index) => {
      const field = drawInput(input, `${drawing.id}-${input.id}`, drawing.errors[input.id] ?? input.error);
      const filled = drawing.filled[input.id];
      if (filled !== undefined) field.fill(filled);
      fields.set(input.id, field);
      field.element.classList.add("slack-input");
      places[index]?.replaceWith(field.element);
    });
  }

  /**
   * Slack opens a form with many questions as a modal. Here it opens below the message.
   * @param {{ readonly inputs: readonly Input[], readonly submit: Button }} asked
   * @param {HTMLElement} opener
   */
  function openForm(asked, opener) {
    if (opener.getAttribute("aria-expanded") === "true") return;
    opener.setAttribute("aria-expanded", "true");
    const places = asked.inputs.map(() => element("div"));
    const submit = element("button", { type: "submit", class: "slack-button slack-primary" }, asked.submit.label);
    const modal = element(
      "form",
      { class: "slack slack-modal", novalidate: true, "aria-label": card.title ?? card.summary },
      element("p", { class: "slack-title" }, card.title ?? card.summary),
      element("div", { class: "slack-fields" }, ...places),
      element("div", { class: "slack-foot" }, submit),
    );
    modal.addEventListener("submit", (event) => {
      event.preventDefault();
      send(asked.submit);
    });
    fillIn(asked.inputs, places);
    frame.append(modal);
    const first = modal.querySelector("[aria-invalid=true], input, textarea, select");
    if (first instanceof HTMLElement) first.focus();
  }
}

/**
 * Whether `shown` is a label that was truncated to Slack's limit.
 * @param {string} label
 * @param {string} shown
 */
function isCut(label, shown) {
  return shown.endsWith("…") && label.startsWith(shown.slice(0, -1).trimEnd());
}
