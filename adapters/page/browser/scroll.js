/** How far from the newest message one may be and still count as reading along, in pixels. */
const nearPx = 60;
/** Air above the newest message when it is taller than the log. */
const airPx = 12;

/**
 * Keeps a log at its newest message for as long as its reader has not scrolled up; then offers a way back instead.
 * @param {HTMLElement} log
 * @param {HTMLElement} jump The button "New messages".
 */
export function openFollowing(log, jump) {
  let isFollowing = true;

  /** The end; of a message taller than the log its beginning. */
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
     * Makes a change to the log, then follows it or says that there is news.
     * @param {() => void} change
     */
    around(change) {
      // The event of a scroll comes a frame after it.
      look();
      const wasFollowing = isFollowing;
      const before = log.childElementCount;
      change();
      if (wasFollowing) follow();
      else if (log.childElementCount > before) jump.hidden = false;
    },
  };
}
