import { once } from "node:events";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import type { AdaptiveCard } from "./adaptive-card.ts";

/** Bugs that can be planted. */
export type BotBug =
  | "answers late"
  | "sends words and card together"
  | "uses one title on two buttons"
  | "takes a redelivery for news"
  | "sends an oversized card"
  | "edits a person's message"
  | "sends no token"
  | "does not heed Retry-After"
  | "answers nothing"
  | "answers 500"
  | "uses an unsupported element";

/** A minimal correct bot, for testing the double: posts a card, books what is clicked, edits its message. */
export interface NaiveBot {
  readonly url: string;
  /** Passes the double's addresses to the bot. */
  meet(world: {
    readonly cloud: Readonly<Record<string, string>>;
    readonly appId: string;
    readonly password: string;
  }): void;
  /** The activities it received. */
  readonly heard: readonly Heard[];
  /** Sends a card proactively. Returns the status and the message's id. */
  post(place: Place, content: unknown): Promise<{ readonly status: number; readonly id?: string }>;
}

/** Where the bot posts. */
export interface Place {
  readonly serviceUrl: string;
  readonly conversation: { readonly id: string };
}

export interface Heard extends Place {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly replyToId?: string;
  readonly from: { readonly id: string; readonly aadObjectId: string };
  readonly value?: { readonly action?: { readonly data: Readonly<Record<string, string>> } };
}

/** Opens the bot for the running test, with at most one bug. */
export async function openNaiveBot({
  bug,
  late = () => undefined,
}: {
  readonly bug?: BotBug;
  readonly late?: () => void;
} = {}): Promise<NaiveBot> {
  const heard: Heard[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  let met = { cloud: {} as Readonly<Record<string, string>>, appId: "", password: "" };

  async function bearer(): Promise<string> {
    if (token !== undefined) return token;
    const response = await fetch(`${met.cloud.ToChannelFromBotLoginUrl}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: met.appId,
        client_secret: met.password,
        scope: `${met.cloud.ToChannelFromBotOAuthScope}/.default`,
      }),
    });
    const { access_token } = (await response.json()) as { access_token: string }; // as in RFC 6749
    token = access_token;
    return token;
  }

  async function call(method: "POST" | "PUT", place: Place, content: unknown, id?: string) {
    const at = `${place.serviceUrl}v3/conversations/${encodeURIComponent(place.conversation.id)}/activities`;
    const response = await fetch(id === undefined ? at : `${at}/${id}`, {
      method,
      headers: {
        "content-type": "application/json",
        ...(bug === "sends no token" ? {} : { authorization: `Bearer ${await bearer()}` }),
      },
      body: JSON.stringify({ type: "message", ...(content as object) }),
    });
    const { status } = response;
    const made = (await response.json().catch(() => ({}))) as { id?: string }; // a ResourceResponse, or an error
    if (status === 429 && bug === "does not heed Retry-After")
      await fetch(response.url, { method, headers: { authorization: `Bearer ${await bearer()}` }, body: "{}" });
    return { status, ...(made.id === undefined ? {} : { id: made.id }) };
  }

  async function answer(activity: Heard): Promise<{ readonly status: number; readonly body?: unknown }> {
    const { type, id, text, value, replyToId } = activity;
    if (seen.has(id) && bug !== "takes a redelivery for news") return { status: 200 };
    seen.add(id);
    if (type === "message" && value === undefined) {
      if (bug === "edits a person's message") await call("PUT", activity, { text: "No, you did not." }, id);
      await call("POST", activity, offer(text ?? "", bug));
    }
    if (type !== "invoke") return { status: 200 };
    if (bug === "answers late") late();
    if (bug === "answers nothing") return { status: 200 };
    if (bug === "answers 500") return { status: 500, body: { message: "oops" } };
    const card = booked(value?.action?.data ?? {});
    await call("PUT", activity, carried(card), replyToId);
    return { status: 200, body: { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card } };
  }

  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const activity = JSON.parse(body) as Heard; // the double sends what Heard says
    heard.push(activity);
    const { status, body: answered } = await answer(activity);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(answered === undefined ? undefined : JSON.stringify(answered));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard,
    meet(world) {
      met = world;
    },
    post: (place, content) => call("POST", place, content),
  };
}

/** A card as a message attachment. */
export function carried(card: AdaptiveCard, summary = "Pick a day"): Readonly<Record<string, unknown>> {
  return { summary, attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }] };
}

/** A card with these elements. */
export function cardOf(...body: NonNullable<AdaptiveCard["body"]>): AdaptiveCard {
  return { type: "AdaptiveCard", version: "1.5", body };
}

function offer(said: string, bug: BotBug | undefined): Readonly<Record<string, unknown>> {
  const day = (title: string, picked: string) => ({ type: "Action.Execute", title, verb: "pick", data: { picked } });
  const card = cardOf(
    { type: "TextBlock", text: "**Pick a day**" },
    { type: "FactSet", facts: [{ title: "You said", value: said }] },
    {
      type: "Input.Text",
      id: "phone",
      label: "Phone",
      isRequired: true,
      regex: "^[0-9 ]+$",
      errorMessage: "Digits only.",
      value: "1",
    },
    {
      type: "ActionSet",
      actions: [day("Monday", "mon"), day(bug === "uses one title on two buttons" ? "Monday" : "Tuesday", "tue")],
    },
    ...(bug === "sends an oversized card" ? [{ type: "TextBlock", text: "long ".repeat(20_000) }] : []),
    ...(bug === "uses an unsupported element" ? [{ type: "Carousel" }] : []),
  );
  return { ...carried(card), ...(bug === "sends words and card together" ? { text: "Here you are" } : {}) };
}

function booked({ picked = "", phone = "" }: Readonly<Record<string, string>>): AdaptiveCard {
  return cardOf({ type: "TextBlock", text: `Booked ${picked}, phone ${phone}` });
}
