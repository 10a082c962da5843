import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { findOffer, type Offer } from "../../src/desk/booking/offers.ts";
import { servicesOfPackage } from "../../src/desk/packages/packages.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Practitioner } from "../../src/domain/practice.ts";
import type { PackageChoice, Whom } from "./context.ts";

/** The client's package of a choice. Undefined: without one, or not chosen. */
export function packageOf(choice: PackageChoice | undefined): string | undefined {
  return choice !== undefined && "packageId" in choice ? choice.packageId : undefined;
}

/** A service as this client may book it, from the chosen package if there is one. */
export async function offerOf(
  {
    serviceId,
    packageChoice,
  }: { readonly serviceId?: string | undefined; readonly packageChoice?: PackageChoice | undefined },
  turn: Turn,
): Promise<Offer | undefined> {
  if (serviceId === undefined) return undefined;
  const within = await servicesOfPackage(turn.books, turn.practice.id, packageOf(packageChoice));
  return findOffer(turn.books, turn.practice, clientIdOf(turn.actor), serviceId, within);
}

/** A booking of this turn's client. Undefined: there is none, or it belongs to another person. */
export async function ownBooking(turn: Turn, bookingId: string | undefined): Promise<Booking | undefined> {
  if (bookingId === undefined) return undefined;
  const booking = await turn.books.bookings.lock(turn.practice.id, bookingId);
  return booking?.clientId === clientIdOf(turn.actor) ? booking : undefined;
}

/** Whether a practitioner matches the choice. Without a choice, all do. */
export function isMeant({ id }: Pick<Practitioner, "id">, whom: Whom | undefined): boolean {
  return whom === undefined || "anyone" in whom || whom.practitionerId === id;
}

/**
 * The client's last session, of a service or of any, that was not declined. Its choices count as the client's habit
 * (W13).
 */
export async function lastSession(
  serviceId: string | undefined,
  { books, practice, actor }: Turn,
): Promise<Booking | undefined> {
  const sessions = await books.bookings.listForClient(practice.id, clientIdOf(actor), {
    statuses: ["requested", "confirmed", "completed"],
    order: "desc",
    limit: 20,
  });
  return sessions.find((session) => serviceId === undefined || session.serviceId === serviceId);
}
