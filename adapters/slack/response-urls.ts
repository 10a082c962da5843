import { minuteMs } from "../../src/domain/units.ts";
/** The addresses that taps bring along: each takes five answers within half an hour (S19). Kept in memory only. */
export interface ResponseUrls {
  /** A message was tapped: its own repaint may go to this address, and hints about it. */
  keep(messageId: string, url: string): void;
  /** Where the repaint that answers the latest tap goes; once for each tap, later ones are ordinary updates (S3). */
  takeForRepaint(messageId: string): string | undefined;
  /** Where a hint about the message goes, which only the person who tapped sees. */
  takeForHint(messageId: string): string | undefined;
  /** Says it there; false when it was not taken: the address expired, was used up, or cannot be reached. */
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

/** Opens an empty memory. Addresses that are neither Slack's nor the configured API's are not kept (S9). */
export function openResponseUrls({
  apiUrl,
  realNow,
}: {
  readonly apiUrl: string;
  readonly realNow: () => number;
}): ResponseUrls {
  const kept = new Map<string, Kept>();

  function find(messageId: string): Kept | undefined {
    const found = kept.get(messageId);
    if (found === undefined) return undefined;
    if (found.untilMs > realNow() && found.uses < mostUses) return found;
    kept.delete(messageId);
    return undefined;
  }

  return {
    keep(messageId, url) {
      if (!isResponseUrl(url, apiUrl)) return;
      kept.delete(messageId);
      kept.set(messageId, { url, untilMs: realNow() + livesMs, uses: 0, repaints: true });
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    },
    takeForRepaint(messageId) {
      const found = find(messageId);
      if (found === undefined || !found.repaints) return undefined;
      found.repaints = false;
      found.uses += 1;
      return found.url;
    },
    takeForHint(messageId) {
      const found = find(messageId);
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
        // Refusals come as plain status codes, or as JSON with status 200.
        const said = await answer.text();
        return answer.ok && !/"ok"\s*:\s*false/.test(said);
      } catch {
        return false;
      }
    },
  };
}

/** Whether the desk may post there: Slack's own hosts by https, this machine, or where the configured API is. */
function isResponseUrl(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (origin === new URL(apiUrl).origin) return true;
  if (protocol === "http:" || protocol === "https:") {
    if (hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname)) return true;
  }
  return protocol === "https:" && /(^|\.)slack(-gov)?\.com$/.test(hostname);
}
