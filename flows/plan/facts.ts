import { whyNotAt } from "../../src/choosing/why-not-free.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { findMethod, findOffer, type Offer } from "../../src/desk/booking/offers.ts";
import { listPackages, type PackageSeen, servicesOfPackage } from "../../src/desk/packages/packages.ts";
import { otherTimes, type Plan, type PlanQuestion, proposePlan, rhythmsOnOffer } from "../../src/desk/packages/plan.ts";
import { answeredBefore } from "../../src/desk/packages/submit-plan.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Cause } from "../../src/domain/common-cause.ts";
import type { ClientPackage } from "../../src/domain/package.ts";
import type { Rhythm } from "../../src/domain/plan.ts";
import { type DeliveryMethod, type Practitioner, type Weekday, weekdays } from "../../src/domain/practice.ts";
import { cancellationPolicyOf } from "../../src/domain/service.ts";
import { minutesPerDay } from "../../src/domain/units.ts";
import { minutesOfDayAt } from "../../src/domain/zone.ts";
import { given } from "../../src/given.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { PlanContext } from "./context.ts";

const mostOffered = 10;

/** The services of a package with at least two sessions left. A single one is booked as usual. */
export function servicesToPlan({ services, ledger }: PackageSeen): readonly string[] {
  return services.filter((id) => (ledger.byService.get(id)?.available ?? 0) >= 2);
}

/** The client's packages that can be planned. */
export async function plannable(turn: Turn): Promise<readonly PackageSeen[]> {
  const all = await listPackages(turn.books, turn.practice, clientIdOf(turn.actor), turn.nowMs);
  return all.filter((seen) => seen.problem === undefined && servicesToPlan(seen).length > 0);
}

/** The choices so far that are still available. */
export interface Chosen {
  readonly held?: ClientPackage;
  readonly offer?: Offer;
  readonly method?: DeliveryMethod;
  readonly practitioner?: Practitioner;
  /** In person by the venue's clock (D7.6). */
  readonly reader: Reader;
}

export async function chosenSoFar(context: PlanContext, turn: Turn): Promise<Chosen> {
  const { books, practice, reader } = turn;
  const { packageId, serviceId, methodKey, practitionerId } = context;
  const held = packageId === undefined ? undefined : await books.packages.findGrant(practice.id, packageId);
  const clientId = clientIdOf(turn.actor);
  if (held === undefined || held.clientId !== clientId) return { reader };
  const within = await servicesOfPackage(books, practice.id, packageId);
  const offer = serviceId === undefined ? undefined : await findOffer(books, practice, clientId, serviceId, within);
  const method = offer === undefined || methodKey === undefined ? undefined : findMethod(offer.service, methodKey);
  const practitioner = offer?.practitioners.find(({ id }) => id === practitionerId);
  const venue = method?.kind === "in_person" ? offer?.locations.get(method.locationId)?.timezone : undefined;
  return {
    held,
    reader: venue === undefined ? reader : { ...reader, zone: venue },
    ...given({ offer, method, practitioner }),
  };
}

/** The rhythm. Undefined: not all of it is known yet. */
export function rhythmOf(context: PlanContext): Rhythm | undefined {
  const { everyWeeks, minutes, since = "1970-01-01" } = context;
  const named = weekdaysIn(context);
  if (everyWeeks === undefined || minutes === undefined || named.length === 0) return undefined;
  return { everyWeeks, weekdays: named, minutes, from: since };
}

/** The days of the week that were said, in the order of the week. */
function weekdaysIn({ weekdays: said = [] }: PlanContext): readonly Weekday[] {
  return weekdays.filter((one) => said.includes(one));
}

export interface ChoosingFacts {
  readonly packages: readonly PackageSeen[];
  readonly chosen: Chosen;
  readonly services: readonly { readonly id: string; readonly name: string; readonly left: number }[];
  readonly locale: string;
  readonly nowMs: number;
}

export async function choosingFacts(context: PlanContext, turn: Turn): Promise<ChoosingFacts> {
  const packages = await plannable(turn);
  const seen = packages.find(({ held }) => held.id === context.packageId);
  const names = new Map(
    (await turn.books.catalogue.listServices(turn.practice.id)).map(({ id, publicName }) => [id, publicName]),
  );
  const services = seen === undefined ? [] : servicesToPlan(seen);
  return {
    packages,
    chosen: await chosenSoFar(context, turn),
    services: services.map((id) => ({
      id,
      name: names.get(id) ?? id,
      left: seen?.ledger.byService.get(id)?.available ?? 0,
    })),
    locale: turn.practice.locale,
    nowMs: turn.nowMs,
  };
}

/** A day and a time to choose, and one start that has them. */
export interface DayAndTime {
  readonly weekday: Weekday;
  readonly minutes: number;
  readonly startsAtMs: number;
}

export interface TimeFacts {
  readonly reader: Reader;
  readonly times: readonly DayAndTime[];
}

/** The days and times that are free most often, among those that were said, in the order of the week. */
export async function timeFacts(context: PlanContext, turn: Turn): Promise<TimeFacts> {
  const { reader } = await chosenSoFar(context, turn);
  const named = weekdaysIn(context);
  const { fromMinutes: from, toMinutes: to } = context.hours ?? { fromMinutes: 0, toMinutes: minutesPerDay };
  const selection = selectionOf(context, reader, turn);
  const found = selection === undefined ? [] : await rhythmsOnOffer(turn.books, turn.practice, selection, turn.nowMs);
  const onDays = found
    .map(({ day, startsAtMs }): DayAndTime => {
      return { weekday: weekdays[day] ?? "mon", minutes: minutesOfDayAt(reader.zone, startsAtMs), startsAtMs };
    })
    .filter(({ weekday }) => (named.length === 0 || named.includes(weekday)) && !context.notOn?.includes(weekday));
  const inHours = onDays.filter(
    ({ minutes }) => (context.minutes === undefined || minutes === context.minutes) && from <= minutes && minutes < to,
  );
  // If nothing is free at the hours that were said, the days are offered with other hours.
  const times = inHours.length > 0 ? inHours : onDays;
  const order = ({ weekday, minutes }: DayAndTime) => weekdays.indexOf(weekday) * minutesPerDay + minutes;
  const few = (named.length === 0 ? onePerHalfDay(times) : times).slice(0, mostOffered);
  return { reader, times: few.toSorted((a, b) => order(a) - order(b)) };
}

/** The best time of each morning and each afternoon of the week, so that no day hides the others. */
function onePerHalfDay(times: readonly DayAndTime[]): readonly DayAndTime[] {
  const halfOf = ({ weekday, minutes }: DayAndTime) => `${weekday} ${minutes < 720 ? "am" : "pm"}`;
  return [...Map.groupBy(times, halfOf).values()].flatMap(([best]) => best ?? []);
}

export interface PlanFacts {
  readonly chosen: Chosen;
  readonly rhythm: Rhythm;
  readonly plan: Plan;
  readonly reader: Reader;
  /** The practitioner's zone. */
  readonly otherZone: string;
  readonly windowMinutes: number;
  readonly terms?: string;
  /** The start of the session whose form answers are copied to each. */
  readonly formOfMs?: number;
  readonly lost?: PlanContext["lost"];
  /** Why the lost start is not free (D3.10). */
  readonly lostCause?: Cause;
  readonly isAuto: boolean;
}

/** The present list. Undefined: it can no longer be planned. */
export async function planFacts(context: PlanContext, turn: Turn): Promise<PlanFacts | undefined> {
  const { books, practice, actor, nowMs } = turn;
  const chosen = await chosenSoFar(context, turn);
  const rhythm = rhythmOf(context);
  const selection = selectionOf(context, chosen.reader, turn);
  if (rhythm === undefined || selection === undefined || actor.kind !== "client") return undefined;
  const plan = await proposePlan(books, practice, { ...selection, rhythm }, nowMs);
  if (plan === undefined) return undefined;
  const { service } = plan.offer;
  const terms =
    service.termsId === undefined ? undefined : await books.catalogue.findTerms(practice.id, service.termsId);
  const answered = await answeredBefore(turn, actor, service.id);
  const lost = context.lost !== undefined && "startsAtMs" in context.lost ? context.lost : undefined;
  const { method, practitioner, held } = plan;
  const search = { practice, service, method, practitioners: [practitioner], clientId: actor.clientId, nowMs };
  const lostCause = lost && (await whyNotAt(turn, { ...search, clientPackageId: held.id }, lost.startsAtMs))?.cause;
  return {
    chosen,
    rhythm,
    plan,
    reader: chosen.reader,
    otherZone: plan.practitioner.schedule.timezone,
    windowMinutes: cancellationPolicyOf(practice, service).windowMinutes,
    isAuto: service.confirmation === "auto",
    ...given({ terms: terms?.text, lost: context.lost, lostCause }),
    ...(typeof answered === "string" ? {} : { formOfMs: answered.startsAtMs }),
  };
}

export interface ChangingFacts {
  readonly wantedMs: number;
  readonly isLeft: boolean;
  readonly times: readonly number[];
  readonly reader: Reader;
}

/** One date of the list, and the free times near it. */
export async function changingFacts(context: PlanContext, turn: Turn): Promise<ChangingFacts> {
  const { reader } = await chosenSoFar(context, turn);
  const wantedMs = context.at ?? 0;
  const rhythm = rhythmOf(context);
  const selection = selectionOf(context, reader, turn);
  const at = { wantedMs, nowMs: turn.nowMs };
  const times =
    rhythm === undefined || selection === undefined
      ? []
      : await otherTimes(turn.books, turn.practice, { ...selection, rhythm }, at);
  return { wantedMs, isLeft: context.left?.includes(wantedMs) === true, times, reader };
}

export interface SentFacts {
  readonly bookings: readonly Booking[];
  readonly practitioner: string;
  readonly reader: Reader;
  readonly otherZone: string;
  readonly ownReader: Reader;
  readonly stillWaiting: boolean;
}

/** The sessions of a sent plan, in their present state. */
export async function sentFacts(context: PlanContext, turn: Turn): Promise<SentFacts> {
  const { planId } = context;
  const listed = planId === undefined ? [] : await turn.books.bookings.listOfPlan(turn.practice.id, planId);
  const bookings = listed.filter(({ clientId }) => clientId === clientIdOf(turn.actor));
  const [first] = bookings;
  const practitioner = first && (await turn.books.people.findPractitioner(turn.practice.id, first.practitionerId));
  const venue = first?.frozen.location?.timezone;
  return {
    bookings,
    practitioner: practitioner?.name ?? "",
    reader: venue === undefined ? turn.reader : { ...turn.reader, zone: venue },
    otherZone: practitioner?.schedule.timezone ?? turn.reader.zone,
    ownReader: turn.reader,
    stillWaiting: context.stillWaiting,
  };
}

/** The plan. Undefined: not everything is chosen yet. */
function selectionOf(context: PlanContext, reader: Reader, turn: Turn): Omit<PlanQuestion, "rhythm"> | undefined {
  const { packageId, serviceId, methodKey, practitionerId, left = [], instead = [] } = context;
  if (packageId === undefined || serviceId === undefined || methodKey === undefined || practitionerId === undefined)
    return undefined;
  return {
    clientId: clientIdOf(turn.actor),
    clientPackageId: packageId,
    serviceId,
    methodKey,
    practitionerId,
    zone: reader.zone,
    left,
    instead: new Map(instead.map(({ wantedMs, startsAtMs }) => [wantedMs, startsAtMs])),
  };
}
