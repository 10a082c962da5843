import type { Books, OutboxRow } from "../../db/store.ts";
import { isLive } from "../cards/card.ts";
import type { QueuedCard, QueuedHint } from "../conversation/outgoing.ts";
import type { Address } from "../ports/messenger.ts";
import type { JobParts } from "./parts.ts";
import { finish, giveUp, type Outcome, reportFailure, tryAgain } from "./report.ts";

/** Sends a talk's card: into the message that shows it, or as a new one. */
export async function sendCard(parts: JobParts, row: OutboxRow): Promise<Outcome> {
  const { store, clock } = parts;
  const queued = JSON.parse(row.payload) as QueuedCard; // written by conversation/outgoing.ts
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
    card,
    ...(messageId === undefined ? {} : { messageId }),
  });
  if (sent.ok) {
    await store.transaction(async (books) => {
      const [, isOurs] = await Promise.all([
        // A turn in another process may be handing the talk's message on, and takes its lane after its person: said first.
        books.identities.lock(to),
        books.outbox.finish(row, clock.realNow()),
      ]);
      // Fenced: whoever took over after our lease has reported already, and their message is the talk's.
      if (!isOurs) return;
      if (messageId !== sent.messageId) await books.messages.save(talkId, sent.messageId);
      if (messageId === undefined) await handOn(books, talkId, sent.messageId);
    });
    return "ok";
  }
  if (!("messageGone" in sent)) return reportFailure(parts, row, to, sent);
  // What has nothing left to press need not come back because its message was deleted.
  if (!isLive(card)) return finish(parts, row);
  await store.transaction((books) => books.messages.remove(talkId));
  return tryAgain(parts, row, sent.error, 0);
}

/** A repaint that another repaint of the same message follows need not be seen. */
async function isOutdated(parts: JobParts, talkId: string, seq: number): Promise<boolean> {
  const next = await parts.store.read.outbox.findNextCard(talkId, seq);
  return next !== undefined && (JSON.parse(next.payload) as QueuedCard).how === "repaint"; // as above
}

/** The talk that took this one's message over while the message was still on its way shows in it from now on. */
async function handOn(books: Books, talkId: string, messageId: string): Promise<void> {
  const next = (await books.talks.find(talkId))?.replacedBy;
  if (next !== undefined && (await books.messages.find(next)) === undefined) await books.messages.save(next, messageId);
}

/** A repaint that waited while another talk took its message over would bring the old card back as a new message. */
async function gaveItsMessageAway(parts: JobParts, talkId: string): Promise<boolean> {
  return (await parts.store.read.talks.find(talkId))?.replacedBy !== undefined;
}

/** Paints an app's standing page as it is now, unless it is painted again anyway. */
export async function sendTab(parts: JobParts, row: OutboxRow): Promise<Outcome> {
  const to = JSON.parse(row.payload) as Address; // written by desk/tabs.ts
  const messenger = parts.messengers.get(to.platform);
  if (messenger?.publishTab === undefined) return giveUp(parts, row, "this messenger has no such page");
  if (await parts.store.read.outbox.findLater(row.lane, row.seq)) return finish(parts, row);
  const card = await parts.drawTab(to);
  if (card === undefined) return finish(parts, row);
  const sent = await messenger.publishTab(to, card, row.id);
  return sent.ok ? finish(parts, row) : reportFailure(parts, row, to, sent);
}

/** Says in private what was queued for a channel. */
export async function sendHint(parts: JobParts, row: OutboxRow): Promise<Outcome> {
  const { to, place, card } = JSON.parse(row.payload) as QueuedHint; // written by conversation/outgoing.ts
  const messenger = parts.messengers.get(to.platform);
  if (messenger?.whisper === undefined) return giveUp(parts, row, "this messenger has no channels");
  const sent = await messenger.whisper(to, place, card, row.id);
  if (sent.ok) return finish(parts, row);
  // Not seeing a hint in a channel says nothing about the chat.
  return sent.again ? tryAgain(parts, row, sent.error, sent.afterMs) : giveUp(parts, row, sent.error);
}
