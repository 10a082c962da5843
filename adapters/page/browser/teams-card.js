/** @import { Card } from "../../../src/cards/card.ts" */
/** @import { CardDrawing, DrawnCard } from "./card.js" */
import { element } from "./elements.js";

/** @type {typeof import("adaptivecards") | undefined} */
let renderer;
/** @type {unknown} */
let hostConfig;

/** Loads the official renderer and Teams' host config, once. Rejects when either fails to load. */
export async function loadTeams() {
  if (renderer !== undefined) return;
  const [{ light, dark }] = await Promise.all([fetchHost(), loadScript("/page/adaptivecards.js")]);
  const loaded = /** @type {{ AdaptiveCards?: typeof import("adaptivecards") }} */ (
    /** @type {unknown} */ (globalThis)
  );
  if (loaded.AdaptiveCards === undefined) throw new Error("the renderer did not start");
  hostConfig = inBothThemes(light, dark);
  loaded.AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = htmlOf(text);
    result.didProcess = true;
  };
  // Teams does not parse the titles of choices as Markdown.
  loaded.AdaptiveCards.GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;
  renderer = loaded.AdaptiveCards;
}

/**
 * Renders an Adaptive Card with the official renderer. Its buttons send the same data as in Teams.
 * @param {Card} card The neutral card behind the Adaptive Card.
 * @param {unknown} adaptiveCard
 * @param {Omit<CardDrawing, "press"> & { send: (data: Record<string, unknown>) => void }} drawing
 * @returns {DrawnCard}
 */
export function drawTeams(card, adaptiveCard, drawing) {
  if (renderer === undefined) throw new Error("the renderer is not there yet");
  const drawn = new renderer.AdaptiveCard();
  drawn.hostConfig = new renderer.HostConfig(hostConfig);
  drawn.parse(filledWith(adaptiveCard, drawing.filled));
  const { OpenUrlAction, ExecuteAction } = renderer;
  drawn.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction && action.url) window.open(action.url, "_blank", "noopener,noreferrer");
    if (action instanceof ExecuteAction) drawing.send(/** @type {Record<string, unknown>} */ (action.data ?? {}));
  };
  const frame = element(
    "article",
    { class: "drawn", "data-look": "teams", "aria-label": card.summary, tabindex: "-1" },
    drawn.render() ?? undefined,
  );
  for (const input of drawn.getAllInputs()) finish(input.renderedElement, neutralId(input.id), drawing.errors);
  return {
    element: frame,
    read: () =>
      Object.fromEntries(drawn.getAllInputs().map((input) => [neutralId(input.id), String(input.value ?? "")])),
  };
}

/**
 * Marks a field with its input id, for restoring the focus, and shows its error.
 * @param {HTMLElement | undefined} field
 * @param {string} id
 * @param {Readonly<Record<string, string>>} errors
 */
function finish(field, id, errors) {
  if (field === undefined) return;
  field.dataset.input = id;
  const error = errors[id];
  if (error === undefined) return;
  field.append(element("p", { class: "error" }, error));
  field.querySelector("input, textarea, select")?.setAttribute("aria-invalid", "true");
}

/**
 * The card with the previous input values.
 * @param {unknown} adaptiveCard
 * @param {Readonly<Record<string, unknown>>} filled Values by neutral input id.
 */
function filledWith(adaptiveCard, filled) {
  const card = /** @type {{ body: { id?: string, value?: unknown }[] }} */ (structuredClone(adaptiveCard));
  for (const part of card.body) {
    const value = part.id === undefined ? undefined : filled[neutralId(part.id)];
    if (value !== undefined && value !== "") part.value = value;
  }
  return card;
}

/**
 * An input's id without the prefix of the Teams adapter.
 * @param {string | undefined} id
 */
function neutralId(id = "") {
  return id.replace(/^\w\./, "");
}

/**
 * Converts Markdown to HTML as far as cards use it: escapes only.
 * @param {string} markdown
 */
function htmlOf(markdown) {
  const text = markdown.replace(/\\([^\w\s]|_)/g, "$1");
  const paragraphs = text.split("\n\n").map((paragraph) => element("p", {}, paragraph).outerHTML);
  return paragraphs.join("");
}

/**
 * Merges two host configs into one with `light-dark()` colours.
 * @param {any} light
 * @param {any} dark
 * @returns {any}
 */
function inBothThemes(light, dark) {
  if (light === dark) return light;
  if (typeof light === "string") return `light-dark(${light}, ${dark})`;
  return Object.fromEntries(Object.entries(light).map(([name, value]) => [name, inBothThemes(value, dark[name])]));
}

/** @returns {Promise<{ light: unknown, dark: unknown }>} */
async function fetchHost() {
  const response = await fetch("/page/teams-host.json");
  if (!response.ok) throw new Error("the desk did not answer");
  return response.json();
}

/**
 * @param {string} src
 * @returns {Promise<void>}
 */
function loadScript(src) {
  return new Promise((resolve, reject) => {
    const script = element("script", { src });
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${src} did not load`)));
    document.head.append(script);
  });
}
