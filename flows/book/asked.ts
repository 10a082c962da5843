import { noTimes, timesSaid } from "../../src/choosing/times.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { listOffers, type Offer } from "../../src/desk/booking/offers.ts";
import { servicesOfPackage } from "../../src/desk/packages/packages.ts";
import { type DeliveryMethod, methodKey, type Practitioner } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import {
  findPackageNamed,
  packageSaid,
  wantsNextSession,
  withoutPackageWords,
} from "../../src/language/intent/package-words.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { parseWhen } from "../../src/language/when/when.ts";
import type { Asked, BookContext, PackageSaid, Whom } from "./context.ts";
import { packageOf } from "./own.ts";

/** Reads typed words against what this client may book; undefined when they say nothing about it. */
export async function readAsked(
  text: string,
  turn: Turn,
  { serviceId, methodKey: chosenKey, packageChoice }: Partial<BookContext> = {},
): Promise<Asked | undefined> {
  const spoken = await readPackage(text, turn);
  const offers = await offersAround(spoken.ids[0] ?? packageOf(packageChoice), turn);
  const services = findNamed(
    spoken.rest,
    offers.map(({ service }) => ({ id: service.id, names: [service.publicName, service.name] })),
  );
  const chosen = offers.filter(({ service }) =>
    services.ids.length === 0 ? serviceId === undefined || service.id === serviceId : services.ids.includes(service.id),
  );
  const people = findNamed(services.rest, candidatesOf(chosen));
  const when = parseWhen(people.rest, {
    nowMs: turn.nowMs,
    zone: zoneOf(chosen, chosenKey) ?? turn.reader.zone,
    locale: turn.reader.locale,
    ...openingHours(chosen),
  });
  const takesFirst = spoken.said !== undefined && spoken.said !== "without" && wantsNextSession(text);
  const times = when === undefined ? noTimes : { ...timesSaid(when), ...(takesFirst ? { takesFirst } : {}) };
  const asked: Asked = given({
    package: spoken.said,
    services: services.ids.length === 0 ? undefined : services.ids.slice(0, 3),
    methodKey: methodSaid(when?.rest ?? people.rest, chosen),
    whom: whomSaid(text, people.ids),
    times: times.readings.length === 0 ? undefined : times,
  });
  return Object.keys(asked).length === 0 ? undefined : asked;
}

function whomSaid(text: string, ids: readonly string[]): Whom | undefined {
  const [practitionerId, ...more] = ids;
  if (practitionerId !== undefined && more.length === 0) return { practitionerId };
  return /\b(anyone|anybody|whoever|any practitioner)\b/i.test(text) ? { anyone: true } : undefined;
}

interface PackageSpoken {
  readonly said: PackageSaid | undefined;
  readonly ids: readonly string[];
  /** The words without what they say of packages. */
  readonly rest: string;
}

/** What the words say of the client's packages. */
async function readPackage(text: string, turn: Turn): Promise<PackageSpoken> {
  const clientId = clientIdOf(turn.actor);
  const held = await turn.books.packages.listGrants(turn.practice.id, clientId);
  const said = held.length === 0 ? undefined : packageSaid(text);
  if (said === "none") return { said: "without", ids: [], rest: withoutPackageWords(text) };
  const candidates = held.map(({ id, frozen }) => ({ id, names: [frozen.name] }));
  // A service that is called like a package is the service, unless the words speak of packages.
  const offers = said === "any" ? [] : await listOffers(turn.books, turn.practice, clientId);
  const names = offers.map(({ service }) => ({ id: service.id, names: [service.publicName, service.name] }));
  const beside = findNamed(text, names);
  const found = findPackageNamed(beside.ids.length === 0 ? text : beside.rest, candidates);
  if (found.ids.length === 0) return { said, ids: [], rest: said === undefined ? text : withoutPackageWords(text) };
  return { said: { ids: found.ids }, ids: found.ids, rest: findPackageNamed(text, candidates).rest };
}

/** What may be booked here, and what only the package in question makes bookable. */
async function offersAround(packageId: string | undefined, turn: Turn): Promise<readonly Offer[]> {
  const offers = await listOffers(turn.books, turn.practice, clientIdOf(turn.actor));
  const within = await servicesOfPackage(turn.books, turn.practice.id, packageId);
  if (within === undefined) return offers;
  const own = await listOffers(turn.books, turn.practice, clientIdOf(turn.actor), within);
  return [...offers, ...own.filter(({ service }) => offers.every((offer) => offer.service.id !== service.id))];
}

/** Where an in-person session is, its own clock is meant (D7.6). */
function zoneOf(offers: readonly Offer[], key: string | undefined): string | undefined {
  const methods = offers.flatMap((offer) => offer.service.methods.map((method) => ({ method, offer })));
  const met = methods.find(({ method }) => method.kind === "in_person" && methodKey(method) === key);
  return met?.method.kind === "in_person" ? met.offer.locations.get(met.method.locationId)?.timezone : undefined;
}

function candidatesOf(offers: readonly Offer[]): { id: string; names: string[] }[] {
  const people = new Map<string, Practitioner>(
    offers.flatMap((offer) => offer.practitioners.map((practitioner) => [practitioner.id, practitioner] as const)),
  );
  return [...people.values()].map(({ id, name }) => {
    const bare = name.replace(/^(dr|prof|mr|mrs|ms|mx)\.?\s+/i, "");
    const words = bare.split(/\s+/);
    return { id, names: [name, bare, ...words] };
  });
}

/** The first and last hour anybody of them works, for reading "morning" and bare hours. */
function openingHours(offers: readonly Offer[]): { opensAt?: string; closesAt?: string } {
  const windows = offers.flatMap((offer) => offer.practitioners.flatMap((one) => one.schedule.hours));
  const opens = windows.map((window) => window.from).sort()[0];
  const closes = windows
    .map((window) => window.to)
    .sort()
    .at(-1);
  return given({ opensAt: opens, closesAt: closes });
}

const methodWords: readonly { readonly kind: DeliveryMethod["kind"]; readonly words: RegExp }[] = [
  { kind: "video", words: /\b(video|online|virtual(ly)?|zoom|remote(ly)?)\b/ },
  { kind: "phone", words: /\b(phone|telephone|by call|a call)\b/ },
  { kind: "in_person", words: /\b(in person|face to face|at the (practice|office|clinic)|on site|in the office)\b/ },
  { kind: "chat", words: /\b(by chat|chat session|in chat|over chat)\b/ },
];

/** The one method of the chosen services that the words name. */
function methodSaid(text: string, offers: readonly Offer[]): string | undefined {
  const said = normalise(text);
  const kind = methodWords.find(({ words }) => words.test(said))?.kind;
  const methods = offers.flatMap((offer) => offer.service.methods.map((method) => ({ method, offer })));
  const fitting = methods.filter(({ method, offer }) => {
    const place = method.kind === "in_person" ? offer.locations.get(method.locationId)?.name.toLowerCase() : undefined;
    return (
      method.kind === kind ||
      (place !== undefined && said.includes(place)) ||
      (said === "chat" && method.kind === "chat")
    );
  });
  const keys = [...new Set(fitting.map(({ method }) => methodKey(method)))];
  return keys.length === 1 ? keys[0] : undefined;
}
