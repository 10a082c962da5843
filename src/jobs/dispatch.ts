import type { OutboxRow } from "../../db/store.ts";
import type { Inbound } from "../conversation/inbound.ts";
import { mailToSend } from "../desk/secrets.ts";
import type { Errand } from "../desk/telling/announce.ts";
import type { Mail } from "../ports/mailer.ts";
import type { JobContext } from "./job-context.ts";
import { finish, giveUp, type Outcome, tryAgain } from "./report.ts";
import { sendCard, sendHint, sendTab } from "./send-card.ts";
import { sendPayment } from "./send-payment.ts";

/** Sends one claimed row and records the outcome. Never throws: an error becomes the row's outcome. */
export async function dispatch(parts: JobContext, row: OutboxRow): Promise<void> {
  let outcome: Outcome = "again";
  try {
    outcome = await send(parts, row);
  } catch (error) {
    parts.log.error({ event: "outbox.failed", kind: row.kind, attempt: row.attempt, error });
    outcome = await tryAgain(parts, row, "internal error").catch(() => "again" as const);
  }
  parts.metrics.sent(row.kind, outcome, (parts.clock.realNow() - row.queuedAtMs) / 1000);
}

function send(parts: JobContext, row: OutboxRow): Promise<Outcome> {
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
      return row.kind satisfies never;
  }
}

async function sendMail(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  const mail = JSON.parse(row.payload) as Mail; // written by desk/telling/mails.ts
  const reader = { books: parts.store.read, publicUrl: parts.publicUrl };
  const sent = await parts.mailer.send(await mailToSend(reader, mail), row.id);
  if (sent.ok) return finish(parts, row);
  return sent.permanent ? giveUp(parts, row, sent.error) : tryAgain(parts, row, sent.error);
}

async function runErrand(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  const errand = JSON.parse(row.payload) as Errand; // written by desk/telling/announce.ts
  const { clock } = parts;
  await parts.deliver({ id: `errand:${row.id}`, receivedAtMs: clock.now(), from: errand.to, body: bodyOf(errand) });
  return finish(parts, row);
}

function bodyOf(errand: Errand): Inbound["body"] {
  if (errand.do === "news") return { type: "news", talkId: errand.talkId, event: errand.event };
  const { flow, practiceId, role, input } = errand;
  return { type: "start", flow, practiceId, role, input };
}
