import type { WebClient } from "@slack/web-api";
import type { Card } from "../../src/cards/card.ts";
import type { Address, ChannelPlace, SendOutcome } from "../../src/ports/messenger.ts";
import { slackWords } from "../../src/words/slack.ts";
import { toBlocks, toHome } from "./render.ts";

/** Publishes a person's Home tab. Idempotent. */
export async function publishTab(client: WebClient, to: Address, card: Card): Promise<SendOutcome> {
  const { view } = await client.views.publish({ user_id: to.user, view: toHome(card) });
  return { ok: true, messageId: view?.id ?? "" };
}

/** Posts an ephemeral message in a channel, with a link to the person's own chat (D7.5). */
export async function whisper(
  client: WebClient,
  said: { readonly to: Address; readonly place: ChannelPlace; readonly card: Card; readonly chat: string },
): Promise<SendOutcome> {
  const { to, place, card, chat } = said;
  const { text } = toBlocks(card, { talkId: "-", revision: 0 });
  const { message_ts } = await client.chat.postEphemeral({
    channel: place.channel,
    user: to.user,
    text,
    // The message belongs to no talk, so its buttons start one, like those of the Home tab.
    blocks: toHome(withWayIn(card, { team: to.workspace, channel: chat })).blocks,
    ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
  });
  return { ok: true, messageId: `${place.channel}:${message_ts ?? ""}` };
}

/** Adds a link to the chat with the app (Slack, "Deep linking": app_redirect). */
export function withWayIn(
  card: Card,
  {
    team,
    ...to
  }: { readonly team: string; readonly app: string } | { readonly team: string; readonly channel: string },
): Card {
  const url = `https://slack.com/app_redirect?${new URLSearchParams({ ...to, team })}`;
  const way = { label: slackWords.openChat, action: { url } };
  // A card without parts shows its summary, but only as long as it has no parts.
  const parts = card.parts.length === 0 ? [{ type: "text", text: card.summary } as const] : card.parts;
  return { ...card, parts: [...parts, { type: "buttons", role: "navigation", buttons: [way] }] };
}
