import type { Booking } from "../../domain/booking.ts";
import { nudgeTimes } from "../../domain/booking.ts";
import { lapseReminderMs } from "../../domain/payment.ts";
import { minuteMs } from "../../domain/units.ts";
import type { Desk } from "../desk.ts";
import { findPayment } from "../payments/payments.ts";
import { setTimer } from "./timers.ts";

/**
 * Sets the timers of a request: two nudges, the answer's deadline, the lapse of its authorisation, and the mail after
 * 15 minutes.
 */
export async function setRequestDeadlines(desk: Desk, booking: Booking): Promise<void> {
  if (booking.requestedAtMs === undefined || booking.respondByMs === undefined) return;
  const nudges = nudgeTimes(booking.requestedAtMs, booking.respondByMs);
  await setTimer(desk, booking, "nudge-50", nudges.half);
  await setTimer(desk, booking, "nudge-85", nudges.late);
  await setTimer(desk, booking, "respond-by", booking.respondByMs);
  const payment = await findPayment(desk.books, booking.id);
  const lapseMs = lapseReminderMs(booking.respondByMs, payment?.captureBeforeMs);
  if (lapseMs !== undefined && lapseMs > desk.nowMs) await setTimer(desk, booking, "payment-lapse", lapseMs);
  await setTimer(desk, booking, "unanswered-mail", desk.nowMs + 15 * minuteMs);
}
