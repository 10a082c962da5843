import type { Books, OutboxRow } from "../../db/store.ts";
import type { Desk } from "../desk/desk.ts";
import type { PaymentJob } from "../desk/payments/payments.ts";
import { startWithPractitioner } from "../desk/telling/announce.ts";
import { noteUnreachable } from "../desk/telling/unreachable.ts";
import type { Mail } from "../ports/mailer.ts";
import type { Address, SendOutcome } from "../ports/messenger.ts";
import { backOffMs } from "./back-off.ts";
import { deskOf, type JobContext } from "./job-context.ts";
import { readPayload } from "./payload.ts";

/** Counted attempts before a row is dead: with the back-off below, about three hours. */
const mostAttempts = 12;

/** `again`: the service failed, and the row is retried. `later`: it answered, and the row waits, as for a rate limit. */
export type Outcome = "ok" | "again" | "later" | "dead";

/** Marks the row as done, for kinds that have nothing else to record. */
export async function finish(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  await parts.store.transaction((books) => books.outbox.finish(row, parts.clock.realNow()));
  return "ok";
}

/** Schedules a retry after 2^n seconds with jitter, at most an hour. A delay set by the platform is used as is and not counted. */
export async function tryAgain(parts: JobContext, row: OutboxRow, error: string, afterMs?: number): Promise<Outcome> {
  if (afterMs === undefined && row.attempt >= mostAttempts) return giveUp(parts, row, error);
  const dueAtMs = Math.ceil(parts.clock.realNow() + (afterMs ?? backOffMs(row.attempt, parts.clock)));
  await parts.store.transaction((books) => books.outbox.postpone(row, dueAtMs, error, afterMs === undefined));
  // A rate-limit delay is normal operation (a chat takes one message per second), so it is logged at debug level.
  const level = afterMs === undefined ? "warn" : "debug";
  parts.log[level]({ event: "outbox.postponed", kind: row.kind, attempt: row.attempt });
  return afterMs === undefined ? "again" : "later";
}

/** Records a messenger's failure: schedules a retry, or gives up and marks the person unreachable. */
export async function reportFailure(
  parts: JobContext,
  row: OutboxRow,
  to: Address,
  sent: SendOutcome & { readonly ok: false },
): Promise<Outcome> {
  if (sent.again) return tryAgain(parts, row, sent.error, sent.afterMs);
  const why = "unreachable" in sent ? sent.unreachable : undefined;
  if (why !== undefined) await parts.store.transaction((books) => noteUnreachable(deskOf(parts, books), to, why));
  return giveUp(parts, row, sent.error);
}

/**
 * Marks the row dead; it stays in the outbox. The practitioner is notified of an undeliverable mail and a failed refund. A
 * row that cannot be told about, because it or its booking is damaged, is dead nevertheless.
 */
export async function giveUp(parts: JobContext, row: OutboxRow, error: string): Promise<Outcome> {
  const { store, clock, log } = parts;
  const kill = (books: Books) => books.outbox.kill(row, error, clock.realNow());
  try {
    await store.transaction(async (books) => {
      if (await kill(books)) await tellFailed(deskOf(parts, books), row);
    });
  } catch (cause) {
    log.error({ event: "outbox.untold", kind: row.kind, error: cause });
    await store.transaction(kill);
  }
  log.error({ event: "outbox.dead", kind: row.kind, attempt: row.attempt, outbox: row.id });
  return "dead";
}

async function tellFailed(desk: Desk, row: OutboxRow): Promise<void> {
  if (row.kind === "payment") return tellRefundFailed(desk, row);
  if (row.kind !== "mail") return;
  if (row.bookingId === undefined) return tellInviter(desk, row);
  const booking = await desk.books.bookings.find(row.practiceId, row.bookingId);
  if (booking === undefined) return;
  const mail = readPayload<Mail>(row, { to: "object" });
  const practitioner = await desk.books.people.findPractitioner(row.practiceId, booking.practitionerId);
  const own = practitioner?.email === mail.to.address;
  await startWithPractitioner(desk, row.practiceId, booking.practitionerId, {
    flow: "notice",
    input: { type: "mail.failed", bookingId: booking.id, own },
    dedupeKey: `mail-failed:${row.id}`,
    bookingId: booking.id,
  });
}

/** Notifies the practitioner of a refund that will not be retried. Other payment jobs are repeated by later timers. */
async function tellRefundFailed(desk: Desk, row: OutboxRow): Promise<void> {
  const { do: what } = readPayload<PaymentJob>(row, { do: "string" });
  const booking = what === "refund" ? await desk.books.bookings.find(row.practiceId, row.bookingId ?? "") : undefined;
  if (booking === undefined) return;
  await startWithPractitioner(desk, row.practiceId, booking.practitionerId, {
    flow: "notice",
    input: { type: "refund.failed", bookingId: booking.id },
    dedupeKey: `refund-failed:${row.id}`,
    bookingId: booking.id,
  });
}

/** Notifies the practitioner who sent an invitation that its mail will not arrive. */
async function tellInviter(desk: Desk, row: OutboxRow): Promise<void> {
  const { invitationId } = readPayload<Mail>(row, {});
  const invitation = await desk.books.invitations.find(invitationId ?? "");
  if (invitation === undefined) return;
  await startWithPractitioner(desk, row.practiceId, invitation.practitionerId, {
    flow: "people",
    input: { type: "invitation.failed", clientId: invitation.clientId },
    dedupeKey: `invitation-failed:${row.id}`,
  });
}
