/** @import { Look, ShownMessage } from "../drawings.ts" */

const againMs = 1_000;

/**
 * @typedef {object} Listener
 * @property {() => void} onConnected Called on every connect. Updates sent while disconnected are lost, so reload everything.
 * @property {() => void} onLost
 * @property {(message: ShownMessage) => void} onMessage
 * @property {() => void} onMail
 * @property {(nowMs: number) => void} onClock The desk's time was moved.
 */

/**
 * Receives the desk's server-sent events for as long as the page is open, and reconnects.
 * @param {Listener} listener
 * @returns {{ watch: (shown: { client: string, practitioner: string, as: Look }) => void }} `watch` subscribes to these two chats, with cards in this look.
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
      // The browser reconnects by itself, except after an HTTP error response.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => line === source && connect(address), againMs);
    });
  }

  return {
    watch: (shown) => connect(`/page/events?${new URLSearchParams(shown)}`),
  };
}
