import type { Booking } from "../../domain/booking.ts";
import { cancellationCostOf, covers, type Payment } from "../../domain/payment.ts";
import { hourMs } from "../../domain/units.ts";
import type { PaymentSeen } from "../../ports/payments.ts";
import type { Actor } from "../actor.ts";
import { confirmNow } from "../booking/decide.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { sendNews } from "../telling/announce.ts";
import { placeDraft } from "./checkout.ts";
import {
  closePayment,
  movePayment,
  queuePayment,
  savePayment,
  startCapture,
  tellPayment,
  watchPayment,
} from "./payments.ts";
import { refundAll, settleRefund } from "./refunds.ts";

/** How long a client has to pay again after a failed capture. */
const payAgainMs = 2 * hourMs;
/** How long an authorisation is kept for a draft that is not sent. */
const unsentKeptMs = 2 * hourMs;

/**
 * Stores a payment's state at the provider and applies the consequences: the booking advances, or the money is
 * returned. Idempotent and independent of order.
 */
export async function settleSeen(desk: Desk, paymentId: string, seen: PaymentSeen): Promise<Payment | undefined> {
  const found = await desk.books.payments.find(paymentId);
  if (found === undefined) return undefined;
  // Lock the booking first: its lock covers the payments.
  const booking = await desk.books.bookings.lock(found.practiceId, found.bookingId);
  const payment = (await desk.books.payments.find(paymentId)) ?? found;
  switch (seen.is) {
    case "authorised":
      return settleAuthorised(desk, booking, payment, seen);
    case "paid":
      return settlePaid(desk, booking, payment, seen.intentId);
    case "expired":
      return settleExpired(desk, booking, payment);
    case "cancelled":
      return settleCancelled(desk, booking, payment);
    case "open":
    case "processing":
      if (booking !== undefined && ["link_sent", "capturing"].includes(payment.state))
        await watchPayment(desk, booking, payment);
      return payment;
    default:
      return seen satisfies never;
  }
}

async function settleAuthorised(
  desk: Desk,
  booking: Booking | undefined,
  payment: Payment,
  seen: PaymentSeen & { is: "authorised" },
): Promise<Payment> {
  const { intentId, captureBeforeMs } = seen;
  // Repeats every consequence that a crash may have lost; each has a deduplication key.
  if (payment.state === "capturing") {
    await queuePayment(desk, payment, "capture", { which: String(desk.realNowMs) });
    if (booking !== undefined) await watchPayment(desk, booking, payment);
  }
  if (payment.state === "releasing") await queuePayment(desk, payment, "release", { which: String(desk.realNowMs) });
  const known = {
    intentId,
    // Stripe uses wall time; the desk's clock may be simulated.
    ...(captureBeforeMs === undefined ? {} : { captureBeforeMs: desk.nowMs + captureBeforeMs - desk.realNowMs }),
  };
  const current = booking === undefined ? undefined : await desk.books.payments.findCurrent(booking.id);
  const isAsked =
    seen.amountMinor === payment.amountMinor && seen.currency === payment.currency && payment.id === current?.id;
  if (booking === undefined || !isAsked || payment.state === "closing" || !isOpen(booking) || !covers(payment, booking))
    return giveBack(desk, payment, known);

  const authorised = await movePayment(desk, payment, "authorise", known);
  if (authorised === undefined) return payment;
  if (booking.status === "held" && !(await placeDraft(desk, booking))) {
    // The payment came in after the hold lapsed, and the time is not free any more.
    const released = await closePayment(desk, authorised);
    await sendNews(desk, booking, { type: "payment.unplaced", startsAtMs: booking.startsAtMs, of: released.version });
    return released;
  }
  if (booking.status === "held") await setTimer(desk, booking, "payment-lapse", desk.nowMs + unsentKeptMs);
  const isAgreed = booking.status === "confirmed" || booking.status === "completed";
  const taken = booking.status !== "held" && (authorised.approved || isAgreed);
  const now = taken ? ((await startCapture(desk, booking, authorised)) ?? authorised) : authorised;
  await tellPayment(desk, booking, now);
  return now;
}

/** Whether a booking may still be paid; one paid after approval also after it took place. */
function isOpen({ status, frozen }: Booking): boolean {
  if (status === "completed") return frozen.payment === "after_approval";
  return status === "held" || status === "requested" || status === "proposed" || status === "confirmed";
}

async function giveBack(desk: Desk, payment: Payment, known: Partial<Payment>): Promise<Payment> {
  const releasing = await movePayment(desk, payment, "release", known);
  if (releasing !== undefined) await queuePayment(desk, releasing, "release");
  return releasing ?? payment;
}

/** Confirms the booking whose payment was captured. */
async function settlePaid(
  desk: Desk,
  booking: Booking | undefined,
  payment: Payment,
  intentId: string,
): Promise<Payment> {
  if (payment.state === "paid" || payment.state === "refunded") return payment;
  const isOver = booking === undefined || !["requested", "confirmed", "completed", "no_show"].includes(booking.status);
  // During its undo minute a cancellation is not final; its settlement follows.
  const undoable =
    booking !== undefined && (await desk.books.timers.find(`booking:${booking.id}:cancellation`)) !== undefined;
  const paid =
    (await movePayment(desk, payment, "settle", { intentId })) ??
    (await savePayment(desk, payment, { state: "paid", intentId }));
  if (isOver && !undoable) {
    // Cancelled during the capture: the policy decides the refund. Every other ended booking is refunded in full.
    if (booking !== undefined && cancellationCostOf(booking) !== undefined) await settleRefund(desk, booking);
    else await refundAll(desk, paid, intentId);
    return paid;
  }
  if (booking === undefined) return paid;
  await desk.books.timers.removeForBooking(booking.id, ["payment-check", "payment-reminder"]);
  if (booking.status === "requested") {
    const actor: Actor = { kind: "desk", practiceId: booking.practiceId, place: "payment" };
    await confirmNow(desk, actor, booking);
  } else await tellPayment(desk, booking, paid);
  return paid;
}

/** Handles a checkout that closed unpaid: a time claimed for it is released. */
async function settleExpired(desk: Desk, booking: Booking | undefined, payment: Payment): Promise<Payment> {
  const lapsed = await movePayment(desk, payment, "lapse");
  if (lapsed === undefined || booking === undefined) return lapsed ?? payment;
  if (booking.status === "held") {
    // A renewed hold has its own timer.
    const held = await desk.books.timers.find(`booking:${booking.id}:hold-expiry`);
    if (held === undefined) await desk.books.claims.removeForBooking(booking.id, "hold");
  }
  // A checkout closed for another attempt or with its booking needs no notification.
  const current = await desk.books.payments.findCurrent(booking.id);
  if (current?.id === lapsed.id && isOpen(booking)) await tellPayment(desk, booking, lapsed);
  return lapsed;
}

/** Handles an authorisation that lapsed. */
async function settleCancelled(desk: Desk, booking: Booking | undefined, payment: Payment): Promise<Payment> {
  if (payment.state === "releasing") return (await movePayment(desk, payment, "released")) ?? payment;
  if (payment.state === "capturing") return settleNotTaken(desk, payment, booking);
  const lapsed = await movePayment(desk, payment, "lapse");
  if (lapsed !== undefined && booking !== undefined) await tellPayment(desk, booking, lapsed);
  return lapsed ?? payment;
}

/**
 * Handles a failed capture: asks the client to pay again within two hours or until the deadline, whichever is later.
 * The practitioner sees that the confirmation waits for the payment.
 */
export async function settleNotTaken(desk: Desk, payment: Payment, known?: Booking): Promise<Payment> {
  const booking = known ?? (await desk.books.bookings.lock(payment.practiceId, payment.bookingId));
  const failed = await movePayment(desk, payment, "fail");
  if (failed === undefined) return payment;
  // The bank may still reserve the amount on the card: release it.
  await queuePayment(desk, failed, "release");
  if (booking?.status === "requested") {
    const respondByMs = Math.min(booking.startsAtMs, Math.max(booking.respondByMs ?? 0, desk.nowMs + payAgainMs));
    const waiting: Booking = { ...booking, respondByMs, version: booking.version + 1 };
    if (!(await desk.books.bookings.save(waiting, booking.version)))
      throw new Error("booking version conflict under its lock");
    await setTimer(desk, waiting, "respond-by", respondByMs);
    await tellPayment(desk, waiting, failed);
  } else if (booking !== undefined) await tellPayment(desk, booking, failed);
  return failed;
}
