import type { Proposal } from "../../../db/store.ts";
import { isTalkOf } from "../../cards/talks.ts";
import { type Booking, decideMove, respondBy } from "../../domain/booking.ts";
import { deadlineWithin } from "../../domain/payment.ts";
import { methodKey } from "../../domain/practice.ts";
import { minuteMs } from "../../domain/units.ts";
import { type Actor, ownsAsClient } from "../actor.ts";
import { audit } from "../audit.ts";
import { expireRequest, holdsAskedTime, isOverdue, settleConfirmation, withoutMessage } from "../booking/decide.ts";
import { claimFor } from "../booking/hold.ts";
import { findMethod } from "../booking/offers.ts";
import { setRequestDeadlines } from "../booking/request-timers.ts";
import { checkSlot } from "../booking/slots.ts";
import type { Desk } from "../desk.ts";
import { findPayment } from "../payments/payments.ts";
import { startWithPractitioner, tellTalks } from "../telling/announce.ts";
import { findMoveOffer, moveSearch } from "./move-offer.ts";
import { mostRounds, placedAt } from "./propose.ts";

const longestWish = 200;

export type ProposalAnswer =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  /** `gone`: this time is no longer held, others may be. `too-often`: the last round was reached. */
  | {
      readonly ok: false;
      readonly refusal: "not-now" | "gone" | "too-often" | "wish-missing";
      readonly booking: Booking;
    };

/** The proposed times the client may still accept, in order. */
export async function openProposals(
  { books, nowMs }: Pick<Desk, "books" | "nowMs">,
  booking: Pick<Booking, "id" | "status">,
): Promise<readonly Proposal[]> {
  if (booking.status !== "proposed") return [];
  const open = await books.changes.listProposals(booking.id, "open");
  return open.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
}

/**
 * Accepts a proposed time for the client. The practitioner agreed by proposing it, so the booking is confirmed at once
 * and the other times are released. Accepting the same time twice changes nothing (D4.2).
 */
export async function acceptProposal(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  startsAtMs: number,
): Promise<ProposalAnswer> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (isOverdue(desk, booking)) return { ok: false, refusal: "not-now", booking: await expireRequest(desk, booking) };
  if (!decideMove(booking.status, "accept").ok) {
    const accepted = await desk.books.changes.listProposals(booking.id, "accepted");
    const isDone = booking.startsAtMs === startsAtMs && accepted.some((one) => one.startsAtMs === startsAtMs);
    return isDone && ["confirmed", "requested"].includes(booking.status)
      ? { ok: true, booking }
      : { ok: false, refusal: "not-now", booking };
  }
  const chosen = (await openProposals(desk, booking)).find((one) => one.startsAtMs === startsAtMs);
  if (chosen === undefined) return { ok: false, refusal: "gone", booking };
  await desk.books.changes.closeProposals(booking.id, "rejected", chosen.id);
  // The time has been claimed since it was proposed; notice and limits are not checked again (case 8).
  const placed = placedAt(withoutMessage(booking), chosen.startsAtMs);
  return { ok: true, booking: await settleConfirmation(desk, actor, placed) };
}

/**
 * Rejects every proposed time; `wish` says which would suit, in the client's words. The booking becomes a request
 * again, with a new deadline. The requested time is claimed again if it is free.
 */
export async function counterProposals(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  wish: string,
): Promise<ProposalAnswer> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (isOverdue(desk, booking)) return { ok: false, refusal: "not-now", booking: await expireRequest(desk, booking) };
  const move = decideMove(booking.status, "counter");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  if ((booking.proposalRounds ?? 0) >= mostRounds) return { ok: false, refusal: "too-often", booking };
  const said = [...wish.trim()].slice(0, longestWish).join("");
  if (said === "") return { ok: false, refusal: "wish-missing", booking };

  const isHeld = await takeAskedTimeBack(desk, booking);
  await desk.books.changes.closeProposals(booking.id, "rejected");
  await desk.books.claims.removeForBooking(booking.id, "proposal");
  const captureBeforeMs = (await findPayment(desk.books, booking.id))?.captureBeforeMs;
  const { startsAtMs, frozen } = booking;
  const { respondWithinMinutes } = frozen;
  const deadline = isHeld
    ? respondBy({ requestedAtMs: desk.nowMs, startsAtMs, respondWithinMinutes })
    : desk.nowMs + respondWithinMinutes * minuteMs;
  const asked: Booking = {
    ...withoutMessage(booking),
    status: "requested",
    version: booking.version + 1,
    requestedAtMs: desk.nowMs,
    respondByMs: deadlineWithin(deadline, captureBeforeMs),
    wish: said,
  };
  if (!(await desk.books.bookings.save(asked, booking.version)))
    throw new Error("booking version conflict under its lock");
  await desk.books.timers.removeForBooking(booking.id, ["proposal-expiry"]);
  await setRequestDeadlines(desk, asked);
  await audit(desk, actor, "booking.countered", asked);
  await tellTalks(desk, asked, actor.talkId);
  await bringToPractitioner(desk, asked);
  return { ok: true, booking: asked };
}

/** Whether the booking claims its requested time, after trying to claim it again. */
async function takeAskedTimeBack(desk: Desk, booking: Booking): Promise<boolean> {
  if (await holdsAskedTime(desk, booking)) return true;
  await desk.books.claims.removeForBooking(booking.id, "request");
  if (booking.startsAtMs <= desk.nowMs) return false;
  const practice = await desk.books.practices.get(booking.practiceId);
  const offer = await findMoveOffer(desk.books, practice, booking);
  const method = offer === undefined ? undefined : findMethod(offer.service, methodKey(booking.frozen.method));
  const [practitioner] = offer?.practitioners ?? [];
  if (offer === undefined || method === undefined || practitioner === undefined) return false;
  await desk.books.claims.lock(practice.id, [practitioner.id]);
  await desk.books.claims.removeLapsed(practice.id, practitioner.id, desk.nowMs);
  // Notice is judged at the request's creation: the practitioner decides whether it is too short by now.
  const search = moveSearch(practice, booking, offer, method, booking.createdAtMs);
  const cause = await checkSlot(desk.books, search, practitioner, booking.startsAtMs);
  return cause === undefined && (await claimFor(desk, booking, "request"));
}

/** Live review talks are repainted by `tellTalks`; without one a new review talk starts. */
async function bringToPractitioner(desk: Desk, booking: Booking): Promise<void> {
  const talks = await desk.books.talks.listLiveAbout(booking.id);
  if (talks.some((talk) => talk.role === "practitioner" && isTalkOf(talk, "review"))) return;
  await startWithPractitioner(desk, booking.practiceId, booking.practitionerId, {
    flow: "review",
    input: { type: "review.asked", bookingId: booking.id },
    dedupeKey: `review:${booking.id}:${booking.version}`,
    bookingId: booking.id,
  });
}
