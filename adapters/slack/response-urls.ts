import { minuteMs } from "../../src/domain/units.ts";

/** A message that somebody pressed. Another person's press never brings the URL for a card of this person (R10). */
export interface PressedMessage {
  /** The Slack user who pressed, and whose card the message is. */
  readonly user: string;
  readonly messageId: string;
}

/** In-memory cache of response URLs. Each accepts five posts within 30 minutes (S19). */
export interface ResponseUrls {
  /** Stores the response URL of a press, for the message's repaint and for hints. */
  keep(pressed: PressedMessage, url: string): void;
  /** The URL for the repaint after the latest press, once per press. Later repaints use chat.update (S3). */
  takeForRepaint(pressed: PressedMessage): string | undefined;
  /** The URL for an ephemeral message to the person who pressed. */
  takeForHint(pressed: PressedMessage): string | undefined;
  /** Posts a message. False when it was not accepted: the URL expired, is used up or unreachable. */
  post(url: string, message: Readonly<Record<string, unknown>>): Promise<boolean>;
}

const livesMs = 30 * minuteMs;
const mostUses = 5;
const mostKept = 5_000;
const postMs = 5_000;

interface Kept {
  readonly url: string;
  readonly untilMs: number;
  uses: number;
  repaints: boolean;
}

/** Opens an empty cache. URLs on hosts other than Slack's or the configured API's are not stored (S9). */
export function openResponseUrls({
  apiUrl,
  realNow,
}: {
  readonly apiUrl: string;
  readonly realNow: () => number;
}): ResponseUrls {
  const kept = new Map<string, Kept>();

  const keyOf = ({ user, messageId }: PressedMessage) => `${user} ${messageId}`;

  function find(pressed: PressedMessage): Kept | undefined {
    const found = kept.get(keyOf(pressed));
    if (found === undefined) return undefined;
    if (found.untilMs > realNow() && found.uses < mostUses) return found;
    kept.delete(keyOf(pressed));
    return undefined;
  }

  return {
    keep(pressed, url) {
      if (!isResponseUrl(url, apiUrl)) return;
      kept.delete(keyOf(pressed));
      kept.set(keyOf(pressed), { url, untilMs: realNow() + livesMs, uses: 0, repaints: true });
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    },
    takeForRepaint(pressed) {
      const found = find(pressed);
      if (found === undefined || !found.repaints) return undefined;
      found.repaints = false;
      found.uses += 1;
      return found.url;
    },
    takeForHint(pressed) {
      const found = find(pressed);
      if (found === undefined) return undefined;
      found.uses += 1;
      return found.url;
    },
    async post(url, message) {
      if (!isResponseUrl(url, apiUrl)) return false;
      try {
        const answer = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json; charset=utf-8" },
          body: JSON.stringify(message),
          redirect: "error",
          signal: AbortSignal.timeout(postMs),
        });
        // Slack reports refusals as a status code, or as JSON with status 200.
        const said = await answer.text();
        return answer.ok && !/"ok"\s*:\s*false/.test(said);
      } catch {
        return false;
      }
    },
  };
}

/** Whether the desk may post to this URL: https on Slack's hosts, loopback, or the configured API's origin. */
function isResponseUrl(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (origin === new URL(apiUrl).origin) return true;
  if (protocol === "http:" || protocol === "https:") {
    if (hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname)) return true;
  }
  return protocol === "https:" && /(^|\.)slack(-gov)?\.com$/.test(hostname);
}
