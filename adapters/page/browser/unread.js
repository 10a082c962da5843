import { the } from "./elements.js";

const title = document.title;

/**
 * Marks unread messages in a view that is not in use: a count at the view's head, and one in the window's title while the
 * window is hidden. Using the view clears the mark.
 * @param {readonly HTMLElement[]} sections
 * @returns {(section: HTMLElement, id: string) => boolean} Call when something arrives or is repainted; true for the view's first unread message.
 */
export function openUnread(sections) {
  /** @type {Map<HTMLElement, Set<string>>} Unread ids. */
  const unread = new Map(sections.map((section) => [section, new Set()]));
  /** Ids that arrived while the window was hidden. */
  const behind = new Set();

  /** @param {HTMLElement} section */
  function show(section) {
    const count = unread.get(section)?.size ?? 0;
    const mark = the(section, ".unread", HTMLElement);
    mark.textContent = count === 0 ? "" : `${count} new`;
    document.title = behind.size === 0 ? title : `(${behind.size}) ${title}`;
  }

  /** @param {HTMLElement} section */
  function see(section) {
    if (document.hidden) return;
    unread.get(section)?.clear();
    show(section);
  }

  for (const section of sections) {
    for (const use of ["pointerenter", "pointerdown", "focusin"]) section.addEventListener(use, () => see(section));
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    behind.clear();
    for (const section of sections) if (isInUse(section)) see(section);
    document.title = title;
  });

  return (section, id) => {
    const ids = unread.get(section);
    if (ids === undefined || (isInUse(section) && !document.hidden)) return false;
    if (document.hidden) behind.add(id);
    ids.add(id);
    show(section);
    return ids.size === 1;
  };
}

/** @param {HTMLElement} section */
function isInUse(section) {
  return section.matches(":hover") || section.contains(document.activeElement);
}
