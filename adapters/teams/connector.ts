import type { ChatReference } from "../../src/ports/references.ts";

/** What the Connector answered to one request. */
export type Answer =
  | {
      readonly answered: true;
      readonly status: number;
      /** How long to wait, ms, where it says so. */
      readonly retryAfterMs?: number;
      /** The error's own code, such as `ConversationNotFound`; its text may hold more codes. */
      readonly code?: string;
      readonly text: string;
      /** The id of what was made. */
      readonly id?: string;
    }
  /** Nothing was answered in time, so nobody knows whether it was done. */
  | { readonly answered: false; readonly error: string };

/** A person as Teams knows them; the address is their organisation's word, never typed. */
export interface TeamsMember {
  readonly name?: string;
  readonly email?: string;
}

/** Where a chat is. */
export type Place = Pick<ChatReference, "serviceUrl" | "conversationId">;

/** The Bot Connector's REST interface, as much of it as the desk speaks. One attempt each: whoever calls tries again. */
export interface Connector {
  post(place: Place, activity: object): Promise<Answer>;
  put(place: Place, activityId: string, activity: object): Promise<Answer>;
  /** Opens the chat with a person, or finds it; the answer's id is the conversation's. */
  create(reference: ChatReference): Promise<Answer>;
  member(reference: ChatReference): Promise<TeamsMember | undefined>;
}

/** What the Connector's client works with. */
export interface ConnectorParts {
  /** The bot's own token, a new one if the former was refused; undefined where none is asked for. */
  token(renewed: boolean): Promise<string | undefined>;
  readonly timeoutMs?: number;
}

type Ask = { readonly method: "GET" | "POST" | "PUT"; readonly serviceUrl: string; readonly path: readonly string[] };

/**
 * A client of the Connector. Not the SDK's own, which tries 5xx again inside a turn, knows no time-out and does not tell
 * a lost answer from a refusal (T6).
 */
export function openConnector({ token, timeoutMs = 10_000 }: ConnectorParts): Connector {
  async function ask(question: Ask, body?: object): Promise<Answer & { readonly json?: unknown }> {
    try {
      const first = await request(question, body, await token(false));
      // Nothing was done, so asking again with a new token does nothing twice.
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
      return { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
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
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(code === undefined ? {} : { code }),
    ...(id === undefined ? {} : { id }),
  };
}

/** Seconds, or an instant by the sender's own clock (RFC 9110, 10.2.3). */
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
    ? (json as Record<string, unknown>)[key] // it is an object that has it
    : undefined;
}

function textIn(json: unknown, key: string): string | undefined {
  const value = valueIn(json, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Why nothing came: a code where there is one. Messages of foreign errors may quote addresses. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : error.name;
}
