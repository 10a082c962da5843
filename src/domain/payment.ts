import type { Booking } from "./booking.ts";
import type { Money } from "./money.ts";
import { dayMs, hourMs } from "./units.ts";

/** When a session is paid for (D5.4); `at_practice`: not by the desk, because it has no payment provider. */
export type PaymentRule = "at_request" | "after_approval" | "at_practice";

/** The states of a payment: its way to the money, and the ways out of it. */
export const paymentStates = [
  /** The amount is known, nobody has opened the checkout yet. */
  "held",
  "link_sent",
  /** Given up while its checkout was open: it is being closed, and what was paid meanwhile goes back. */
  "closing",
  "authorised",
  "capturing",
  "paid",
  "refunded",
  "releasing",
  "released",
  /** The checkout or the authorisation ran out. */
  "lapsed",
  /** The card refused when the money was to be taken. */
  "failed",
] as const;
export type PaymentState = (typeof paymentStates)[number];

/** One try to be paid for a booking; the highest attempt is the one that counts. Instants by the books' clock, epoch ms. */
export interface Payment {
  readonly id: string;
  readonly practiceId: string;
  readonly bookingId: string;
  /** From 1. */
  readonly attempt: number;
  readonly state: PaymentState;
  /** Goes up with every change. */
  readonly version: number;
  readonly amountMinor: number;
  readonly currency: string;
  /** The neutral name that the checkout shows (D7.5). */
  readonly title: string;
  /** `hand`: the practitioner said that it was paid. */
  readonly by: "card" | "hand";
  /** The practitioner has said yes: as soon as it is authorised it is taken. */
  readonly approved: boolean;
  readonly sessionId?: string;
  readonly sessionUrl?: string;
  /** Real time, epoch ms. */
  readonly linkExpiresAtMs?: number;
  readonly intentId?: string;
  /** Until when the provider lets the authorised money be taken. */
  readonly captureBeforeMs?: number;
  /** What is to be given back, and how much of it was, in minor units. */
  readonly refundMinor: number;
  readonly refundedMinor: number;
  /** How many refunds were ordered. */
  readonly refunds: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** What the desk itself is to be paid for a booking; undefined: nothing, it is from a package (D6.5) or paid elsewhere. */
export function amountDue(booking: Pick<Booking, "frozen" | "clientPackageId">): Money | undefined {
  const { payment, price } = booking.frozen;
  if (payment === undefined || payment === "at_practice" || booking.clientPackageId !== undefined) return undefined;
  return price;
}

/** Whether this payment is of the amount that the booking costs now. */
export function covers(payment: Payment, booking: Pick<Booking, "frozen" | "clientPackageId">): boolean {
  const due = amountDue(booking);
  return due !== undefined && due.minor === payment.amountMinor && due.currency === payment.currency;
}

/** A payment that came to nothing: another attempt may be made. */
export function isSpent({ state }: Payment): boolean {
  return ["closing", "refunded", "releasing", "released", "lapsed", "failed"].includes(state);
}

/** What can happen to a payment. */
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
  // Paid at the last moment: the books may have given it up by then.
  authorise: { from: ["held", "link_sent", "lapsed"], to: "authorised" },
  capture: { from: ["authorised"], to: "capturing" },
  settle: { from: ["authorised", "capturing"], to: "paid" },
  close: { from: ["link_sent"], to: "closing" },
  release: { from: ["authorised", "link_sent", "closing", "held", "lapsed"], to: "releasing" },
  released: { from: ["releasing"], to: "released" },
  lapse: { from: ["held", "link_sent", "closing", "authorised", "capturing"], to: "lapsed" },
  fail: { from: ["capturing"], to: "failed" },
};

/** Where a move leads from `state`, or undefined: it cannot happen now. */
export function decidePayment(state: PaymentState, move: PaymentMove): PaymentState | undefined {
  const { from, to } = moves[move];
  return from.includes(state) ? to : undefined;
}

/** Who cancels, and what that costs by the policy (D4.7); the practitioner's word always gives all back. */
export type CancellationCost =
  | { readonly by: "practitioner" }
  | { readonly by: "client"; readonly late: false }
  | { readonly by: "client"; readonly late: true; readonly cost: "fee" | "forfeit" };

export interface RefundDecision {
  /** Given back. */
  readonly refund: Money;
  /** Not given back. */
  readonly kept: Money;
}

/**
 * What of a payment is given back when its session is cancelled (D5.6): all, but for a late cancellation by the client,
 * of which the frozen policy keeps its fee, or everything. What is being taken now counts as paid. Undefined: nothing was.
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

/** What the books say of how a cancelled session was ended, as `refundOf` takes it; undefined: it was not cancelled. */
export function cancellationCostOf(
  booking: Pick<Booking, "status" | "cancelledBy" | "frozen">,
): CancellationCost | undefined {
  if (booking.status !== "cancelled" && booking.status !== "late_cancelled") return undefined;
  if (booking.cancelledBy !== "client") return { by: "practitioner" };
  if (booking.status === "cancelled") return { by: "client", late: false };
  return { by: "client", late: true, cost: booking.frozen.cancellation.late === "fee" ? "fee" : "forfeit" };
}

/** The deadline of a request whose authorisation would lapse before it: six hours earlier than that (D5.5). */
export function deadlineWithin(respondByMs: number, captureBeforeMs: number | undefined): number {
  return captureBeforeMs === undefined ? respondByMs : Math.min(respondByMs, captureBeforeMs - 6 * hourMs);
}

/** When the practitioner is told that an authorisation is about to lapse: a day before; undefined: the deadline is earlier. */
export function lapseReminderMs(respondByMs: number, captureBeforeMs: number | undefined): number | undefined {
  const remindAtMs = captureBeforeMs === undefined ? undefined : captureBeforeMs - dayMs;
  return remindAtMs !== undefined && remindAtMs < respondByMs ? remindAtMs : undefined;
}
