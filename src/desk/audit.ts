import type { Booking } from "../domain/booking.ts";
import { type Actor, actorName } from "./actor.ts";
import type { Desk } from "./desk.ts";

/** Adds an audit row for what an actor did to a booking: `action` is a past fact such as `booking.confirmed` (D7.4). */
export async function audit(desk: Desk, actor: Actor, action: string, booking: Booking): Promise<void> {
  await auditEntry(desk, actor, action, booking.id, booking.practiceId);
}

/** Adds an audit row whose subject is not a booking. Pass `practiceId` for an actor who belongs to no practice yet. */
export async function auditEntry(
  desk: Desk,
  actor: Actor,
  action: string,
  subject: string,
  practiceId: string = actor.practiceId,
): Promise<void> {
  await desk.books.audit.add({
    practiceId,
    atMs: desk.nowMs,
    actor: actorName(actor),
    action,
    subject,
    place: actor.place,
  });
}
