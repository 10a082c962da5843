import type { ReadBooks } from "../../../db/store.ts";
import {
  type Busy,
  listSlots,
  type NotFree,
  nearestSlots,
  type PackageRule,
  type SlotQuestion,
  whyNotFree,
} from "../../domain/availability.ts";
import { overAtMs } from "../../domain/package.ts";
import type { DeliveryMethod, Practice, Practitioner, Service } from "../../domain/practice.ts";
import { offeringOf } from "../../domain/service.ts";
import { dayMs } from "../../domain/units.ts";
import { startOfLocalDay } from "../../domain/zone.ts";
import { given } from "../../given.ts";
import { withAbsences } from "../practice/absences.ts";

/** A search for times: a service by one method, with any of these practitioners, for this client. */
export interface SlotSearch {
  readonly practice: Practice;
  readonly service: Service;
  readonly method: DeliveryMethod;
  readonly practitioners: readonly Practitioner[];
  /** Ignores this client's own holds: the holder still sees the time as free. */
  readonly clientId: string;
  /** The booking being moved: its claims and its count towards the limits are ignored (case 16). */
  readonly exceptBookingId?: string;
  /** The client package that pays: only starts within its days and limits (D6.2, D6.4). */
  readonly clientPackageId?: string;
  /** Counts this client's own holds too: for a practitioner, who cannot move a session onto them. */
  readonly countsOwnHolds?: true;
  /** Sessions planned together with this one: they take the practitioner's time and count towards every limit. */
  readonly besides?: readonly Busy[];
  readonly nowMs: number;
}

/** A free start, with the practitioners who are free then, in file order. */
export interface FreeSlot {
  readonly startsAtMs: number;
  readonly practitionerIds: readonly string[];
}

/** Every free start from now to the horizon, ascending, over all the practitioners. */
export async function findSlots(books: ReadBooks, search: SlotSearch): Promise<readonly FreeSlot[]> {
  const toMs = search.nowMs + (offeringOf(search.practice, search.service, search.method).horizonDays + 2) * dayMs;
  const practitioners = await withAbsences(books, search.practitioners, search.nowMs);
  const byStart = new Map<number, string[]>();
  for (const practitioner of practitioners) {
    const starts = listSlots(await ask(books, search, practitioner, search.nowMs, toMs));
    const practitionerIds = [practitioner.id];
    // With one practitioner there is nothing to merge; all starts share one array.
    if (practitioners.length === 1) return starts.map((startsAtMs) => ({ startsAtMs, practitionerIds }));
    for (const startsAtMs of starts) {
      const free = byStart.get(startsAtMs);
      if (free === undefined) byStart.set(startsAtMs, [practitioner.id]);
      else free.push(practitioner.id);
    }
  }
  return [...byStart]
    .map(([startsAtMs, practitionerIds]) => ({ startsAtMs, practitionerIds }))
    .sort((a, b) => a.startsAtMs - b.startsAtMs);
}

/** Why one start is not free with one practitioner, by the rules of `findSlots` (D3.7); undefined: it is free. */
export async function checkSlot(
  books: ReadBooks,
  search: Omit<SlotSearch, "practitioners">,
  practitioner: Practitioner,
  startsAtMs: number,
): Promise<NotFree | undefined> {
  if (!Number.isSafeInteger(startsAtMs) || Math.abs(startsAtMs) > 8.64e15) return { because: "unknown" };
  return whyNotFree(
    await askAbout(books, search, practitioner, { fromMs: startsAtMs, toMs: startsAtMs + 1 }),
    startsAtMs,
  );
}

/** What is known of one practitioner's time in [fromMs, toMs), their time off included. */
export async function askAbout(
  books: ReadBooks,
  search: Omit<SlotSearch, "practitioners">,
  practitioner: Practitioner,
  { fromMs, toMs }: Pick<SlotQuestion, "fromMs" | "toMs">,
): Promise<SlotQuestion> {
  const [known = practitioner] = await withAbsences(books, [practitioner], search.nowMs);
  return ask(books, search, known, fromMs, toMs);
}

/** The `count` free starts nearest to an instant, ascending (D4.3). */
export function nearest(slots: readonly FreeSlot[], aroundMs: number, count: number): readonly FreeSlot[] {
  const starts = new Set(
    nearestSlots(
      slots.map((slot) => slot.startsAtMs),
      aroundMs,
      count,
    ),
  );
  return slots.filter((slot) => starts.has(slot.startsAtMs));
}

async function ask(
  books: ReadBooks,
  search: Omit<SlotSearch, "practitioners">,
  practitioner: Practitioner,
  fromMs: number,
  toMs: number,
): Promise<SlotQuestion> {
  const { practice, service, method, nowMs, exceptBookingId, besides = [] } = search;
  const planned = besides.map(({ startsAtMs }) => startsAtMs);
  // A buffer is at most one day long; limits count whole local months.
  const listingBusy: Promise<readonly Busy[]> = books.claims.listBusy({
    practiceId: practice.id,
    practitionerId: practitioner.id,
    fromMs: fromMs - 2 * dayMs,
    toMs: toMs + 2 * dayMs,
    nowMs,
    ...(search.countsOwnHolds ? {} : { exceptClientHoldsOf: search.clientId }),
    ...given({ exceptBookingId }),
  });
  const limited = Object.values(practitioner.schedule.limits).some((limit) => limit !== undefined);
  const [busy, packageRule, countedStartsAtMs] = await Promise.all([
    listingBusy,
    packageRuleOf(books, search),
    limited
      ? books.bookings.countedStarts(
          practice.id,
          practitioner.id,
          fromMs - 40 * dayMs,
          toMs + 40 * dayMs,
          exceptBookingId,
        )
      : [],
  ]);
  return {
    nowMs,
    fromMs,
    toMs,
    schedule: practitioner.schedule,
    weekStartsOn: practice.weekStartsOn,
    offering: offeringOf(practice, service, method),
    busy: [...busy, ...besides],
    countedStartsAtMs: [...countedStartsAtMs, ...planned],
    ...given({ packageRule }),
  };
}

/** What the package that pays allows; no start for one that is gone or another client's. */
async function packageRuleOf(
  books: ReadBooks,
  search: Omit<SlotSearch, "practitioners">,
): Promise<PackageRule | undefined> {
  const { practice, clientPackageId, exceptBookingId, besides = [] } = search;
  const planned = besides.map(({ startsAtMs }) => startsAtMs);
  if (clientPackageId === undefined) return undefined;
  const held = await books.packages.findGrant(practice.id, clientPackageId);
  if (held === undefined || held.clientId !== search.clientId) return nothingAllowed;
  const countedStartsAtMs = await books.bookings.countedStartsOfPackage(practice.id, held.id, exceptBookingId);
  return {
    fromMs: startOfLocalDay(practice.timezone, held.startsOn),
    toMs: overAtMs(held, practice.timezone),
    limits: held.frozen.limits,
    countedStartsAtMs: [...countedStartsAtMs, ...planned],
  };
}

const nothingAllowed: PackageRule = { fromMs: 0, toMs: 0, limits: {}, countedStartsAtMs: [] };
