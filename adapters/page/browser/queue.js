/** @import { Delivered } from "../../../src/conversation/inbound.ts" */

/**
 * The outcome of a message or press: the desk's answer, or a sentence that explains the rejection.
 * @typedef {{ ok: true, delivered: Delivered } | { ok: false, sentence: string }} Outcome
 */

/** @typedef {(path: string, body: object) => Promise<Outcome>} Post */

const firstPauseMs = 400;
const longestPauseMs = 4_000;
const timeoutMs = 20_000;
/** Server errors (not lost connections) before a message is given up and returned to the text box. */
const mostFailures = 6;

/**
 * A queue that posts one person's messages and presses in order: each waits for the previous one. Without a response the
 * same body is posted again with the same id, which lets the desk detect the redelivery.
 * @param {(waiting: boolean) => void} onWaiting Called when the desk stops responding and when it responds again.
 * @returns {Post}
 */
export function openQueue(onWaiting) {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return (path, body) => {
    const turn = last.then(() => untilAnswered(path, body, onWaiting));
    last = turn;
    return turn;
  };
}

/**
 * @param {string} path
 * @param {object} body
 * @param {(waiting: boolean) => void} onWaiting
 * @returns {Promise<Outcome>}
 */
async function untilAnswered(path, body, onWaiting) {
  let failures = 0;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await send(path, body);
    onWaiting(answer === undefined);
    if (answer?.status === 200) return { ok: true, delivered: answer.body };
    if (answer && answer.status < 500)
      return { ok: false, sentence: answer.body.error ?? "The desk did not accept this." };
    if (answer) failures += 1;
    if (failures >= mostFailures) return { ok: false, sentence: "Something went wrong. Please try again in a moment." };
    await pause(Math.min(longestPauseMs, firstPauseMs * 2 ** attempt));
  }
}

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<{ status: number, body: any } | undefined>} Undefined when no complete response arrived.
 */
async function send(path, body) {
  try {
    const headers = { "content-type": "application/json" };
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
    // An error response may come from a proxy and need not be JSON.
    return {
      status: response.status,
      body: response.ok ? await response.json() : await response.json().catch(() => ({})),
    };
  } catch {
    return undefined;
  }
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
