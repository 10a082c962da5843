/** @import { Look, ShownMessage } from "../drawings.ts" */

const againMs = 1_000;

/**
 * @typedef {object} Listener
 * @property {() => void} onConnected The line is open, perhaps again: whatever was said meanwhile was missed.
 * @property {() => void} onLost
 * @property {(message: ShownMessage) => void} onMessage
 * @property {() => void} onMail
 * @property {(nowMs: number) => void} onClock The desk's time has jumped there.
 */

/**
 * The desk's news, as long as the page is open; a lost line is opened again.
 * @param {Listener} listener
 * @returns {{ watch: (shown: { client: string, practitioner: string, as: Look }) => void }} `watch` listens to these two from now on, with cards drawn so.
 */
export function openUpdates({ onConnected, onLost, onMessage, onMail, onClock }) {
  /** @type {EventSource | undefined} */
  let line;

  /** @param {string} address */
  function connect(address) {
    line?.close();
    const source = new EventSource(address);
    line = source;
    source.addEventListener("open", onConnected);
    source.addEventListener("chat", (event) => onMessage(JSON.parse(event.data).message));
    source.addEventListener("mail", onMail);
    source.addEventListener("clock", (event) => onClock(JSON.parse(event.data).nowMs));
    source.addEventListener("error", () => {
      onLost();
      // The browser itself tries again, except when something else than the desk answered.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => line === source && connect(address), againMs);
    });
  }

  return {
    watch: (shown) => connect(`/page/events?${new URLSearchParams(shown)}`),
  };
}
