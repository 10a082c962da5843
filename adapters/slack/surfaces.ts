import type { WebClient } from "@slack/web-api";
import type { Card } from "../../src/cards/card.ts";
import type { Address, ChannelPlace, SendOutcome } from "../../src/ports/messenger.ts";
import { slackWords } from "../../src/words/slack.ts";
import { toBlocks, toHome } from "./render.ts";

/** Paints the person's own Home tab. Doing it twice is the same as once. */
export async function publishTab(client: WebClient, to: Address, card: Card): Promise<SendOutcome> {
  const { view } = await client.views.publish({ user_id: to.user, view: toHome(card) });
  return { ok: true, messageId: view?.id ?? "" };
}

/** Says something in a channel that this person alone sees, with the way into their own chat (D7.5). */
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
    // There is no talk behind it: its buttons begin one, as those of the Home tab do.
    blocks: toHome(withWayIn(card, { team: to.workspace, channel: chat })).blocks,
    ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
  });
  return { ok: true, messageId: `${place.channel}:${message_ts ?? ""}` };
}

/** The card with a button that leads into the chat with the app (Slack, "Deep linking": app_redirect). */
export function withWayIn(
  card: Card,
  {
    team,
    ...to
  }: { readonly team: string; readonly app: string } | { readonly team: string; readonly channel: string },
): Card {
  const url = `https://slack.com/app_redirect?${new URLSearchParams({ ...to, team })}`;
  const way = { label: slackWords.openChat, action: { url } };
  // A card of one line alone is drawn as that line only while it has nothing else.
  const parts = card.parts.length === 0 ? [{ type: "text", text: card.summary } as const] : card.parts;
  return { ...card, parts: [...parts, { type: "buttons", role: "navigation", buttons: [way] }] };
}
