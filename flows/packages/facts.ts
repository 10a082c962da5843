import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { findPackage, listPackages, type PackageSeen } from "../../src/desk/packages/packages.ts";
import { type CreditEntry, expiredNow } from "../../src/domain/credits.ts";
import { overAtMs, type PackageNews } from "../../src/domain/package.ts";
import { given } from "../../src/given.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { PackagesContext } from "./machine.ts";

const linesAPage = 8;

export interface ListFacts {
  readonly packages: readonly PackageSeen[];
  readonly practice: string;
  readonly locale: string;
  readonly nowMs: number;
}

export async function listingFacts(_context: PackagesContext, turn: Turn): Promise<ListFacts> {
  const { practice, nowMs } = turn;
  const packages = await listPackages(turn.books, practice, clientIdOf(turn.actor), nowMs);
  return { packages, practice: practice.name, locale: practice.locale, nowMs };
}

export interface DetailFacts {
  readonly seen: PackageSeen;
  /** The name of each of its services, by id. */
  readonly services: ReadonlyMap<string, string>;
  readonly locale: string;
  readonly nowMs: number;
  readonly news?: PackageNews;
}

/** One package. Undefined: it no longer exists, or belongs to another person. */
export async function showingFacts(context: PackagesContext, turn: Turn): Promise<DetailFacts | undefined> {
  const { practice, nowMs } = turn;
  if (context.packageId === undefined) return undefined;
  const own = { clientId: clientIdOf(turn.actor), id: context.packageId, nowMs };
  const seen = await findPackage(turn.books, practice, own);
  if (seen === undefined) return undefined;
  const { news } = context;
  const services = await serviceNames(turn);
  return { seen, services, locale: practice.locale, nowMs, ...given({ news }) };
}

/** A line of the ledger with the session it is about. */
export interface HistoryLine {
  readonly entry: Pick<CreditEntry, "kind" | "amount" | "reason" | "atMs">;
  readonly service: string;
  readonly sessionAtMs?: number;
}

export interface HistoryFacts {
  readonly name: string;
  /** The newest first. */
  readonly lines: readonly HistoryLine[];
  readonly page: number;
  readonly hasMore: boolean;
  readonly reader: Reader;
}

/** One page of a package's credit history. Expired credits are listed even before the ledger records them. */
export async function historyFacts(context: PackagesContext, turn: Turn): Promise<HistoryFacts | undefined> {
  const found = await showingFacts(context, turn);
  if (found === undefined) return undefined;
  const { held, ledger } = found.seen;
  const entries = await turn.books.packages.listEntries(held.practiceId, held.id);
  const overMs = overAtMs(held, turn.practice.timezone);
  const isOver = turn.nowMs >= overMs;
  const unsaid = [...ledger.byService].flatMap(([serviceId, balance]): CreditEntry[] => {
    const amount = expiredNow(balance, isOver).expired - balance.expired;
    return amount === 0 ? [] : [{ kind: "expire", serviceId, amount, actor: "desk", atMs: overMs - 1 }];
  });
  const all = [...entries, ...unsaid].reverse();
  const shown = all.slice(context.page * linesAPage, (context.page + 1) * linesAPage);
  const lines: HistoryLine[] = [];
  for (const { kind, amount, reason, atMs, serviceId, bookingId } of shown) {
    const booking = bookingId === undefined ? undefined : await turn.books.bookings.find(held.practiceId, bookingId);
    const entry = { kind, amount, atMs, ...given({ reason }) };
    const service = booking?.frozen.publicName ?? found.services.get(serviceId) ?? serviceId;
    lines.push({ entry, service, ...given({ sessionAtMs: booking?.startsAtMs }) });
  }
  return {
    name: held.frozen.name,
    lines,
    page: context.page,
    hasMore: all.length > (context.page + 1) * linesAPage,
    reader: turn.reader,
  };
}

async function serviceNames(turn: Turn): Promise<ReadonlyMap<string, string>> {
  const services = await turn.books.catalogue.listServices(turn.practice.id);
  return new Map(services.map(({ id, publicName }) => [id, publicName]));
}
