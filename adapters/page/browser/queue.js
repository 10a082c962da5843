/** @import { Delivered } from "../../../src/conversation/inbound.ts" */

/**
 * What came of something said or pressed: the desk's answer, or a sentence why it was not taken.
 * @typedef {{ ok: true, delivered: Delivered } | { ok: false, sentence: string }} Outcome
 */

/** @typedef {(path: string, body: object) => Promise<Outcome>} Post */

const firstPauseMs = 400;
const longestPauseMs = 4_000;
const patienceMs = 20_000;
/** How often the desk may fail (not: be away) before a line is given back to its writer. */
const mostFailures = 6;

/**
 * One person's words and presses, delivered in order: each waits for the one before. Without an answer the same body
 * is sent again, with the same id, so that the desk takes it once.
 * @param {(waiting: boolean) => void} onWaiting Told when the desk does not answer, and when it does again.
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
      return { ok: false, sentence: answer.body.error ?? "The desk could not take that." };
    if (answer) failures += 1;
    if (failures >= mostFailures)
      return { ok: false, sentence: "The desk could not do that. Please try again in a moment." };
    await pause(Math.min(longestPauseMs, firstPauseMs * 2 ** attempt));
  }
}

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<{ status: number, body: any } | undefined>} Nothing when nobody answered to the end.
 */
async function send(path, body) {
  try {
    const headers = { "content-type": "application/json" };
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
    // Only the desk's own answers are JSON for sure.
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
