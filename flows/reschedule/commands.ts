import { takeReason } from "../../src/choosing/reason.ts";
import { seeSession } from "../../src/choosing/session.ts";
import { answerToTimes } from "../../src/choosing/times.ts";
import { sessionMeant } from "../../src/choosing/which-session.ts";
import type { Commands, Turn } from "../../src/conversation/flow.ts";
import { findMethod } from "../../src/desk/booking/offers.ts";
import { withdrawChange } from "../../src/desk/changes/change.ts";
import { type MoveResult, moveAsPractitioner, moveBooking, rescheduleOf } from "../../src/desk/changes/move.ts";
import { findMoveOffer, findMoveStarts } from "../../src/desk/changes/move-offer.ts";
import type { BookingStatus } from "../../src/domain/booking.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { isExact } from "../../src/language/when/want.ts";
import type { MoveRefusal } from "./context.ts";
import type { RescheduleEvent, RescheduleOrder } from "./events.ts";
import { timesWanted } from "./wanted.ts";

/** The statuses that each side may move. */
const movable: Readonly<Record<"client" | "practitioner", readonly BookingStatus[]>> = {
  client: ["requested", "confirmed"],
  practitioner: ["confirmed"],
};

/** The commands of the rescheduling machine. */
export const commands: Commands<RescheduleOrder, RescheduleEvent> = {
  findSession: async ({ bookingId, offered }, turn) => {
    if (bookingId !== undefined) return { type: "session.found", bookingId };
    if (offered !== undefined) return { type: "sessions.offered", offered };
    return sessionMeant({ names: [], refs: [] }, turn, movableBy(turn));
  },

  look: async ({ bookingId }, turn) => standing(bookingId, turn),

  offerMethods: async ({ bookingId, back, hasTime }, turn) => {
    const booking = (await seeSession(bookingId, turn))?.booking;
    const offer = booking === undefined ? undefined : await findMoveOffer(turn.books, turn.practice, booking);
    if (booking === undefined || offer === undefined) return { type: "method.chosen" };
    const asks = sideOf(turn) === "client" && offer.service.methods.length > 1;
    if (asks && (back || !hasTime)) return undefined;
    return back ? { type: "went.back" } : { type: "method.chosen", methodKey: methodKey(booking.frozen.method) };
  },

  offerTimes: async ({ bookingId, methodKey: key, wanted }, turn) => {
    const { books, practice, nowMs } = turn;
    const booking = (await seeSession(bookingId, turn))?.booking;
    const offer = booking === undefined ? undefined : await findMoveOffer(books, practice, booking);
    const method = offer === undefined || key === undefined ? undefined : findMethod(offer.service, key);
    if (booking === undefined || key === undefined || method === undefined) return { type: "times.none" };
    const starts = await findMoveStarts(books, practice, booking, key, nowMs);
    const place = method.kind === "in_person" ? offer?.locations.get(method.locationId)?.timezone : undefined;
    const zone = place ?? turn.reader.zone;
    const times = timesWanted(wanted, booking, zone);
    const answer = answerToTimes(times, starts, { zone, nowMs });
    const [only, ...more] = times.readings;
    // A practitioner may choose a time that clients are not offered (D3.8).
    const isNamed = only !== undefined && more.length === 0 && isExact(only);
    if (answer?.type === "fits.none" && isNamed && sideOf(turn) === "practitioner")
      return { type: "slot.chosen", startsAtMs: answer.startsAtMs };
    return starts.length === 0 ? { type: "times.none" } : answer;
  },

  moveBooking: async ({ bookingId, startsAtMs, methodKey: key, typedReason, force }, turn) => {
    const booking = (await seeSession(bookingId, turn))?.booking;
    if (booking === undefined || startsAtMs === undefined || key === undefined) return standing(bookingId, turn);
    const asksReason = booking.status === "confirmed" && booking.frozen.cancellation.reasonRequired;
    const reason = takeReason(turn, typedReason, sideOf(turn) === "client" && asksReason);
    if (reason === undefined) return undefined;
    const order = { startsAtMs, methodKey: key, reason };
    const result =
      sideOf(turn) === "client"
        ? await moveBooking(turn, turn.actor, booking.id, order)
        : await moveAsPractitioner(turn, turn.actor, booking.id, { ...order, force });
    return told(result, reason);
  },

  withdrawChange: async ({ bookingId }, turn) => {
    if (bookingId !== undefined) await withdrawChange(turn, turn.actor, bookingId);
    return { type: "change.settled" };
  },

  checkChange: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return { type: "change.settled" };
    const booking = await turn.books.bookings.lock(turn.practice.id, bookingId);
    const open = await turn.books.changes.findOpenRequest(bookingId);
    // A moved request is still an open request. A moved session has an open change request.
    const waits = booking?.status === "requested" || open?.kind === "move";
    return waits ? undefined : { type: "change.settled" };
  },

  showSession: async ({ bookingId }, turn) => {
    const input =
      bookingId === undefined ? bookingsList : ({ type: "booking.opened", bookingId, note: "kept" } as const);
    turn.begin({ flow: "bookings", input, where: "here" });
    return undefined;
  },

  startBooking: async (_order, turn) => {
    turn.begin({ flow: "book", input: { type: "book" }, where: "here" });
    return undefined;
  },
};

const bookingsList = { type: "bookings" } as const;

function told(result: MoveResult, reason: string): RescheduleEvent {
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
      return over;
    case "already-started":
    case "too-late":
    case "too-often":
      return refused(result.refusal);
    default:
      return result satisfies never;
  }
}

/** The sessions this person may move. */
export function movableBy(turn: Turn): readonly BookingStatus[] {
  return movable[sideOf(turn)];
}

/** Which side of the session this person is on. */
function sideOf(turn: Turn): "client" | "practitioner" {
  return turn.actor.kind === "practitioner" ? "practitioner" : "client";
}

async function standing(bookingId: string | undefined, turn: Turn): Promise<RescheduleEvent> {
  const seen = await seeSession(bookingId, turn);
  if (seen === undefined || !movable[seen.role].includes(seen.booking.status)) return over;
  if (seen.role === "practitioner")
    return turn.nowMs >= seen.booking.startsAtMs ? refused("already-started") : { type: "standing.seen", as: "open" };
  const decision = rescheduleOf(seen.booking, turn.nowMs);
  return decision.ok ? { type: "standing.seen", as: "open" } : refused(decision.refusal);
}

const over = { type: "standing.seen", as: "over" } as const;

function refused(why: MoveRefusal): RescheduleEvent {
  return { type: "standing.seen", as: "refused", why };
}
