import type { Booking } from "../../domain/booking.ts";
import { defaultReminderMinutes } from "../../domain/policy.ts";
import { dayMs, minuteMs } from "../../domain/units.ts";
import type { Desk } from "../desk.ts";
import { setTimer, type TimerKind } from "./timers.ts";

const reminderKinds: readonly TimerKind[] = ["reminder-1", "reminder-2", "reminder-3"];

/** Replaces the timers of a confirmed session: its completion and the reminders that are in the future. */
export async function scheduleSession(desk: Desk, booking: Booking): Promise<void> {
  await desk.books.timers.removeForBooking(booking.id, [...reminderKinds, "completion"]);
  await setTimer(desk, booking, "completion", booking.endsAtMs + dayMs);
  for (const [at, minutes] of reminderMinutes(booking).entries()) {
    const kind = reminderKinds[at];
    const dueAtMs = booking.startsAtMs - minutes * minuteMs;
    if (kind !== undefined && dueAtMs > desk.nowMs) await setTimer(desk, booking, kind, dueAtMs);
  }
}

/** Whether a later reminder is due as well: after downtime only the latest one is sent. */
export function isOvertaken(booking: Booking, kind: TimerKind, nowMs: number): boolean {
  const at = reminderKinds.indexOf(kind);
  const next = reminderMinutes(booking)[at + 1];
  return next !== undefined && nowMs >= booking.startsAtMs - next * minuteMs;
}

/** The reminders of a booking in minutes before its start, descending; three at most. */
function reminderMinutes({ frozen }: Booking): readonly number[] {
  const minutes = frozen.reminderMinutes ?? defaultReminderMinutes;
  return [...new Set(minutes)].sort((a, b) => b - a).slice(0, reminderKinds.length);
}
