import { element } from "./elements.js";

/**
 * The group `Try typing` of one chat: lines that say what can be typed, and are said when pressed. A line that is still
 * offered keeps its button, and so the focus.
 * @param {HTMLElement} group
 * @param {(line: string) => void} onChosen
 * @returns {(lines: readonly string[]) => void} Offers these lines from now on; without any the group is gone.
 */
export function openLines(group, onChosen) {
  /** @type {Map<string, HTMLElement>} */
  const buttons = new Map();

  /** @param {string} line */
  function draw(line) {
    const button = element("button", { type: "button" }, line);
    // The second half of a double click, and a key held down, are no second thought.
    button.addEventListener("click", (event) => event.detail <= 1 && onChosen(line));
    button.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
    return button;
  }

  // A mouse wheel has no other way along the row.
  group.addEventListener(
    "wheel",
    (event) => {
      if (event.deltaX !== 0 || group.scrollWidth <= group.clientWidth) return;
      event.preventDefault();
      group.scrollLeft += event.deltaY;
    },
    { passive: false },
  );

  return (lines) => {
    for (const [line, button] of buttons) {
      if (lines.includes(line)) continue;
      button.remove();
      buttons.delete(line);
    }
    lines.forEach((line, index) => {
      const button = buttons.get(line) ?? draw(line);
      buttons.set(line, button);
      // Its caption is the group's first child. Moving a button takes its focus away, so only what stands wrong is moved.
      if (group.children[index + 1] !== button) group.insertBefore(button, group.children[index + 1] ?? null);
    });
    group.hidden = lines.length === 0;
  };
}
