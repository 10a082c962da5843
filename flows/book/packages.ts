import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { findPackage, listPackages, type PackageSeen } from "../../src/desk/packages/packages.ts";
import type { Balance } from "../../src/domain/credits.ts";
import type { PackageChoice } from "./context.ts";
import type { BookEvent, BookOrder } from "./events.ts";
import { packageOf } from "./own.ts";

/** The services that may be chosen. Of a package, those with a credit left. Undefined: all. */
export async function servicesLeft(
  choice: PackageChoice | undefined,
  turn: Turn,
): Promise<readonly string[] | undefined> {
  const id = packageOf(choice);
  if (id === undefined) return undefined;
  return (await findOwnPackage(id, turn))?.services ?? [];
}

/** The credits left in a package for each of its services, by id. Undefined: no package. */
export async function creditsLeft(
  choice: PackageChoice | undefined,
  turn: Turn,
): Promise<ReadonlyMap<string, Balance> | undefined> {
  const id = packageOf(choice);
  return id === undefined ? undefined : (await findOwnPackage(id, turn))?.ledger.byService;
}

/** One of this client's packages. Undefined: there is none, or it belongs to another person. */
export function findOwnPackage(id: string, turn: Turn): Promise<PackageSeen | undefined> {
  return findPackage(turn.books, turn.practice, { clientId: clientIdOf(turn.actor), id, nowMs: turn.nowMs });
}

/**
 * The package for a session, where no question is needed: the one that was named, the only usable one if any was asked
 * for (D6.5), the one chosen before, or none if none is usable.
 */
export async function decidePackage(
  { back, said, before, services = [] }: BookOrder & { type: "offerPackages" },
  turn: Turn,
): Promise<BookEvent | undefined> {
  const packages = await listPackages(turn.books, turn.practice, clientIdOf(turn.actor), turn.nowMs);
  const usable = packages.filter(({ problem }) => problem === undefined);
  if (back) return usable.length > 0 ? undefined : { type: "given.up" };
  if (said === "without") return chosen({ without: true });
  const named = typeof said === "object" ? packages.filter(({ held }) => said.ids.includes(held.id)) : [];
  const fits = usable.filter((one) => services.length === 0 || services.some((id) => one.services.includes(id)));
  if (named.length > 0) return onlyOf(named.filter(({ problem }) => problem === undefined));
  const wantsAny = said === "any" && packages.length > 0;
  if (wantsAny || (said === "next" && fits.length === 1)) return onlyOf(fits);
  if (before !== undefined && ("without" in before || fits.some(({ held }) => held.id === before.packageId))) {
    return chosen(before);
  }
  return fits.length > 0 ? undefined : chosen({ without: true });
}

function onlyOf(packages: readonly PackageSeen[]): BookEvent | undefined {
  const [only, ...more] = packages;
  return only === undefined || more.length > 0 ? undefined : chosen({ packageId: only.held.id });
}

function chosen(choice: PackageChoice): BookEvent {
  return { type: "package.chosen", choice };
}
