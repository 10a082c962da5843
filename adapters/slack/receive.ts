import { z } from "zod";
import { type NewTalk, readAsk } from "../../src/cards/talks.ts";
import type { InboundBody } from "../../src/conversation/inbound.ts";
import { given } from "../../src/given.ts";
import { unescapeMrkdwn } from "./mrkdwn.ts";
import { readPress, readTabPress } from "./press.ts";
import { valuesOf } from "./values.ts";

/** A parsed action of a Slack user, with an inbound id that is the same on redelivery. */
export interface SlackInbound {
  readonly id: string;
  readonly user: string;
  readonly body: InboundBody;
  /** The person's direct message channel. Only their own message in it tells (R10). */
  readonly directChannel?: string;
}

const word = z.string().min(1).max(255);

const message = z.object({
  event: z.object({
    channel: word,
    user: word,
    text: z.string(),
    ts: word,
    thread_ts: z.string().optional(),
    channel_type: z.string().optional(),
    subtype: z.string().optional(),
    files: z.array(z.unknown()).optional(),
    bot_id: z.string().nullish(),
    edited: z.unknown().optional(),
  }),
});

/**
 * Reads a new message in a person's chat with the app; undefined for all other message events: edits, deletions, bots,
 * channels (S13). The inbound id is built from the post's timestamp, because some posts arrive as two events.
 */
export function readMessage(team: string, body: unknown): SlackInbound | undefined {
  const event = message.safeParse(body).data?.event;
  if (event === undefined || event.channel_type !== "im" || !isOwnPost(event)) return undefined;
  const text = unescapeMrkdwn(event.text).trim();
  const hasFile = (event.files ?? []).length > 0;
  if (text === "" && !hasFile) return undefined;
  return {
    id: postId(team, event),
    user: event.user,
    directChannel: event.channel,
    body: { type: "text", text, ...(hasFile ? { hasFile } : {}) },
  };
}

/** Reads a mention in a channel. A mention in the direct chat is skipped: it also arrives as a message event. */
export function readMention(team: string, body: unknown): SlackInbound | undefined {
  const event = message.safeParse(body).data?.event;
  if (event === undefined || !isOwnPost(event) || event.channel.startsWith("D")) return undefined;
  const place = {
    channel: event.channel,
    ...(event.thread_ts === undefined ? {} : { thread: event.thread_ts }),
  };
  return { id: postId(team, event), user: event.user, body: { type: "mention", place } };
}

type Post = z.infer<typeof message>["event"];

function isOwnPost({ subtype, bot_id, edited }: Post): boolean {
  return (subtype === undefined || subtype === "file_share") && !bot_id && !edited;
}

function postId(team: string, { channel, ts }: Post): string {
  return `slack:msg:${team}:${channel}:${ts}`;
}

const opened = z.object({
  event_id: word,
  event: z.object({ user: word, tab: z.string() }),
});

/** Reads the opening of the Home tab or of the chat. */
export function readOpened(body: unknown): SlackInbound | undefined {
  const read = opened.safeParse(body).data;
  if (read === undefined) return undefined;
  const { user, tab } = read.event;
  return {
    id: `slack:event:${read.event_id}`,
    user,
    body: { type: tab === "home" ? "tab" : "opened" },
  };
}

const departed = z.object({
  event_time: z.number(),
  event: z.object({ type: z.string(), tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish() }),
});

/** The time of an uninstall or token revocation, epoch ms; undefined when only user tokens were revoked. */
export function readDeparture(body: unknown): number | undefined {
  const read = departed.safeParse(body).data;
  if (read === undefined) return undefined;
  const lostToken = read.event.type === "app_uninstalled" || (read.event.tokens?.bot ?? []).length > 0;
  // event_time has whole seconds. An installation within that second is taken to precede the event.
  return lostToken ? read.event_time * 1000 + 999 : undefined;
}

const acted = z.object({
  user: z.object({ id: word }),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  api_app_id: z.string().optional(),
  container: z
    .object({ channel_id: z.string(), message_ts: z.string(), is_ephemeral: z.boolean().optional() })
    .partial()
    .optional(),
  state: z.unknown().optional(),
  // Slack sends one action; only the first is read (S16).
  actions: z.tuple([z.object({ value: z.string().optional(), action_ts: z.string().optional() })]).rest(z.unknown()),
});

/** A pressed button with its context. */
export interface Action {
  readonly id: string;
  readonly user: string;
  /** The button's value; empty for a link button. */
  readonly value: string;
  readonly triggerId?: string;
  readonly responseUrl?: string;
  /** The message's id in the desk; absent for a press in a view or on an ephemeral message. */
  readonly messageId?: string;
  readonly state: unknown;
}

/** Reads a button press; undefined when the payload is not one. */
export function readAction(body: unknown): Action | undefined {
  const read = acted.safeParse(body).data;
  if (read === undefined) return undefined;
  const { container, trigger_id: triggerId, response_url: responseUrl } = read;
  const [{ value = "", action_ts: at = "" }] = read.actions;
  const { channel_id: channel, message_ts: ts, is_ephemeral: isHint } = container ?? {};
  const onMessage = channel !== undefined && ts !== undefined && isHint !== true;
  return {
    id: `slack:act:${triggerId ?? `${read.user.id}:${channel ?? ""}:${ts ?? ""}:${at}`}`,
    user: read.user.id,
    value,
    state: read.state,
    ...given({ triggerId, responseUrl }),
    ...(onMessage ? { messageId: `${channel}:${ts}` } : {}),
  };
}

/** The press on a card, with its input values; undefined when the button's value is not a press. */
export function pressedBy(action: Action): SlackInbound | undefined {
  const press = readPress(action.value);
  if (press === undefined) return undefined;
  const { talkId, revision, event } = press;
  const values = valuesOf(action.state);
  return {
    id: action.id,
    user: action.user,
    body: {
      type: "press",
      talkId,
      seenRevision: revision,
      event,
      ...(Object.keys(values).length === 0 ? {} : { values }),
    },
  };
}

/** The flow that a button of the Home tab starts. */
export function askedBy(action: Action): SlackInbound | undefined {
  const event = readTabPress(action.value);
  const ask = event === undefined ? undefined : readAsk(event);
  return ask && { id: action.id, user: action.user, body: { type: "ask", ...ask } };
}

const submitted = z.object({
  user: z.object({ id: word }),
  trigger_id: z.string().optional(),
  view: z.object({
    id: word,
    hash: z.string().optional(),
    private_metadata: z.string(),
    state: z.unknown().optional(),
  }),
});

/**
 * Reads a submitted form. The inbound id includes the trigger id, because after validation errors the same view is
 * submitted again with the same hash.
 */
export function readSubmission(body: unknown): SlackInbound | undefined {
  const read = submitted.safeParse(body).data;
  const press = read && readPress(read.view.private_metadata);
  if (read === undefined || press === undefined) return undefined;
  const { view, user, trigger_id = "" } = read;
  return {
    id: `slack:view:${view.id}:${view.hash ?? ""}:${trigger_id}`,
    user: user.id,
    body: {
      type: "press",
      talkId: press.talkId,
      seenRevision: press.revision,
      event: press.event,
      values: valuesOf(view.state),
    },
  };
}

const commanded = z.object({ user_id: word, trigger_id: word, text: z.string().default("") });

/** Reads the slash command `/book <words>` as if the words were typed in the chat. */
export function readCommand(body: unknown): SlackInbound | undefined {
  const read = commanded.safeParse(body).data;
  if (read === undefined) return undefined;
  const words = unescapeMrkdwn(read.text).trim();
  return {
    id: `slack:cmd:${read.trigger_id}`,
    user: read.user_id,
    body: { type: "text", text: words === "" ? "book" : `book ${words}` },
  };
}

/** The shortcut begins a booking. */
const bookTalk = { flow: "book", input: { type: "book" } } as const satisfies NewTalk;

const shortcut = z.object({ user: z.object({ id: word }), trigger_id: word });

/** Reads the shortcut “Book a session”. */
export function readShortcut(body: unknown): SlackInbound | undefined {
  const read = shortcut.safeParse(body).data;
  return (
    read && {
      id: `slack:cut:${read.trigger_id}`,
      user: read.user.id,
      body: { type: "ask", ...bookTalk },
    }
  );
}
