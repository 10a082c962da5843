import type { Booking } from "../../domain/booking.ts";
import type { Desk } from "../desk.ts";

/** The kinds of timers a booking has. */
export const timerKinds = [
  "hold-expiry",
  "draft-expiry",
  "respond-by",
  "nudge-50",
  "nudge-85",
  "unanswered-mail",
  "completion",
  "cancellation",
  "reminder-1",
  "reminder-2",
  "reminder-3",
  "change-respond-by",
  "proposal-expiry",
  "payment-check",
  "payment-reminder",
  "payment-lapse",
] as const;
export type TimerKind = (typeof timerKinds)[number];

/** Sets a booking's timer of this kind; setting it again moves it. `dueAtMs` is on the books' clock, epoch ms. */
export async function setTimer(desk: Desk, booking: Booking, kind: TimerKind, dueAtMs: number): Promise<void> {
  await desk.books.timers.set({
    key: `booking:${booking.id}:${kind}`,
    practiceId: booking.practiceId,
    kind,
    bookingId: booking.id,
    dueAtMs,
  });
}
