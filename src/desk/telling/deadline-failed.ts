import type { DueTimer } from "../booking/deadlines.ts";
import type { Desk } from "../desk.ts";
import { startWithPractitioner } from "./announce.ts";

/** Notifies the practitioner that a session's timer is dead: what it should have done did not happen (R3). */
export async function tellDeadlineFailed(desk: Desk, { practiceId, bookingId, kind }: DueTimer): Promise<void> {
  const booking = await desk.books.bookings.find(practiceId, bookingId);
  if (booking === undefined) return;
  await startWithPractitioner(desk, practiceId, booking.practitionerId, {
    flow: "notice",
    input: { type: "deadline.failed", bookingId, step: kind },
    dedupeKey: `deadline-failed:${bookingId}:${kind}:${desk.nowMs}`,
    bookingId,
  });
}
