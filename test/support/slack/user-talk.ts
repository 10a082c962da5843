import { asTyped } from "./escaping.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { commonPayload, type Doer } from "./payloads.ts";
import { apply } from "./response-url.ts";
import { type Json, unpacked } from "./shape.ts";
import type { Delivery } from "./signed-post.ts";
import { newTs } from "./slack-state.ts";
import type { Wire } from "./wire.ts";
import {
  appId,
  type Channel,
  directMessage,
  type Message,
  memberIn,
  memberJson,
  messageIn,
  messageJson,
  viewJson,
  type Workspace,
} from "./workspace.ts";

/** A member's messages, commands and navigation. Each is a signed request that the desk must accept in time. */
export interface Talk {
  /** Types into the direct message. */
  say(words: string, options?: { readonly thread?: string }): Promise<Delivery & { readonly ts: string }>;
  /** Types into a channel with a mention of the app: a `message` and an `app_mention` event with different ids, concurrently. */
  mention(channelId: string, words: string, options?: { readonly thread?: string }): Promise<readonly Delivery[]>;
  /** Runs the slash command with its text, in the direct chat or a channel. */
  slash(words: string, options?: { readonly command?: string; readonly channel?: string }): Promise<Delivery>;
  /** The global shortcut. */
  shortcut(callbackId?: string): Promise<Delivery>;
  openHome(): Promise<Delivery>;
  openMessages(): Promise<Delivery>;
  /** Edits one of their messages. */
  edit(ts: string, words: string): Promise<Delivery>;
  delete(ts: string): Promise<Delivery>;
  /** Another app posts in this direct chat. */
  otherBot(words: string): Promise<Delivery>;
  /** The member's profile changes in Slack. */
  userChange(change: {
    readonly tz?: string;
    readonly realName?: string;
    readonly locale?: string;
    readonly deleted?: boolean;
  }): Promise<Delivery>;
}

/** Opens a member's talk. */
export function openTalk(
  { fake, wire, workspace, userId }: Doer & { readonly wire: Wire },
  names: { readonly command: string; readonly shortcut: string },
): Talk {
  const dm = () => directMessage(workspace, userId);
  const send = (event: Json, what: string) => wire.send(wire.event(workspace.id, event, `${userId} ${what}`));
  const opened = (tab: "home" | "messages") => {
    const view = workspace.homes.get(userId);
    const home = tab === "home" && view !== undefined ? { view: viewJson(view, workspace) } : {};
    const event = {
      type: "app_home_opened",
      user: userId,
      channel: dm().id,
      tab,
      event_ts: newTs(fake.state),
      ...home,
    };
    return send(event, `opens ${tab}`);
  };

  return {
    async say(words, { thread } = {}) {
      const message = written(fake, { channel: dm(), userId }, asTyped(words), thread);
      const event = { ...eventOf(message, workspace), channel_type: "im" };
      return { ...(await send(event, `says "${words}"`)), ts: message.ts };
    },
    mention(channelId, words, { thread } = {}) {
      const channel = workspace.channels.get(channelId);
      if (channel === undefined) throw new Error(`no channel ${channelId}`);
      const message = written(fake, { channel, userId }, `<@${workspace.botUserId}> ${asTyped(words)}`, thread);
      const event = eventOf(message, workspace);
      return Promise.all([
        send({ ...event, channel_type: "channel" }, `says "${words}" in ${channelId}`),
        send({ ...event, type: "app_mention" }, `mentions the desk in ${channelId}`),
      ]);
    },
    async slash(words, { command = names.command, channel = dm().id } = {}) {
      const place = { teamId: workspace.id, channelId: channel, userId };
      const form = {
        token: "an-old-verification-token",
        team_id: workspace.id,
        team_domain: workspace.domain,
        channel_id: channel,
        channel_name: workspace.channels.get(channel)?.name ?? "directmessage",
        user_id: userId,
        user_name: memberIn(workspace, userId).name,
        command,
        text: asTyped(words),
        api_app_id: appId,
        is_enterprise_install: "false",
        response_url: fake.responseUrl(fake.state.passes.newResponse(place)),
        trigger_id: fake.state.passes.newTrigger({ teamId: workspace.id, userId }),
      };
      const delivery = await wire.send({
        what: `${userId} types ${command} ${words}`,
        kind: "command",
        contentType: "application/x-www-form-urlencoded",
        body: new URLSearchParams(form).toString(),
      });
      const answer = unpacked(delivery.body);
      if (delivery.status === 200 && delivery.body !== "")
        apply(fake.state, place, typeof answer === "object" ? { ...answer } : { text: delivery.body });
      return delivery;
    },
    shortcut(callbackId = names.shortcut) {
      const payload = {
        type: "shortcut",
        ...commonPayload({ fake, workspace, userId }),
        callback_id: callbackId,
        action_ts: newTs(fake.state),
        trigger_id: fake.state.passes.newTrigger({ teamId: workspace.id, userId }),
      };
      return wire.send(wire.interaction(payload, `${userId} takes the shortcut ${callbackId}`));
    },
    openHome: () => opened("home"),
    openMessages: () => opened("messages"),
    edit(ts, words) {
      const message = own(dm(), ts, userId);
      const previous = messageJson(message, workspace);
      message.text = asTyped(words);
      message.editedTs = newTs(fake.state);
      const changed = { message: messageJson(message, workspace), previous_message: previous };
      return send({ ...hidden(fake, dm()), subtype: "message_changed", ...changed }, `edits to "${words}"`);
    },
    delete(ts) {
      const channel = dm();
      const message = own(channel, ts, userId);
      channel.messages = channel.messages.filter((each) => each !== message);
      const gone = { deleted_ts: ts, previous_message: messageJson(message, workspace) };
      return send({ ...hidden(fake, channel), subtype: "message_deleted", ...gone }, "deletes a message");
    },
    otherBot(words) {
      const message = written(fake, { channel: dm(), userId: "U0OTHERBOT", botId: "B0OTHER" }, words);
      const event = { ...eventOf(message, workspace), bot_id: "B0OTHER", app_id: "A0OTHER", channel_type: "im" };
      return send(event, `is written to by another app: "${words}"`);
    },
    userChange(change) {
      const member = Object.assign(memberIn(workspace, userId), change);
      const user = memberJson(member, workspace, { email: false, locale: true });
      return send({ type: "user_change", user, cache_ts: 1, event_ts: newTs(fake.state) }, "changes their profile");
    },
  };
}

function written(
  fake: FakeSlack,
  { channel, userId, botId }: { readonly channel: Channel; readonly userId: string; readonly botId?: string },
  text: string,
  threadTs?: string,
): Message {
  const message: Message = {
    ts: newTs(fake.state),
    channelId: channel.id,
    userId,
    text,
    blocks: [],
    metadata: undefined,
    threadTs,
    ...(botId === undefined ? {} : { botId }),
  };
  channel.messages.push(message);
  return message;
}

function eventOf(message: Message, workspace: Workspace): Json {
  return {
    client_msg_id: `c${message.ts}`,
    ...messageJson(message, workspace),
    channel: message.channelId,
    event_ts: message.ts,
  };
}

function hidden(fake: FakeSlack, channel: Channel): Json {
  const ts = newTs(fake.state);
  return { type: "message", channel: channel.id, channel_type: "im", hidden: true, ts, event_ts: ts };
}

function own(channel: Channel, ts: string, userId: string): Message {
  const message = messageIn(channel, ts);
  if (message?.userId !== userId) throw new Error(`${userId} wrote no message at ${ts}`);
  return message;
}
