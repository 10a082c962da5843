import { the } from "./elements.js";
import { loadTeams } from "./teams-card.js";

/** @import { Look } from "../drawings.ts" */

const key = "frontdesk.look";
/** @type {readonly string[]} */
const looks = ["desk", "slack", "teams"];

/**
 * The choice `Preview as`, which outlives a reload. What Teams draws with is fetched when it is first needed; where it
 * cannot be had, the desk's own look stays.
 * @param {HTMLElement} group
 * @param {() => void} onChange
 * @returns {{ now: () => Look, ready: () => Promise<void> }} `ready` resolves when the remembered look can be drawn.
 */
export function openLook(group, onChange) {
  const select = the(group, "select", HTMLSelectElement);
  const status = the(group, "[role=status]", HTMLElement);
  /** @type {Look} */
  let present = "desk";

  /** @param {string} wanted */
  async function choose(wanted) {
    status.textContent = "";
    try {
      if (wanted === "teams") await loadTeams();
      if (wanted === select.value) present = isLook(wanted) ? wanted : "desk";
    } catch {
      present = "desk";
      status.textContent = "Cards cannot be drawn as in Teams just now.";
    }
    if (wanted !== select.value) return;
    select.value = present;
    localStorage.setItem(key, present);
  }

  select.addEventListener("change", async () => {
    await choose(select.value);
    onChange();
  });

  return {
    now: () => present,
    async ready() {
      const remembered = localStorage.getItem(key) ?? "desk";
      if (!isLook(remembered) || remembered === "desk") return;
      select.value = remembered;
      await choose(remembered);
    },
  };
}

/**
 * @param {string} word
 * @returns {word is Look}
 */
function isLook(word) {
  return looks.includes(word);
}
