import type { Books, OutboxRow } from "../../db/store.ts";
import { type Card, isLive } from "../cards/card.ts";
import type { QueuedCard, QueuedHint } from "../conversation/outgoing.ts";
import { cardToShow } from "../desk/secrets.ts";
import { given } from "../given.ts";
import type { Address, Messenger } from "../ports/messenger.ts";
import type { JobContext } from "./job-context.ts";
import { type Payload, readPayload, UnreadablePayload } from "./payload.ts";
import { finish, giveUp, type Outcome, reportFailure, tryAgain } from "./report.ts";

/** Sends a talk's card: edits the message that shows it, or posts a new one. */
export async function sendCard(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  const { store, clock } = parts;
  const queued = readCard(row);
  const messenger = parts.messengers.get(queued.to.platform);
  if (messenger === undefined) return giveUp(parts, row, "this messenger is not connected");
  if (queued.how === "repaint" && (await isOutdated(parts, queued.talkId, row.seq))) return finish(parts, row);
  const messageId = queued.how === "repaint" ? await store.read.messages.find(queued.talkId) : undefined;
  if (queued.how === "repaint" && messageId === undefined && (await gaveItsMessageAway(parts, queued.talkId)))
    return finish(parts, row);
  const { to, talkId, revision, card } = queued;
  const sent = await messenger.send({
    outboxId: row.id,
    attempt: row.attempt,
    to,
    talkId,
    revision,
    card: await shownIn(parts, messenger, card),
    ...given({ messageId }),
  });
  if (sent.ok) {
    await store.transaction(async (books) => {
      const [, isOurs] = await Promise.all([
        // Another process may be handing this message to a new talk and locks person before lane: keep that lock order.
        books.identities.lock(to),
        books.outbox.finish(row, clock.realNow()),
      ]);
      // Fencing: after our lease expired, another process may have sent and recorded its own message. That one counts.
      if (!isOurs) return;
      if (messageId !== sent.messageId) await books.messages.save(talkId, sent.messageId);
      if (messageId === undefined) await handOn(books, talkId, sent.messageId);
    });
    return "ok";
  }
  if (!("messageGone" in sent)) return reportFailure(parts, row, to, sent);
  // A card without live buttons need not be reposted after its message was deleted.
  if (!isLive(card)) return finish(parts, row);
  await store.transaction((books) => books.messages.remove(talkId));
  return tryAgain(parts, row, sent.error, 0);
}

/** The card with its links and codes; a messenger that stores its cards in the books gets it without them (R9). */
async function shownIn({ store, publicUrl }: JobContext, messenger: Messenger, card: Card): Promise<Card> {
  return messenger.storesCards === true ? card : cardToShow({ books: store.read, publicUrl }, card);
}

function readCard(row: Payload): QueuedCard {
  const queued = readPayload<QueuedCard>(row, { to: "object", talkId: "string", card: "object", how: "string" });
  if (!Array.isArray(queued.card.parts)) throw new UnreadablePayload("its card has no parts");
  return queued;
}

/** An unreadable card replaces nothing. */
function isRepaint(row: Payload): boolean {
  try {
    return readCard(row).how === "repaint";
  } catch {
    return false;
  }
}

/** A repaint is skipped when a later repaint of the same message is queued. */
async function isOutdated(parts: JobContext, talkId: string, seq: number): Promise<boolean> {
  const next = await parts.store.read.outbox.findNextCard(talkId, seq);
  return next !== undefined && isRepaint(next);
}

/** A talk that took over this message before it was sent gets the message id now. */
async function handOn(books: Books, talkId: string, messageId: string): Promise<void> {
  const next = (await books.talks.find(talkId))?.replacedBy;
  if (next !== undefined && (await books.messages.find(next)) === undefined) await books.messages.save(next, messageId);
}

/** After a takeover by another talk, a delayed repaint of the old talk would repost the old card as a new message. */
async function gaveItsMessageAway(parts: JobContext, talkId: string): Promise<boolean> {
  return (await parts.store.read.talks.find(talkId))?.replacedBy !== undefined;
}

/** Publishes the current Home tab, unless a later row of the lane publishes it anyway. */
export async function sendTab(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  const to = readPayload<Address>(row, { platform: "string", user: "string" }); // desk/telling/tabs.ts
  const messenger = parts.messengers.get(to.platform);
  if (messenger?.publishTab === undefined) return giveUp(parts, row, "this messenger has no Home tab");
  if (await parts.store.read.outbox.findLater(row.lane, row.seq)) return finish(parts, row);
  const card = await parts.drawTab(to);
  if (card === undefined) return finish(parts, row);
  const sent = await messenger.publishTab(to, await shownIn(parts, messenger, card), row.id);
  return sent.ok ? finish(parts, row) : reportFailure(parts, row, to, sent);
}

/** Sends a queued ephemeral message to a person in a channel. */
export async function sendHint(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  const { to, place, card } = readPayload<QueuedHint>(row, { to: "object", place: "object", card: "object" });
  const messenger = parts.messengers.get(to.platform);
  if (messenger?.whisper === undefined) return giveUp(parts, row, "this messenger has no channels");
  const sent = await messenger.whisper(to, place, card, row.id);
  if (sent.ok) return finish(parts, row);
  // A failure in a channel says nothing about the person's own chat, so it does not mark them unreachable.
  return sent.again ? tryAgain(parts, row, sent.error, sent.afterMs) : giveUp(parts, row, sent.error);
}
