import type { Books, OutboxRow } from "../../db/store.ts";
import type { Inbound } from "../conversation/inbound.ts";
import type { QueuedCard } from "../conversation/outgoing.ts";
import { type Errand, startWithPractitioner } from "../desk/announce.ts";
import type { Mail } from "../ports/mailer.ts";
import { deskOf, type JobParts } from "./parts.ts";

/** Counted tries before a row is given up: with the back-off below, about three hours. */
const mostAttempts = 12;

type Outcome = "ok" | "again" | "dead";

/** Sends one claimed row and writes down what came of it. Never throws: what goes wrong is the row's outcome. */
export async function dispatch(parts: JobParts, row: OutboxRow): Promise<void> {
  let outcome: Outcome = "again";
  try {
    outcome = await send(parts, row);
  } catch (error) {
    parts.log.error({ event: "outbox.failed", kind: row.kind, attempt: row.attempt, error });
    outcome = await tryAgain(parts, row, "the desk failed").catch(() => "again" as const);
  }
  parts.metrics.sent(row.kind, outcome, (parts.clock.realNow() - row.queuedAtMs) / 1000);
}

function send(parts: JobParts, row: OutboxRow): Promise<Outcome> {
  switch (row.kind) {
    case "card":
      return sendCard(parts, row);
    case "mail":
      return sendMail(parts, row);
    case "errand":
      return runErrand(parts, row);
    default:
      return row.kind satisfies never;
  }
}

async function sendCard(parts: JobParts, row: OutboxRow): Promise<Outcome> {
  const { store, clock } = parts;
  const queued = JSON.parse(row.payload) as QueuedCard; // written by conversation/outgoing.ts
  const messenger = parts.messengers.get(queued.to.platform);
  if (messenger === undefined) return giveUp(parts, row, "this messenger is not connected");
  if (queued.how === "repaint" && (await isOutdated(parts, queued.talkId, row.seq))) {
    await store.transaction((books) => books.outbox.finish(row.seq, row.attempt, clock.realNow()));
    return "ok";
  }
  const messageId = queued.how === "repaint" ? await store.read.messages.find(queued.talkId) : undefined;
  if (queued.how === "repaint" && messageId === undefined && (await gaveItsMessageAway(parts, queued.talkId))) {
    await store.transaction((books) => books.outbox.finish(row.seq, row.attempt, clock.realNow()));
    return "ok";
  }
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
      // A turn in another process may be handing the talk's message on, and takes its lane after its person.
      await books.identities.wait(to);
      // Fenced: whoever took over after our lease has reported already, and their message is the talk's.
      if (!(await books.outbox.finish(row.seq, row.attempt, clock.realNow()))) return;
      await books.messages.save(talkId, sent.messageId);
      if (messageId === undefined) await handOn(books, talkId, sent.messageId);
    });
    return "ok";
  }
  return sent.again ? tryAgain(parts, row, sent.error, sent.afterMs) : giveUp(parts, row, sent.error);
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

async function sendMail(parts: JobParts, row: OutboxRow): Promise<Outcome> {
  const mail = JSON.parse(row.payload) as Mail; // written by desk/mails.ts
  const sent = await parts.mailer.send(mail, row.id);
  if (sent.ok) {
    await parts.store.transaction((books) => books.outbox.finish(row.seq, row.attempt, parts.clock.realNow()));
    return "ok";
  }
  return sent.permanent ? giveUp(parts, row, sent.error) : tryAgain(parts, row, sent.error);
}

async function runErrand(parts: JobParts, row: OutboxRow): Promise<Outcome> {
  const errand = JSON.parse(row.payload) as Errand; // written by desk/announce.ts
  const { clock } = parts;
  await parts.deliver({ id: `errand:${row.id}`, receivedAtMs: clock.now(), from: errand.to, body: bodyOf(errand) });
  await parts.store.transaction((books) => books.outbox.finish(row.seq, row.attempt, clock.realNow()));
  return "ok";
}

function bodyOf(errand: Errand): Inbound["body"] {
  if (errand.do === "news") return { type: "news", talkId: errand.talkId, event: errand.event };
  const { flow, practiceId, role, input } = errand;
  return { type: "start", flow, practiceId, role, input };
}

/** Back-off 2^n seconds with jitter, an hour at the most; a delay the platform asked for is kept and not counted. */
async function tryAgain(parts: JobParts, row: OutboxRow, error: string, afterMs?: number): Promise<Outcome> {
  if (afterMs === undefined && row.attempt >= mostAttempts) return giveUp(parts, row, error);
  const backOffMs = Math.min(3_600_000, 2 ** row.attempt * 1000) * (0.5 + Math.random() / 2);
  const dueAtMs = parts.clock.realNow() + (afterMs ?? backOffMs);
  await parts.store.transaction((books) =>
    books.outbox.postpone(row.seq, row.attempt, dueAtMs, error, afterMs === undefined),
  );
  parts.log.warn({ event: "outbox.postponed", kind: row.kind, attempt: row.attempt });
  return "again";
}

/** The row is dead, and stays visible; a mail that will never arrive is told to the practitioner. */
async function giveUp(parts: JobParts, row: OutboxRow, error: string): Promise<Outcome> {
  await parts.store.transaction(async (books) => {
    if (!(await books.outbox.kill(row.seq, row.attempt, error, parts.clock.realNow()))) return;
    if (row.kind !== "mail" || row.bookingId === undefined) return;
    const booking = await books.bookings.find(row.practiceId, row.bookingId);
    if (booking === undefined) return;
    const mail = JSON.parse(row.payload) as Mail; // written by desk/mails.ts
    const practitioner = await books.people.findPractitioner(row.practiceId, booking.practitionerId);
    const own = practitioner?.email === mail.to.address;
    await startWithPractitioner(deskOf(parts, books), row.practiceId, booking.practitionerId, {
      flow: "notice",
      input: { type: "mail.failed", bookingId: booking.id, own },
      dedupeKey: `mail-failed:${row.id}`,
      bookingId: booking.id,
    });
  });
  parts.log.error({ event: "outbox.dead", kind: row.kind, attempt: row.attempt });
  return "dead";
}
