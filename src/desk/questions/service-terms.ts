import { type DeliveryMethod, type Location, methodKey, type Service } from "../../domain/practice.ts";
import { lengthName } from "../../words/methods.ts";
import { money } from "../../words/money.ts";
import { type PerWay, questionWords, wayName } from "../../words/questions.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { bookNext, servicesMeant, servicesToList } from "./services.ts";
import { clocksOf, sessionMeant, sessionPointedAt } from "./sessions.ts";

/** How much it costs: the session on the card by what is frozen on it, else services by their methods (D2.2, D2.3). */
export const answerPrice: Answerer = async (asker, asked) => {
  const { actor, practice, books } = asker;
  const booking = await sessionPointedAt(asker, asked);
  const grantId = booking?.clientPackageId ?? (asked.services.length > 0 ? undefined : asked.subject.clientPackageId);
  const grant = grantId === undefined ? undefined : await books.packages.findGrant(practice.id, grantId);
  const isOwn = actor.kind === "client" && grant?.clientId === actor.clientId;
  if (grant !== undefined && (isOwn || booking !== undefined))
    return { sentences: [questionWords.fromPackage(grant.frozen.name)] };
  if (booking !== undefined) {
    const { publicName, price } = booking.frozen;
    return { sentences: [priceSentence(asker, publicName, [{ value: priceText(asker, price), ways: [] }])] };
  }
  return eachService(asker, asked, (service, methods) =>
    priceSentence(
      asker,
      service.publicName,
      perWay(methods, (method) => priceText(asker, method.price ?? service.price)),
    ),
  );
};

/** The price sentence of a service. */
export function priceOf(asker: Asker, service: Service): string {
  const prices = perWay(service.methods, (method) => priceText(asker, method.price ?? service.price));
  return priceSentence(asker, service.publicName, prices);
}

function priceSentence({ practice }: Asker, name: string, prices: readonly PerWay[]): string {
  const isKnown = prices.some(({ value }) => value !== "");
  return isKnown ? questionWords.price(name, prices) : questionWords.noPrice(name, practice.contact);
}

/** "€90.00"; empty where the practice gives no price. */
function priceText({ practice }: Asker, price: Service["price"]): string {
  if (price === undefined) return "";
  return price.minor === 0 ? questionWords.freeOfCharge : money(price, practice.locale);
}

/** How long it takes; of a session, until when. */
export const answerLength: Answerer = async (asker, asked) => {
  const booking = await sessionPointedAt(asker, asked);
  if (booking !== undefined) {
    const { reader } = await clocksOf(asker, asked, booking);
    return { sentences: [questionWords.lengthOf(booking, reader)] };
  }
  return eachService(asker, asked, (service, methods) =>
    questionWords.length(
      service.publicName,
      perWay(methods, (method) => lengthName(method.durationMinutes ?? service.durationMinutes)),
    ),
  );
};

/** In which ways a session can be held. Named methods get a yes or a no. */
export const answerMethods: Answerer = async (asker, asked) => {
  const places = await placesOf(asker);
  const meant = await servicesMeant(asker, asked);
  const all = await servicesToList(asker, asked);
  const fits = ({ methods }: Service) => methods.some(({ kind }) => asked.methods.includes(kind));
  if (asked.methods.length > 0 && meant.length === 0) {
    const fitting = all.filter(fits).map(({ publicName }) => publicName);
    return { sentences: [questionWords.byMethod(asked.methods, fitting)], ...bookNext(asker) };
  }
  const sentences = all.map((service) => {
    const ways = service.methods.map((method) => wayName(method, placeOf(method, places)));
    if (asked.methods.length === 0) return questionWords.methods(service.publicName, ways);
    return fits(service)
      ? questionWords.methodYes(service.publicName, asked.methods)
      : questionWords.methodNo(service.publicName, ways);
  });
  return { sentences: meant.length > 0 ? sentences : [questionWords.lines(sentences)], ...bookNext(asker, meant[0]) };
};

/** Where it takes place: the address, or how the two sides reach each other. */
export const answerPlace: Answerer = async (asker, asked) => {
  const { actor, practice } = asker;
  const places = await placesOf(asker);
  const isAboutService =
    asked.services.length > 0 || (asked.subject.serviceId !== undefined && !asked.subject.bookingId);
  const booking = isAboutService ? undefined : await sessionMeant(asker, asked);
  const addresses = places.size === 0 ? [] : [questionWords.addresses([...places.values()])];
  if (booking !== undefined) {
    const { reader } = await clocksOf(asker, asked, booking);
    const side = actor.kind === "practitioner" ? "practitioner" : "client";
    const way = questionWords.wayOf(booking, { side, reader, contact: practice.contact });
    // "Where are you?" also asks for the practice's address where the next session is by video.
    const isRemote = booking.frozen.method.kind !== "in_person" && asked.subject.bookingId === undefined;
    return { sentences: [way, ...(isRemote ? addresses : [])], next: { to: "session", bookingId: booking.id } };
  }
  const meant = await servicesMeant(asker, asked);
  if (meant.length === 0) return { sentences: addresses.length > 0 ? addresses : [questionWords.noPlace] };
  const sentences = meant.map((service) => {
    const methods = methodsMeant(service, asked);
    const ways = methods.map((method) => wayName(method, placeOf(method, places)));
    const venues = methods.flatMap((method) => placeOf(method, places) ?? []);
    const way = questionWords.methods(service.publicName, ways);
    return venues.length === 0 ? way : `${way} ${questionWords.addresses(venues)}`;
  });
  return { sentences, ...bookNext(asker, meant[0]) };
};

/** A sentence for each service meant, or a list of all that are on offer. */
async function eachService(
  asker: Asker,
  asked: Asked,
  say: (service: Service, methods: readonly DeliveryMethod[]) => string,
): Promise<Answer> {
  const meant = await servicesMeant(asker, asked);
  const all = await servicesToList(asker, asked);
  const sentences = all.map((service) => say(service, methodsMeant(service, asked)));
  return { sentences: meant.length > 0 ? sentences : [questionWords.lines(sentences)], ...bookNext(asker, meant[0]) };
}

/** The service's methods that the question names, else the one chosen on the card, else all. */
export function methodsMeant(service: Service, { methods, services, subject }: Asked): readonly DeliveryMethod[] {
  const named = service.methods.filter(({ kind }) => methods.includes(kind));
  if (named.length > 0) return named;
  const isOnCard = services.length === 0 || services.includes(subject.serviceId ?? "");
  const chosen = service.methods.filter((method) => isOnCard && methodKey(method) === subject.methodKey);
  return chosen.length > 0 ? chosen : service.methods;
}

/** The methods grouped by what is the same for them, such as their price (D2.2). */
function perWay(methods: readonly DeliveryMethod[], textOf: (method: DeliveryMethod) => string): readonly PerWay[] {
  return [...Map.groupBy(methods, textOf)].map(([value, same]) => ({
    value,
    ways: [...new Set(same.map((method) => wayName(method)))],
  }));
}

async function placesOf({ books, practice }: Asker): Promise<ReadonlyMap<string, Location>> {
  return new Map((await books.catalogue.listLocations(practice.id)).map((place) => [place.id, place]));
}

function placeOf(method: DeliveryMethod, places: ReadonlyMap<string, Location>): Location | undefined {
  return method.kind === "in_person" ? places.get(method.locationId) : undefined;
}
