import { methodKey } from "../../domain/practice.ts";
import { minuteMs } from "../../domain/units.ts";
import { localDateOf } from "../../domain/zone.ts";
import { given } from "../../given.ts";
import type { Span } from "../../words/hours.ts";
import { questionWords } from "../../words/questions.ts";
import { findOffer, listOffers, type Offer } from "../booking/offers.ts";
import { findSlots } from "../booking/slots.ts";
import { causeOfWish } from "../booking/why-not-free.ts";
import { servicesOfPackage } from "../packages/packages.ts";
import type { Answerer, Asked, Asker } from "./asked.ts";
import { methodsMeant } from "./service-terms.ts";
import { bookNext, messageNext, servicesMeant } from "./services.ts";
import { isNamed, sessionOnCard } from "./sessions.ts";

const mostDays = 3;
const mostTimesADay = 4;

/** The next free times of the service named or on the card, else of the first one that can be booked. For clients. */
export const answerFreeTimes: Answerer = async (asker, asked) => {
  const { actor, books, practice, nowMs } = asker;
  if (actor.kind !== "client") return { sentences: [questionWords.nothingFree] };
  const onCard = await sessionOnCard(asker, asked);
  const offer = await offerMeant(asker, asked);
  if (offer === undefined) {
    const [service] = await servicesMeant(asker, asked);
    const why = service === undefined ? questionWords.nothingOffered(practice.name) : questionWords.notOffered(service);
    return { sentences: [why], ...messageNext(asker) };
  }
  const { service } = offer;
  const kinds = service.methods.map(({ kind }) => kind);
  if (asked.methods.length > 0 && !kinds.some((kind) => asked.methods.includes(kind)))
    return { sentences: [questionWords.notByMethod(service.publicName, asked.methods)], ...bookNext(asker, service) };
  const frozen = onCard === undefined ? undefined : methodKey(onCard.frozen.method);
  const methods = methodsMeant(service, asked);
  const method = methods.find((one) => methodKey(one) === frozen) ?? methods[0];
  const chosen = asked.practitioners.length > 0 ? [] : (asked.subject.practitionerId ?? onCard?.practitionerId ?? []);
  const wanted = [...asked.practitioners, ...[chosen].flat()];
  const practitioners = offer.practitioners.filter(({ id }) => isNamed(wanted, id));
  if (method === undefined || practitioners.length === 0)
    return {
      sentences: [
        questionWords.givenBy(
          service.publicName,
          offer.practitioners.map(({ name }) => name),
        ),
      ],
      ...bookNext(asker, service),
    };
  const clientPackageId = onCard?.clientPackageId ?? asked.subject.clientPackageId;
  const search = {
    practice,
    service,
    method,
    practitioners,
    clientId: actor.clientId,
    nowMs,
    ...given({ clientPackageId }),
    ...(onCard === undefined ? {} : { exceptBookingId: onCard.id }),
  };
  const free = await findSlots(books, search);
  // In person the venue's clock comes first (D7.6).
  const venue = method.kind === "in_person" ? offer.locations.get(method.locationId)?.timezone : undefined;
  const reader = { ...asker.reader, zone: asked.zone ?? venue ?? asker.reader.zone };
  const starts = free.map(({ startsAtMs }) => startsAtMs);
  const { span, fits } = asked;
  const fittingOf = (some: readonly number[]) =>
    some.filter((ms) => (span === undefined || (span.fromMs <= ms && ms < span.toMs)) && (fits?.(ms) ?? true));
  const fitting = fittingOf(starts);
  if (fitting.length === 0) {
    const nearest = starts.find((ms) => ms >= (span?.fromMs ?? nowMs)) ?? starts.at(-1);
    const sentence =
      nearest === undefined
        ? questionWords.nothingFreeFor(service.publicName)
        : questionWords.nothingFreeThen(
            service.publicName,
            nearest,
            reader,
            span &&
              (await causeOfWish({ books, actor, search }, { ...span, fits: fittingOf, samples: halfHours(span) })),
          );
    return { sentences: [sentence], ...bookNext(asker, service) };
  }
  const days = [...Map.groupBy(fitting, (ms) => localDateOf(reader.zone, ms)).values()].slice(0, mostDays);
  const told = days.map((times) => ({
    times: times.slice(0, mostTimesADay),
    more: Math.max(0, times.length - mostTimesADay),
  }));
  return { sentences: [questionWords.freeFor(service.publicName, told, reader)], ...bookNext(asker, service) };
};

const mostHalfHours = 31 * 48;

function halfHours({ fromMs, toMs }: Span): readonly number[] {
  const stepMs = 30 * minuteMs;
  const length = Math.min(mostHalfHours, Math.ceil((toMs - fromMs) / stepMs));
  return Array.from({ length }, (_, at) => fromMs + at * stepMs);
}

/** The offer a question is about. What the card's package or session is for may be asked about, listed or not. */
async function offerMeant(asker: Asker, asked: Asked): Promise<Offer | undefined> {
  const { actor, books, practice } = asker;
  if (actor.kind !== "client") return undefined;
  const meant = (await servicesMeant(asker, asked))[0]?.id;
  const own = await servicesOfPackage(books, practice.id, asked.subject.clientPackageId);
  if (meant !== undefined) {
    const offer = await findOffer(books, practice, actor.clientId, meant, own);
    return (
      offer ?? (asked.services.length === 0 ? findOffer(books, practice, actor.clientId, meant, [meant]) : undefined)
    );
  }
  const offers = await listOffers(books, practice, actor.clientId, own);
  return offers.find(({ practitioners }) => practitioners.some(({ id }) => isNamed(asked.practitioners, id)));
}
