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
 * A message on the page, which can be repainted in place.
 * @typedef {object} MessageView
 * @property {HTMLElement} element
 * @property {() => ShownMessage} message What it shows now.
 * @property {(message: ShownMessage) => void} repaint Changes nothing when nothing changed; keeps focus and what was typed.
 * @property {(errors: Readonly<Record<string, string>>) => boolean} showErrors Puts them at their inputs and the focus on the first; false when none is there.
 * @property {(busy: boolean) => void} setBusy While a press is under way.
 * @property {(before: ShownMessage | undefined) => void} setPlace Which message stands before it: says who spoke, and when, where that is not plain.
 * @property {(isFirstUnread: boolean) => void} setUnread Draws the line "New" above it, or takes it away.
 */

/**
 * What was pressed: a button's event with the card's answers, or all that a button drawn as in Teams brings back.
 * @typedef {{ event: CardEvent, values?: InputValues } | { data: Record<string, unknown> }} Pressed
 */

/**
 * @typedef {(view: MessageView, pressed: Pressed) => void} Press
 */

/**
 * @param {ShownMessage} first
 * @param {string} place The chat's own word: both chats may show the same message, but no two elements share an id.
 * @param {Press} press
 * @returns {MessageView}
 */
export function drawMessage(first, place, press) {
  let message = first;
  /** @type {Readonly<Record<string, string>>} */
  let errors = {};
  /** @type {DrawnCard | undefined} */
  let drawn;
  /** @type {InputValues} What the next drawing takes over from this one. */
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
      // Each look writes down answers in its own way.
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
 * Of what was typed, the answers to questions that the repainted card still asks in the same words.
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
