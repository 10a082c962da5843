import { WebClient } from "@slack/web-api";
import type { Log } from "../../src/log.ts";
import { libraryLog } from "./library-log.ts";

/** Clients of Slack's Web API, one of each kind for a token. */
export interface Clients {
  /** For what the outbox sends: it tries again itself, so the client never does (S3, S12). */
  queued(token: string): WebClient;
  /** For what must answer while a person waits: 3 s, and never held up by the other's rate limit (S12). */
  atOnce(token: string): WebClient;
  /** Without any token: for asking for one. */
  anonymous(): WebClient;
  forget(token: string): void;
}

const queuedMs = 10_000;
const atOnceMs = 2_500;

/** Makes clients for one address of the Web API. No headers of their own: Bolt would pass one team's token on (S8). */
export function openClients({ apiUrl, log }: { readonly apiUrl: string; readonly log: Log }): Clients {
  const made = { queued: new Map<string, WebClient>(), atOnce: new Map<string, WebClient>() };
  const logger = libraryLog(log);

  const open = (token: string | undefined, timeout: number): WebClient =>
    new WebClient(token, {
      slackApiUrl: apiUrl,
      logger,
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
    });

  function clientOf(kind: keyof typeof made, token: string, timeout: number): WebClient {
    const known = made[kind].get(token);
    if (known !== undefined) return known;
    const client = open(token, timeout);
    made[kind].set(token, client);
    return client;
  }

  return {
    queued: (token) => clientOf("queued", token, queuedMs),
    atOnce: (token) => clientOf("atOnce", token, atOnceMs),
    anonymous: () => open(undefined, queuedMs),
    forget(token) {
      made.queued.delete(token);
      made.atOnce.delete(token);
    },
  };
}
