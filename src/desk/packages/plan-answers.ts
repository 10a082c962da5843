import type { Booking, BookingStatus } from "../../domain/booking.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { confirmBooking, declineBooking, withdrawBooking } from "../booking/decide.ts";
import type { Desk } from "../desk.ts";

/**
 * Whether a plan's reminders are about this booking: the first of the plan that waits for an answer. True for a booking
 * without a plan.
 */
export async function leadsPlan(desk: Pick<Desk, "books">, booking: Booking): Promise<boolean> {
  if (booking.planId === undefined) return true;
  const open = (await desk.books.bookings.listOfPlan(booking.practiceId, booking.planId)).filter(
    ({ status }) => status === "requested",
  );
  const [lead] = open.sort((a, b) => (a.respondByMs ?? 0) - (b.respondByMs ?? 0) || a.startsAtMs - b.startsAtMs);
  return lead === undefined || lead.id === booking.id;
}

/** Confirms every session of a plan that waits for an answer; the others stay as they are (D4.2). */
export async function confirmPlan(desk: Desk, actor: Actor, planId: string): Promise<void> {
  for (const { id } of await keepOpen(desk, actor, planId)) await confirmBooking(desk, actor, id);
}

/** Declines every session of a plan that waits for an answer; `reason` is shown to the client verbatim. */
export async function declinePlan(desk: Desk, actor: Actor, planId: string, reason?: string): Promise<void> {
  for (const { id } of await keepOpen(desk, actor, planId)) await declineBooking(desk, actor, id, reason);
}

/** Withdraws every session of a plan that waits for an answer, for its client: no policy, no fee. */
export async function withdrawPlan(desk: Desk, actor: Actor, planId: string): Promise<void> {
  for (const { id } of await keepOpen(desk, actor, planId, ["requested", "proposed"]))
    await withdrawBooking(desk, actor, id);
}

/** Locks the bookings by ascending id, before any package or practitioner: the lock order of all turns. */
async function keepOpen(
  desk: Desk,
  actor: Actor,
  planId: string,
  open: readonly BookingStatus[] = ["requested"],
): Promise<readonly Booking[]> {
  const kept: Booking[] = [];
  const listed = await desk.books.bookings.listOfPlan(actor.practiceId, planId);
  for (const { id } of listed.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const booking = await desk.books.bookings.lock(actor.practiceId, id);
    if (booking !== undefined && open.includes(booking.status)) kept.push(booking);
  }
  const mayAct = (booking: Booking) => ownsAsClient(actor, booking) || decidesAsPractitioner(actor, booking);
  return kept.filter(mayAct).sort((a, b) => a.startsAtMs - b.startsAtMs);
}
