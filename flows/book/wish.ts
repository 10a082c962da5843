import type { CardEvent } from "../../src/cards/card.ts";
import { noTimes, textOfTimes, timesSaid, type WantedTimes } from "../../src/choosing/times.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { listOffers, type Offer } from "../../src/desk/booking/offers.ts";
import { servicesOfPackage } from "../../src/desk/packages/packages.ts";
import { type DeliveryMethod, methodKey, type Practitioner } from "../../src/domain/practice.ts";
import {
  findPackageNamed,
  packageSaid,
  wantsNextSession,
  withoutPackageWords,
} from "../../src/language/intent/package-words.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { parseWhen } from "../../src/language/when/when.ts";
import { clientOf } from "./commands.ts";
import type { BookContext } from "./context.ts";
import { packageOf, withoutPackage } from "./packages.ts";

/** What a client's words said about the session they want; what they did not say is absent. */
export interface Wish {
  /** A package's id (or several), `any` package, the `next` session of whatever there is, or `none`: without one. */
  readonly package?: string;
  /** One service, or the two or three the words may mean. */
  readonly services: readonly string[];
  readonly methodKey?: string;
  /** A practitioner's id, or `anyone`. */
  readonly who?: string;
  readonly times: WantedTimes;
}

/** A wish that says nothing yet. */
export const noWish: Wish = { services: [], times: noTimes };

/** A wish as an event: flat, ids and times only, never the words themselves. */
export function wishEvent(type: string, wish: Wish): CardEvent {
  return {
    type,
    package: wish.package ?? "",
    services: wish.services.join(" "),
    times: textOfTimes(wish.times),
    methodKey: wish.methodKey ?? "",
    who: wish.who ?? "",
  };
}

/** What a talk that begins is asked for: a service or a package that was pressed, or a whole wish. */
export function askedIn(input: CardEvent): { asked?: NonNullable<BookContext["asked"]> } {
  const { serviceId, packageId, services, methodKey, who, times } = input;
  const said = { package: packageId ?? input.package, services: serviceId ?? services, methodKey, who, times };
  const asked = Object.fromEntries(
    Object.entries(said).filter(([, value]) => typeof value === "string" && value !== ""),
  );
  return Object.keys(asked).length === 0 ? {} : { asked };
}

/** Reads typed words against what this client may book; undefined when they say nothing about it. */
export async function readWish(
  text: string,
  turn: Turn,
  sofar: {
    readonly serviceId?: string | undefined;
    readonly methodKey?: string | undefined;
    readonly packageId?: string | undefined;
  } = {},
): Promise<Wish | undefined> {
  const { serviceId } = sofar;
  const spoken = await readPackage(text, turn);
  const offers = await offersAround(spoken.ids[0] ?? packageOf(sofar.packageId), turn);
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
    zone: zoneOf(chosen, sofar.methodKey) ?? turn.reader.zone,
    locale: turn.reader.locale,
    ...openingHours(chosen),
  });
  const method = methodSaid(when?.rest ?? people.rest, chosen);
  const who =
    people.ids.length === 1
      ? people.ids[0]
      : /\b(anyone|anybody|whoever|any practitioner)\b/i.test(text)
        ? "anyone"
        : undefined;
  const takesFirst = spoken.said !== undefined && spoken.said !== withoutPackage && wantsNextSession(text);
  const wish: Wish = {
    services: services.ids.slice(0, 3),
    times: when === undefined ? noTimes : { ...timesSaid(when), ...(takesFirst ? { takesFirst } : {}) },
    ...(spoken.said === undefined ? {} : { package: spoken.said }),
    ...(method === undefined ? {} : { methodKey: method }),
    ...(who === undefined ? {} : { who }),
  };
  const saysNothing =
    spoken.said === undefined &&
    wish.services.length === 0 &&
    wish.times.readings.length === 0 &&
    method === undefined &&
    who === undefined;
  return saysNothing ? undefined : wish;
}

/** What the words say of the client's packages, and the words left without their names. */
async function readPackage(text: string, turn: Turn) {
  const held = await turn.books.packages.listGrants(turn.practice.id, clientOf(turn));
  const said = held.length === 0 ? undefined : packageSaid(text);
  if (said === "none") return { said, ids: [], rest: withoutPackageWords(text) };
  const candidates = held.map(({ id, frozen }) => ({ id, names: [frozen.name] }));
  // A service that is called like a package is the service, unless the words speak of packages.
  const offers = said === "any" ? [] : await listOffers(turn.books, turn.practice, clientOf(turn));
  const names = offers.map(({ service }) => ({ id: service.id, names: [service.publicName, service.name] }));
  const beside = findNamed(text, names);
  const found = findPackageNamed(beside.ids.length === 0 ? text : beside.rest, candidates);
  if (found.ids.length === 0) return { said, ids: [], rest: said === undefined ? text : withoutPackageWords(text) };
  return { said: found.ids.join(" "), ids: found.ids, rest: findPackageNamed(text, candidates).rest };
}

/** What may be booked here, and what only the package in question makes bookable. */
async function offersAround(packageId: string | undefined, turn: Turn): Promise<readonly Offer[]> {
  const offers = await listOffers(turn.books, turn.practice, clientOf(turn));
  const within = await servicesOfPackage(turn.books, turn.practice.id, packageId);
  if (within === undefined) return offers;
  const own = await listOffers(turn.books, turn.practice, clientOf(turn), within);
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
  return { ...(opens === undefined ? {} : { opensAt: opens }), ...(closes === undefined ? {} : { closesAt: closes }) };
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
