import type { ReadBooks } from "../../../db/store.ts";
import type { Busy } from "../../domain/availability.ts";
import { readLedger } from "../../domain/credits.ts";
import { dateOfDay } from "../../domain/local-date.ts";
import { type ClientPackage, overAtMs, problemAt } from "../../domain/package.ts";
import { type Rhythm, startsInRhythm } from "../../domain/plan.ts";
import type { DeliveryMethod, Practice, Practitioner } from "../../domain/practice.ts";
import { offeringOf } from "../../domain/service.ts";
import { dayMs, minuteMs } from "../../domain/units.ts";
import { localDayOf } from "../../domain/zone.ts";
import { findMethod, findOffer, type Offer } from "../booking/offers.ts";
import { checkSlot, findSlots, nearest, type SlotSearch } from "../booking/slots.ts";
import { servicesOfPackage } from "./packages.ts";

/** As many as a card can name. */
export const mostPlanned = 20;

/** What is planned: a service of a package, with one person, in a rhythm. */
export interface PlanWish {
  readonly clientId: string;
  readonly clientPackageId: string;
  readonly serviceId: string;
  readonly methodKey: string;
  readonly practitionerId: string;
  readonly rhythm: Rhythm;
  /** In which the rhythm's wall time is meant: the client's, or the venue's. */
  readonly zone: string;
  /** Starts of the rhythm that the client leaves out. */
  readonly left: readonly number[];
  /** Other times the client took, by the start of the rhythm they stand for. */
  readonly instead: ReadonlyMap<number, number>;
}

/** One date of the rhythm. */
export interface PlannedDate {
  /** The start in the rhythm; names the date. */
  readonly wantedMs: number;
  /** The time it has; absent where that is not free, or is left out. */
  readonly startsAtMs?: number;
  /** Which of the package's credits for this service; absent where it is left out. */
  readonly number?: number;
  /** Free times next to it, where its own is not free. */
  readonly nearest: readonly number[];
}

/** A plan as it stands now. */
export interface Plan {
  readonly offer: Offer;
  readonly method: DeliveryMethod;
  readonly practitioner: Practitioner;
  readonly held: ClientPackage;
  readonly durationMinutes: number;
  /** Of the package's credits for this service: how many there are, and how many are free. */
  readonly granted: number;
  readonly available: number;
  /** In time; no more than there are credits. */
  readonly dates: readonly PlannedDate[];
  /** Dates that cannot be booked yet, and the local day on which the first of them can. */
  readonly beyond: readonly number[];
  readonly opensOn?: string;
  /** Credits for which there is no date before the package ends. */
  readonly dateless: number;
  /** Dates of the rhythm that were passed over because of the package's own limit. */
  readonly limited?: "week" | "month";
}

/** What the wish comes to; undefined where the package, its service or the person is not to be had. */
export async function proposePlan(
  books: ReadBooks,
  practice: Practice,
  wish: PlanWish,
  nowMs: number,
): Promise<Plan | undefined> {
  const basis = await basisOf(books, practice, wish, nowMs);
  if (basis === undefined) return undefined;
  const { held, practitioner, search, available, taken, counted } = basis;
  const busyAt = busyOf(basis);
  const places: { wantedMs: number; startsAtMs?: number; isLeft: boolean }[] = [];
  const besides: Busy[] = [];
  const beyond: number[] = [];
  const most = Math.min(available, mostPlanned);
  let limited: "week" | "month" | undefined;
  for (const wantedMs of startsInRhythm(wish.rhythm, wish.zone, practice.weekStartsOn)) {
    if (places.length + beyond.length >= most || wantedMs >= overAtMs(held, practice.timezone)) break;
    const isLeft = wish.left.includes(wantedMs);
    const startsAtMs = wish.instead.get(wantedMs) ?? wantedMs;
    // A date that waits for another time, or was left out, keeps its week: the list must not shift under the client.
    const others = [...places.map((one) => one.startsAtMs ?? one.wantedMs), ...beyond];
    const problem = problemAt({ ...basis, available: 1, countedStartsAtMs: [...counted, ...others] }, startsAtMs);
    if (problem !== undefined) {
      if (problem.reason === "limit-reached") limited ??= problem.per;
      continue;
    }
    const decision = await checkSlot(books, { ...search, besides }, practitioner, startsAtMs);
    if (!decision.ok && decision.refusal === "too-late") beyond.push(wantedMs);
    else if (decision.ok && !isLeft) {
      places.push({ wantedMs, startsAtMs, isLeft });
      besides.push(busyAt(startsAtMs));
    } else places.push({ wantedMs, isLeft });
  }
  const free = places.some((one) => one.startsAtMs === undefined && !one.isLeft)
    ? (await findSlots(books, { ...search, besides, practitioners: [practitioner] })).map((slot) => slot.startsAtMs)
    : [];
  const kept = places.filter(({ isLeft }) => !isLeft);
  const [firstBeyond] = beyond;
  return {
    ...basis,
    dates: places.map((place): PlannedDate => {
      const { wantedMs, startsAtMs, isLeft } = place;
      const isOpen = startsAtMs === undefined && !isLeft;
      return {
        wantedMs,
        nearest: isOpen ? nearestIn(free, wantedMs, between(places, wantedMs, wish.rhythm), 3) : [],
        ...(startsAtMs === undefined ? {} : { startsAtMs }),
        ...(isLeft ? {} : { number: taken + kept.indexOf(place) + 1 }),
      };
    }),
    beyond,
    ...(firstBeyond === undefined ? {} : { opensOn: opensOn(basis, firstBeyond) }),
    dateless: most - places.length - beyond.length,
    ...(limited === undefined ? {} : { limited }),
  };
}

/** Other free times for one date of a plan, between its neighbours, the nearest of them in time. */
export async function otherTimes(
  books: ReadBooks,
  practice: Practice,
  wish: PlanWish,
  { wantedMs, nowMs }: { readonly wantedMs: number; readonly nowMs: number },
): Promise<readonly number[]> {
  const plan = await proposePlan(books, practice, wish, nowMs);
  const basis = await basisOf(books, practice, wish, nowMs);
  if (plan === undefined || basis === undefined) return [];
  const others = plan.dates.filter((one) => one.wantedMs !== wantedMs);
  const besides = others.flatMap(({ startsAtMs }) => (startsAtMs === undefined ? [] : [busyOf(basis)(startsAtMs)]));
  const found = await findSlots(books, { ...basis.search, besides, practitioners: [basis.practitioner] });
  const own = plan.dates.find((one) => one.wantedMs === wantedMs)?.startsAtMs;
  const free = found.map((slot) => slot.startsAtMs).filter((ms) => ms !== own);
  return nearestIn(free, own ?? wantedMs, between(plan.dates, wantedMs, wish.rhythm), 9);
}

/** What a plan is made of, whatever its rhythm. */
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

/** Undefined where the package, its service or the person is not to be had. */
export async function basisOf(
  books: ReadBooks,
  practice: Practice,
  wish: Omit<PlanWish, "rhythm" | "zone" | "left" | "instead">,
  nowMs: number,
): Promise<Basis | undefined> {
  const { clientId, clientPackageId, serviceId } = wish;
  const held = await books.packages.findGrant(practice.id, clientPackageId);
  if (held === undefined || held.clientId !== clientId) return undefined;
  const within = await servicesOfPackage(books, practice.id, clientPackageId);
  const offer = await findOffer(books, practice, clientId, serviceId, within);
  const method = offer === undefined ? undefined : findMethod(offer.service, wish.methodKey);
  const practitioner = offer?.practitioners.find(({ id }) => id === wish.practitionerId);
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

/** Between which instants a date may be moved, so that the sessions stay in their order and near their rhythm. */
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

/** The local day on which a start comes within the horizon (D3.5). */
function opensOn({ search: { practice, service, method }, practitionerZone }: Basis, startsAtMs: number): string {
  return dateOfDay(localDayOf(practitionerZone, startsAtMs) - offeringOf(practice, service, method).horizonDays);
}

/** Days of the week and clock times that are free most often in the weeks to come, the best first; minutes since midnight. */
export async function rhythmsOnOffer(
  books: ReadBooks,
  practice: Practice,
  wish: Omit<PlanWish, "rhythm" | "left" | "instead">,
  nowMs: number,
): Promise<readonly { readonly day: number; readonly startsAtMs: number; readonly weeks: number }[]> {
  const basis = await basisOf(books, practice, wish, nowMs);
  if (basis === undefined) return [];
  const found = await findSlots(books, { ...basis.search, practitioners: [basis.practitioner] });
  const byTime = new Map<string, { day: number; startsAtMs: number; weeks: number }>();
  for (const { startsAtMs } of found) {
    const localDay = localDayOf(wish.zone, startsAtMs);
    const weekday = (((localDay + 3) % 7) + 7) % 7;
    const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: wish.zone }).format(startsAtMs);
    const key = `${weekday} ${clock}`;
    const known = byTime.get(key) ?? { day: weekday, startsAtMs, weeks: 0 };
    byTime.set(key, { ...known, weeks: known.weeks + 1 });
  }
  return [...byTime.values()].sort((a, b) => b.weeks - a.weeks || a.startsAtMs - b.startsAtMs);
}
