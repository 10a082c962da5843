import type { Commands, Turn } from "../../src/conversation/flow.ts";
import { decidesAsPractitioner } from "../../src/desk/actor.ts";
import { confirmBooking, type DecideResult, declineBooking } from "../../src/desk/booking/decide.ts";
import { mostProposed, proposeTimes } from "../../src/desk/changes/propose.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { given } from "../../src/given.ts";
import { proposeWords } from "../../src/words/propose.ts";
import { reviewWords } from "../../src/words/review.ts";
import { bestTimes, timeLabel } from "./best-times.ts";
import { reviewFacts } from "./facts.ts";
import type { ReviewEvent, ReviewOrder } from "./machine.ts";

const longestReason = 500;

/** What the practitioner's machine may do with a request. */
export const commands: Commands<ReviewOrder, ReviewEvent> = {
  openReview: async ({ bookingId, wants, offered, picked }, turn) => {
    const booking = await theirs(bookingId, turn);
    const isOpen = booking?.status === "requested" || booking?.status === "proposed";
    if (wants === "decline" && isOpen) return { type: "decline.chosen" };
    if (wants === "propose" && booking?.status === "requested") {
      return offered !== undefined && picked !== undefined
        ? { type: "times.found", offered, picked }
        : timesFound(booking, turn);
    }
    return standing(booking);
  },

  showAnswers: async ({ bookingId }, turn) => {
    turn.begin({ flow: "answers", input: { type: "answers.wanted", bookingId }, where: "below" });
    return undefined;
  },

  look: async ({ bookingId }, turn) => standing(await theirs(bookingId, turn)),

  findTimes: async ({ bookingId }, turn) => {
    const booking = await theirs(bookingId, turn);
    return booking === undefined ? { type: "booking.gone" } : timesFound(booking, turn);
  },

  sendProposal: async ({ bookingId, offered, picked, typedMessage, keepAsked, force }, turn) => {
    const booking = await theirs(bookingId, turn);
    if (booking === undefined) return { type: "booking.gone" };
    const filled = await filledIn(booking, offered, turn);
    const order = {
      startsAtMs: filled.picked ?? picked,
      message: filled.message ?? typedMessage?.trim() ?? "",
      keepAsked: filled.keepAsked ?? keepAsked,
      force,
    };
    if ([...order.message].length > longestReason) {
      turn.refuseInputs({ message: proposeWords.tooLong(longestReason) });
      return undefined;
    }
    const result = await proposeTimes(turn, turn.actor, bookingId, order);
    if (result.ok) return { type: "booking.changed", status: result.booking.status };
    const { refusal } = result;
    switch (refusal) {
      case "not-yours":
        return { type: "booking.gone" };
      case "not-now":
      case "too-often":
        return { type: "booking.changed", status: result.booking.status };
      case "how-many":
        turn.refuseInputs({ times: proposeWords.howMany(mostProposed) });
        return undefined;
      case "outside-hours": {
        const { message, keepAsked: keeps } = order;
        return { type: "times.outside", offered, picked: order.startsAtMs, message, keepAsked: keeps };
      }
      case "slot-taken":
      case "same-time":
        return {
          ...(await timesFound(booking, turn, result.startsAtMs)),
          message: order.message,
          keepAsked: order.keepAsked,
        };
      default:
        return refusal satisfies never;
    }
  },

  confirmBooking: async ({ bookingId }, turn) => told(await confirmBooking(turn, turn.actor, bookingId)),

  declineBooking: async ({ bookingId, typedReason }, turn) => {
    const given = turn.values.reason ?? typedReason;
    const reason = typeof given === "string" ? given.trim() : "";
    if ([...reason].length > longestReason) {
      turn.refuseInputs({ reason: reviewWords.reasonTooLong(longestReason) });
      return undefined;
    }
    return told(await declineBooking(turn, turn.actor, bookingId, reason === "" ? undefined : reason));
  },
};

/** A booking this practitioner decides on. Undefined: there is none. */
async function theirs(bookingId: string, turn: Turn): Promise<Booking | undefined> {
  const booking = await turn.books.bookings.lock(turn.practice.id, bookingId);
  return booking !== undefined && decidesAsPractitioner(turn.actor, booking) ? booking : undefined;
}

function standing(booking: Booking | undefined): ReviewEvent {
  return booking === undefined ? { type: "booking.gone" } : { type: "booking.changed", status: booking.status };
}

/** Done or too late: the event carries the booking's status. */
function told(result: DecideResult): ReviewEvent {
  if (!result.ok && result.refusal === "not-yours") return { type: "booking.gone" };
  return { type: "booking.changed", status: result.booking.status };
}

/** The three best times, all selected. */
async function timesFound(booking: Booking, turn: Turn, takenMs?: number): Promise<ReviewEvent> {
  const facts = await reviewFacts({ bookingId: booking.id, nudged: false }, turn);
  if (facts === undefined) return { type: "booking.gone" };
  const { best } = await bestTimes(facts, turn);
  return { type: "times.found", offered: best, picked: best, ...given({ takenMs }) };
}

/** The values of the card's inputs that were sent with the press. */
async function filledIn(booking: Booking, offered: readonly number[], turn: Turn) {
  const { times, keep, message } = turn.values;
  const facts = await reviewFacts({ bookingId: booking.id, nudged: false }, turn);
  if (facts === undefined || (times === undefined && message === undefined)) return {};
  const ticked = new Set([times ?? []].flat());
  const isTicked = (ms: number) => ticked.has(timeLabel(ms, facts));
  return {
    picked: offered.filter(isTicked),
    keepAsked: [keep ?? []].flat().includes(proposeWords.keepOption),
    message: typeof message === "string" ? message.trim() : "",
  };
}
