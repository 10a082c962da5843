import { the } from "./elements.js";
import { loadTeams } from "./teams-card.js";

/** @import { Look } from "../drawings.ts" */

const key = "frontdesk.look";
/** @type {readonly string[]} */
const looks = ["desk", "slack", "teams"];

/**
 * The picker `Preview as`. The choice is stored across reloads. The Teams renderer is loaded on first use; if that fails,
 * the desk's own look stays.
 * @param {HTMLElement} group
 * @param {() => void} onChange
 * @returns {{ now: () => Look, ready: () => Promise<void> }} `ready` resolves when the stored look can be drawn.
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
      status.textContent = "The Teams preview is not available.";
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
