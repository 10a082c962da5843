import type { CardEvent } from "../../src/cards/card.ts";
import { takeReason } from "../../src/choosing/reason.ts";
import { seeSession } from "../../src/choosing/session.ts";
import { answerToTimes } from "../../src/choosing/times.ts";
import { whichSession } from "../../src/choosing/which-session.ts";
import type { Command, Turn } from "../../src/conversation/flow.ts";
import { findMethod } from "../../src/desk/booking/offers.ts";
import { withdrawChange } from "../../src/desk/changes/change.ts";
import { type MoveResult, moveAsPractitioner, moveBooking, rescheduleOf } from "../../src/desk/changes/move.ts";
import { findMoveOffer, findMoveStarts } from "../../src/desk/changes/move-offer.ts";
import type { BookingStatus } from "../../src/domain/booking.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { isExact } from "../../src/language/when/want.ts";
import type { RescheduleOrders } from "./machine-parts.ts";
import { readMove, wantedOf } from "./wanted.ts";

type Commands = { readonly [Type in keyof RescheduleOrders]: Command<RescheduleOrders[Type]> };

/** What each side may move. */
export const movable: Readonly<Record<"client" | "practitioner", readonly BookingStatus[]>> = {
  client: ["requested", "confirmed"],
  practitioner: ["confirmed"],
};

/** What the rescheduling machine may do. */
export const commands: Commands = {
  findSession: async ({ bookingId }, turn) => {
    const { move, wanted } = readMove(turn.said ?? "", turn);
    if (bookingId !== "") return { type: "session.found", bookingId, ...wanted };
    // A time that is the new one says nothing of which session is meant.
    const own = move?.from ?? (move === undefined ? undefined : "unsaid");
    const found = await whichSession(turn, movable[sideOf(turn)], own);
    return found.type === "sessions.none" ? found : { ...found, ...wanted };
  },

  look: async ({ bookingId }, turn) => standing(bookingId, turn),

  offerMethods: async ({ bookingId, back, hasTime }, turn) => {
    const booking = (await seeSession(bookingId, turn))?.booking;
    const offer = booking === undefined ? undefined : await findMoveOffer(turn.books, turn.practice, booking);
    if (booking === undefined || offer === undefined) return { type: "method.chosen", methodKey: "" };
    const asks = sideOf(turn) === "client" && offer.service.methods.length > 1;
    if (asks && (back || !hasTime)) return undefined;
    return back ? { type: "went.back" } : { type: "method.chosen", methodKey: methodKey(booking.frozen.method) };
  },

  offerTimes: async ({ bookingId, methodKey: key, times, shift }, turn) => {
    const { books, practice, nowMs } = turn;
    const booking = (await seeSession(bookingId, turn))?.booking;
    const offer = booking === undefined ? undefined : await findMoveOffer(books, practice, booking);
    const method = offer === undefined ? undefined : findMethod(offer.service, key);
    if (booking === undefined || method === undefined) return { type: "times.none" };
    const starts = await findMoveStarts(books, practice, booking, key, nowMs);
    const place = method.kind === "in_person" ? offer?.locations.get(method.locationId)?.timezone : undefined;
    const zone = place ?? turn.reader.zone;
    const wanted = wantedOf({ times, shift }, booking, zone);
    const answer = answerToTimes(wanted, starts, { zone, nowMs });
    const [only, ...more] = wanted.readings;
    // A practitioner may take a time that is offered to nobody (D3.8).
    const isNamed = only !== undefined && more.length === 0 && isExact(only);
    if (answer?.type === "fits.none" && isNamed && sideOf(turn) === "practitioner")
      return { type: "slot.chosen", startsAtMs: answer.startsAtMs ?? 0 };
    return starts.length === 0 ? { type: "times.none" } : answer;
  },

  moveBooking: async ({ bookingId, startsAtMs, methodKey: key, typedReason, force }, turn) => {
    const booking = (await seeSession(bookingId, turn))?.booking;
    const asksReason = booking?.status === "confirmed" && booking.frozen.cancellation.reasonRequired;
    const reason = takeReason(turn, typedReason, sideOf(turn) === "client" && asksReason === true);
    if (reason === undefined) return undefined;
    const order = { startsAtMs, methodKey: key, reason };
    const result =
      sideOf(turn) === "client"
        ? await moveBooking(turn, turn.actor, bookingId, order)
        : await moveAsPractitioner(turn, turn.actor, bookingId, { ...order, force });
    return told(result, reason);
  },

  withdrawWish: async ({ bookingId }, turn) => {
    await withdrawChange(turn, turn.actor, bookingId);
    return { type: "wish.settled" };
  },

  checkWish: async ({ bookingId }, turn) => {
    const booking = await turn.books.bookings.lock(turn.practice.id, bookingId);
    const open = await turn.books.changes.findOpenRequest(bookingId);
    // A request that took a new time waits as a request, a session by its wish.
    const waits = booking?.status === "requested" || open?.kind === "move";
    return waits ? undefined : { type: "wish.settled" };
  },

  showSession: async ({ bookingId }, turn) => {
    const input = bookingId === "" ? { type: "bookings" } : { type: "booking.opened", bookingId };
    turn.begin({ flow: "bookings", input, where: "here" });
    return undefined;
  },

  startBooking: async (_order, turn) => {
    turn.begin({ flow: "book", input: { type: "book" }, where: "here" });
    return undefined;
  },
};

function told(result: MoveResult, reason: string): CardEvent {
  if (result.ok) return { type: result.outcome === "moved" ? "move.done" : "move.asked" };
  switch (result.refusal) {
    case "slot-taken":
      return { type: "slot.lost", reason };
    case "outside-hours":
      return { type: "hours.exceeded", reason };
    case "same-time":
    case "reason-needed":
      return { type: "times.wanted" };
    case "not-yours":
    case "not-now":
      return { type: "standing.seen", as: "over", why: "" };
    case "already-started":
    case "too-late":
    case "too-often":
      return { type: "standing.seen", as: "refused", why: result.refusal };
    default:
      return result satisfies never;
  }
}

/** Which side of the session this person is on. */
export function sideOf(turn: Turn): "client" | "practitioner" {
  return turn.actor.kind === "practitioner" ? "practitioner" : "client";
}

async function standing(bookingId: string, turn: Turn): Promise<CardEvent> {
  const seen = await seeSession(bookingId, turn);
  const as = (value: string, why = "") => ({ type: "standing.seen", as: value, why });
  if (seen === undefined || !movable[seen.role].includes(seen.booking.status)) return as("over");
  const started = turn.nowMs >= seen.booking.startsAtMs;
  if (seen.role === "practitioner") return started ? as("refused", "already-started") : as("open");
  const decision = rescheduleOf(seen.booking, turn.nowMs);
  return decision.ok ? as("open") : as("refused", decision.refusal);
}
