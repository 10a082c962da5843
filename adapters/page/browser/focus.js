/** Focusable elements of a card. */
const controls = "button, a[href], input, textarea, select";

/**
 * Replaces a card with its repainted version and restores the focus: on the control with the same name; otherwise at the
 * same position if the card's title is unchanged; otherwise on the card itself, so that a second Enter cannot press a
 * button that was not on screen before.
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
export function replaceKeepingFocus(before, after) {
  const focused = document.activeElement;
  const hadFocus = focused instanceof HTMLElement && before.contains(focused);
  if (!hadFocus) return before.replaceWith(after);

  const place = [...before.querySelectorAll(controls)].indexOf(focused);
  const caret = caretOf(focused);
  before.replaceWith(after);
  const left = [...after.querySelectorAll(controls)].filter((each) => each instanceof HTMLElement);
  const sameName = place < 0 ? undefined : left.find((each) => nameOf(each) === nameOf(focused));
  const samePlace = titleOf(before) === titleOf(after) ? left[place] : undefined;
  const target = sameName ?? samePlace ?? after;
  target.focus({ preventScroll: true });
  if (caret && target === sameName) restoreCaret(target, caret);
}

/** @param {Element} control */
function nameOf(control) {
  const input = control.closest("[data-input]");
  if (!(input instanceof HTMLElement)) return `button ${control.textContent}`;
  const isTick = control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type);
  return `input ${input.dataset.input} ${isTick ? control.value : ""}`;
}

/** @param {Element} card */
function titleOf(card) {
  return card.querySelector("h3, [role=heading]")?.textContent;
}

/** @param {Element} control */
function caretOf(control) {
  const hasCaret =
    control instanceof HTMLTextAreaElement || (control instanceof HTMLInputElement && control.selectionStart !== null);
  return hasCaret ? [control.selectionStart, control.selectionEnd] : undefined;
}

/**
 * @param {Element} control
 * @param {readonly (number | null)[]} caret
 */
function restoreCaret(control, [start = null, end = null]) {
  if (control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement)
    control.setSelectionRange(start, end);
}
