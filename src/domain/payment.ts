import type { Booking } from "./booking.ts";
import type { Money } from "./money.ts";
import { dayMs, hourMs } from "./units.ts";

/** When a session is paid for (D5.4); `at_practice`: outside the desk, because no payment provider is set up. */
export type PaymentRule = "at_request" | "after_approval" | "at_practice";

/** The states of a payment. */
export const paymentStates = [
  /** The amount is known, the checkout was not opened yet. */
  "held",
  "link_sent",
  /** Given up while its checkout was open: the checkout is being closed, and a payment made meanwhile is refunded. */
  "closing",
  "authorised",
  "capturing",
  "paid",
  "refunded",
  "releasing",
  "released",
  /** The checkout or the authorisation expired. */
  "lapsed",
  /** The card was declined at the capture. */
  "failed",
] as const;
export type PaymentState = (typeof paymentStates)[number];

/** One payment attempt for a booking; the highest attempt counts. Instants are on the books' clock, epoch ms. */
export interface Payment {
  readonly id: string;
  readonly practiceId: string;
  readonly bookingId: string;
  /** From 1. */
  readonly attempt: number;
  readonly state: PaymentState;
  /** Incremented with every change. */
  readonly version: number;
  readonly amountMinor: number;
  readonly currency: string;
  /** The neutral name shown at the checkout (D7.5). */
  readonly title: string;
  /** `hand`: the practitioner recorded the payment. */
  readonly by: "card" | "hand";
  /** The practitioner approved: the authorisation is captured as soon as it exists. */
  readonly approved: boolean;
  readonly sessionId?: string;
  readonly sessionUrl?: string;
  /** Real time, epoch ms. */
  readonly linkExpiresAtMs?: number;
  readonly intentId?: string;
  /** Until when the authorisation can be captured, epoch ms. */
  readonly captureBeforeMs?: number;
  /** The amount to refund, and the amount refunded so far, in minor units. */
  readonly refundMinor: number;
  readonly refundedMinor: number;
  /** The number of refunds ordered. */
  readonly refunds: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/**
 * The amount the desk must collect for a booking; undefined: none, because a package pays (D6.5) or it is paid
 * elsewhere.
 */
export function amountDue(booking: Pick<Booking, "frozen" | "clientPackageId">): Money | undefined {
  const { payment, price } = booking.frozen;
  if (payment === undefined || payment === "at_practice" || booking.clientPackageId !== undefined) return undefined;
  return price;
}

/** Whether the payment's amount is the booking's present price. */
export function covers(payment: Payment, booking: Pick<Booking, "frozen" | "clientPackageId">): boolean {
  const due = amountDue(booking);
  return due !== undefined && due.minor === payment.amountMinor && due.currency === payment.currency;
}

/** Whether the payment has ended without success: another attempt may be made. */
export function isSpent({ state }: Payment): boolean {
  return ["closing", "refunded", "releasing", "released", "lapsed", "failed"].includes(state);
}

/** The transitions of a payment. */
export type PaymentMove =
  | "open"
  | "authorise"
  | "capture"
  | "settle"
  | "close"
  | "release"
  | "released"
  | "lapse"
  | "fail";

const moves: Record<PaymentMove, { readonly from: readonly PaymentState[]; readonly to: PaymentState }> = {
  open: { from: ["held"], to: "link_sent" },
  // A late payment: the desk may have recorded the lapse already.
  authorise: { from: ["held", "link_sent", "lapsed"], to: "authorised" },
  capture: { from: ["authorised"], to: "capturing" },
  settle: { from: ["authorised", "capturing"], to: "paid" },
  close: { from: ["link_sent"], to: "closing" },
  release: { from: ["authorised", "link_sent", "closing", "held", "lapsed"], to: "releasing" },
  released: { from: ["releasing"], to: "released" },
  lapse: { from: ["held", "link_sent", "closing", "authorised", "capturing"], to: "lapsed" },
  fail: { from: ["capturing"], to: "failed" },
};

/** The state after a move; undefined: the move is not possible in `state`. */
export function decidePayment(state: PaymentState, move: PaymentMove): PaymentState | undefined {
  const { from, to } = moves[move];
  return from.includes(state) ? to : undefined;
}

/** Who cancels, and the cost by the policy (D4.7); a practitioner's cancellation is always refunded in full. */
export type CancellationCost =
  | { readonly by: "practitioner" }
  | { readonly by: "client"; readonly late: false }
  | { readonly by: "client"; readonly late: true; readonly cost: "fee" | "forfeit" };

export interface RefundDecision {
  /** Refunded. */
  readonly refund: Money;
  /** Kept. */
  readonly kept: Money;
}

/**
 * The refund of a cancelled session (D5.6): everything, except for a client's late cancellation, where the frozen
 * policy keeps its fee or everything. A running capture counts as paid. Undefined: nothing was paid.
 */
export function refundOf(
  booking: Pick<Booking, "frozen">,
  payment: Pick<Payment, "state" | "amountMinor" | "currency"> | undefined,
  decision: CancellationCost,
): RefundDecision | undefined {
  if (payment === undefined || (payment.state !== "paid" && payment.state !== "capturing")) return undefined;
  const { amountMinor, currency } = payment;
  const keptMinor = Math.min(amountMinor, keptOf(booking, amountMinor, decision));
  return { refund: { minor: amountMinor - keptMinor, currency }, kept: { minor: keptMinor, currency } };
}

function keptOf({ frozen }: Pick<Booking, "frozen">, amountMinor: number, decision: CancellationCost): number {
  if (decision.by === "practitioner" || !decision.late) return 0;
  return decision.cost === "forfeit" ? amountMinor : frozen.cancellation.feeMinor;
}

/** The stored cancellation as `refundOf` takes it; undefined: the booking is not cancelled. */
export function cancellationCostOf(
  booking: Pick<Booking, "status" | "cancelledBy" | "frozen">,
): CancellationCost | undefined {
  if (booking.status !== "cancelled" && booking.status !== "late_cancelled") return undefined;
  if (booking.cancelledBy !== "client") return { by: "practitioner" };
  if (booking.status === "cancelled") return { by: "client", late: false };
  return { by: "client", late: true, cost: booking.frozen.cancellation.late === "fee" ? "fee" : "forfeit" };
}

/** The deadline of a request, epoch ms: at the latest six hours before its authorisation lapses (D5.5). */
export function deadlineWithin(respondByMs: number, captureBeforeMs: number | undefined): number {
  return captureBeforeMs === undefined ? respondByMs : Math.min(respondByMs, captureBeforeMs - 6 * hourMs);
}

/**
 * When the practitioner is reminded of a lapsing authorisation, epoch ms: a day before; undefined: the deadline is
 * earlier.
 */
export function lapseReminderMs(respondByMs: number, captureBeforeMs: number | undefined): number | undefined {
  const remindAtMs = captureBeforeMs === undefined ? undefined : captureBeforeMs - dayMs;
  return remindAtMs !== undefined && remindAtMs < respondByMs ? remindAtMs : undefined;
}
