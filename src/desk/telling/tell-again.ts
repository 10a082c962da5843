import type { Booking } from "../../domain/booking.ts";
import type { Desk } from "../desk.ts";
import { sendNews } from "./announce.ts";
import { refreshTabs } from "./tabs.ts";

/**
 * Tells every live talk about a booking, but the one that caused it, of something other than a new status: a move, a wish,
 * a cancellation taken back. Cards are only painted again; who needs to know gets a notice. `what` tells such news apart.
 */
export async function tellAgain(desk: Desk, booking: Booking, what: string, exceptTalkId?: string): Promise<void> {
  await refreshTabs(desk, booking);
  const { status, version } = booking;
  await sendNews(desk, booking, { type: "booking.changed", status, version, again: what }, exceptTalkId);
}
