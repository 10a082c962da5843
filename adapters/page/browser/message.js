/** @import { Button, Card, CardEvent, Input, InputValues } from "../../../src/cards/card.ts" */
/** @import { ShownMessage } from "../drawings.ts" */
/** @import { DrawnCard } from "./card.js" */
import { drawCard } from "./card.js";
import { element } from "./elements.js";
import { replaceKeepingFocus } from "./focus.js";
import { drawSlack } from "./slack-card.js";
import { drawTeams } from "./teams-card.js";
import { headOf } from "./times.js";

/**
 * A message, which can be repainted in place.
 * @typedef {object} MessageView
 * @property {HTMLElement} element
 * @property {() => ShownMessage} message The current content.
 * @property {(message: ShownMessage) => void} repaint Redraws if the message differs. Keeps the focus and typed input.
 * @property {(errors: Readonly<Record<string, string>>) => boolean} showErrors Shows the errors and focuses the first; false when none of their inputs exists.
 * @property {(busy: boolean) => void} setBusy Set while a press is being processed.
 * @property {(before: ShownMessage | undefined) => void} setPlace Sets the preceding message, which determines whether author and time are shown.
 * @property {(isFirstUnread: boolean) => void} setUnread Shows or hides the line "New" above it.
 */

/**
 * A press: a button's event with the card's input values, or the data of a button in a Teams preview.
 * @typedef {{ event: CardEvent, values?: InputValues } | { data: Record<string, unknown> }} Pressed
 */

/**
 * @typedef {(view: MessageView, pressed: Pressed) => void} Press
 */

/**
 * @param {ShownMessage} first
 * @param {string} place The chat's id prefix. Both chats may show the same message, and element ids must be unique.
 * @param {Press} press
 * @returns {MessageView}
 */
export function drawMessage(first, place, press) {
  let message = first;
  /** @type {Readonly<Record<string, string>>} */
  let errors = {};
  /** @type {DrawnCard | undefined} */
  let drawn;
  /** @type {InputValues} Values that the next drawing takes over. */
  let kept = {};
  const isMine = first.author === "me";
  const body = element("div", { class: "body" });
  const time = element("time", {});
  const root = element(
    "div",
    { class: isMine ? "message mine" : "message" },
    element("p", { class: "author" }, element("span", {}, isMine ? "You" : "Frontdesk"), " ", time),
    body,
  );

  /**
   * @param {Card} card
   * @param {ShownMessage["drawing"]} drawing
   */
  function drawAs(card, drawing) {
    const shared = { id: `${place}-${message.id}`, errors, filled: kept };
    const pressed = (/** @type {Button} */ { action }, /** @type {InputValues | undefined} */ values) => {
      if ("event" in action) press(view, { event: action.event, ...(values && { values }) });
    };
    switch (drawing?.as) {
      case "slack":
        return drawSlack(card, drawing.html, { ...shared, press: pressed });
      case "teams":
        return drawTeams(card, drawing.adaptiveCard, { ...shared, send: (data) => press(view, { data }) });
      default:
        return drawCard(card, { ...shared, press: pressed });
    }
  }

  function redraw() {
    if (message.card === undefined) {
      body.textContent = message.text ?? "";
      return;
    }
    const next = drawAs(message.card, message.drawing);
    if (drawn === undefined) body.append(next.element);
    else replaceKeepingFocus(drawn.element, next.element);
    drawn = next;
    kept = {};
  }

  /** @type {MessageView} */
  const view = {
    element: root,
    message: () => message,
    repaint(next) {
      if (JSON.stringify(next) === JSON.stringify(message)) return;
      // Each look encodes its input values differently.
      const isSameLook = message.drawing?.as === next.drawing?.as;
      kept = isSameLook ? stillAsked(message.card, next.card, drawn?.read() ?? {}) : {};
      message = next;
      redraw();
    },
    showErrors(found) {
      errors = found;
      kept = drawn?.read() ?? {};
      redraw();
      const invalid = root.querySelector('[aria-invalid="true"]');
      if (invalid instanceof HTMLElement) invalid.focus();
      return invalid !== null;
    },
    setBusy(busy) {
      if (busy) errors = {};
      if (busy) drawn?.element.setAttribute("aria-busy", "true");
      else drawn?.element.removeAttribute("aria-busy");
    },
    setPlace(before) {
      const head = headOf(message, before);
      if (time.textContent !== head.time) time.textContent = head.time;
      time.dateTime = new Date(message.sentAtMs).toISOString();
      root.dataset.follows = head.follows;
    },
    setUnread(isFirstUnread) {
      root.toggleAttribute("data-unread", isFirstUnread);
    },
  };
  redraw();
  return view;
}

/**
 * The typed answers to questions that the repainted card still asks with the same label.
 * @param {Card | undefined} before
 * @param {Card | undefined} after
 * @param {InputValues} typed
 * @returns {InputValues}
 */
function stillAsked(before, after, typed) {
  const asked = new Map(inputsOf(before).map((input) => [input.id, input]));
  const still = inputsOf(after).filter(
    ({ id, kind, label }) => asked.get(id)?.kind === kind && asked.get(id)?.label === label,
  );
  return Object.fromEntries(still.flatMap(({ id }) => (typed[id] === undefined ? [] : [[id, typed[id]]])));
}

/**
 * @param {Card | undefined} card
 * @returns {readonly Input[]}
 */
function inputsOf(card) {
  return card?.parts.flatMap((part) => (part.type === "inputs" ? part.inputs : [])) ?? [];
}
