import type { Booking } from "../../domain/booking.ts";
import { type CreditKind, type CreditMove, decideCredit, type Ledger, readLedger } from "../../domain/credits.ts";
import { dateOfDay, dayOfDate } from "../../domain/local-date.ts";
import { type ClientPackage, overAtMs, type PackageProblem } from "../../domain/package.ts";
import { localDayOf } from "../../domain/zone.ts";
import { given } from "../../given.ts";
import { type Actor, actorName } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { startWithPractitioner } from "../telling/announce.ts";
import { givesPackage } from "./assign-package.ts";
import { setPackageTimers, tellOfExtension } from "./package-news.ts";
import { problemOfSession } from "./packages.ts";

/*
 * The credits of package bookings (D6.2). The caller has locked the booking. Each function then locks the package, which
 * comes before a practitioner in the lock order, and does nothing for a booking without a package.
 */

export type ReserveResult = { readonly ok: true } | { readonly ok: false; readonly problem: PackageProblem };

/**
 * Reserves a credit for a session being requested. Days, limits and balance are judged here, at the session's start,
 * and not again (D6.4): of two requests for the last credit one is refused (case 14).
 */
export async function reserveCredit(desk: Desk, actor: Actor, booking: Booking): Promise<ReserveResult> {
  const problem = await creditProblem(desk, booking);
  if (problem !== undefined) return { ok: false, problem };
  const found = await open(desk, booking);
  if (found !== undefined) await move(desk, actor, found, { kind: "reserve", ...creditOf(booking) });
  return { ok: true };
}

/**
 * Why no credit can be reserved; undefined: one can. Locks the package until the transaction ends, so the answer stays
 * true.
 */
export async function creditProblem(desk: Desk, booking: Booking): Promise<PackageProblem | undefined> {
  if (booking.clientPackageId === undefined) return undefined;
  const found = await open(desk, booking);
  if (found === undefined || found.held.clientId !== booking.clientId) return { reason: "none-left" };
  if (found.ledger.standings.has(booking.id)) return undefined;
  const practice = await desk.books.practices.get(booking.practiceId);
  return problemOfSession(desk.books, practice, found.held, booking);
}

/** Consumes the credit of a confirmed session, even after the package ended (case 13). */
export async function consumeCredit(desk: Desk, actor: Actor, booking: Booking): Promise<void> {
  const found = await open(desk, booking);
  if (found !== undefined) await move(desk, actor, found, { kind: "consume", ...creditOf(booking) });
}

/** Releases the credit of a request that ended; it expires if the package is over. */
export async function releaseCredit(desk: Desk, actor: Actor, booking: Booking): Promise<void> {
  const found = await open(desk, booking);
  if (found === undefined) return;
  if (await move(desk, actor, found, { kind: "release", ...creditOf(booking) })) await expireWhatIsOver(desk, found);
}

/** The result of returning a credit: `expired` where the package is over (case 15), `nothing` where none was used. */
export type RestoreResult = "restored" | "expired" | "nothing";

/**
 * Returns the credit of a session cancelled in time, or of a waived forfeit. After the package's last day it returns as
 * expired, and the practitioner is offered to extend the package (D6.4). A repeated call returns it once.
 */
export async function restoreCredit(desk: Desk, actor: Actor, booking: Booking): Promise<RestoreResult> {
  const found = await open(desk, booking);
  if (found === undefined) return "nothing";
  if (!(await move(desk, actor, found, { kind: "restore", ...creditOf(booking) }))) return "nothing";
  if (!(await expireWhatIsOver(desk, found))) return "restored";
  await startWithPractitioner(desk, booking.practiceId, booking.practitionerId, {
    flow: "assign",
    input: {
      type: "credit.expired",
      clientPackageId: found.held.id,
      ...given({ expiresOn: found.held.expiresOn }),
    },
    dedupeKey: `credit-expired:${booking.id}:${booking.version}`,
    bookingId: booking.id,
  });
  return "expired";
}

/** Forfeits the credit of a late cancellation or a no-show, by the policy. A repeated call forfeits it once. */
export async function forfeitCredit(desk: Desk, actor: Actor, booking: Booking): Promise<void> {
  const found = await open(desk, booking);
  if (found !== undefined) await move(desk, actor, found, { kind: "forfeit", ...creditOf(booking) });
}

/** `already`: the package no longer ends on the day the offer was made for; carries the package as it is. */
export type ExtendResult =
  | { readonly ok: true; readonly held: ClientPackage }
  | { readonly ok: false; readonly refusal: "not-yours" | "never-expires" }
  | { readonly ok: false; readonly refusal: "already"; readonly held: ClientPackage };

/**
 * Extends a package by `days`, from today where it is over, and restores its expired credits (D6.4). `endingOn` is the
 * last day the practitioner saw, so that two presses extend it once.
 */
export async function extendPackage(
  desk: Desk,
  actor: Actor,
  clientPackageId: string,
  days: number,
  endingOn?: string,
): Promise<ExtendResult> {
  const held = await desk.books.packages.lock(actor.practiceId, clientPackageId);
  if (held === undefined || !(await givesPackage(desk.books, actor, held.frozen))) {
    return { ok: false, refusal: "not-yours" };
  }
  if (held.expiresOn === undefined) return { ok: false, refusal: "never-expires" };
  if (endingOn !== undefined && endingOn !== held.expiresOn) return { ok: false, refusal: "already", held };
  const practice = await desk.books.practices.get(held.practiceId);
  const today = localDayOf(practice.timezone, desk.nowMs);
  const expiresOn = dateOfDay(Math.max(today, dayOfDate(held.expiresOn)) + days);
  await desk.books.packages.setExpiry(held.practiceId, held.id, expiresOn);
  const extended: ClientPackage = { ...held, expiresOn };
  await setPackageTimers(desk.books, practice, extended, desk.nowMs);
  const ledger = await read(desk, held);
  for (const [serviceId, { expired }] of ledger.byService) {
    if (expired > 0) await move(desk, actor, { held, ledger }, { kind: "restore", serviceId, amount: expired });
  }
  await desk.books.audit.add({
    practiceId: held.practiceId,
    atMs: desk.nowMs,
    actor: actorName(actor),
    action: "package.extended",
    subject: held.id,
    place: actor.place,
  });
  await tellOfExtension(desk, extended);
  return { ok: true, held: extended };
}

interface Open {
  readonly held: ClientPackage;
  readonly ledger: Ledger;
}

/** Locks the booking's package and reads its ledger. */
async function open(desk: Desk, { practiceId, clientPackageId }: Booking): Promise<Open | undefined> {
  if (clientPackageId === undefined) return undefined;
  const held = await desk.books.packages.lock(practiceId, clientPackageId);
  return held && { held, ledger: await read(desk, held) };
}

async function read(desk: Desk, { practiceId, id }: ClientPackage): Promise<Ledger> {
  return readLedger(await desk.books.packages.listEntries(practiceId, id));
}

function creditOf({ id, serviceId }: Booking) {
  return { bookingId: id, serviceId };
}

/** Adds a ledger entry if the move is allowed. */
async function move(desk: Desk, actor: Actor, { held, ledger }: Open, asked: CreditMove): Promise<boolean> {
  const decision = decideCredit(ledger, asked);
  if (!decision.ok) return false;
  const line: { kind: CreditKind; serviceId: string; bookingId?: string } = {
    kind: asked.kind,
    serviceId: asked.serviceId,
    ...("bookingId" in asked ? { bookingId: asked.bookingId } : {}),
  };
  await desk.books.packages.addEntry({
    ...line,
    practiceId: held.practiceId,
    clientPackageId: held.id,
    amount: decision.amount,
    actor: actorName(actor),
    atMs: desk.nowMs,
  });
  return true;
}

/** Expires the available credits of a package that is over; true: there were some. */
async function expireWhatIsOver(desk: Desk, { held }: Open): Promise<boolean> {
  const practice = await desk.books.practices.get(held.practiceId);
  if (desk.nowMs < overAtMs(held, practice.timezone)) return false;
  const clock: Actor = { kind: "desk", practiceId: held.practiceId, place: "clock" };
  const ledger = await read(desk, held);
  for (const [serviceId, { available }] of ledger.byService) {
    if (available > 0) await move(desk, clock, { held, ledger }, { kind: "expire", serviceId, amount: available });
  }
  return true;
}
