import type { ReadBooks } from "../../../db/store.ts";
import type { Busy } from "../../domain/availability.ts";
import { type Cause, withoutBooking } from "../../domain/common-cause.ts";
import { readLedger } from "../../domain/credits.ts";
import { dateOfDay, weekdayOfDay } from "../../domain/local-date.ts";
import { type ClientPackage, overAtMs, problemAt } from "../../domain/package.ts";
import { type Rhythm, startsInRhythm } from "../../domain/plan.ts";
import { type DeliveryMethod, type Practice, type Practitioner, weekdays } from "../../domain/practice.ts";
import { offeringOf } from "../../domain/service.ts";
import { dayMs, minuteMs } from "../../domain/units.ts";
import { localDayOf } from "../../domain/zone.ts";
import { given } from "../../given.ts";
import { findMethod, findOffer, type Offer } from "../booking/offers.ts";
import { checkSlot, findSlots, nearest, type SlotSearch } from "../booking/slots.ts";
import { servicesOfPackage } from "./packages.ts";

/** The most sessions in one plan; a card can list as many. */
export const mostPlanned = 20;

/** A plan to compute: one service of a package, with one practitioner, in a rhythm. */
export interface PlanQuestion {
  readonly clientId: string;
  readonly clientPackageId: string;
  readonly serviceId: string;
  readonly methodKey: string;
  readonly practitionerId: string;
  readonly rhythm: Rhythm;
  /** The zone of the rhythm's wall time: the client's, or the venue's. */
  readonly zone: string;
  /** Starts of the rhythm that the client skips. */
  readonly left: readonly number[];
  /** Other times the client chose, by the start of the rhythm they replace. */
  readonly instead: ReadonlyMap<number, number>;
}

/** One date of the rhythm. */
export interface PlannedDate {
  /** The start in the rhythm; identifies the date. */
  readonly wantedMs: number;
  /** The chosen start; absent: not free, or skipped. */
  readonly startsAtMs?: number;
  /** The number of the package credit for this service; absent: skipped. */
  readonly number?: number;
  /** The start that is not free, and why (D3.10). */
  readonly notFree?: { readonly startsAtMs: number; readonly cause: Cause };
  /** The nearest free times, where its own is not free. */
  readonly nearest: readonly number[];
}

/** A computed plan. */
export interface Plan {
  readonly offer: Offer;
  readonly method: DeliveryMethod;
  readonly practitioner: Practitioner;
  readonly held: ClientPackage;
  readonly durationMinutes: number;
  /** The package's credits for this service: granted and available. */
  readonly granted: number;
  readonly available: number;
  /** In order of time; at most as many as there are credits. */
  readonly dates: readonly PlannedDate[];
  /** Dates beyond the horizon, and the local day on which the first of them can be booked. */
  readonly beyond: readonly number[];
  readonly opensOn?: string;
  /** Credits without a date before the package ends. */
  readonly dateless: number;
  /** Dates of the rhythm that were skipped because of the package's limit. */
  readonly limited?: "week" | "month";
}

/** Computes a plan; undefined: the package, its service or the practitioner is not available. */
export async function proposePlan(
  books: ReadBooks,
  practice: Practice,
  question: PlanQuestion,
  nowMs: number,
): Promise<Plan | undefined> {
  const basis = await basisOf(books, practice, question, nowMs);
  if (basis === undefined) return undefined;
  const { held, practitioner, search, available, taken, counted } = basis;
  const busyAt = busyOf(basis);
  const places: (Pick<PlannedDate, "wantedMs" | "startsAtMs" | "notFree"> & { readonly isLeft: boolean })[] = [];
  const besides: Busy[] = [];
  const beyond: number[] = [];
  const most = Math.min(available, mostPlanned);
  let limited: "week" | "month" | undefined;
  for (const wantedMs of startsInRhythm(question.rhythm, question.zone, practice.weekStartsOn)) {
    if (places.length + beyond.length >= most || wantedMs >= overAtMs(held, practice.timezone)) break;
    const isLeft = question.left.includes(wantedMs);
    const startsAtMs = question.instead.get(wantedMs) ?? wantedMs;
    // A skipped or blocked date keeps its week, so that the list does not shift under the client.
    const others = [...places.map((one) => one.startsAtMs ?? one.wantedMs), ...beyond];
    const problem = problemAt({ ...basis, available: 1, countedStartsAtMs: [...counted, ...others] }, startsAtMs);
    if (problem !== undefined) {
      if (problem.reason === "limit-reached") limited ??= problem.per;
      continue;
    }
    const cause = await checkSlot(books, { ...search, besides }, practitioner, startsAtMs);
    if (cause?.because === "too-far") beyond.push(wantedMs);
    else if (cause === undefined && !isLeft) {
      places.push({ wantedMs, startsAtMs, isLeft });
      besides.push(busyAt(startsAtMs));
    } else {
      const notFree = isLeft || cause === undefined ? undefined : { startsAtMs, cause: withoutBooking(cause) };
      places.push({ wantedMs, isLeft, ...given({ notFree }) });
    }
  }
  const free = places.some((one) => one.startsAtMs === undefined && !one.isLeft)
    ? (await findSlots(books, { ...search, besides, practitioners: [practitioner] })).map((slot) => slot.startsAtMs)
    : [];
  const kept = places.filter(({ isLeft }) => !isLeft);
  const [firstBeyond] = beyond;
  return {
    ...basis,
    dates: places.map((place): PlannedDate => {
      const { wantedMs, startsAtMs, notFree, isLeft } = place;
      const isOpen = startsAtMs === undefined && !isLeft;
      return {
        wantedMs,
        nearest: isOpen ? nearestIn(free, wantedMs, between(places, wantedMs, question.rhythm), 3) : [],
        ...given({ startsAtMs, notFree }),
        ...(isLeft ? {} : { number: taken + kept.indexOf(place) + 1 }),
      };
    }),
    beyond,
    ...(firstBeyond === undefined ? {} : { opensOn: opensOn(basis, firstBeyond) }),
    dateless: most - places.length - beyond.length,
    ...given({ limited }),
  };
}

/** Other free times for one date of a plan, between its neighbours; the nearest ones, ascending. */
export async function otherTimes(
  books: ReadBooks,
  practice: Practice,
  question: PlanQuestion,
  { wantedMs, nowMs }: { readonly wantedMs: number; readonly nowMs: number },
): Promise<readonly number[]> {
  const plan = await proposePlan(books, practice, question, nowMs);
  const basis = await basisOf(books, practice, question, nowMs);
  if (plan === undefined || basis === undefined) return [];
  const others = plan.dates.filter((one) => one.wantedMs !== wantedMs);
  const besides = others.flatMap(({ startsAtMs }) => (startsAtMs === undefined ? [] : [busyOf(basis)(startsAtMs)]));
  const found = await findSlots(books, { ...basis.search, besides, practitioners: [basis.practitioner] });
  const own = plan.dates.find((one) => one.wantedMs === wantedMs)?.startsAtMs;
  const free = found.map((slot) => slot.startsAtMs).filter((ms) => ms !== own);
  return nearestIn(free, own ?? wantedMs, between(plan.dates, wantedMs, question.rhythm), 9);
}

/** The parts of a plan that do not depend on its rhythm. */
export interface Basis {
  readonly offer: Offer;
  readonly method: DeliveryMethod;
  readonly practitioner: Practitioner;
  readonly held: ClientPackage;
  readonly durationMinutes: number;
  readonly granted: number;
  readonly available: number;
  readonly taken: number;
  readonly counted: readonly number[];
  readonly limits: ClientPackage["frozen"]["limits"];
  readonly weekStartsOn: Practice["weekStartsOn"];
  readonly practiceZone: string;
  readonly practitionerZone: string;
  readonly search: Omit<SlotSearch, "practitioners">;
}

/** Undefined: the package, its service or the practitioner is not available. */
export async function basisOf(
  books: ReadBooks,
  practice: Practice,
  question: Omit<PlanQuestion, "rhythm" | "zone" | "left" | "instead">,
  nowMs: number,
): Promise<Basis | undefined> {
  const { clientId, clientPackageId, serviceId } = question;
  const held = await books.packages.findGrant(practice.id, clientPackageId);
  if (held === undefined || held.clientId !== clientId) return undefined;
  const within = await servicesOfPackage(books, practice.id, clientPackageId);
  const offer = await findOffer(books, practice, clientId, serviceId, within);
  const method = offer === undefined ? undefined : findMethod(offer.service, question.methodKey);
  const practitioner = offer?.practitioners.find(({ id }) => id === question.practitionerId);
  if (offer === undefined || method === undefined || practitioner === undefined) return undefined;
  const balance = readLedger(await books.packages.listEntries(practice.id, held.id)).byService.get(serviceId);
  const { granted = 0, available = 0, reserved = 0, consumed = 0, forfeited = 0 } = balance ?? {};
  return {
    offer,
    method,
    practitioner,
    held,
    durationMinutes: offeringOf(practice, offer.service, method).durationMinutes,
    granted,
    available,
    taken: reserved + consumed + forfeited,
    counted: await books.bookings.countedStartsOfPackage(practice.id, held.id),
    limits: held.frozen.limits,
    weekStartsOn: practice.weekStartsOn,
    practiceZone: practice.timezone,
    practitionerZone: practitioner.schedule.timezone,
    search: { practice, service: offer.service, method, clientId, clientPackageId, nowMs },
  };
}

/** The practitioner's time that one session of the plan takes. */
export function busyOf({ offer, method, search: { practice } }: Pick<Basis, "offer" | "method" | "search">) {
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes } = offeringOf(practice, offer.service, method);
  return (startsAtMs: number): Busy => ({
    startsAtMs,
    endsAtMs: startsAtMs + durationMinutes * minuteMs,
    bufferBeforeMinutes,
    bufferAfterMinutes,
  });
}

/** The instants between which a date may move, so that sessions keep their order and stay near their rhythm. */
function between(
  places: readonly { readonly wantedMs: number; readonly startsAtMs?: number }[],
  wantedMs: number,
  { everyWeeks }: Rhythm,
): readonly [number, number] {
  const at = places.findIndex((one) => one.wantedMs === wantedMs);
  const half = (everyWeeks * 7 * dayMs) / 2;
  const edge = (place: (typeof places)[number] | undefined, else_: number) =>
    place === undefined ? else_ : (place.startsAtMs ?? (place.wantedMs + wantedMs) / 2);
  const after = Math.max(wantedMs - half, edge(places[at - 1], 0));
  return [after, Math.min(wantedMs + half, edge(places[at + 1], Number.POSITIVE_INFINITY))];
}

function nearestIn(
  free: readonly number[],
  aroundMs: number,
  [after, before]: readonly [number, number],
  count: number,
): readonly number[] {
  const within = free.filter((ms) => after < ms && ms < before);
  const slots = within.map((startsAtMs) => ({ startsAtMs, practitionerIds: [] }));
  return nearest(slots, aroundMs, count).map(({ startsAtMs }) => startsAtMs);
}

/** The local day on which a start enters the horizon (D3.5). */
function opensOn({ search: { practice, service, method }, practitionerZone }: Basis, startsAtMs: number): string {
  return dateOfDay(localDayOf(practitionerZone, startsAtMs) - offeringOf(practice, service, method).horizonDays);
}

/**
 * The weekdays and times of day that are free most often in the coming weeks, the best first; minutes since midnight.
 */
export async function rhythmsOnOffer(
  books: ReadBooks,
  practice: Practice,
  question: Omit<PlanQuestion, "rhythm" | "left" | "instead">,
  nowMs: number,
): Promise<readonly { readonly day: number; readonly startsAtMs: number; readonly weeks: number }[]> {
  const basis = await basisOf(books, practice, question, nowMs);
  if (basis === undefined) return [];
  const found = await findSlots(books, { ...basis.search, practitioners: [basis.practitioner] });
  const byTime = new Map<string, { day: number; startsAtMs: number; weeks: number }>();
  for (const { startsAtMs } of found) {
    const localDay = localDayOf(question.zone, startsAtMs);
    const weekday = weekdays.indexOf(weekdayOfDay(localDay));
    const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: question.zone }).format(startsAtMs);
    const key = `${weekday} ${clock}`;
    const known = byTime.get(key) ?? { day: weekday, startsAtMs, weeks: 0 };
    byTime.set(key, { ...known, weeks: known.weeks + 1 });
  }
  return [...byTime.values()].sort((a, b) => b.weeks - a.weeks || a.startsAtMs - b.startsAtMs);
}
