/**
 * Suppresses accidental presses: key repeats, and the second click of a double click if a repaint has put another button
 * under the pointer.
 * @param {HTMLElement} log
 */
export function stopSlips(log) {
  let lastPressed = "";
  log.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (!button) return;
      const label = button.textContent;
      if (event.detail > 1 && label !== lastPressed) stop(event);
      else lastPressed = label;
    },
    { capture: true },
  );
  log.addEventListener(
    "keydown",
    (event) => {
      const isText = event.target instanceof HTMLTextAreaElement;
      if (event.repeat && (event.key === "Enter" || event.key === " ") && !isText) stop(event);
    },
    { capture: true },
  );
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
