import type { Booking } from "../../domain/booking.ts";
import type { TimerKind } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { startWithClient } from "./announce.ts";
import { mailClient } from "./mails.ts";

/** Reminds the client of a session that stands: in their chat, where they may still say something, and by mail. */
export async function remind(desk: Desk, booking: Booking, kind: TimerKind): Promise<void> {
  // Its time is part of the key: a session that was moved is another one to be reminded of.
  const which = `${kind}.${booking.startsAtMs}`;
  await startWithClient(desk, booking.practiceId, booking.clientId, {
    flow: "remind",
    input: { type: "session.near", bookingId: booking.id, startsAtMs: booking.startsAtMs },
    dedupeKey: `remind:${booking.id}:${which}`,
    bookingId: booking.id,
  });
  await mailClient(desk, booking, "reminder", which);
}
