import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import {
  type Balance,
  type CreditStanding,
  expiredNow,
  type Ledger,
  placeInLedger,
  readLedger,
} from "../../domain/credits.ts";
import { type ClientPackage, overAtMs, type PackageProblem, problemAt, problemNow } from "../../domain/package.ts";
import type { Practice } from "../../domain/practice.ts";

/** A client's package with what is left of it, as it stands now. */
export interface PackageSeen {
  readonly held: ClientPackage;
  readonly ledger: Ledger;
  /** Over all its services; what has expired is counted so whether or not the ledger says it yet. */
  readonly total: Balance;
  /** The services it still has a credit for, in its own order; none once it is over. */
  readonly services: readonly string[];
  /** Why nothing can be booked from it now (D6.3). */
  readonly problem?: PackageProblem;
  /** It can be used, but today's week or month is full. */
  readonly waits?: PackageProblem & { readonly reason: "limit-reached" };
}

/** A client's packages, those given first before the others. */
export async function listPackages(
  books: ReadBooks,
  practice: Practice,
  clientId: string,
  nowMs: number,
): Promise<readonly PackageSeen[]> {
  const seen: PackageSeen[] = [];
  for (const held of await books.packages.listGrants(practice.id, clientId)) {
    seen.push(await look(books, practice, held, nowMs));
  }
  return seen;
}

/** One of `listPackages`; undefined when it is gone or somebody else's. */
export async function findPackage(
  books: ReadBooks,
  practice: Practice,
  { clientId, id, nowMs }: { readonly clientId: string; readonly id: string; readonly nowMs: number },
): Promise<PackageSeen | undefined> {
  const held = await books.packages.findGrant(practice.id, id);
  return held?.clientId === clientId ? look(books, practice, held, nowMs) : undefined;
}

/** What a booking has of its package: which of how many credits, and where that credit is. */
export interface PackageUse {
  readonly name: string;
  /** Of the credits of this service, counted from 1; a draft's is the one it would take. */
  readonly number: number;
  readonly of: number;
  /** Absent: not taken yet, or given back. */
  readonly standing?: CreditStanding;
  /** Credits of this service that nothing has taken. */
  readonly left: number;
}

/** The package a booking is taken from, or undefined when it is from none. */
export async function packageUse(books: ReadBooks, booking: Booking): Promise<PackageUse | undefined> {
  const { practiceId, clientPackageId, serviceId } = booking;
  const held = clientPackageId === undefined ? undefined : await books.packages.findGrant(practiceId, clientPackageId);
  if (held === undefined) return undefined;
  const ledger = readLedger(await books.packages.listEntries(practiceId, held.id));
  const balance = ledger.byService.get(serviceId);
  const place = placeInLedger(ledger, booking.id);
  const standing = ledger.standings.get(booking.id)?.standing;
  const left = balance?.available ?? 0;
  const of = balance?.granted ?? 0;
  const taken = (balance?.reserved ?? 0) + (balance?.consumed ?? 0) + (balance?.forfeited ?? 0);
  return {
    name: held.frozen.name,
    number: place?.number ?? Math.min(of, taken + 1),
    of,
    left,
    ...(standing === undefined ? {} : { standing }),
  };
}

/** Why this session cannot be taken from a package at this start (D6.4); undefined: it can. Lock the package to rely on it. */
export async function problemOfSession(
  books: ReadBooks,
  practice: Practice,
  held: ClientPackage,
  session: Pick<Booking, "id" | "serviceId" | "practitionerId" | "startsAtMs">,
): Promise<PackageProblem | undefined> {
  const ledger = readLedger(await books.packages.listEntries(practice.id, held.id));
  const practitioner = await books.people.findPractitioner(practice.id, session.practitionerId);
  return problemAt(
    {
      held,
      available: ledger.byService.get(session.serviceId)?.available ?? 0,
      limits: held.frozen.limits,
      countedStartsAtMs: await books.bookings.countedStartsOfPackage(practice.id, held.id, session.id),
      weekStartsOn: practice.weekStartsOn,
      practiceZone: practice.timezone,
      practitionerZone: practitioner?.schedule.timezone ?? practice.timezone,
    },
    session.startsAtMs,
  );
}

/** The services a package was given for, whatever is left of them; undefined for no package. One that is gone has none. */
export async function servicesOfPackage(
  books: ReadBooks,
  practiceId: string,
  clientPackageId: string | undefined,
): Promise<readonly string[] | undefined> {
  if (clientPackageId === undefined) return undefined;
  const held = await books.packages.findGrant(practiceId, clientPackageId);
  return held?.frozen.items.map(({ serviceId }) => serviceId) ?? [];
}

async function look(books: ReadBooks, practice: Practice, held: ClientPackage, nowMs: number): Promise<PackageSeen> {
  const ledger = readLedger(await books.packages.listEntries(practice.id, held.id));
  const isOver = nowMs >= overAtMs(held, practice.timezone);
  const ids = held.frozen.items.map(({ serviceId }) => serviceId);
  const services = isOver ? [] : ids.filter((id) => (ledger.byService.get(id)?.available ?? 0) > 0);
  const total = expiredNow(ledger.total, isOver);
  return { held, ledger, total, services, ...(await usability(books, practice, { held, total, nowMs })) };
}

/** Usable where it is usable with any of the people who give its services, each on their own calendar. */
async function usability(
  books: ReadBooks,
  practice: Practice,
  { held, total, nowMs }: { readonly held: ClientPackage; readonly total: Balance; readonly nowMs: number },
) {
  const own = (await books.catalogue.listServices(practice.id)).filter(({ id }) =>
    held.frozen.items.some(({ serviceId }) => serviceId === id),
  );
  const givers = (await books.people.listPractitioners(practice.id)).filter(({ id }) =>
    own.some(({ practitionerIds }) => practitionerIds.includes(id)),
  );
  const zones = new Set(givers.map(({ schedule }) => schedule.timezone));
  const horizonDays = Math.max(...own.map(({ policies }) => policies.horizonDays ?? practice.policies.horizonDays), 0);
  const rule = {
    held,
    available: total.available,
    limits: held.frozen.limits,
    countedStartsAtMs: await books.bookings.countedStartsOfPackage(practice.id, held.id),
    weekStartsOn: practice.weekStartsOn,
    practiceZone: practice.timezone,
  };
  const found = [...(zones.size === 0 ? [practice.timezone] : zones)].map((practitionerZone) =>
    problemNow({ ...rule, practitionerZone }, { nowMs, horizonDays }),
  );
  return (
    found.find(({ problem, waits }) => problem === undefined && waits === undefined) ??
    found.find(({ problem }) => problem === undefined) ??
    found[0] ??
    {}
  );
}
