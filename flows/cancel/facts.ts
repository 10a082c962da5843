import type { ChangeRequest } from "../../db/store.ts";
import { type SessionSeen, seeSession } from "../../src/choosing/session.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { findPayment } from "../../src/desk/payments/payments.ts";
import { refundIf } from "../../src/desk/payments/refunds.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { CancellationCost, Payment, RefundDecision } from "../../src/domain/payment.ts";
import { cutOffMs, type LateCost, lateCost } from "../../src/domain/policy.ts";
import { given } from "../../src/given.ts";
import { money } from "../../src/words/money.ts";
import type { CancelContext } from "./machine.ts";

/** A session to be cancelled, or cancelled, as its card shows it. */
export interface CancelFacts extends SessionSeen {
  readonly cutOffMs: number;
  /** The cost of cancelling now. Absent if the card says that it is free. */
  readonly cost?: LateCost;
  readonly justPassed: boolean;
  readonly reason?: string;
  readonly reasonRequired: boolean;
  readonly locale: string;
  /** The end of the undo period, while it lasts. */
  readonly mayUndo: boolean;
  /** The client's open change request. While a cancellation can be undone, it waits with it (D4.9). */
  readonly change?: ChangeRequest;
  /** What is refunded and what is kept. After the cancellation, the refund's status. */
  readonly refund?: RefundDecision;
  readonly payment?: Payment;
  /** A waived fee, in words. */
  readonly waivedFee?: string;
}

/** Undefined: it no longer exists, or belongs to another person. */
export async function cancelFacts(context: CancelContext, turn: Turn): Promise<CancelFacts | undefined> {
  const seen = await seeSession(context.bookingId, turn);
  if (seen === undefined) return undefined;
  const { booking, role } = seen;
  const policy = booking.frozen.cancellation;
  const isCancelled = booking.status === "cancelled" || booking.status === "late_cancelled";
  const timer = isCancelled ? await turn.books.timers.find(`booking:${booking.id}:cancellation`) : undefined;
  const open = await turn.books.changes.findOpenRequest(booking.id);
  const isLate = isCancelled ? booking.status === "late_cancelled" : context.late;
  const payment = await findPayment(turn.books, booking.id);
  const refund = await refundIf(turn, booking, refundCost(role, isLate, booking));
  const [waived] = (await turn.books.changes.listFees(booking.id)).filter(({ state }) => state === "waived");
  return {
    ...seen,
    cutOffMs: cutOffMs({ startsAtMs: booking.startsAtMs, policy }),
    justPassed: context.justPassed,
    reasonRequired: role === "client" && policy.reasonRequired,
    locale: turn.practice.locale,
    mayUndo: timer !== undefined && turn.nowMs < timer.dueAtMs && booking.cancelledBy === role,
    ...(isLate ? { cost: paidCost(lateCost(booking), refund) } : {}),
    ...(refund === undefined || isCancelled ? {} : { refund }),
    ...(isCancelled && payment !== undefined ? { payment } : {}),
    ...given({ reason: context.reason, change: open }),
    ...(waived === undefined
      ? {}
      : { waivedFee: money({ minor: waived.amountMinor, currency: waived.currency }, turn.practice.locale) }),
  };
}

/** An unpaid amount cannot be kept. A fee kept from a payment is never more than that payment. */
function paidCost(cost: LateCost, refund: RefundDecision | undefined): LateCost {
  if (cost.kind === "price" && refund === undefined) return { kind: "nothing" };
  return cost.kind === "fee" && refund !== undefined ? { kind: "fee", amount: refund.kept } : cost;
}

function refundCost(role: "client" | "practitioner", late: boolean, { frozen }: Booking): CancellationCost {
  if (role === "practitioner") return { by: "practitioner" };
  if (!late) return { by: "client", late: false };
  return { by: "client", late: true, cost: frozen.cancellation.late === "fee" ? "fee" : "forfeit" };
}
