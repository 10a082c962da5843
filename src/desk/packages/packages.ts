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
import { given } from "../../given.ts";

/** A client's package with its balance. */
export interface PackageSeen {
  readonly held: ClientPackage;
  readonly ledger: Ledger;
  /** The balance over all services; expired credits count as expired even before the ledger records it. */
  readonly total: Balance;
  /** The services with a credit left, in the package's order; none once it is over. */
  readonly services: readonly string[];
  /** Why nothing can be booked from it now (D6.3); absent: something can. */
  readonly problem?: PackageProblem;
  /** Usable, but this week's or month's limit is reached. */
  readonly waits?: PackageProblem & { readonly reason: "limit-reached" };
}

/** A client's packages, the earliest first. */
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

/** One of `listPackages`; undefined: it is gone or another client's. */
export async function findPackage(
  books: ReadBooks,
  practice: Practice,
  { clientId, id, nowMs }: { readonly clientId: string; readonly id: string; readonly nowMs: number },
): Promise<PackageSeen | undefined> {
  const held = await books.packages.findGrant(practice.id, id);
  return held?.clientId === clientId ? look(books, practice, held, nowMs) : undefined;
}

/** A booking's share of its package: the number of its credit and the credit's standing. */
export interface PackageUse {
  readonly name: string;
  /** The number of the credit among this service's credits, from 1; a draft's is the one it would reserve. */
  readonly number: number;
  readonly of: number;
  /** Absent: not reserved yet, or returned. */
  readonly standing?: CreditStanding;
  /** Available credits of this service. */
  readonly left: number;
}

/** The package that pays for a booking; undefined: none does. */
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
    ...given({ standing }),
  };
}

/**
 * Why the package cannot pay for this session at this start (D6.4); undefined: it can. Lock the package first to rely
 * on the answer.
 */
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

/** The services of a package, whatever is left of them; undefined for no package, empty for one that is gone. */
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

/** The package is usable if it is usable with any practitioner of its services, each on their own calendar. */
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
