import type { OutboxRow } from "../../db/store.ts";
import type { Desk } from "../desk/desk.ts";
import type { PaymentJob } from "../desk/payments/payments.ts";
import { startWithPractitioner } from "../desk/telling/announce.ts";
import { noteUnreachable } from "../desk/telling/unreachable.ts";
import { hourMs } from "../domain/units.ts";
import type { Mail } from "../ports/mailer.ts";
import type { Address, SendOutcome } from "../ports/messenger.ts";
import { deskOf, type JobParts } from "./parts.ts";

/** Counted tries before a row is given up: with the back-off below, about three hours. */
const mostAttempts = 12;

export type Outcome = "ok" | "again" | "dead";

/** The row is done, and there is nothing else to write down. */
export async function finish(parts: JobParts, row: OutboxRow): Promise<Outcome> {
  await parts.store.transaction((books) => books.outbox.finish(row, parts.clock.realNow()));
  return "ok";
}

/** Back-off 2^n seconds with jitter, an hour at the most; a delay the platform asked for is kept and not counted. */
export async function tryAgain(parts: JobParts, row: OutboxRow, error: string, afterMs?: number): Promise<Outcome> {
  if (afterMs === undefined && row.attempt >= mostAttempts) return giveUp(parts, row, error);
  const backOffMs = Math.min(hourMs, 2 ** row.attempt * 1000) * (0.5 + Math.random() / 2);
  const dueAtMs = Math.ceil(parts.clock.realNow() + (afterMs ?? backOffMs));
  await parts.store.transaction((books) => books.outbox.postpone(row, dueAtMs, error, afterMs === undefined));
  // Waiting one's turn is no trouble: a chat takes a message a second.
  const level = afterMs === undefined ? "warn" : "debug";
  parts.log[level]({ event: "outbox.postponed", kind: row.kind, attempt: row.attempt });
  return "again";
}

/** What a messenger could not do now, or cannot do at all: then it is kept who is out of reach. */
export async function reportFailure(
  parts: JobParts,
  row: OutboxRow,
  to: Address,
  sent: SendOutcome & { readonly ok: false },
): Promise<Outcome> {
  if (sent.again) return tryAgain(parts, row, sent.error, sent.afterMs);
  const why = "unreachable" in sent ? sent.unreachable : undefined;
  if (why !== undefined) await parts.store.transaction((books) => noteUnreachable(deskOf(parts, books), to, why));
  return giveUp(parts, row, sent.error);
}

/** The row is dead, and stays visible; a mail that will never arrive, and a refund, are told to the practitioner. */
export async function giveUp(parts: JobParts, row: OutboxRow, error: string): Promise<Outcome> {
  await parts.store.transaction(async (books) => {
    if (!(await books.outbox.kill(row, error, parts.clock.realNow()))) return;
    if (row.kind === "payment") return tellRefundFailed(deskOf(parts, books), row);
    if (row.kind !== "mail") return;
    if (row.bookingId === undefined) return tellInviter(deskOf(parts, books), row);
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

/** Money that will never go back by itself is told to the practitioner; all other payment work is looked after again. */
async function tellRefundFailed(desk: Desk, row: OutboxRow): Promise<void> {
  const { do: what } = JSON.parse(row.payload) as PaymentJob; // written by desk/payments.ts
  const booking = what === "refund" ? await desk.books.bookings.find(row.practiceId, row.bookingId ?? "") : undefined;
  if (booking === undefined) return;
  await startWithPractitioner(desk, row.practiceId, booking.practitionerId, {
    flow: "notice",
    input: { type: "refund.failed", bookingId: booking.id },
    dedupeKey: `refund-failed:${row.id}`,
    bookingId: booking.id,
  });
}

/** An invitation that will never arrive is told to whoever sent it. */
async function tellInviter(desk: Desk, row: OutboxRow): Promise<void> {
  const { invitationId } = JSON.parse(row.payload) as Mail; // written by desk/invitation-mail.ts
  const invitation = await desk.books.invitations.find(invitationId ?? "");
  if (invitation === undefined) return;
  await startWithPractitioner(desk, row.practiceId, invitation.practitionerId, {
    flow: "people",
    input: { type: "invitation.failed", clientId: invitation.clientId },
    dedupeKey: `invitation-failed:${row.id}`,
  });
}
