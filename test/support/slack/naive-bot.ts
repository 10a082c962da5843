import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { plain } from "./escaping.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { type Json, record, records, text, unpacked } from "./shape.ts";
import { signatureOf } from "./signed-post.ts";

/** A bug to plant; without one the bot is correct. */
export type Flaw =
  | "never answers"
  | "answers 500"
  | "checks no signature"
  | "answers redeliveries twice"
  | "answers its own messages"
  | "repeats raw words"
  | "confirms twice"
  | "writes in the server's zone"
  | "updates the person's message"
  | "uses the trigger twice"
  | "errors at no input";

/** A minimal app without Bolt and database: greets, asks in a modal, confirms once. */
export async function openNaiveBot(
  fake: FakeSlack,
  teamId: string,
  { secret, flaw }: { readonly secret: string; readonly flaw?: Flaw },
): Promise<{ readonly address: string; api(method: string, args: Json): Promise<Json> }> {
  const seen = new Set<string>();
  const api = async (method: string, args: Json): Promise<Json> => {
    const answer = await fetch(`${fake.apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${fake.tokenOf(teamId)}`, "content-type": "application/json" },
      body: JSON.stringify(args),
    });
    return record(await answer.json());
  };

  const onEvent = async (envelope: Json): Promise<void> => {
    const event = record(envelope.event);
    const id = text(envelope.event_id);
    if (seen.has(id) && flaw !== "answers redeliveries twice") return;
    seen.add(id);
    const own = event.bot_id !== undefined && flaw !== "answers its own messages";
    if (event.type !== "message" || own || event.subtype !== undefined) return;
    const said = text(event.text);
    const words = flaw === "repeats raw words" ? plain(said) : said;
    const { user } = await api("users.info", { user: event.user });
    const zone = flaw === "writes in the server's zone" ? "UTC" : text(record(user).tz) || "UTC";
    const time = new Date("2026-03-02T09:00:00Z").toLocaleTimeString("en-GB", { timeZone: zone, timeStyle: "short" });
    if (flaw === "updates the person's message")
      await api("chat.update", { channel: event.channel, ts: event.ts, text: "mine" });
    await api("chat.postMessage", hello(text(event.channel), `You said: ${words}. It begins at ${time}.`));
  };

  const onAction = async (payload: Json): Promise<void> => {
    const { value } = records(payload.actions)[0] ?? {};
    if (value === "ask") {
      const asked = { trigger_id: payload.trigger_id, view: modal };
      await api("views.open", asked);
      if (flaw === "uses the trigger twice") await api("views.open", asked);
      return;
    }
    const message = record(payload.message);
    const key = `confirmed ${text(message.ts)}`;
    if (seen.has(key) && flaw !== "confirms twice") return;
    seen.add(key);
    const channel = record(payload.channel).id;
    await api("chat.postMessage", { channel, text: "Confirmed." });
    const repaint = { replace_original: true, text: "It is done." };
    await fetch(text(payload.response_url), { method: "POST", body: JSON.stringify(repaint) });
  };

  const answer = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const time = String(request.headers["x-slack-request-timestamp"] ?? "");
    const fresh = Math.abs(Date.now() / 1000 - Number(time)) < 300;
    const signed = request.headers["x-slack-signature"] === signatureOf(secret, time, body);
    if (flaw !== "checks no signature" && !(fresh && time !== "" && signed)) return { status: 401, body: "" };
    if (flaw === "answers 500") return { status: 500, body: "oh" };
    if (body.startsWith("{")) {
      await onEvent(record(unpacked(body)));
      return { status: 200, body: "" };
    }
    const form = new URLSearchParams(body);
    if (form.has("command")) return { status: 200, body: `You want ${form.get("text") ?? ""}.` };
    const payload = record(unpacked(form.get("payload")));
    if (payload.type !== "view_submission") {
      await onAction(payload);
      return { status: 200, body: "" };
    }
    const values = record(record(record(payload.view).state).values);
    const why = text(record(record(values.why).words).value);
    const at = flaw === "errors at no input" ? "nowhere" : "why";
    const errors = { response_action: "errors", errors: { [at]: "Say a little more." } };
    return { status: 200, body: why.length < 10 ? JSON.stringify(errors) : "" };
  };

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => flaw !== "never answers" && response.writeHead(status).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on a port has an address.
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, api };
}

function button(words: string, value: string): Json {
  return { type: "button", text: { type: "plain_text", text: words }, value, action_id: `act:${value}` };
}

function hello(channel: string, words: string): Json {
  const elements = [button("Tell me why", "ask"), button("Confirm", "confirm")];
  const section = { type: "section", text: { type: "mrkdwn", text: words } };
  return { channel, text: words, blocks: [section, { type: "actions", elements }] };
}

const modal = {
  type: "modal",
  title: { type: "plain_text", text: "Why" },
  submit: { type: "plain_text", text: "Send" },
  blocks: [
    {
      type: "input",
      block_id: "why",
      label: { type: "plain_text", text: "Why now?" },
      element: { type: "plain_text_input", action_id: "words" },
    },
    {
      type: "input",
      block_id: "how",
      optional: true,
      label: { type: "plain_text", text: "How?" },
      element: {
        type: "radio_buttons",
        action_id: "way",
        options: ["Video", "Phone"].map((way) => ({ text: { type: "plain_text", text: way }, value: way })),
      },
    },
  ],
} as const;
