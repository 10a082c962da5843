import { blockProblems } from "./block-limits.ts";
import { isYes, type Json, lengthOf, record, records, text, unpacked } from "./shape.ts";
import { type Call, newTs, refuse, type SlackState, withIds } from "./slack-state.ts";
import { type Channel, directMessage, type Message, messageIn, messageJson, type Workspace } from "./workspace.ts";

/** An undocumented limit: Slack rejects larger blocks. */
const mostBlockCharacters = 13_200;

/** A message's content, validated as Slack does. */
export function contentOf(state: SlackState, args: Json): Pick<Message, "text" | "blocks" | "metadata"> {
  const words = text(args.text);
  const given = args.blocks === undefined || args.blocks === "" ? [] : unpacked(args.blocks);
  if (given === undefined) refuse("invalid_blocks_format");
  const isBare = records(given).length === 0;
  if (words === "" && isBare && Array.isArray(given)) refuse("no_text");
  if (lengthOf(words) > 40_000) refuse("msg_too_long");
  // Without blocks the text is the message and may contain links; with blocks it is the notification.
  const own = isBare ? [] : state.judge({ ...(words === "" ? {} : { text: words }), blocks: given });
  const problems = [...blockProblems("message", given), ...own];
  if (problems.length > 0) refuse("invalid_blocks", told(problems));
  if (JSON.stringify(given).length > mostBlockCharacters) refuse("msg_blocks_too_long");
  return { text: words, blocks: withIds(state, given), metadata: metadataOf(args.metadata) };
}

/** Problems in the format of Slack's errors. */
export function told(problems: readonly string[]): Json {
  return { errors: problems, response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) } };
}

function metadataOf(given: unknown): Json | undefined {
  if (given === undefined || given === "") return undefined;
  const { event_type, event_payload } = record(unpacked(given));
  if (text(event_type) === "" || typeof event_payload !== "object" || event_payload === null)
    refuse("invalid_metadata_format");
  return { event_type, event_payload };
}

/** A channel by id. A member's id opens the direct message, as in Slack. */
function channelFor({ workspace, args }: Call): Channel {
  const id = text(args.channel);
  const member = workspace.members.get(id);
  if (member !== undefined) {
    if (member.deleted) refuse("channel_not_found");
    return directMessage(workspace, id);
  }
  return channelIn(workspace, id);
}

/** A channel that the app is a member of, or a refusal. */
function channelIn(workspace: Workspace, id: string): Channel {
  const channel = workspace.channels.get(id) ?? refuse("channel_not_found");
  if (!channel.withBot) refuse("not_in_channel");
  return channel;
}

/** `chat.postMessage`. */
export function postMessage(call: Call): Json {
  const { state, workspace, args } = call;
  const channel = channelFor(call);
  if (channel.userId !== undefined && !workspace.messagesTab) refuse("messages_tab_disabled");
  const threadTs = text(args.thread_ts) || undefined;
  if (threadTs !== undefined && messageIn(channel, threadTs) === undefined) refuse("thread_not_found");
  const message: Message = { ...byBot(call, channel.id), ...contentOf(state, args), threadTs };
  channel.messages.push(message);
  state.tell({ what: "posted", workspace, channel, message });
  return { channel: channel.id, ts: message.ts, message: messageJson(message, workspace, true) };
}

function byBot({ state, workspace }: Call, channelId: string): Pick<Message, "ts" | "channelId" | "userId" | "botId"> {
  return { ts: newTs(state), channelId, userId: workspace.botUserId, botId: workspace.botId };
}

/** `chat.update`. Requires a channel id; a member's id is not accepted. */
export function update(call: Call): Json {
  const { state, workspace, args } = call;
  const { channel, message } = ownMessage(call, "cant_update_message");
  repaint(state, { workspace, channel, message, content: contentOf(state, args) });
  return { channel: channel.id, ts: message.ts, text: message.text, message: messageJson(message, workspace) };
}

/** Replaces a message's content. `text` alone removes the blocks (S19). */
export function repaint(
  state: SlackState,
  at: {
    readonly workspace: Workspace;
    readonly channel: Channel;
    readonly message: Message;
    readonly content: Pick<Message, "text" | "blocks" | "metadata">;
  },
): void {
  const { workspace, channel, message, content } = at;
  const before = { ...message };
  message.text = content.text;
  message.blocks = content.blocks;
  message.metadata = content.metadata ?? message.metadata;
  message.editedTs = newTs(state);
  state.tell({ what: "changed", workspace, channel, message, before });
}

/** `chat.delete`. */
export function remove(call: Call): Json {
  const { channel, message } = ownMessage(call, "cant_delete_message");
  channel.messages = channel.messages.filter((each) => each !== message);
  call.state.tell({ what: "deleted", workspace: call.workspace, channel, message });
  return { channel: channel.id, ts: message.ts };
}

function ownMessage({ workspace, args }: Call, others: string): { channel: Channel; message: Message } {
  const channel = channelIn(workspace, text(args.channel));
  const message = messageIn(channel, text(args.ts)) ?? refuse("message_not_found");
  if (message.botId !== workspace.botId) refuse(others);
  return { channel, message };
}

/** `chat.postEphemeral`. */
export function postEphemeral(call: Call): Json {
  const { state, workspace, args } = call;
  const channel = channelFor(call);
  const userId = text(args.user);
  if (!workspace.members.has(userId)) refuse("user_not_in_channel");
  if (channel.userId !== undefined && channel.userId !== userId) refuse("user_not_in_channel");
  const threadTs = text(args.thread_ts) || undefined;
  const message: Message = {
    ...byBot(call, channel.id),
    ...contentOf(state, args),
    threadTs,
    onlyFor: userId,
  };
  workspace.ephemerals.push(message);
  state.tell({ what: "whispered", workspace, message });
  return { message_ts: message.ts };
}

/** `conversations.history` and, given `ts`, `conversations.replies`: newest first, replies oldest first. */
export function history({ token, workspace, args }: Call): Json {
  const channel = channelIn(workspace, text(args.channel));
  if (channel.userId === undefined && !token.scopes.includes("channels:history"))
    refuse("missing_scope", { needed: "channels:history", provided: token.scopes.join(",") });
  const root = text(args.ts) || undefined;
  const inclusive = isYes(args.inclusive);
  const later = (ts: string, bound: string) => Number(ts) > Number(bound) || (inclusive && ts === bound);
  const within = channel.messages.filter(
    ({ ts, threadTs }) =>
      (root === undefined ? threadTs === undefined : ts === root || threadTs === root) &&
      (text(args.oldest) === "" || later(ts, text(args.oldest))) &&
      (text(args.latest) === "" || later(text(args.latest), ts)),
  );
  if (root !== undefined && within.length === 0) refuse("thread_not_found");
  const ordered = root === undefined ? within.toReversed() : within;
  const from = Number(text(args.cursor) || 0);
  const most = Math.min(Number(args.limit ?? 100), 999);
  const page = ordered.slice(from, from + most);
  const more = ordered.length > from + most;
  return {
    messages: page.map((message) => messageJson(message, workspace, isYes(args.include_all_metadata))),
    has_more: more,
    ...(more ? { response_metadata: { next_cursor: String(from + most) } } : {}),
  };
}
