import type { Books, Talk } from "../../db/store.ts";
import { type Card, closed, isLive } from "../cards/card.ts";
import { newId } from "../ids.ts";
import { type Address, type ChannelPlace, laneOf } from "../ports/messenger.ts";
import { conversationWords } from "../words/conversation.ts";

/** A card in the outbox. The message it goes into is looked up when it is sent. */
export interface QueuedCard {
  readonly to: Address;
  readonly talkId: string;
  readonly revision: number;
  readonly card: Card;
  /** `post` makes a new message; `repaint` changes the talk's message, or posts when there is none yet. */
  readonly how: "post" | "repaint";
}

/** Queues a talk's present card into the message that shows it. */
export async function queueRepaint(books: Books, talk: Talk, realNowMs: number): Promise<void> {
  await queue(books, talk, talk.card, "repaint", realNowMs);
}

/** Queues a talk's present card as a new message, and closes the old message's card. */
export async function queuePost(books: Books, talk: Talk, before: Card | undefined, realNowMs: number): Promise<void> {
  if (before !== undefined && isLive(before)) await queueClosing(books, talk, before, realNowMs);
  await queue(books, talk, talk.card, "post", realNowMs);
}

/** Removes the buttons from the message that shows `card`. */
export async function queueClosing(books: Books, talk: Talk, card: Card, realNowMs: number): Promise<void> {
  await queue(books, talk, closed(card, conversationWords.continuedBelow), "repaint", realNowMs);
}

/** A private hint in the outbox. */
export interface QueuedHint {
  readonly to: Address;
  readonly place: ChannelPlace;
  readonly card: Card;
}

/** Queues a hint that only this person sees in a channel. */
export async function queueHint(
  books: Books,
  { to, place }: { to: Address; place: ChannelPlace },
  realNowMs: number,
): Promise<void> {
  const id = newId("ob");
  const text = conversationWords.inChannel;
  const hint: QueuedHint = { to, place, card: { summary: text, parts: [{ type: "text", text }] } };
  await books.outbox.add({
    id,
    practiceId: "",
    kind: "hint",
    service: `${to.platform}-background`,
    lane: `hint:${laneOf(to)}`,
    dedupeKey: id,
    payload: JSON.stringify(hint),
    queuedAtMs: realNowMs,
  });
}

async function queue(books: Books, talk: Talk, card: Card, how: QueuedCard["how"], realNowMs: number): Promise<void> {
  const queued: QueuedCard = { to: talk.address, talkId: talk.id, revision: talk.revision, card, how };
  const id = newId("ob");
  await books.outbox.add({
    id,
    practiceId: talk.practiceId,
    kind: "card",
    service: talk.address.platform,
    lane: laneOf(talk.address),
    talkId: talk.id,
    // Every card of a turn is queued in that turn's own transaction, so it cannot be queued twice.
    dedupeKey: id,
    payload: JSON.stringify(queued),
    queuedAtMs: realNowMs,
  });
}
