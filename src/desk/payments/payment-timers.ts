import type { Booking } from "../../domain/booking.ts";
import type { Desk } from "../desk.ts";
import { sendNews } from "../telling/announce.ts";
import { closePayment, findPayment, queuePayment, tellPayment } from "./payments.ts";

/**
 * Closes the checkout of a lapsed hold; the time is released when the provider confirms the closing. False: no checkout
 * is open.
 */
export async function closeCheckout(desk: Desk, booking: Booking): Promise<boolean> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment?.state !== "link_sent") return false;
  await queuePayment(desk, payment, "expire", { which: String(desk.nowMs) });
  return true;
}

/**
 * Queries the provider while a payment is pending, because a webhook may be lost. The answer schedules the next query.
 */
export async function checkPayment(desk: Desk, booking: Booking): Promise<"done" | "dropped"> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined || !["link_sent", "capturing"].includes(payment.state)) return "dropped";
  await queuePayment(desk, payment, "look", { which: String(desk.nowMs) });
  return "done";
}

/** Reminds the client once of an unpaid session that was approved. */
export async function remindOfPayment(desk: Desk, booking: Booking): Promise<"done" | "dropped"> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined || ["authorised", "capturing", "paid", "refunded"].includes(payment.state))
    return "dropped";
  await sendNews(desk, booking, { type: "payment.reminded" }, undefined, "client");
  return "done";
}

/** Releases the authorisation of a draft that was paid but not sent within two hours; the answers stay. */
export async function letPaymentGo(desk: Desk, draft: Booking): Promise<"done" | "dropped"> {
  const payment = await findPayment(desk.books, draft.id);
  if (payment?.state !== "authorised") return "dropped";
  await tellPayment(desk, draft, await closePayment(desk, payment));
  return "done";
}
