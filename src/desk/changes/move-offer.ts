import type { ReadBooks } from "../../../db/store.ts";
import type { Booking, FrozenService } from "../../domain/booking.ts";
import { type ClientPackage, overAtMs } from "../../domain/package.ts";
import type { Payment } from "../../domain/payment.ts";
import { type DeliveryMethod, methodKey, type Practice, type Service } from "../../domain/practice.ts";
import { offeringOf } from "../../domain/service.ts";
import { startOfLocalDay } from "../../domain/zone.ts";
import { given } from "../../given.ts";
import { findMethod, type Offer } from "../booking/offers.ts";
import { findSlots, type SlotSearch } from "../booking/slots.ts";

/**
 * What a booking may be moved within: its own service and practitioner, even if no new client may book them. The booked
 * method is offered as frozen, whatever changed on the service since (D2.3, case 21). A method with another price is
 * offered only while nothing has been paid. Undefined: the service or the practitioner is gone, and only the practice
 * can help.
 */
export async function findMoveOffer(
  books: ReadBooks,
  practice: Practice,
  booking: Booking,
): Promise<Offer | undefined> {
  const service = await books.catalogue.findService(practice.id, booking.serviceId);
  const practitioners = (await books.people.listPractitioners(practice.id)).filter(
    ({ id }) => id === booking.practitionerId,
  );
  if (service === undefined || practitioners.length === 0) return undefined;
  const { location } = booking.frozen;
  const places = (await books.catalogue.listLocations(practice.id)).map((place) => [place.id, place] as const);
  const locations = new Map([...places, ...(location === undefined ? [] : [[location.id, location] as const])]);
  const mayReprice = mayCostOtherwise(service, booking, await books.payments.findCurrent(booking.id));
  const methods = methodsOf(service, booking.frozen).filter(
    (method) => mayReprice || costsTheSame(booking, service, method),
  );
  return { service: { ...service, methods }, practitioners, locations };
}

function costsTheSame({ frozen }: Booking, service: Service, method: DeliveryMethod): boolean {
  if (methodKey(method) === methodKey(frozen.method)) return true;
  const price = method.price ?? service.price;
  return (price?.minor ?? 0) === (frozen.price?.minor ?? 0) && price?.currency === frozen.price?.currency;
}

/**
 * Whether a method with another price may be chosen: not for prepaid sessions, nor once money was authorised or taken.
 * A package session costs a credit in any case.
 */
function mayCostOtherwise(
  service: Service,
  { frozen, clientPackageId }: Booking,
  payment: Payment | undefined,
): boolean {
  if (clientPackageId !== undefined || frozen.payment === "at_practice") return true;
  if (payment !== undefined && ["authorised", "capturing", "paid", "refunded"].includes(payment.state)) return false;
  return frozen.payment === "after_approval" || service.payment === "none";
}

function methodsOf(service: Service, frozen: FrozenService): readonly DeliveryMethod[] {
  const { method, durationMinutes, bufferBeforeMinutes, bufferAfterMinutes } = frozen;
  const asBooked: DeliveryMethod = { ...method, durationMinutes, bufferBeforeMinutes, bufferAfterMinutes };
  const key = methodKey(method);
  const known = service.methods.some((one) => methodKey(one) === key);
  if (!known) return [asBooked, ...service.methods];
  return service.methods.map((one) => (methodKey(one) === key ? asBooked : one));
}

/** The search for another time of a booking; its own claims are ignored (D3.3, case 16). */
export function moveSearch(
  practice: Practice,
  booking: Booking,
  offer: Offer,
  method: DeliveryMethod,
  nowMs: number,
): SlotSearch {
  return {
    practice,
    service: offer.service,
    method,
    practitioners: offer.practitioners,
    clientId: booking.clientId,
    exceptBookingId: booking.id,
    nowMs,
    ...(booking.clientPackageId === undefined ? {} : { clientPackageId: booking.clientPackageId }),
  };
}

/**
 * The booking's package if a start is outside its days; undefined: the start is within. The days were checked once, at
 * the request (D6.4): a practitioner may go beyond them after a warning, a client may not.
 */
export async function packageBeyond(
  books: ReadBooks,
  practice: Practice,
  { clientPackageId }: Booking,
  startsAtMs: number,
): Promise<ClientPackage | undefined> {
  if (clientPackageId === undefined) return undefined;
  const held = await books.packages.findGrant(practice.id, clientPackageId);
  if (held === undefined) return undefined;
  const fromMs = startOfLocalDay(practice.timezone, held.startsOn);
  return startsAtMs < fromMs || startsAtMs >= overAtMs(held, practice.timezone) ? held : undefined;
}

/** The free starts for a move by this method, without the present one, ascending. */
export async function findMoveStarts(
  books: ReadBooks,
  practice: Practice,
  booking: Booking,
  key: string,
  nowMs: number,
): Promise<readonly number[]> {
  const offer = await findMoveOffer(books, practice, booking);
  const method = offer === undefined ? undefined : findMethod(offer.service, key);
  if (offer === undefined || method === undefined) return [];
  const free = await findSlots(books, moveSearch(practice, booking, offer, method, nowMs));
  const keepsMethod = key === methodKey(booking.frozen.method);
  return free.map(({ startsAtMs }) => startsAtMs).filter((ms) => !(keepsMethod && ms === booking.startsAtMs));
}

/**
 * The frozen service for a method: unchanged for the booked one; another one brings its own length, buffers, place and
 * price (D2.2, D2.3).
 */
export function frozenFor(practice: Practice, booking: Booking, offer: Offer, method: DeliveryMethod): FrozenService {
  if (methodKey(method) === methodKey(booking.frozen.method)) return booking.frozen;
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes } = offeringOf(practice, offer.service, method);
  const { location: _, price: __, payment, ...kept } = booking.frozen;
  const price = method.price ?? offer.service.price;
  const location = method.kind === "in_person" ? offer.locations.get(method.locationId) : undefined;
  return {
    ...kept,
    method,
    durationMinutes,
    bufferBeforeMinutes,
    bufferAfterMinutes,
    ...given({ price }),
    ...(payment === undefined || price === undefined || price.minor === 0 ? {} : { payment }),
    ...given({ location }),
  };
}
