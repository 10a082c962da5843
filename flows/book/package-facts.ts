import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { listOffers } from "../../src/desk/booking/offers.ts";
import { listPackages, type PackageSeen, problemOfSession } from "../../src/desk/packages/packages.ts";
import type { Money } from "../../src/domain/money.ts";
import type { PackageProblem } from "../../src/domain/package.ts";
import { given } from "../../src/given.ts";
import type { BookContext } from "./context.ts";
import { askedFor, type Progress, progressAt } from "./facts.ts";
import { ownBooking, packageOf } from "./own.ts";
import { findOwnPackage } from "./packages.ts";

export interface ChoosingPackageFacts {
  readonly packages: readonly PackageSeen[];
  readonly progress: Progress;
  readonly locale: string;
  readonly nowMs: number;
  /** What the words asked for; blank for nothing. */
  readonly askedFor: string;
}

export async function choosingPackageFacts(context: BookContext, turn: Turn): Promise<ChoosingPackageFacts> {
  const { practice, nowMs } = turn;
  const packages = await listPackages(turn.books, practice, clientIdOf(turn.actor), nowMs);
  return {
    packages,
    progress: await progressAt("package", context, turn),
    askedFor: await askedFor(context, turn),
    locale: practice.locale,
    nowMs,
  };
}

export interface PackageLostFacts {
  readonly service: string;
  readonly name?: string;
  readonly problem?: PackageProblem;
  /** The chosen time, if it can be booked without a package. */
  readonly startsAtMs?: number;
  readonly price?: Money;
  readonly hasOthers: boolean;
  readonly locale: string;
  readonly nowMs: number;
}

/** Why the package can no longer be used, and what can be done instead (case 14). */
export async function packageLostFacts(context: BookContext, turn: Turn): Promise<PackageLostFacts> {
  const { practice, books, nowMs } = turn;
  const booking = await ownBooking(turn, context.bookingId);
  const id = packageOf(context.packageChoice);
  const seen = id === undefined ? undefined : await findOwnPackage(id, turn);
  const problem =
    seen?.problem ??
    (seen === undefined || booking === undefined
      ? undefined
      : await problemOfSession(books, practice, seen.held, booking));
  const others = (await listPackages(books, practice, clientIdOf(turn.actor), nowMs)).filter(
    ({ held }) => held.id !== id,
  );
  const offers = await listOffers(books, practice, clientIdOf(turn.actor));
  const service = offers.find((offer) => offer.service.id === context.serviceId)?.service;
  const startsAtMs = booking?.startsAtMs ?? context.wantedMs;
  const price = booking?.frozen.price ?? service?.price;
  return {
    service: booking?.frozen.publicName ?? service?.publicName ?? "",
    hasOthers: others.some((one) => one.problem === undefined),
    locale: practice.locale,
    nowMs,
    ...given({
      name: seen?.held.frozen.name,
      problem,
      startsAtMs: service === undefined ? undefined : startsAtMs,
      price,
    }),
  };
}
