import type { Booking } from "../../domain/booking.ts";
import type { TimerKind } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { startWithClient } from "./announce.ts";
import { mailClient } from "./mails.ts";

/** Reminds the client of a confirmed session, in chat and by mail. */
export async function remind(desk: Desk, booking: Booking, kind: TimerKind): Promise<void> {
  // The start is part of the key: a moved session gets its reminder again.
  const which = `${kind}.${booking.startsAtMs}`;
  await startWithClient(desk, booking.practiceId, booking.clientId, {
    flow: "remind",
    input: { type: "session.near", bookingId: booking.id, startsAtMs: booking.startsAtMs },
    dedupeKey: `remind:${booking.id}:${which}`,
    bookingId: booking.id,
  });
  await mailClient(desk, booking, "reminder", which);
}
