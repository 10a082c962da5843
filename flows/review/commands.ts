import type { CardEvent } from "../../src/cards/card.ts";
import type { Command } from "../../src/conversation/flow.ts";
import { decidesAsPractitioner } from "../../src/desk/actor.ts";
import { confirmBooking, type DecideResult, declineBooking } from "../../src/desk/decide.ts";
import { reviewWords } from "../../src/words/review.ts";
import type { ReviewOrders } from "./machine.ts";

type Commands = { readonly [Type in keyof ReviewOrders]: Command<ReviewOrders[Type]> };

const longestReason = 500;

/** What the practitioner's machine may do to a request. */
export const commands: Commands = {
  openReview: async ({ bookingId }, turn) => {
    const booking = await turn.books.bookings.find(turn.practice.id, bookingId);
    if (booking === undefined || !decidesAsPractitioner(turn.actor, booking)) return { type: "booking.gone" };
    return { type: "booking.changed", status: booking.status };
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

/** Done or too late, the machine is told how the booking stands. */
function told(result: DecideResult): CardEvent {
  if (!result.ok && result.refusal === "not-yours") return { type: "booking.gone" };
  return { type: "booking.changed", status: result.booking.status };
}
