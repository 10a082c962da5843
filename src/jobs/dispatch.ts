import type { OutboxRow } from "../../db/store.ts";
import type { Inbound } from "../conversation/inbound.ts";
import { mailToSend } from "../desk/secrets.ts";
import type { Errand } from "../desk/telling/announce.ts";
import type { Mail } from "../ports/mailer.ts";
import type { Circuits } from "./circuit.ts";
import type { JobContext } from "./job-context.ts";
import { readPayload, UnreadablePayload } from "./payload.ts";
import { finish, giveUp, type Outcome, tryAgain } from "./report.ts";
import { sendCard, sendHint, sendTab } from "./send-card.ts";
import { sendPayment } from "./send-payment.ts";

/** Longer than the limits of the adapters, and shorter than the lease: no send holds a slot for longer. */
const longestSendMs = 50_000;

/**
 * Sends one claimed row and records the outcome, also for the service's circuit. Never throws: an error becomes the row's
 * outcome.
 */
export async function dispatch(parts: JobContext, row: OutboxRow, circuits: Circuits): Promise<void> {
  const outcome = await attempt(parts, row, circuits);
  const recorded = outcome === "later" ? "again" : outcome;
  parts.metrics.sent(row.kind, recorded, (parts.clock.realNow() - row.queuedAtMs) / 1000);
}

async function attempt(parts: JobContext, row: OutboxRow, circuits: Circuits): Promise<Outcome> {
  try {
    const outcome = await withinTime(parts, row, send(parts, row));
    if (outcome === "again") circuits.failed(row.service, row.lane);
    else circuits.answered(row.service);
    return outcome;
  } catch (error) {
    parts.log.error({ event: "outbox.failed", kind: row.kind, attempt: row.attempt, error });
    const report =
      error instanceof UnreadablePayload ? giveUp(parts, row, error.message) : tryAgain(parts, row, "internal error");
    return report.catch(() => "again" as const);
  }
}

/** Gives up waiting for a send that hangs. If it still arrives, its report is fenced off by the next attempt. */
async function withinTime(parts: JobContext, row: OutboxRow, sending: Promise<Outcome>): Promise<Outcome> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = parts.clock.after(longestSendMs, () => resolve(undefined));
  try {
    return (await Promise.race([sending, late])) ?? (await tryAgain(parts, row, "no answer in time"));
  } finally {
    cancel();
  }
}

async function send(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  switch (row.kind) {
    case "card":
      return sendCard(parts, row);
    case "tab":
      return sendTab(parts, row);
    case "hint":
      return sendHint(parts, row);
    case "mail":
      return sendMail(parts, row);
    case "payment":
      return sendPayment(parts, row);
    case "errand":
      return runErrand(parts, row);
    default:
      // A row of a later release, or a damaged one: this release cannot send it.
      throw new UnreadablePayload(`unknown kind: ${row.kind satisfies never}`);
  }
}

async function sendMail(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  const mail = readPayload<Mail>(row, { to: "object", subject: "string", text: "string" }); // desk/telling/mails.ts
  const reader = { books: parts.store.read, publicUrl: parts.publicUrl };
  const sent = await parts.mailer.send(await mailToSend(reader, mail), row.id);
  if (sent.ok) return finish(parts, row);
  return sent.permanent ? giveUp(parts, row, sent.error) : tryAgain(parts, row, sent.error);
}

async function runErrand(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  const errand = readPayload<Errand>(row, { do: "string", to: "object" }); // desk/telling/announce.ts
  const { clock } = parts;
  await parts.deliver({ id: `errand:${row.id}`, receivedAtMs: clock.now(), from: errand.to, body: bodyOf(errand) });
  return finish(parts, row);
}

function bodyOf(errand: Errand): Inbound["body"] {
  if (errand.do === "news") return { type: "news", talkId: errand.talkId, event: errand.event };
  const { flow, practiceId, role, input } = errand;
  return { type: "start", flow, practiceId, role, input };
}
