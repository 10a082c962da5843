import { isTalkOf } from "../../cards/talks.ts";
import { type Booking, decideMove } from "../../domain/booking.ts";
import { deadlineWithin } from "../../domain/payment.ts";
import { methodKey, type Practice } from "../../domain/practice.ts";
import { hourMs, minuteMs } from "../../domain/units.ts";
import { type Actor, decidesAsPractitioner } from "../actor.ts";
import { audit } from "../audit.ts";
import { expireRequest, holdsAskedTime, isOverdue, withoutMessage } from "../booking/decide.ts";
import { claimFor } from "../booking/hold.ts";
import { findMethod } from "../booking/offers.ts";
import { checkSlot } from "../booking/slots.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { findPayment } from "../payments/payments.ts";
import { startWithClient, tellTalks } from "../telling/announce.ts";
import { mailClient } from "../telling/mails.ts";
import { isNobodysElse } from "./move.ts";
import { findMoveOffer, moveSearch } from "./move-offer.ts";

/** For how long proposed times are claimed (D4.14); at most until their own start. */
const proposalHeldMs = 12 * hourMs;
/** The most times in one proposal, and the most proposals for one request. */
export const mostProposed = 3;
export const mostRounds = 3;

export interface ProposalOrder {
  /** One to three starts, epoch ms; duplicates count once. */
  readonly startsAtMs: readonly number[];
  /** Shown to the client verbatim. */
  readonly message?: string;
  /** Whether the requested time stays claimed beside the proposed ones. */
  readonly keepAsked?: boolean;
  /**
   * The practitioner was warned: overrides hours, notice, limits and the package's days, never another session (D3.8).
   */
  readonly force?: boolean;
}

export type ProposeRefusal =
  | "not-now"
  /** The most rounds were reached: both sides should talk to each other. */
  | "too-often"
  | "how-many"
  | "same-time"
  | "slot-taken"
  /** Free, but outside the practitioner's hours, notice, limits or the package's days: `force` overrides that. */
  | "outside-hours";

export type ProposeResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  /** `startsAtMs`: the refused time. */
  | { readonly ok: false; readonly refusal: ProposeRefusal; readonly booking: Booking; readonly startsAtMs?: number };

/**
 * Proposes other times for a request. Releases the requested time unless it is kept, and claims each proposed one for
 * twelve hours. Checks them under the practitioner's lock; the booking's own claims are ignored. A repeated call
 * changes nothing (D4.2).
 */
export async function proposeTimes(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  order: ProposalOrder,
): Promise<ProposeResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (isOverdue(desk, booking)) return { ok: false, refusal: "not-now", booking: await expireRequest(desk, booking) };
  // The practitioner approved the requested time and its payment is being taken: no other time can be proposed.
  if ((await findPayment(desk.books, booking.id))?.approved === true) return { ok: false, refusal: "not-now", booking };
  const move = decideMove(booking.status, "propose");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  const round = (booking.proposalRounds ?? 0) + 1;
  if (round > mostRounds) return { ok: false, refusal: "too-often", booking };
  const starts = [...new Set(order.startsAtMs)].sort((a, b) => a - b);
  if (starts.length === 0 || starts.length > mostProposed) return { ok: false, refusal: "how-many", booking };

  const practice = await desk.books.practices.get(booking.practiceId);
  await desk.books.claims.lock(practice.id, [booking.practitionerId]);
  await desk.books.claims.removeLapsed(practice.id, booking.practitionerId, desk.nowMs);
  for (const startsAtMs of starts) {
    const refusal = await problemOf(desk, practice, booking, startsAtMs, order.force === true);
    if (refusal !== undefined) return { ok: false, refusal, booking, startsAtMs };
  }
  const keeps = order.keepAsked === true && (await holdsAskedTime(desk, booking));
  return { ok: true, booking: await offer(desk, actor, booking, { ...order, starts, keeps, round }) };
}

/** Why a time cannot be proposed; undefined: it can. */
async function problemOf(
  desk: Desk,
  practice: Practice,
  booking: Booking,
  startsAtMs: number,
  force: boolean,
): Promise<"same-time" | "slot-taken" | "outside-hours" | undefined> {
  if (startsAtMs === booking.startsAtMs) return "same-time";
  const found = await findMoveOffer(desk.books, practice, booking);
  const method = found === undefined ? undefined : findMethod(found.service, methodKey(booking.frozen.method));
  const [practitioner] = found?.practitioners ?? [];
  if (found === undefined || method === undefined || practitioner === undefined) return "slot-taken";
  const search = moveSearch(practice, booking, found, method, desk.nowMs);
  const isPossible = Number.isSafeInteger(startsAtMs) && startsAtMs > desk.nowMs;
  // Checked even where the rules allow the time: the client may hold it for another session.
  const isFree = isPossible && (await isNobodysElse(desk, placedAt(booking, startsAtMs)));
  if (isFree && (await checkSlot(desk.books, search, practitioner, startsAtMs)) === undefined) return undefined;
  if (!isFree) return "slot-taken";
  return force ? undefined : "outside-hours";
}

/** The booking at another start, with the same length. */
export function placedAt(booking: Booking, startsAtMs: number): Booking {
  return { ...booking, startsAtMs, endsAtMs: startsAtMs + booking.frozen.durationMinutes * minuteMs };
}

async function offer(
  desk: Desk,
  actor: Actor,
  booking: Booking,
  order: ProposalOrder & { readonly starts: readonly number[]; readonly keeps: boolean; readonly round: number },
): Promise<Booking> {
  const { starts, keeps, round } = order;
  const captureBeforeMs = (await findPayment(desk.books, booking.id))?.captureBeforeMs;
  const expiryOf = (ms: number) => deadlineWithin(Math.min(desk.nowMs + proposalHeldMs, ms), captureBeforeMs);
  const respondByMs = Math.max(...starts.map(expiryOf));
  const message = order.message?.trim() ?? "";
  const { wish: _, ...rest } = withoutMessage(booking);
  const proposed: Booking = {
    ...rest,
    status: "proposed",
    version: booking.version + 1,
    respondByMs,
    proposalRounds: round,
    ...(message === "" ? {} : { reason: message }),
  };
  if (!keeps) await desk.books.claims.removeForBooking(booking.id);
  for (const startsAtMs of starts) {
    const placed = placedAt(proposed, startsAtMs);
    const expiresAtMs = expiryOf(startsAtMs);
    // The times were checked under the practitioner's lock, so this fails only if a guard is broken. The throw rolls
    // the transaction back.
    if (!(await claimFor(desk, placed, "proposal", expiresAtMs))) throw new Error("claim conflict on a proposed time");
    const { practiceId, id: bookingId } = booking;
    await desk.books.changes.addProposal({
      practiceId,
      bookingId,
      round,
      startsAtMs,
      endsAtMs: placed.endsAtMs,
      expiresAtMs,
    });
  }
  if (!(await desk.books.bookings.save(proposed, booking.version)))
    throw new Error("booking version conflict under its lock");
  await desk.books.timers.removeForBooking(booking.id, ["respond-by", "nudge-50", "nudge-85", "unanswered-mail"]);
  await setTimer(desk, proposed, "proposal-expiry", respondByMs);
  await audit(desk, actor, "booking.proposed", proposed);
  await mailClient(desk, proposed, "proposed", `round.${round}`);
  await tellTalks(desk, proposed, actor.talkId);
  await bringToClient(desk, proposed, round);
  return proposed;
}

/** Live talks of the client are repainted by `tellTalks`; without one a new talk starts. */
async function bringToClient(desk: Desk, booking: Booking, round: number): Promise<void> {
  const talks = await desk.books.talks.listLiveAbout(booking.id);
  if (talks.some((talk) => talk.role === "client" && isTalkOf(talk, "book", "proposal"))) return;
  await startWithClient(desk, booking.practiceId, booking.clientId, {
    flow: "proposal",
    input: { type: "proposal.asked", bookingId: booking.id },
    dedupeKey: `proposal:${booking.id}:${round}`,
    bookingId: booking.id,
  });
}
