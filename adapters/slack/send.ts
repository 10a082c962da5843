import type { WebClient } from "@slack/web-api";
import { minuteMs } from "../../src/domain/units.ts";
import type { Log } from "../../src/log.ts";
import type { Address, Messenger, OutgoingCard, SendOutcome } from "../../src/ports/messenger.ts";
import type { Clients } from "./clients.ts";
import type { DirectChannels } from "./direct-channels.ts";
import { failureOf, isOurBug, outcomeOf } from "./failure.ts";
import type { Access } from "./installations.ts";
import { openPace, type Pace } from "./pace.ts";
import { toBlocks } from "./render.ts";
import type { ResponseUrls } from "./response-urls.ts";
import { publishTab, whisper } from "./surfaces.ts";

/** Dependencies of the messenger. */
export interface SendParts {
  readonly access: Access;
  readonly clients: Clients;
  readonly urls: ResponseUrls;
  readonly directChannels: DirectChannels;
  readonly log: Log;
  readonly realNow: () => number;
}

/** Metadata type that marks the desk's own messages in a chat's history (S23). */
const eventType = "frontdesk_card";
/** Slightly slower than Slack's limit, because the two clocks differ (S23). */
const posts = { most: 1, perMs: 1_050 };
const updates = { most: 48, perMs: minuteMs };
const opens = { most: 48, perMs: minuteMs };
const refusedHoldMs = 1_000;

interface Sending extends SendParts {
  readonly postPace: Pace;
  readonly updatePace: Pace;
  readonly openingPace: Pace;
}

/** The Slack messenger. Sensitive questions are not asked in the chat (D5.2). */
export function slackMessenger(parts: SendParts): Messenger {
  const { realNow } = parts;
  const sending: Sending = {
    ...parts,
    postPace: openPace({ ...posts, realNow }),
    updatePace: openPace({ ...updates, realNow }),
    openingPace: openPace({ ...opens, realNow }),
  };
  return {
    platform: "slack",
    asksSensitiveInline: false,
    send: (card) =>
      withClient(parts, card.to, card.outboxId, (client) =>
        card.messageId === undefined
          ? inDirectChannel(sending, client, card.to, (channel) => post(sending, client, card, channel))
          : repaint(sending, client, { ...card, messageId: card.messageId }),
      ),
    publishTab: (to, card, outboxId) => withClient(parts, to, outboxId, (client) => publishTab(client, to, card)),
    whisper: (to, place, card, outboxId) =>
      withClient(parts, to, outboxId, (client) =>
        inDirectChannel(sending, client, to, (chat) => whisper(client, { to, place, card, chat })),
      ),
  };
}

/** Runs `work` with the workspace's client. Errors become outcomes. */
async function withClient(
  { access, clients, directChannels, log }: SendParts,
  to: Address,
  outboxId: string,
  work: (client: WebClient) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  try {
    const installation = await access.find({ teamId: to.workspace });
    if (installation === undefined) return outcomeOf({ code: "not-installed" });
    return await work(clients.queued(installation.botToken));
  } catch (error) {
    const failure = failureOf(error);
    if (isOurBug(failure)) log.error({ event: "slack.message.rejected", outbox: outboxId, reason: failure.code });
    if (failure.code === "channel_not_found") directChannels.forget(to);
    return outcomeOf(failure);
  }
}

/** Posts a new message. On a retry it first searches the history, because the previous attempt may have arrived (S12, S23). */
async function post(sending: Sending, client: WebClient, card: OutgoingCard, channel: string): Promise<SendOutcome> {
  if (card.attempt > 1) {
    const ts = await findPosted(client, channel, card.outboxId);
    if (ts !== undefined) return { ok: true, messageId: `${channel}:${ts}` };
  }
  return paced(sending.postPace, channel, async () => {
    const posted = await client.chat.postMessage({
      channel,
      ...toBlocks(card.card, card),
      metadata: { event_type: eventType, event_payload: { outbox: card.outboxId } },
      unfurl_links: false,
      unfurl_media: false,
    });
    return { ok: true, messageId: `${posted.channel ?? channel}:${posted.ts ?? ""}` };
  });
}

/** Repaints a message: with the response URL of its latest press, otherwise with chat.update (S3). */
async function repaint(
  sending: Sending,
  client: WebClient,
  card: OutgoingCard & { readonly messageId: string },
): Promise<SendOutcome> {
  const { urls, updatePace } = sending;
  const { messageId, to } = card;
  const message = toBlocks(card.card, card);
  const url = urls.takeForRepaint({ user: to.user, messageId });
  if (url !== undefined && (await urls.post(url, { replace_original: true, ...message }))) {
    return { ok: true, messageId };
  }
  const [channel = "", ts = ""] = messageId.split(":");
  return paced(updatePace, to.workspace, async () => {
    await client.chat.update({ channel, ts, ...message });
    return { ok: true, messageId };
  });
}

/** Runs `work` within the rate limit, or returns the delay. */
async function paced(pace: Pace, key: string, work: () => Promise<SendOutcome>): Promise<SendOutcome> {
  const turn = pace.take(key);
  if (!turn.ok) return { ok: false, again: true, afterMs: turn.afterMs, error: "paced" };
  try {
    return await work();
  } catch (error) {
    const { code, afterMs } = failureOf(error);
    if (code === "ratelimited") pace.hold(key, afterMs ?? refusedHoldMs);
    throw error;
  } finally {
    turn.done();
  }
}

/** Runs `work` with the person's direct channel, which Slack is asked for unless they have written in it (R10). */
async function inDirectChannel(
  { directChannels, openingPace }: Sending,
  client: WebClient,
  to: Address,
  work: (channel: string) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  let channel = directChannels.find(to);
  if (channel === undefined) {
    const opened = await paced(openingPace, to.workspace, async () => {
      const { channel: own } = await client.conversations.open({ users: to.user });
      if (own?.id === undefined) throw new Error("conversations.open returned no channel"); // contrary to its documentation
      directChannels.keep(to, own.id);
      return { ok: true, messageId: own.id };
    });
    if (!opened.ok) return opened;
    channel = opened.messageId;
  }
  return work(channel);
}

async function findPosted(client: WebClient, channel: string, outboxId: string): Promise<string | undefined> {
  const { messages = [] } = await client.conversations.history({ channel, limit: 20, include_all_metadata: true });
  const found = messages.find(({ metadata }) => {
    if (metadata?.event_type !== eventType) return false;
    const payload: unknown = metadata.event_payload;
    return typeof payload === "object" && payload !== null && "outbox" in payload && payload.outbox === outboxId;
  });
  return found?.ts;
}
