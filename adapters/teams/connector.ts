import { given } from "../../src/given.ts";
import type { ChatReference } from "../../src/ports/references.ts";

/** The Connector's response to one request. */
export type Answer =
  | {
      readonly answered: true;
      readonly status: number;
      /** The Retry-After delay in ms, if present. */
      readonly retryAfterMs?: number;
      /** The error's code, such as `ConversationNotFound`. Its text may contain further codes. */
      readonly code?: string;
      readonly text: string;
      /** The id of the created activity or conversation. */
      readonly id?: string;
    }
  /** No response arrived in time. The request may or may not have taken effect. */
  | { readonly answered: false; readonly error: string };

/** A member's profile. The address comes from their organisation's directory, never from user input. */
export interface TeamsMember {
  readonly name?: string;
  readonly email?: string;
}

/** A chat's endpoint and conversation id. */
export type Place = Pick<ChatReference, "serviceUrl" | "conversationId">;

/** The Bot Connector REST API, as far as the desk uses it. Each call makes one attempt; the caller retries. */
export interface Connector {
  post(place: Place, activity: object): Promise<Answer>;
  put(place: Place, activityId: string, activity: object): Promise<Answer>;
  /** Creates the chat with a person, or returns the existing one. The response's id is the conversation id. */
  create(reference: ChatReference): Promise<Answer>;
  member(reference: ChatReference): Promise<TeamsMember | undefined>;
}

/** Dependencies of the client. */
export interface ConnectorParts {
  /** The bot's access token, a fresh one if `renewed`. Undefined in anonymous mode. */
  token(renewed: boolean): Promise<string | undefined>;
  readonly timeoutMs?: number;
}

type Ask = { readonly method: "GET" | "POST" | "PUT"; readonly serviceUrl: string; readonly path: readonly string[] };

/**
 * A client of the Connector. The SDK's own client is not used: it retries 5xx responses inside a turn, has no time-out and
 * does not distinguish a lost response from a refusal (T6).
 */
export function openConnector({ token, timeoutMs = 10_000 }: ConnectorParts): Connector {
  async function ask(question: Ask, body?: object): Promise<Answer & { readonly json?: unknown }> {
    try {
      const first = await request(question, body, await token(false));
      // A 401 has no side effects, so a retry with a new token cannot duplicate anything.
      return first.status === 401 ? await read(await request(question, body, await token(true))) : await read(first);
    } catch (error) {
      return { answered: false, error: nameOf(error) };
    }
  }

  function request({ method, serviceUrl, path }: Ask, body: object | undefined, bearer: string | undefined) {
    const place = path.map(encodeURIComponent).join("/");
    return fetch(new URL(place, serviceUrl.endsWith("/") ? serviceUrl : `${serviceUrl}/`), {
      method,
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  const activities = (place: Place) => ["v3", "conversations", place.conversationId, "activities"];
  return {
    post: (place, activity) => ask({ method: "POST", serviceUrl: place.serviceUrl, path: activities(place) }, activity),
    put: (place, activityId, activity) =>
      ask({ method: "PUT", serviceUrl: place.serviceUrl, path: [...activities(place), activityId] }, activity),
    create: ({ serviceUrl, botId, userId, workspace }) =>
      ask(
        { method: "POST", serviceUrl, path: ["v3", "conversations"] },
        {
          isGroup: false,
          bot: { id: botId },
          members: [{ id: userId }],
          tenantId: workspace,
          channelData: { tenant: { id: workspace } },
        },
      ),
    async member({ serviceUrl, conversationId, userId }) {
      const path = ["v3", "conversations", conversationId, "members", userId];
      const answer = await ask({ method: "GET", serviceUrl, path });
      if (!answer.answered || answer.status >= 300) return undefined;
      const [name, email] = [textIn(answer.json, "name"), textIn(answer.json, "email")];
      return { ...given({ name, email }) };
    },
  };
}

async function read(response: Response): Promise<Answer & { readonly json?: unknown }> {
  const text = await response.text();
  const json = parsed(text);
  const retryAfterMs = waitIn(response.headers.get("retry-after"), response.headers.get("date"));
  const code = textIn(valueIn(json, "error"), "code");
  const id = textIn(json, "id");
  return {
    answered: true,
    status: response.status,
    text,
    json,
    ...given({ retryAfterMs, code, id }),
  };
}

/** Parses Retry-After: seconds, or an HTTP date compared with the response's own Date (RFC 9110, 10.2.3). */
function waitIn(retryAfter: string | null, date: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d{1,6}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const wait = Date.parse(retryAfter) - Date.parse(date ?? "");
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function valueIn(json: unknown, key: string): unknown {
  return typeof json === "object" && json !== null && Object.hasOwn(json, key)
    ? (json as Record<string, unknown>)[key] // checked above
    : undefined;
}

function textIn(json: unknown, key: string): string | undefined {
  const value = valueIn(json, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A code for the failed request. Messages of foreign errors may quote addresses, so they are dropped. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : error.name;
}
