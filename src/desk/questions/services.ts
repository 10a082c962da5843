import { type DeliveryMethod, methodKey, type Practitioner, type Service } from "../../domain/practice.ts";
import { duration, methodDetail, methodName } from "../../words/methods.ts";
import { questionWords } from "../../words/questions.ts";
import { listOffers, type Offer } from "../booking/offers.ts";
import { listPackages } from "../packages/packages.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { sessionMeant } from "./sessions.ts";

/** A sentence about each of more services than this is no answer but a list. */
const mostServices = 8;

/** What this client may book; a practitioner sees what the practice offers everybody. */
export async function offersFor({ actor, books, practice }: Asker): Promise<readonly Offer[]> {
  return listOffers(books, practice, actor.kind === "client" ? actor.clientId : "");
}

/** The services a question is about: those it names, else the one on the open card or of the session it means, else none. */
export async function servicesMeant(asker: Asker, asked: Asked): Promise<readonly Service[]> {
  const all = await asker.books.catalogue.listServices(asker.practice.id);
  const named = all.filter(({ id }) => asked.services.includes(id));
  if (named.length > 0) return named;
  const { serviceId } = asked.subject;
  const booking = serviceId === undefined ? await bookingOnCard(asker, asked) : undefined;
  return all.filter(({ id }) => id === (serviceId ?? booking?.serviceId));
}

async function bookingOnCard(asker: Asker, asked: Asked) {
  return asked.subject.bookingId === undefined ? undefined : sessionMeant(asker, asked);
}

/** How much it costs. */
export const answerPrice: Answerer = async (asker, asked) => {
  const meant = await servicesMeant(asker, asked);
  const all = meant.length > 0 ? meant : (await offersFor(asker)).map(({ service }) => service);
  const { locale } = asker.practice;
  const sentences = all
    .slice(0, mostServices)
    .map((service) => questionWords.price(service.publicName, pricesOf(service), locale));
  const [only] = meant;
  return { sentences: meant.length > 0 ? sentences : [sentences.join("\n")], ...bookNext(asker, only) };
};

/** Every price of a service with the methods that have it. A method may have its own (D2.2). */
function pricesOf(
  service: Service,
): readonly { readonly amount: Service["price"]; readonly methods: readonly string[] }[] {
  const groups = new Map<string, { amount: Service["price"]; methods: string[] }>();
  for (const method of service.methods) {
    const amount = method.price ?? service.price;
    const key = amount === undefined ? "" : `${amount.minor} ${amount.currency}`;
    const group = groups.get(key) ?? { amount, methods: [] };
    const name = methodName(method);
    if (!group.methods.includes(name)) group.methods.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** How long it takes; of a session, until when. */
export const answerLength: Answerer = async (asker, asked) => {
  const booking = asked.services.length > 0 ? undefined : await bookingOnCard(asker, asked);
  if (booking !== undefined) return { sentences: [questionWords.lengthOf(booking, asker.reader)] };
  const meant = await servicesMeant(asker, asked);
  const all = meant.length > 0 ? meant : (await offersFor(asker)).map(({ service }) => service);
  const chosen = asked.subject.methodKey;
  const lengths = (service: Service) => {
    const methods = service.methods.filter((method) => chosen === undefined || methodKey(method) === chosen);
    const minutes = new Set(
      (methods.length > 0 ? methods : service.methods).map(
        (method) => method.durationMinutes ?? service.durationMinutes,
      ),
    );
    return questionWords.length(service.publicName, [...minutes].map(duration));
  };
  const sentences = all.slice(0, mostServices).map(lengths);
  return { sentences: meant.length > 0 ? sentences : [sentences.join("\n")], ...bookNext(asker, meant[0]) };
};

/** In which ways one may meet; named methods get a yes or a no. */
export const answerMethods: Answerer = async (asker, asked) => {
  const locations = await placesOf(asker);
  const meant = await servicesMeant(asker, asked);
  const all = meant.length > 0 ? meant : (await offersFor(asker)).map(({ service }) => service);
  const sentences = all.slice(0, mostServices).map((service) => {
    const names = service.methods.map((method) => nameOf(method, locations));
    const [asks] = asked.methods;
    if (asks === undefined) return questionWords.methods(service.publicName, names);
    return service.methods.some(({ kind }) => kind === asks)
      ? questionWords.methodYes(service.publicName, names)
      : questionWords.methodNo(service.publicName, names);
  });
  return { sentences: meant.length > 0 ? sentences : [sentences.join("\n")], ...bookNext(asker, meant[0]) };
};

/** Where it takes place: the address, or that it is by video, phone or chat. */
export const answerPlace: Answerer = async (asker, asked) => {
  const booking = asked.services.length > 0 ? undefined : await sessionMeant(asker, asked);
  const isSession =
    booking !== undefined && (asked.subject.serviceId === undefined || asked.subject.bookingId !== undefined);
  if (isSession) {
    const { method, location } = booking.frozen;
    return {
      sentences: [
        questionWords.placeOf(booking, methodName(method, location), methodDetail(method, location), asker.reader),
      ],
      next: { to: "session", bookingId: booking.id },
    };
  }
  const locations = await placesOf(asker);
  const meant = await servicesMeant(asker, asked);
  if (meant.length > 0) {
    const sentences = meant.map((service) =>
      questionWords.places(
        service.publicName,
        service.methods.map((method) => `${nameOf(method, locations)} (${detailOf(method, locations)})`),
      ),
    );
    return { sentences, ...bookNext(asker, meant[0]) };
  }
  const places = [...locations.values()].map(({ name, address }) => `${name}, ${address}`);
  return { sentences: [places.length === 0 ? questionWords.noPlace : questionWords.addresses(places)] };
};

/** Who gives it; of a session, who is the other side. */
export const answerWithWhom: Answerer = async (asker, asked) => {
  const practitioners = await asker.books.people.listPractitioners(asker.practice.id);
  const nameOfId = (id: string) => practitioners.find((one) => one.id === id)?.name ?? "";
  const booking =
    asked.services.length > 0 || asked.subject.bookingId === undefined ? undefined : await sessionMeant(asker, asked);
  if (booking !== undefined) return { sentences: [questionWords.sessionWith(nameOfId(booking.practitionerId))] };
  const meant = await servicesMeant(asker, asked);
  if (meant.length > 0) {
    const { practitionerId } = asked.subject;
    const sentences = meant.map((service) => {
      const ids =
        asked.services.length === 0 && practitionerId !== undefined ? [practitionerId] : service.practitionerIds;
      return questionWords.givenBy(
        service.publicName,
        ids.map(nameOfId).filter((name) => name !== ""),
      );
    });
    return { sentences, ...bookNext(asker, meant[0]) };
  }
  const session = await sessionMeant(asker, asked);
  if (session === undefined) return answerPractitioners(asker, asked);
  return {
    sentences: [questionWords.nextSession(session, nameOfId(session.practitionerId), asker.reader)],
    next: { to: "session", bookingId: session.id },
  };
};

/** What can be booked. */
export const answerServices: Answerer = async (asker, asked) => {
  const offers = await offersFor(asker);
  const named = offers.filter(({ service }) => asked.services.includes(service.id));
  if (named.length > 0) {
    const [first] = named;
    return {
      sentences: named.map(({ service }) => questionWords.offered(service.publicName)),
      ...bookNext(asker, first?.service),
    };
  }
  if (offers.length === 0)
    return { sentences: [questionWords.nothingOffered(asker.practice.name)], next: { to: "message" } };
  const { locale } = asker.practice;
  const lines = offers.map(({ service }) =>
    questionWords.serviceLine(service.publicName, duration(service.durationMinutes), service.price, locale),
  );
  return {
    sentences: [[questionWords.servicesAre(asker.practice.name), ...lines].join("\n")],
    ...bookNext(asker, undefined),
  };
};

/** Who works here, with what each gives. */
export const answerPractitioners: Answerer = async (asker, asked) => {
  const offers = await offersFor(asker);
  const practitioners = (await asker.books.people.listPractitioners(asker.practice.id)).filter(
    ({ id }) => asked.practitioners.length === 0 || asked.practitioners.includes(id),
  );
  const line = (one: Practitioner) =>
    questionWords.practitionerLine(
      one.name,
      offers.filter(({ service }) => service.practitionerIds.includes(one.id)).map(({ service }) => service.publicName),
    );
  return { sentences: [practitioners.map(line).join("\n")], ...bookNext(asker, undefined) };
};

/** Whether a package of theirs covers it, and what it costs otherwise. */
export const answerCovered: Answerer = async (asker, asked) => {
  const { actor, books, practice, nowMs } = asker;
  if (actor.kind !== "client") return { sentences: [questionWords.coverUnknown(practice.contact)] };
  const packages = await listPackages(books, practice, actor.clientId, nowMs);
  const usable = packages.filter(({ problem }) => problem === undefined);
  const meant = await servicesMeant(asker, asked);
  const sentences = meant.map((service) => {
    const covering = usable.filter(({ services }) => services.includes(service.id)).map(({ held }) => held.frozen.name);
    if (covering.length > 0) return questionWords.coveredBy(service.publicName, covering);
    return `${questionWords.notCovered(service.publicName)} ${questionWords.price(service.publicName, pricesOf(service), practice.locale)}`;
  });
  if (meant.length > 0) return { sentences, ...bookNext(asker, meant[0]) };
  const names = usable.map(({ held }) => held.frozen.name);
  return names.length === 0
    ? { sentences: [questionWords.noPackage, questionWords.coverUnknown(practice.contact)] }
    : { sentences: [questionWords.usablePackages(names)], next: { to: "packages" } };
};

function bookNext({ actor }: Asker, service: Service | undefined): Pick<Answer, "next"> {
  if (actor.kind !== "client") return {};
  return { next: service === undefined ? { to: "book" } : { to: "book", serviceId: service.id } };
}

async function placesOf({ books, practice }: Asker) {
  return new Map((await books.catalogue.listLocations(practice.id)).map((place) => [place.id, place]));
}

type Places = Awaited<ReturnType<typeof placesOf>>;

function nameOf(method: DeliveryMethod, places: Places): string {
  return methodName(method, method.kind === "in_person" ? places.get(method.locationId) : undefined);
}

function detailOf(method: DeliveryMethod, places: Places): string {
  return methodDetail(method, method.kind === "in_person" ? places.get(method.locationId) : undefined);
}
