import { element } from "./elements.js";

/**
 * The group `Try typing`: buttons with suggested lines, which send the line when pressed. A line that stays keeps its
 * button element, and so its focus.
 * @param {HTMLElement} group
 * @param {(line: string) => void} onChosen
 * @returns {(lines: readonly string[]) => void} Shows these lines. Without lines the group is hidden.
 */
export function openLines(group, onChosen) {
  /** @type {Map<string, HTMLElement>} */
  const buttons = new Map();

  /** @param {string} line */
  function draw(line) {
    const button = element("button", { type: "button" }, line);
    // Ignores the second click of a double click and key repeats.
    button.addEventListener("click", (event) => event.detail <= 1 && onChosen(line));
    button.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
    return button;
  }

  // Mouse wheels scroll vertically, so their movement is applied to the horizontal row.
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
      // The caption is the group's first child. Moving a button drops its focus, so only misplaced buttons are moved.
      if (group.children[index + 1] !== button) group.insertBefore(button, group.children[index + 1] ?? null);
    });
    group.hidden = lines.length === 0;
  };
}
