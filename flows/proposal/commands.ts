import type { Commands } from "../../src/conversation/flow.ts";
import { ownsAsClient } from "../../src/desk/actor.ts";
import { withdrawBooking } from "../../src/desk/booking/decide.ts";
import { acceptProposal, counterProposals, type ProposalAnswer } from "../../src/desk/changes/answer-proposal.ts";
import { mostRounds } from "../../src/desk/changes/propose.ts";
import { given } from "../../src/given.ts";
import { proposalWords } from "../../src/words/propose.ts";
import type { ProposalEvent, ProposalOrder } from "./machine.ts";

/** What a client may do with the times proposed to them. */
export const commands: Commands<ProposalOrder, ProposalEvent> = {
  openProposal: async ({ bookingId }, turn) => {
    const booking = await turn.books.bookings.lock(turn.practice.id, bookingId);
    if (booking === undefined || !ownsAsClient(turn.actor, booking)) return { type: "booking.gone" };
    return { type: "booking.changed", status: booking.status };
  },

  acceptProposal: async ({ bookingId, startsAtMs }, turn) =>
    told(await acceptProposal(turn, turn.actor, bookingId, startsAtMs)),

  askWhatSuits: async ({ bookingId }, turn) => {
    const booking = await turn.books.bookings.lock(turn.practice.id, bookingId);
    return { type: (booking?.proposalRounds ?? 0) < mostRounds ? "suiting.asked" : "rounds.over" };
  },

  counterProposals: async ({ bookingId, wish }, turn) => {
    const answer = await counterProposals(turn, turn.actor, bookingId, wish ?? "");
    if (!answer.ok && answer.refusal === "too-often") return { type: "rounds.over" };
    if (!answer.ok && answer.refusal === "wish-missing") {
      turn.refuseInputs({ wish: proposalWords.notHeard });
      return undefined;
    }
    return told(answer);
  },

  withdrawBooking: async ({ bookingId }, turn) => {
    const withdrawn = await withdrawBooking(turn, turn.actor, bookingId);
    if (!withdrawn.ok && withdrawn.refusal === "not-yours") return { type: "booking.gone" };
    return { type: "booking.changed", status: withdrawn.booking.status };
  },

  writeMessage: async ({ bookingId }, turn) => {
    const booking = await turn.books.bookings.find(turn.practice.id, bookingId);
    const input = { type: "contact", ...given({ personId: booking?.practitionerId }) } as const;
    turn.begin({ flow: "contact", input, where: "below" });
    return undefined;
  },

  showBooking: async ({ bookingId }, turn) => {
    turn.begin({ flow: "book", input: { type: "book", bookingId }, where: "here" });
    return undefined;
  },
};

/** Done or too late: the event carries the booking's status. */
function told(answer: ProposalAnswer): ProposalEvent {
  if (!answer.ok && answer.refusal === "not-yours") return { type: "booking.gone" };
  return { type: "booking.changed", status: answer.booking.status };
}
