import { contentOf, repaint } from "./chat-methods.ts";
import type { HttpAnswer } from "./faults.ts";
import type { ResponsePlace } from "./passes.ts";
import { isYes, type Json, record, text, unpacked } from "./shape.ts";
import { newTs, SlackRefusal, type SlackState, workspaceIn } from "./slack-state.ts";
import { type Channel, type Message, messageIn, type Workspace } from "./workspace.ts";

/** Handles a POST to a response_url: replaces or deletes the pressed message, or adds one (S19). */
export function answerResponse(state: SlackState, id: string, body: string): HttpAnswer {
  const used = state.passes.useResponse(id);
  if (!used.ok) return { status: 404, body: JSON.stringify({ ok: false, error: used.error }) };
  try {
    apply(state, used.place, record(unpacked(body)));
    return { status: 200, body: "ok" };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { status: 400, body: error.error };
  }
}

/** Posts the response to a command: ephemeral by default. */
export function apply(state: SlackState, place: ResponsePlace, args: Json): void {
  const workspace = workspaceIn(state, place.teamId);
  const channel = workspace.channels.get(place.channelId);
  if (channel === undefined) throw new SlackRefusal("channel_not_found");
  const original = isYes(args.delete_original) || isYes(args.replace_original);
  if (!original) {
    add(state, { place, workspace, channel }, args);
    return;
  }
  const message = originalOf(place, workspace, channel);
  if (isYes(args.replace_original)) {
    const content = contentOf(state, args);
    if (message.onlyFor === undefined) repaint(state, { workspace, channel, message, content });
    else state.tell({ what: "whispered", workspace, message: Object.assign(message, content) });
    return;
  }
  workspace.ephemerals = workspace.ephemerals.filter((each) => each !== message);
  channel.messages = channel.messages.filter((each) => each !== message);
  state.tell({ what: "deleted", workspace, channel, message });
}

function originalOf(place: ResponsePlace, workspace: Workspace, channel: Channel): Message {
  const ts = place.messageTs ?? "";
  const message = place.ephemeral
    ? workspace.ephemerals.find((each) => each.ts === ts && each.onlyFor === place.userId)
    : messageIn(channel, ts);
  if (message === undefined) throw new SlackRefusal("message_not_found");
  return message;
}

function add(
  state: SlackState,
  { place, workspace, channel }: { place: ResponsePlace; workspace: Workspace; channel: Channel },
  args: Json,
): void {
  const inChannel = args.response_type === "in_channel";
  const message: Message = {
    ...contentOf(state, args),
    ts: newTs(state),
    channelId: channel.id,
    userId: workspace.botUserId,
    botId: workspace.botId,
    threadTs: text(args.thread_ts) || undefined,
    ...(inChannel ? {} : { onlyFor: place.userId }),
  };
  (inChannel ? channel.messages : workspace.ephemerals).push(message);
  state.tell(inChannel ? { what: "posted", workspace, channel, message } : { what: "whispered", workspace, message });
}
