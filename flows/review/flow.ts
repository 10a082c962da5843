import { defineFlow, type Heard, scene } from "../../src/conversation/flow.ts";
import { fieldsOf, listIn } from "../../src/conversation/kept-context.ts";
import { normalise } from "../../src/conversation/router.ts";
import { given } from "../../src/given.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { commands } from "./commands.ts";
import { proposingFacts, reviewFacts } from "./facts.ts";
import { goneView } from "./gone-view.ts";
import { reviewInput } from "./input.ts";
import { type ReviewEvent, reviewContext, reviewMachine } from "./machine.ts";
import { proposedView, proposingView, warningView } from "./proposal-views.ts";
import { listenForForce, listenForTimes } from "./proposal-words.ts";
import {
  confirmedView,
  decidingView,
  declinedView,
  expiredView,
  givingReasonView,
  overView,
  withdrawnView,
} from "./views.ts";

/** While "Decline this request?" is open: a clear yes, a way back, or why. */
async function listenForReason(text: string): Promise<Heard<ReviewEvent>> {
  const { intent, certainty } = understand(text, { pending: "confirm" });
  if (intent === "affirm" && certainty >= 0.9) return { event: { type: "decline.agreed" } };
  if (intent === "abort" || /^(no|nope|nah|don'?t)$/.test(normalise(text))) return { event: { type: "went.back" } };
  return { event: { type: "reason.typed", reason: text.slice(0, 600) } };
}

function startsIn(text: unknown): readonly number[] | undefined {
  return text === undefined ? undefined : listIn(text).map(Number);
}

/** A practitioner answers a request. */
export const reviewFlow = defineFlow({
  name: "review",
  version: 2,
  roles: ["practitioner"],
  machine: reviewMachine,
  context: reviewContext,
  input: reviewInput,
  begin: ({ bookingId }) => ({ bookingId, nudged: false }),
  again: (bookingId) => (bookingId === undefined ? undefined : { type: "review.asked", bookingId }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(reviewFacts, decidingView),
    deciding: scene(reviewFacts, decidingView),
    givingReason: scene(reviewFacts, givingReasonView),
    proposing: scene(proposingFacts, proposingView),
    warning: scene(proposingFacts, warningView),
    proposed: scene(reviewFacts, proposedView),
    confirmed: scene(reviewFacts, confirmedView),
    declined: scene(reviewFacts, declinedView),
    expired: scene(reviewFacts, expiredView),
    withdrawn: scene(reviewFacts, withdrawnView),
    over: scene(reviewFacts, overView),
    gone: scene(() => undefined, goneView),
  },
  answers: { deciding: { yes: { type: "confirm.chosen" }, no: { type: "decline.chosen" } } },
  listen: {
    givingReason: listenForReason,
    proposing: listenForTimes,
    warning: listenForForce,
  },
  // "Confirm" typed while another request drops in must not decide on that one: with several open it leads to the list.
  mayBeTyped: async (_context, turn, unasked) => {
    if (!unasked || turn.actor.kind !== "practitioner") return true;
    const open = await turn.books.bookings.listForPractitioner(turn.practice.id, turn.actor.practitionerId, {
      statuses: ["requested"],
      order: "asc",
      limit: 2,
    });
    return open.length < 2;
  },
  mayBeAsked: true,
  migrate: {
    // Version 1 kept starts as texts.
    1: ({ state, context }) => {
      const { offered, picked, ...rest } = fieldsOf(context);
      return { state, context: { ...rest, ...given({ offered: startsIn(offered), picked: startsIn(picked) }) } };
    },
  },
  // What the client or the clock does to a request is shown in place; a reminder is worth a new message, and the answer to
  // the times that were proposed.
  isLoud: (event, state) =>
    event.type === "request.nudged" || (event.type === "booking.changed" && state === "proposed"),
});
