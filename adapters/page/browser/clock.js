/** @import { ShownTime } from "../clock.ts" */
import { element, the } from "./elements.js";
import { zone, zoneName } from "./times.js";

const tickMs = 1_000;

const format = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/**
 * The desk's time, which may differ from the machine's and can be moved forward.
 * @typedef {object} DeskClock
 * @property {() => number} now Epoch ms.
 * @property {() => Promise<void>} reload Rejects when the desk does not respond.
 * @property {(nowMs: number) => void} moved Sets the time after the clock was moved.
 */

/**
 * The group `Desk clock`: shows the time in the browser's zone and moves it forward by buttons.
 * @param {HTMLElement} group
 * @returns {DeskClock}
 */
export function openClock(group) {
  const shown = the(group, "time", HTMLTimeElement);
  const status = the(group, "[role=status]", HTMLElement);
  const opener = the(group, "[aria-expanded]", HTMLButtonElement);
  const steps = the(group, ".steps", HTMLElement);
  /** @type {number | undefined} How far the desk is ahead of this machine, in ms. */
  let aheadMs;
  let isMoving = false;

  const now = () => Date.now() + (aheadMs ?? 0);

  function show() {
    if (aheadMs === undefined) return;
    const text = format.format(now());
    if (shown.textContent === text) return;
    shown.textContent = text;
    shown.dateTime = new Date(now()).toISOString();
  }

  /** @param {number} nowMs */
  function set(nowMs) {
    aheadMs = nowMs - Date.now();
    show();
  }

  /** @param {number} nowMs */
  function moved(nowMs) {
    set(nowMs);
    // A new element restarts the CSS animation.
    shown.replaceChildren(element("span", { class: "moved" }, format.format(nowMs)));
    say(`It is now ${format.format(nowMs)}.`, true);
  }

  /**
   * @param {string} text
   * @param {boolean} isPlain The text is visible elsewhere, so it is announced to screen readers only.
   */
  function say(text, isPlain = false) {
    status.classList.toggle("away", isPlain);
    status.textContent = text;
  }

  /** @param {string | undefined} minutes Absent: until the next event. */
  async function move(minutes) {
    if (isMoving) return;
    isMoving = true;
    say("");
    try {
      const step = minutes === undefined ? (await fetchTime()).nextInMinutes : Number(minutes);
      if (step === undefined) say("No event is scheduled. Request a session, then try again.");
      else set((await fetchTime({ minutes: step })).nowMs);
    } catch {
      say("The desk did not answer. Please try again.");
    } finally {
      isMoving = false;
    }
  }

  the(group, ".zone", HTMLElement).textContent = `(${zoneName(zone)})`;
  for (const button of steps.querySelectorAll("button"))
    button.addEventListener("click", () => void move(button.dataset.minutes));
  opener.addEventListener("click", () => {
    const isOpen = opener.getAttribute("aria-expanded") === "true";
    opener.setAttribute("aria-expanded", String(!isOpen));
  });
  setInterval(show, tickMs);

  return {
    now,
    async reload() {
      set((await fetchTime()).nowMs);
    },
    moved,
  };
}

/**
 * Fetches the desk's time, after moving it forward if `step` is given.
 * @param {{ minutes: number }} [step]
 * @returns {Promise<ShownTime>}
 */
async function fetchTime(step) {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(step) };
  const response = await fetch("/page/clock", step && post);
  if (!response.ok) throw new Error("the desk did not answer");
  return response.json();
}
