import type { Practitioner, Service } from "../../domain/practice.ts";
import { duration } from "../../words/methods.ts";
import { questionWords } from "../../words/questions.ts";
import { listOffers, type Offer } from "../booking/offers.ts";
import { servicesOfPackage } from "../packages/packages.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { isNamed, otherSide, sessionMeant, sessionOnCard, sessionPointedAt } from "./sessions.ts";

/** What this client may book; a practitioner sees everything the practice lists. */
async function offersFor({ actor, books, practice }: Asker): Promise<readonly Offer[]> {
  if (actor.kind === "client") return listOffers(books, practice, actor.clientId);
  const services = await books.catalogue.listServices(practice.id);
  const listed = services.filter(({ visibility }) => visibility === "listed").map(({ id }) => id);
  return listOffers(books, practice, "", listed);
}

/**
 * The services a question is about: those it names, else the one on the open card, else none. A client is answered about
 * listed services and those of their own packages and sessions; other services are not shown to them (D2.1).
 */
export async function servicesMeant(asker: Asker, asked: Asked): Promise<readonly Service[]> {
  const { actor, books, practice } = asker;
  const all = await books.catalogue.listServices(practice.id);
  const named = all.filter(({ id }) => asked.services.includes(id));
  if (named.length > 0) {
    if (actor.kind === "practitioner") return named;
    const own = await ownServices(asker);
    return named.filter(({ id, visibility }) => visibility === "listed" || own.has(id));
  }
  const serviceId = asked.subject.serviceId ?? (await sessionOnCard(asker, asked))?.serviceId;
  return all.filter(({ id }) => id === serviceId);
}

/** The services meant, else all on offer. */
export async function servicesToList(asker: Asker, asked: Asked): Promise<readonly Service[]> {
  const meant = await servicesMeant(asker, asked);
  return meant.length > 0 ? meant : (await offersFor(asker)).map(({ service }) => service);
}

async function ownServices({ actor, books, practice }: Asker): Promise<ReadonlySet<string>> {
  if (actor.kind !== "client") return new Set();
  const grants = await books.packages.listGrants(practice.id, actor.clientId);
  const packed = await Promise.all(grants.map(({ id }) => servicesOfPackage(books, practice.id, id)));
  const statuses = ["requested", "proposed", "confirmed", "completed"] as const;
  const sessions = await books.bookings.listForClient(practice.id, actor.clientId, { statuses, order: "asc" });
  return new Set([...packed.flatMap((ids) => ids ?? []), ...sessions.map(({ serviceId }) => serviceId)]);
}

/** What can be booked, by whom where a practitioner is named; for a named service, whether it can. */
export const answerServices: Answerer = async (asker, asked) => {
  const { practice } = asker;
  const offers = (await offersFor(asker)).filter(({ practitioners }) =>
    practitioners.some(({ id }) => isNamed(asked.practitioners, id)),
  );
  const named = asked.services.length > 0 ? await servicesMeant(asker, asked) : [];
  if (named.length > 0) {
    const isOffered = (service: Service) => offers.some((offer) => offer.service.id === service.id);
    const first = named.find(isOffered);
    return {
      sentences: named.map((service) =>
        isOffered(service) ? questionWords.offered(service.publicName) : questionWords.notOffered(service),
      ),
      ...bookNext(asker, first),
    };
  }
  if (offers.length === 0) {
    return { sentences: [questionWords.nothingOffered(practice.name)], ...messageNext(asker) };
  }
  const lines = offers.map(({ service }) => {
    const lengths = new Set(service.methods.map((one) => one.durationMinutes ?? service.durationMinutes));
    const prices = service.methods.flatMap((one) => one.price ?? service.price ?? []);
    const cheapest = prices.toSorted((a, b) => a.minor - b.minor)[0];
    const isFrom = prices.some(({ minor }) => minor !== cheapest?.minor);
    return questionWords.serviceLine(service.publicName, [...lengths].map(duration), {
      price: cheapest,
      isFrom,
      locale: practice.locale,
    });
  });
  return { sentences: [questionWords.servicesAre(practice.name, lines)], ...bookNext(asker) };
};

/** Who works here, with what each gives. */
export const answerPractitioners: Answerer = async (asker, asked) => {
  const offers = await offersFor(asker);
  const practitioners = (await asker.books.people.listPractitioners(asker.practice.id)).filter(({ id }) =>
    isNamed(asked.practitioners, id),
  );
  const line = (one: Practitioner) =>
    questionWords.practitionerLine(
      one.name,
      offers.filter(({ service }) => service.practitionerIds.includes(one.id)).map(({ service }) => service.publicName),
    );
  return { sentences: [questionWords.lines(practitioners.map(line))], ...bookNext(asker) };
};

/** Who gives a service; of a session, who is the other side. */
export const answerWithWhom: Answerer = async (asker, asked) => {
  const onCard = await sessionPointedAt(asker, asked);
  if (onCard !== undefined) return { sentences: [questionWords.sessionWith(await otherSide(asker, onCard))] };
  const meant = await servicesMeant(asker, asked);
  if (meant.length > 0) {
    const practitioners = await asker.books.people.listPractitioners(asker.practice.id);
    const chosen = asked.services.length === 0 ? asked.subject.practitionerId : undefined;
    const sentences = meant.map((service) => {
      const ids = chosen === undefined ? service.practitionerIds : [chosen];
      const names = practitioners.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
      return names.length === 0 ? questionWords.notOffered(service) : questionWords.givenBy(service.publicName, names);
    });
    return { sentences, ...bookNext(asker, meant[0]) };
  }
  const session = await sessionMeant(asker, asked);
  if (session === undefined) return answerPractitioners(asker, asked);
  return {
    sentences: [questionWords.nextSession(session, await otherSide(asker, session), asker.reader)],
    next: { to: "session", bookingId: session.id },
  };
};

/** The button that books, for clients. */
export function bookNext({ actor }: Pick<Asker, "actor">, service?: Service): Pick<Answer, "next"> {
  if (actor.kind !== "client") return {};
  return { next: service === undefined ? { to: "book" } : { to: "book", serviceId: service.id } };
}

/** The button that writes to a practitioner, for clients. */
export function messageNext({ actor }: Pick<Asker, "actor">): Pick<Answer, "next"> {
  return actor.kind === "client" ? { next: { to: "message" } } : {};
}
