import type { Booking } from "../../domain/booking.ts";
import type { Desk } from "../desk.ts";
import { sendNews } from "./announce.ts";
import { refreshTabs } from "./tabs.ts";

/**
 * Notifies every live talk about a booking, except the one that caused it, of a change without a new status: a move, a
 * change request, an undone cancellation. Cards are only repainted; notices are sent by the caller. `what` separates
 * such changes.
 */
export async function tellAgain(desk: Desk, booking: Booking, what: string, exceptTalkId?: string): Promise<void> {
  await refreshTabs(desk, booking);
  const { status, version } = booking;
  await sendNews(desk, booking, { type: "booking.changed", status, version, again: what }, exceptTalkId);
}
