import type { Proposal } from "../../../db/store.ts";
import { type Booking, decideMove, respondBy } from "../../domain/booking.ts";
import { deadlineWithin } from "../../domain/payment.ts";
import { methodKey } from "../../domain/practice.ts";
import { type Actor, ownsAsClient } from "../actor.ts";
import { expireRequest, holdsAskedTime, isOverdue, settleConfirmation, withoutMessage } from "../booking/decide.ts";
import { claimFor } from "../booking/hold.ts";
import { findMethod } from "../booking/offers.ts";
import { audit, setRequestDeadlines } from "../booking/request.ts";
import { checkSlot } from "../booking/slots.ts";
import type { Desk } from "../desk.ts";
import { findPayment } from "../payments/payments.ts";
import { startWithPractitioner, tellTalks } from "../telling/announce.ts";
import { findMoveOffer, moveSearch } from "./move-offer.ts";
import { mostRounds, placedAt } from "./propose.ts";

const minute = 60_000;
const longestWish = 200;

export type ProposalAnswer =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  /** `gone`: that time is not held any more, others may be. `too-often`: it is time to talk to each other. */
  | {
      readonly ok: false;
      readonly refusal: "not-now" | "gone" | "too-often" | "wish-missing";
      readonly booking: Booking;
    };

/** The times a booking's client may accept now, in order. */
export async function openProposals(
  { books, nowMs }: Pick<Desk, "books" | "nowMs">,
  booking: Pick<Booking, "id" | "status">,
): Promise<readonly Proposal[]> {
  if (booking.status !== "proposed") return [];
  const open = await books.changes.listProposals(booking.id, "open");
  return open.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
}

/**
 * The client takes one of the proposed times: it is confirmed at once, for the practitioner has said yes to it, and the
 * others are given back. The same one twice changes nothing (D4.2).
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
  // Held since it was proposed, whatever became of notice and limits since (case 8).
  const placed = placedAt(withoutMessage(booking), chosen.startsAtMs);
  return { ok: true, booking: await settleConfirmation(desk, actor, placed) };
}

/**
 * None of the proposed times suits; `wish` says which would, in the client's words. The practitioner is to answer again,
 * within the time a new request has. The asked time is the booking's again if it is still to be had.
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
    : desk.nowMs + respondWithinMinutes * minute;
  const asked: Booking = {
    ...withoutMessage(booking),
    status: "requested",
    version: booking.version + 1,
    requestedAtMs: desk.nowMs,
    respondByMs: deadlineWithin(deadline, captureBeforeMs),
    wish: said,
  };
  if (!(await desk.books.bookings.save(asked, booking.version))) throw new Error("a booking changed under its lock");
  await desk.books.timers.removeForBooking(booking.id, ["proposal-expiry"]);
  await setRequestDeadlines(desk, asked);
  await audit(desk, actor, "booking.countered", asked);
  await tellTalks(desk, asked, actor.talkId);
  await bringToPractitioner(desk, asked);
  return { ok: true, booking: asked };
}

/** Whether the time that was asked for is the booking's, now at the latest. */
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
  // It was asked for in time: that it is soon by now is for the practitioner to judge.
  const search = moveSearch(practice, booking, offer, method, booking.createdAtMs);
  const decision = await checkSlot(desk.books, search, practitioner, booking.startsAtMs);
  return decision.ok && (await claimFor(desk, booking, "request"));
}

/** The talks that show the request show that it is to be answered again; where there is none any more, one begins. */
async function bringToPractitioner(desk: Desk, booking: Booking): Promise<void> {
  const talks = await desk.books.talks.listLiveAbout(booking.id);
  if (talks.some(({ role, flow }) => role === "practitioner" && flow === "review")) return;
  await startWithPractitioner(desk, booking.practiceId, booking.practitionerId, {
    flow: "review",
    input: { type: "review.asked", bookingId: booking.id },
    dedupeKey: `review:${booking.id}:${booking.version}`,
    bookingId: booking.id,
  });
}
