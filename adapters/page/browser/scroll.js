/** Distance from the newest message, in pixels, within which the reader counts as being at the end. */
const nearPx = 60;
/** Space above the newest message if it is taller than the log. */
const airPx = 12;

/**
 * Keeps a log scrolled to its newest message until the reader scrolls up. After that, new messages show a jump button.
 * @param {HTMLElement} log
 * @param {HTMLElement} jump The button "New messages".
 */
export function openFollowing(log, jump) {
  let isFollowing = true;

  /** The scroll position of the newest message: its end, or its beginning if it is taller than the log. */
  function newest() {
    const last = log.lastElementChild;
    const end = log.scrollHeight - log.clientHeight;
    return last instanceof HTMLElement ? Math.max(0, Math.min(end, last.offsetTop - airPx)) : 0;
  }

  function follow() {
    log.scrollTop = newest();
    const focused = document.activeElement;
    if (focused !== log && log.contains(focused)) focused?.scrollIntoView({ block: "nearest" });
    isFollowing = true;
    jump.hidden = true;
  }

  function look() {
    isFollowing = log.scrollTop > newest() - nearPx;
    if (isFollowing) jump.hidden = true;
  }

  log.addEventListener("scroll", look);
  jump.addEventListener("click", () => {
    follow();
    log.focus({ preventScroll: true });
  });
  new ResizeObserver(() => isFollowing && follow()).observe(log);

  return {
    follow,
    /**
     * Applies a change to the log, then scrolls to its end or shows the jump button.
     * @param {() => void} change
     */
    around(change) {
      // Scroll events arrive one frame late, so the position is read here.
      look();
      const wasFollowing = isFollowing;
      const before = log.childElementCount;
      change();
      if (wasFollowing) follow();
      else if (log.childElementCount > before) jump.hidden = false;
    },
  };
}
