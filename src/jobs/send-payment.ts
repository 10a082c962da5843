import type { OutboxRow } from "../../db/store.ts";
import type { Desk } from "../desk/desk.ts";
import { lockPayment, noteLink, orderOf, tellUnpaid } from "../desk/payments/checkout.ts";
import { movePayment, type PaymentJob } from "../desk/payments/payments.ts";
import { noteRefund, refundAll } from "../desk/payments/refunds.ts";
import { settleNotTaken, settleSeen } from "../desk/payments/settle-payment.ts";
import type { Payment } from "../domain/payment.ts";
import type { Payments, PaymentTrouble } from "../ports/payments.ts";
import { deskOf, type JobContext } from "./job-context.ts";
import { readPayload, UnreadablePayload } from "./payload.ts";
import { giveUp, type Outcome, tryAgain } from "./report.ts";

/** Records the answer in the transaction that finishes the row. Undefined: nothing to record. */
type Note = ((desk: Desk) => Promise<unknown>) | undefined;
type Answer = { readonly ok: true; readonly note: Note } | PaymentTrouble;

/**
 * Runs one payment job. Idempotency keys and amounts come from the database, so that a job repeated after a crash takes
 * effect at the provider once.
 */
export async function sendPayment(parts: JobContext, row: OutboxRow): Promise<Outcome> {
  const { payments, store, clock } = parts;
  if (payments === undefined) return giveUp(parts, row, "payment is not configured");
  const job = readPayload<PaymentJob>(row, { do: "string", paymentId: "string" }); // desk/payments/payments.ts
  const payment = await store.read.payments.find(job.paymentId);
  const answer: Answer = payment === undefined ? nothing : await work(parts, payments, payment, job);
  if (!answer.ok) {
    return answer.again
      ? tryAgain(parts, row, answer.error, "afterMs" in answer ? answer.afterMs : undefined)
      : giveUp(parts, row, answer.error);
  }
  await store.transaction(async (books) => {
    // Fencing: if the lease expired and another process took the row over, that process records its own answer.
    if (await books.outbox.finish(row, clock.realNow())) await answer.note?.(deskOf(parts, books));
  });
  return "ok";
}

const nothing: Answer = { ok: true, note: undefined };

function work(parts: JobContext, payments: Payments, payment: Payment, job: PaymentJob): Promise<Answer> | Answer {
  switch (job.do) {
    case "look":
      return look(payments, payment, job.talkId);
    case "expire":
      return ["link_sent", "closing", "lapsed"].includes(payment.state) ? expire(parts, payments, payment) : nothing;
    case "capture":
      return payment.state === "capturing" ? capture(payments, payment) : nothing;
    case "release":
      return ["releasing", "failed"].includes(payment.state) ? release(payments, payment) : nothing;
    case "refund":
      return refund(payments, payment, job.refund);
    default:
      throw new UnreadablePayload(`unknown payment job: ${job.do satisfies never}`);
  }
}

async function look(payments: Payments, { id, sessionId }: Payment, talkId?: string): Promise<Answer> {
  if (sessionId === undefined) return nothing;
  const looked = await payments.state(sessionId);
  if (!looked.ok) return looked;
  const { seen } = looked;
  return {
    ok: true,
    note: async (desk) => {
      const payment = await settleSeen(desk, id, seen);
      const isUnpaid = seen.is === "open" || seen.is === "processing";
      if (isUnpaid && talkId !== undefined && payment !== undefined) await tellUnpaid(desk, payment, talkId);
    },
  };
}

/** Expires a checkout. If it was paid at the last moment, records the payment. If its id was lost, requests it again first. */
async function expire(parts: JobContext, payments: Payments, payment: Payment): Promise<Answer> {
  let { sessionId } = payment;
  if (sessionId === undefined) {
    const order = await orderOf({ books: parts.store.read, publicUrl: parts.publicUrl }, payment);
    const made = await payments.createLink(order);
    // The order was never accepted and never will be.
    if (!made.ok && !made.again) return { ok: true, note: (desk) => settleSeen(desk, payment.id, { is: "expired" }) };
    if (!made.ok) return made;
    const link = made.outcome;
    sessionId = link.sessionId;
    await parts.store.transaction((books) => noteLink(deskOf(parts, books), payment.id, link));
  }
  const closed = await payments.expireLink(sessionId);
  if (!closed.ok) return closed;
  if (closed.outcome === "already_paid") return look(payments, { ...payment, sessionId });
  return { ok: true, note: (desk) => settleSeen(desk, payment.id, { is: "expired" }) };
}

async function capture(payments: Payments, { id, intentId, amountMinor, currency }: Payment): Promise<Answer> {
  if (intentId === undefined) return nothing;
  const captured = await payments.capture(intentId);
  if (!captured.ok) return captured;
  const { outcome } = captured;
  return {
    ok: true,
    note: async (desk) => {
      if (outcome === "paid") return settleSeen(desk, id, { is: "paid", intentId, amountMinor, currency });
      const payment = await lockPayment(desk, id);
      return payment === undefined ? undefined : settleNotTaken(desk, payment);
    },
  };
}

async function release(payments: Payments, { id, intentId }: Payment): Promise<Answer> {
  if (intentId === undefined) return nothing;
  const released = await payments.release(intentId);
  if (!released.ok) return released;
  const { outcome } = released;
  return {
    ok: true,
    note: async (desk) => {
      const payment = await lockPayment(desk, id);
      if (payment === undefined) return;
      // The money was captured after all, so it is refunded.
      if (outcome === "already_paid") await refundAll(desk, payment, intentId);
      else await movePayment(desk, payment, "released");
    },
  };
}

async function refund(payments: Payments, payment: Payment, part: PaymentJob["refund"]): Promise<Answer> {
  const { id, intentId, bookingId, currency } = payment;
  if (intentId === undefined || part === undefined) return nothing;
  const { number, amountMinor } = part;
  const refunded = await payments.refund({ key: `${bookingId}:refund:${number}`, intentId, amountMinor, currency });
  if (!refunded.ok) return refunded;
  return {
    ok: true,
    note: async (desk) => {
      const now = await lockPayment(desk, id);
      if (now !== undefined) await noteRefund(desk, now, amountMinor);
    },
  };
}
