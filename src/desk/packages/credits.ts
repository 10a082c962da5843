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
 * The credits of package bookings (D6.2). The caller has found the booking, which keeps it; each function then locks
 * the package, before anybody's time, and does nothing for a booking that is from no package.
 */

export type ReserveResult = { readonly ok: true } | { readonly ok: false; readonly problem: PackageProblem };

/**
 * Takes a credit for a session that is being requested. Days, limits and what is left are judged here, against the
 * session's start, and never again (D6.4): of two requests for the last credit one is refused (case 14).
 */
export async function reserveCredit(desk: Desk, actor: Actor, booking: Booking): Promise<ReserveResult> {
  const problem = await creditProblem(desk, booking);
  if (problem !== undefined) return { ok: false, problem };
  const found = await open(desk, booking);
  if (found !== undefined) await move(desk, actor, found, { kind: "reserve", ...creditOf(booking) });
  return { ok: true };
}

/** Why no credit can be taken for this session; the package is then kept from all others, so that the answer holds. */
export async function creditProblem(desk: Desk, booking: Booking): Promise<PackageProblem | undefined> {
  if (booking.clientPackageId === undefined) return undefined;
  const found = await open(desk, booking);
  if (found === undefined || found.held.clientId !== booking.clientId) return { reason: "none-left" };
  if (found.ledger.standings.has(booking.id)) return undefined;
  const practice = await desk.books.practices.get(booking.practiceId);
  return problemOfSession(desk.books, practice, found.held, booking);
}

/** The session is confirmed, or took place after all: its credit is used, even if the package is over by now (case 13). */
export async function consumeCredit(desk: Desk, actor: Actor, booking: Booking): Promise<void> {
  const found = await open(desk, booking);
  if (found !== undefined) await move(desk, actor, found, { kind: "consume", ...creditOf(booking) });
}

/** The request came to nothing: its credit is free again, or expires where the package is over. */
export async function releaseCredit(desk: Desk, actor: Actor, booking: Booking): Promise<void> {
  const found = await open(desk, booking);
  if (found === undefined) return;
  if (await move(desk, actor, found, { kind: "release", ...creditOf(booking) })) await expireWhatIsOver(desk, found);
}

/** What came of giving a credit back: `expired` where the package is over (case 15), `nothing` where none was used. */
export type RestoreResult = "restored" | "expired" | "nothing";

/**
 * A confirmed session is cancelled in time, or its forfeit is waived: the credit comes back. After the package's last
 * day it comes back expired, and the practitioner is offered to extend the package (D6.4). Twice gives it back once.
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

/** A late cancellation, or nobody came: by the policy the credit is lost. Twice loses it once. */
export async function forfeitCredit(desk: Desk, actor: Actor, booking: Booking): Promise<void> {
  const found = await open(desk, booking);
  if (found !== undefined) await move(desk, actor, found, { kind: "forfeit", ...creditOf(booking) });
}

/** `already`: the package no longer ends on the day the offer was made for; it carries the package as it is. */
export type ExtendResult =
  | { readonly ok: true; readonly held: ClientPackage }
  | { readonly ok: false; readonly refusal: "not-yours" | "never-expires" }
  | { readonly ok: false; readonly refusal: "already"; readonly held: ClientPackage };

/**
 * Lets a package end so many days later, counted from today where it is over; its expired credits are free again (D6.4).
 * `endingOn` is its last day as the practitioner saw it, so that two taps extend it once.
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

/** The booking's package, kept from all others, with its ledger as it is then. */
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

/** Writes a move down, if it may be made. */
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

/** Credits that came back to a package that is over expire at once; true: some did. */
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
