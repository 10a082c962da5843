import type { Booking } from "../../domain/booking.ts";
import type { Desk } from "../desk.ts";
import { sendNews } from "../telling/announce.ts";
import { closePayment, findPayment, queuePayment, tellPayment } from "./payments.ts";

/** The holding time is over while its checkout is open: the time is free once the provider has closed that. False: none is open. */
export async function closeCheckout(desk: Desk, booking: Booking): Promise<boolean> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment?.state !== "link_sent") return false;
  await queuePayment(desk, payment, "expire", { which: String(desk.nowMs) });
  return true;
}

/** Looks at the provider itself where something is under way: its notice may have been lost. What it says sets the next look. */
export async function checkPayment(desk: Desk, booking: Booking): Promise<"done" | "dropped"> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined || !["link_sent", "capturing"].includes(payment.state)) return "dropped";
  await queuePayment(desk, payment, "look", { which: String(desk.nowMs) });
  return "done";
}

/** A session that is paid for after its approval is not paid yet: its client is reminded once. */
export async function remindOfPayment(desk: Desk, booking: Booking): Promise<"done" | "dropped"> {
  const payment = await findPayment(desk.books, booking.id);
  if (payment === undefined || ["authorised", "capturing", "paid", "refunded"].includes(payment.state))
    return "dropped";
  await sendNews(desk, booking, { type: "payment.reminded" }, undefined, "client");
  return "done";
}

/** Paid, and never sent on: after two hours the money is let go; what was filled in stays. */
export async function letPaymentGo(desk: Desk, draft: Booking): Promise<"done" | "dropped"> {
  const payment = await findPayment(desk.books, draft.id);
  if (payment?.state !== "authorised") return "dropped";
  await tellPayment(desk, draft, await closePayment(desk, payment));
  return "done";
}
