import type { SecretRef } from "../../src/cards/card.ts";
import { understoodOf } from "../../src/choosing/time-facts.ts";
import type { WantedTimes } from "../../src/choosing/times.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { formProgress } from "../../src/desk/booking/answers.ts";
import { findMethod, findMissing, listOffers, type Offer } from "../../src/desk/booking/offers.ts";
import { listPackages, type PackageUse, packageUse } from "../../src/desk/packages/packages.ts";
import { findPayment, payLinkNow } from "../../src/desk/payments/payments.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Payment } from "../../src/domain/payment.ts";
import type { DeliveryMethod, Location, Practitioner, Service } from "../../src/domain/practice.ts";
import { offeringOf } from "../../src/domain/service.ts";
import { given } from "../../src/given.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { BookContext } from "./context.ts";
import { isMeant, offerOf, ownBooking, packageOf } from "./own.ts";
import { creditsLeft, servicesLeft } from "./packages.ts";

/** The position of a step in the booking: "Step 3 of 5". */
export interface Progress {
  readonly now: number;
  readonly of: number;
}

/** The choices so far, with what they name. Parts that are not chosen yet, or no longer exist, are absent. */
export interface Chosen {
  readonly service?: Service;
  readonly method?: DeliveryMethod;
  readonly location?: Location;
  readonly practitioner?: Practitioner;
  readonly practitioners: readonly Practitioner[];
  /** The package it is to be taken from. */
  readonly clientPackageId?: string;
}

/** What the context's ids name at present. */
export async function chosenSoFar(context: BookContext, turn: Turn): Promise<Chosen> {
  const { methodKey: key, whom } = context;
  const offer = await offerOf(context, turn);
  if (offer === undefined) return { practitioners: [] };
  const method = key === undefined ? undefined : findMethod(offer.service, key);
  const location = method?.kind === "in_person" ? offer.locations.get(method.locationId) : undefined;
  const practitioners = offer.practitioners.filter((one) => isMeant(one, whom));
  const [practitioner] = practitioners.length === 1 ? practitioners : [];
  const clientPackageId = packageOf(context.packageChoice);
  return { service: offer.service, practitioners, ...given({ method, location, practitioner, clientPackageId }) };
}

/** The steps of an offer for this client, in order. A step with only one choice is left out (D0.5). */
export type StepName = "package" | "service" | "method" | "practitioner" | "time" | "form" | "payment" | "review";

/** The number of a step among those of the chosen service. Without a service, among the most steps there may be. */
export async function progressAt(step: StepName, context: BookContext, turn: Turn): Promise<Progress> {
  const within = await servicesLeft(context.packageChoice, turn);
  const offers = await listOffers(turn.books, turn.practice, clientIdOf(turn.actor), within);
  const packages = await listPackages(turn.books, turn.practice, clientIdOf(turn.actor), turn.nowMs);
  const asked = packages.some(({ problem }) => problem === undefined);
  const chosen = offers.find((offer) => offer.service.id === context.serviceId);
  const pays = turn.takesPayments === true && packageOf(context.packageChoice) === undefined;
  const ways = (chosen === undefined ? offers : [chosen]).map((offer) =>
    stepsOf(offer, offers.length, { asked, pays }),
  );
  const longest = ways.sort((a, b) => b.length - a.length)[0] ?? ["time", "review"];
  return { now: Math.max(1, longest.indexOf(step) + 1), of: longest.length };
}

function stepsOf(
  offer: Offer,
  services: number,
  { asked, pays }: { readonly asked: boolean; readonly pays: boolean },
): readonly StepName[] {
  const all: readonly (readonly [StepName, boolean])[] = [
    ["package", asked],
    ["service", services > 1],
    ["method", offer.service.methods.length > 1],
    ["practitioner", offer.practitioners.length > 1],
    ["time", true],
    ["form", offer.service.formId !== undefined],
    ["payment", pays && offer.service.payment === "at_request"],
    ["review", true],
  ];
  return all.filter(([, there]) => there).map(([name]) => name);
}

/** What the words asked for and the steps before the times do not show: "Follow-up, Dr Maya Lee, Tuesday 10 March, at 15:00". */
export async function askedFor({ asked = {} }: BookContext, turn: Turn): Promise<string> {
  const [serviceId, ...more] = asked.services ?? [];
  const service =
    serviceId === undefined || more.length > 0
      ? undefined
      : await turn.books.catalogue.findService(turn.practice.id, serviceId);
  const practitioner =
    asked.whom !== undefined && "practitionerId" in asked.whom
      ? await turn.books.people.findPractitioner(turn.practice.id, asked.whom.practitionerId)
      : undefined;
  const times = understoodOf(asked.times, turn.reader);
  return [service?.publicName, practitioner?.name, times].filter((one) => one !== undefined && one !== "").join(", ");
}

export async function choosingServiceFacts(context: BookContext, turn: Turn) {
  const within = await servicesLeft(context.packageChoice, turn);
  const offers = await listOffers(turn.books, turn.practice, clientIdOf(turn.actor), within);
  const asked = offers.filter(({ service }) => context.asked?.services?.includes(service.id));
  return {
    // The words may mean two or three services, so only these are offered.
    offers: asked.length > 1 ? asked : offers,
    narrowed: asked.length > 1,
    left: await creditsLeft(context.packageChoice, turn),
    progress: await progressAt("service", context, turn),
    askedFor: await askedFor(context, turn),
    locale: turn.practice.locale,
  };
}

export async function choosingMethodFacts(context: BookContext, turn: Turn) {
  const offer = await offerOf(context, turn);
  return { offer, progress: await progressAt("method", context, turn), askedFor: await askedFor(context, turn) };
}

export async function choosingPractitionerFacts(context: BookContext, turn: Turn) {
  const chosen = await chosenSoFar({ ...context, whom: undefined }, turn);
  return {
    chosen,
    progress: await progressAt("practitioner", context, turn),
    askedFor: await askedFor(context, turn),
  };
}

/** The practice's own text about whom to contact. */
export async function contactFacts(_context: BookContext, turn: Turn) {
  const { name, contact } = turn.practice;
  // The practice is notified only of what it can fix: a missing setting, not that everything is booked.
  return { practice: name, contact, told: (await findMissing(turn.books, turn.practice.id)).length > 0 };
}

export async function noTimesFacts(context: BookContext, turn: Turn) {
  const { service, method, clientPackageId } = await chosenSoFar(context, turn);
  const held =
    clientPackageId === undefined ? undefined : await turn.books.packages.findGrant(turn.practice.id, clientPackageId);
  const days =
    service === undefined || method === undefined
      ? turn.practice.policies.horizonDays
      : offeringOf(turn.practice, service, method).horizonDays;
  return {
    ...(await contactFacts(context, turn)),
    service: service?.publicName ?? "This session",
    days,
    ...given({ packageName: held?.frozen.name }),
  };
}

export async function answeringFormFacts(context: BookContext, turn: Turn) {
  const booking = await ownBooking(turn, context.bookingId);
  const progress = booking === undefined ? undefined : await formProgress(turn.books, booking);
  return {
    questions: progress?.questions ?? [],
    answered: progress?.answered ?? new Set<string>(),
    plain: progress?.plain ?? {},
    inline: turn.asksSensitiveInline,
    link: context.formLink,
    progress: await progressAt("form", context, turn),
  };
}

/** A booking in the client's view. */
export interface BookingFacts {
  readonly booking: Booking;
  readonly practitioner: string;
  /** The zone in which the client reads times, and that of the other side or the venue (D7.6). */
  readonly reader: Reader;
  readonly otherZone: string;
  /** The zone in which the client said the time, if it is not their own (G8). */
  readonly saidZone?: string;
  /** The client's own clock, wherever the session takes place. */
  readonly ownReader: Reader;
  readonly locale: string;
  readonly contact: string;
  readonly answers: number;
  /** What it takes from a package. Replaces the price (D6.5). */
  readonly fromPackage?: PackageUse;
  readonly payment?: Payment;
  /** The payment link, while it can be paid. */
  readonly payLink?: SecretRef;
  readonly holdExpiresAtMs?: number;
  readonly nowMs: number;
}

/** The facts of a booking. Undefined: it no longer exists, or belongs to another person. */
export async function bookingFacts(bookingId: string | undefined, turn: Turn): Promise<BookingFacts | undefined> {
  const booking = await ownBooking(turn, bookingId);
  if (booking === undefined) return undefined;
  const practitioner = await turn.books.people.findPractitioner(booking.practiceId, booking.practitionerId);
  const [hold] = await turn.books.claims.listForBooking(booking.id);
  const progress = await formProgress(turn.books, booking);
  const venue = booking.frozen.location?.timezone;
  const fromPackage = await packageUse(turn.books, booking);
  const payment = await findPayment(turn.books, booking.id);
  const payLink = await payLinkNow(turn, booking, payment);
  const holdTimer = await turn.books.timers.find(`booking:${booking.id}:hold-expiry`);
  return {
    booking,
    practitioner: practitioner?.name ?? "",
    // In person the venue's clock comes first, because it is the one on the wall (D7.6).
    reader: venue === undefined ? turn.reader : { ...turn.reader, zone: venue },
    otherZone: venue === undefined ? (practitioner?.schedule.timezone ?? turn.reader.zone) : turn.reader.zone,
    ownReader: turn.reader,
    locale: turn.practice.locale,
    contact: turn.practice.contact,
    answers: progress?.given ?? 0,
    nowMs: turn.nowMs,
    ...given({ fromPackage, payment, payLink }),
    // While a checkout is open, the hold lasts longer than the time shown to the client.
    ...(hold?.expiresAtMs === undefined ? {} : { holdExpiresAtMs: holdTimer?.dueAtMs ?? hold.expiresAtMs }),
  };
}

export async function reviewingFacts(
  context: BookContext,
  turn: Turn,
): Promise<{
  facts: BookingFacts | undefined;
  progress: Progress;
  otherMs?: number;
  assumed?: "method" | "practitioner";
}> {
  const { saidZone } = context;
  const facts = await bookingFacts(context.bookingId, turn);
  return {
    facts: facts === undefined || saidZone === undefined ? facts : { ...facts, saidZone },
    progress: await progressAt("review", context, turn),
    ...given({ otherMs: context.otherMs, assumed: context.assumed }),
  };
}

/** The payment step of a draft. */
export async function payingFacts(context: BookContext, turn: Turn) {
  return {
    facts: await bookingFacts(context.bookingId, turn),
    progress: await progressAt("payment", context, turn),
    note: context.payNote,
  };
}

/** The next of the further sessions in words. Undefined: there is none, or it has several readings. */
function furtherWords(times: WantedTimes | undefined, { reader }: Turn): string | undefined {
  const words = times && understoodOf(times, reader);
  return words === "" ? undefined : words;
}

export async function requestedFacts(context: BookContext, turn: Turn) {
  return {
    facts: await bookingFacts(context.bookingId, turn),
    stillWaiting: context.stillWaiting,
    note: context.payNote,
    ...given({ further: furtherWords(context.further?.[0], turn) }),
  };
}
