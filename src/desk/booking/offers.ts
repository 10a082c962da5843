import type { ReadBooks } from "../../../db/store.ts";
import {
  type DeliveryMethod,
  type Location,
  methodKey,
  type Practice,
  type Practitioner,
  type Service,
} from "../../domain/practice.ts";

/** A service a client may book, with its practitioners and locations. */
export interface Offer {
  readonly service: Service;
  readonly practitioners: readonly Practitioner[];
  readonly locations: ReadonlyMap<string, Location>;
}

/**
 * The services this client may choose from, in the practice's order (D2.1): listed, eligible, with at least one
 * practitioner and method. `within` restricts the list to a package's services, which are bookable even when unlisted.
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

/** The offer of one service among `listOffers`; undefined: this client cannot book it. */
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

/** An existing client has a confirmed or completed session. */
async function hasBeenHere(books: ReadBooks, practiceId: string, clientId: string): Promise<boolean> {
  const [session] = await books.bookings.listForClient(practiceId, clientId, {
    statuses: ["confirmed", "completed"],
    order: "asc",
    limit: 1,
  });
  return session !== undefined;
}

/** What prevents clients from booking; shown to practitioners (D0.2). */
export type Missing =
  | { readonly what: "services" }
  | { readonly what: "hours"; readonly practitioners: readonly Practitioner[] };

/** What a practice needs before clients can book; empty: nothing. */
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
