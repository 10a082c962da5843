import { WebClient } from "@slack/web-api";
import type { Log } from "../../src/log.ts";
import { libraryLog } from "./library-log.ts";

/** Web API clients, one per token and purpose. */
export interface Clients {
  /** For the outbox, which retries by itself, so the client never does (S3, S12). */
  queued(token: string): WebClient;
  /** For calls while a person waits: answers within 3 s, and is not blocked by the other client's rate limit (S12). */
  atOnce(token: string): WebClient;
  /** Without a token, to request one. */
  anonymous(): WebClient;
  forget(token: string): void;
}

const queuedMs = 10_000;
const atOnceMs = 2_500;

/** Opens the clients for one API base URL. They set no default headers: Bolt would reuse one team's token for others (S8). */
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
