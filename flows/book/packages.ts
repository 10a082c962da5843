import type { CardEvent } from "../../src/cards/card.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { listOffers } from "../../src/desk/booking/offers.ts";
import { findPackage, listPackages, type PackageSeen, problemOfSession } from "../../src/desk/packages/packages.ts";
import type { Balance } from "../../src/domain/credits.ts";
import type { Money } from "../../src/domain/money.ts";
import type { PackageProblem } from "../../src/domain/package.ts";
import { clientOf, ownBooking } from "./commands.ts";
import type { BookContext } from "./context.ts";
import { type Progress, progressAt } from "./facts.ts";

/** What `packageId` says where the client books without a package. */
export const withoutPackage = "none";

/** The client's package of a choice; undefined: without one. */
export function packageOf(packageId: string | undefined): string | undefined {
  return packageId === undefined || packageId === "" || packageId === withoutPackage ? undefined : packageId;
}

/** The services that may be chosen: of a package those with a credit left, undefined for all. */
export async function servicesLeft(packageId: string | undefined, turn: Turn): Promise<readonly string[] | undefined> {
  const id = packageOf(packageId);
  if (id === undefined) return undefined;
  return (await findOwn(id, turn))?.services ?? [];
}

/** What is left of a package for each of its services, by id; undefined without a package. */
export async function creditsLeft(
  packageId: string | undefined,
  turn: Turn,
): Promise<ReadonlyMap<string, Balance> | undefined> {
  const id = packageOf(packageId);
  return id === undefined ? undefined : (await findOwn(id, turn))?.ledger.byService;
}

function findOwn(id: string, turn: Turn): Promise<PackageSeen | undefined> {
  return findPackage(turn.books, turn.practice, { clientId: clientOf(turn), id, nowMs: turn.nowMs });
}

/** What was said of packages, chosen before, and asked for besides. */
export interface PackagesAsked {
  readonly back: boolean;
  readonly said: string;
  readonly before: string;
  readonly services: string;
}

/**
 * Which package a session is taken from, where that needs no asking: the one that was named, the only one that can be
 * used where any was asked for (D6.5), the one chosen before, or none where none can be used.
 */
export async function decidePackage(asked: PackagesAsked, turn: Turn): Promise<CardEvent | undefined> {
  const { back, said, before } = asked;
  const packages = await listPackages(turn.books, turn.practice, clientOf(turn), turn.nowMs);
  const usable = packages.filter(({ problem }) => problem === undefined);
  if (back) return usable.length > 0 ? undefined : { type: "given.up" };
  if (said === withoutPackage) return chosen(withoutPackage);
  const named = packages.filter(({ held }) => said.split(" ").includes(held.id));
  const services = asked.services.split(" ").filter((id) => id !== "");
  const fits = usable.filter((one) => services.length === 0 || services.some((id) => one.services.includes(id)));
  if (named.length > 0) return onlyOf(named.filter(({ problem }) => problem === undefined));
  const wantsAny = said === "any" && packages.length > 0;
  if (wantsAny || (said === "next" && fits.length === 1)) return onlyOf(fits);
  if (before === withoutPackage) return chosen(withoutPackage);
  if (fits.some(({ held }) => held.id === before)) return chosen(before);
  return fits.length > 0 ? undefined : chosen(withoutPackage);
}

function onlyOf(packages: readonly PackageSeen[]): CardEvent | undefined {
  const [only, ...more] = packages;
  return only === undefined || more.length > 0 ? undefined : chosen(only.held.id);
}

function chosen(packageId: string): CardEvent {
  return { type: "package.chosen", packageId };
}

export interface ChoosingPackageFacts {
  readonly packages: readonly PackageSeen[];
  readonly progress: Progress;
  readonly locale: string;
  readonly nowMs: number;
}

export async function choosingPackageFacts(context: BookContext, turn: Turn): Promise<ChoosingPackageFacts> {
  const { practice, nowMs } = turn;
  const packages = await listPackages(turn.books, practice, clientOf(turn), nowMs);
  return { packages, progress: await progressAt("package", context, turn), locale: practice.locale, nowMs };
}

export interface PackageLostFacts {
  readonly service: string;
  readonly name?: string;
  readonly problem?: PackageProblem;
  /** The time that was to be booked, where it can be booked without a package. */
  readonly startsAtMs?: number;
  readonly price?: Money;
  readonly hasOthers: boolean;
  readonly locale: string;
  readonly nowMs: number;
}

/** Why the package cannot be used after all, and what can be done instead (case 14). */
export async function packageLostFacts(context: BookContext, turn: Turn): Promise<PackageLostFacts> {
  const { practice, books, nowMs } = turn;
  const booking = await ownBooking(turn, context.bookingId ?? "");
  const id = packageOf(context.packageId);
  const seen = id === undefined ? undefined : await findOwn(id, turn);
  const problem =
    seen?.problem ??
    (seen === undefined || booking === undefined
      ? undefined
      : await problemOfSession(books, practice, seen.held, booking));
  const others = (await listPackages(books, practice, clientOf(turn), nowMs)).filter(({ held }) => held.id !== id);
  const offers = await listOffers(books, practice, clientOf(turn));
  const service = offers.find((offer) => offer.service.id === context.serviceId)?.service;
  const startsAtMs = booking?.startsAtMs ?? context.wantedMs;
  const price = booking?.frozen.price ?? service?.price;
  return {
    service: booking?.frozen.publicName ?? service?.publicName ?? "",
    hasOthers: others.some((one) => one.problem === undefined),
    locale: practice.locale,
    nowMs,
    ...(seen === undefined ? {} : { name: seen.held.frozen.name }),
    ...(problem === undefined ? {} : { problem }),
    ...(startsAtMs === undefined || service === undefined ? {} : { startsAtMs }),
    ...(price === undefined ? {} : { price }),
  };
}
