import type { ReadBooks } from "../../../db/store.ts";
import {
  type DeliveryMethod,
  type Location,
  methodKey,
  type Practice,
  type Practitioner,
  type Service,
} from "../../domain/practice.ts";

/** A service a client may book now, with the people and places it needs. */
export interface Offer {
  readonly service: Service;
  readonly practitioners: readonly Practitioner[];
  readonly locations: ReadonlyMap<string, Location>;
}

/**
 * The services this client may choose from, in the practice's order (D2.1: listed, eligible, somebody gives it). `within`
 * narrows them to a package's own: what a client was given is theirs to book, listed or not.
 */
export async function listOffers(
  books: ReadBooks,
  practice: Practice,
  clientId: string,
  within?: readonly string[],
): Promise<readonly Offer[]> {
  const practitioners = await books.people.listPractitioners(practice.id);
  const locations = new Map((await books.catalogue.listLocations(practice.id)).map((place) => [place.id, place]));
  const been = await hasBeenHere(books, practice.id, clientId);
  const services = await books.catalogue.listServices(practice.id);
  const isOpen = (service: Service) =>
    within === undefined
      ? service.visibility === "listed" &&
        (service.eligibility === "both" || (service.eligibility === "existing") === been)
      : service.visibility !== "archived" && within.includes(service.id);
  return services
    .filter(isOpen)
    .map((service) => ({
      service,
      practitioners: practitioners.filter((practitioner) => service.practitionerIds.includes(practitioner.id)),
      locations,
    }))
    .filter((offer) => offer.practitioners.length > 0 && offer.service.methods.length > 0);
}

/** One of `listOffers` by its service, so that nothing else can be booked. */
export async function findOffer(
  books: ReadBooks,
  practice: Practice,
  clientId: string,
  serviceId: string,
  within?: readonly string[],
): Promise<Offer | undefined> {
  const offers = await listOffers(books, practice, clientId, within);
  return offers.find((offer) => offer.service.id === serviceId);
}

/** The service's delivery method of that key. */
export function findMethod(service: Service, key: string): DeliveryMethod | undefined {
  return service.methods.find((method) => methodKey(method) === key);
}

/** An existing client is one who had a session confirmed here before. */
async function hasBeenHere(books: ReadBooks, practiceId: string, clientId: string): Promise<boolean> {
  const [session] = await books.bookings.listForClient(practiceId, clientId, {
    statuses: ["confirmed", "completed"],
    order: "asc",
    limit: 1,
  });
  return session !== undefined;
}

/** What keeps clients from booking, for the practitioner's eyes (D0.2). */
export type Missing =
  | { readonly what: "services" }
  | { readonly what: "hours"; readonly practitioners: readonly Practitioner[] };

/** What a practice still lacks before anyone can book, or nothing. */
export async function findMissing(books: ReadBooks, practiceId: string): Promise<readonly Missing[]> {
  const services = (await books.catalogue.listServices(practiceId)).filter(
    (service) => service.visibility === "listed",
  );
  const practitioners = await books.people.listPractitioners(practiceId);
  const given = practitioners.filter((one) => services.some((service) => service.practitionerIds.includes(one.id)));
  const idle = given.filter(
    (one) => one.schedule.hours.length === 0 && one.schedule.overrides.every((o) => o.hours.length === 0),
  );
  const missing: Missing[] = [];
  if (given.length === 0) missing.push({ what: "services" });
  if (idle.length > 0) missing.push({ what: "hours", practitioners: idle });
  return missing;
}
