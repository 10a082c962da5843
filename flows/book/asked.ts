import { noTimes, type WantedTimes } from "../../src/choosing/times.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { listOffers, type Offer } from "../../src/desk/booking/offers.ts";
import { servicesOfPackage } from "../../src/desk/packages/packages.ts";
import { type DeliveryMethod, methodKey } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import type { NameKind } from "../../src/language/names/named.ts";
import type { Polarity } from "../../src/language/names/polarity.ts";
import type { Reading } from "../../src/language/reading.ts";
import { mergeTimes } from "../../src/language/times.ts";
import { shiftWant } from "../../src/language/when/merge.ts";
import type { Asked, BookContext, PackageSaid, Whom } from "./context.ts";
import { packageOf } from "./own.ts";

/**
 * What a message asks for of the sessions this client may book, as ids and times. Undefined: it says nothing about
 * them. `before` are the times wanted so far. The new words add to them, replace them or exclude some of them (W7).
 */
export async function askedIn(
  reading: Reading,
  turn: Turn,
  {
    serviceId,
    methodKey: chosenKey,
    packageChoice,
    before = noTimes,
  }: Partial<BookContext> & { before?: WantedTimes } = {},
): Promise<Asked | undefined> {
  const spoken = await packageIn(reading, turn);
  const packageId = typeof spoken === "object" ? spoken.ids[0] : packageOf(packageChoice);
  const offers = await offersAround(packageId, turn);
  const services = idsOf(reading, "service", "wanted").filter((id) => offers.some(({ service }) => service.id === id));
  const chosen = offers.filter(({ service }) =>
    services.length === 0 ? serviceId === undefined || service.id === serviceId : services.includes(service.id),
  );
  const unwantedMethods = reading.methods.flatMap(({ kind, polarity }) => (polarity === "unwanted" ? [kind] : []));
  const unwantedPeople = idsOf(reading, "practitioner", "unwanted");
  const asked: Asked = given({
    package: spoken,
    services: services.length === 0 ? undefined : services.slice(0, 3),
    methodKey: methodIn(reading, chosen, chosenKey),
    whom: whomIn(reading),
    notMethods: unwantedMethods.length === 0 ? undefined : unwantedMethods,
    notWhom: unwantedPeople.length === 0 ? undefined : unwantedPeople,
    times: timesIn(reading, before, spoken),
    further:
      reading.further.length === 0
        ? undefined
        : reading.further.map(({ want, ambiguous }) => ({ readings: ambiguous?.readings ?? [want] })),
  });
  return Object.keys(asked).length === 0 ? undefined : asked;
}

function idsOf({ names }: Reading, kind: NameKind, polarity: Polarity): readonly string[] {
  return names.filter((name) => name.kind === kind && name.polarity === polarity).flatMap(({ ids }) => ids);
}

/** The times that a message wants, merged with those wanted before. "An hour later" shifts them. */
function timesIn(
  { when, shift, refs, acts }: Reading,
  { readings: before }: WantedTimes,
  spoken: PackageSaid | undefined,
): WantedTimes | undefined {
  const [first] = before;
  if (shift !== undefined && first !== undefined) return { readings: [shiftWant(first, shift)] };
  if (when === undefined) return undefined;
  const readings = mergeTimes(before, when);
  const isNext = refs.includes("next") || acts.some(({ object }) => object.refs.includes("next"));
  return {
    readings,
    // Most people mean the coming Tuesday by "next Tuesday". The card shows the date and offers the other one.
    ...(readings.length > 1 && when.ambiguous?.kind === "next-week" ? { firstIsUsual: true as const } : {}),
    ...(isNext && spoken !== undefined && spoken !== "without" ? { takesFirst: true as const } : {}),
  };
}

function whomIn(reading: Reading): Whom | undefined {
  const [practitionerId, ...more] = idsOf(reading, "practitioner", "wanted");
  if (practitionerId !== undefined && more.length === 0) return { practitionerId };
  return reading.anyone === true && idsOf(reading, "practitioner", "unwanted").length === 0
    ? { anyone: true }
    : undefined;
}

/** What the words say about the client's packages. Undefined: the client has none. */
async function packageIn(reading: Reading, turn: Turn): Promise<PackageSaid | undefined> {
  const held = await turn.books.packages.listGrants(turn.practice.id, clientIdOf(turn.actor));
  if (held.length === 0) return undefined;
  if (reading.package === "none") return "without";
  const ids = idsOf(reading, "package", "wanted");
  return ids.length > 0 ? { ids } : reading.package;
}

/** The services that may be booked, and those that only the package in question makes bookable. */
async function offersAround(packageId: string | undefined, turn: Turn): Promise<readonly Offer[]> {
  const offers = await listOffers(turn.books, turn.practice, clientIdOf(turn.actor));
  const within = await servicesOfPackage(turn.books, turn.practice.id, packageId);
  if (within === undefined) return offers;
  const own = await listOffers(turn.books, turn.practice, clientIdOf(turn.actor), within);
  return [...offers, ...own.filter(({ service }) => offers.every((offer) => offer.service.id !== service.id))];
}

/** The one method of the chosen services that the words name, or the one left by those they exclude. */
function methodIn(reading: Reading, offers: readonly Offer[], chosenKey: string | undefined): string | undefined {
  const kinds = (polarity: Polarity) =>
    reading.methods.filter((one) => one.polarity === polarity).map(({ kind }) => kind);
  const [wanted, unwanted] = [kinds("wanted"), kinds("unwanted")];
  const places = idsOf(reading, "place", "wanted");
  if (wanted.length + unwanted.length + places.length === 0) return undefined;
  const isAt = (method: DeliveryMethod) => method.kind === "in_person" && places.includes(method.locationId);
  const keys = offers
    .flatMap(({ service }) => service.methods)
    .filter((method) =>
      wanted.length + places.length > 0
        ? wanted.includes(method.kind) || isAt(method)
        : !unwanted.includes(method.kind),
    )
    .map(methodKey);
  const [only, ...more] = [...new Set(keys)];
  if (more.length === 0) return only;
  return chosenKey !== undefined && keys.includes(chosenKey) ? chosenKey : undefined;
}
