import type { Talks } from "../../src/cards/talks.ts";
import { reasonSaid, typedReason } from "../../src/choosing/reason.ts";
import { requestMeant } from "../../src/choosing/which-request.ts";
import { defineFlow, type Field, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { sureActs } from "../../src/conversation/hear.ts";
import { fieldsOf, listIn } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import type { Act } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { commands } from "./commands.ts";
import { proposingFacts, reviewFacts } from "./facts.ts";
import { goneView } from "./gone-view.ts";
import { reviewInput } from "./input.ts";
import { type ReviewContext, type ReviewEvent, reviewContext, reviewMachine } from "./machine.ts";
import { proposedView, proposingView, warningView } from "./proposal-views.ts";
import { hearTimes, speaksOfTimes, timesSaid } from "./proposal-words.ts";
import {
  confirmedView,
  decidingView,
  declinedView,
  expiredView,
  givingReasonView,
  overView,
  withdrawnView,
} from "./views.ts";

type Input = Talks["review"];

/** "Confirm Ben": opens the request's card, on which a yes confirms. */
async function openOnConfirm({ object }: Act, _reading: Reading, turn: Turn): Promise<Input | undefined> {
  const request = object.refs.includes("all") ? undefined : await requestMeant(object, turn);
  return request && { type: "review.asked", bookingId: request.id };
}

/** "Review Ben's request". Without a name, the list opens. */
function openOnNamed(act: Act, reading: Reading, turn: Turn): Promise<Input | undefined> | undefined {
  return act.object.names.length === 0 ? undefined : openOnConfirm(act, reading, turn);
}

/** "Decline Ben, I am away": "Decline this request?" with the reason on the card. */
async function openOnDecline(act: Act, _reading: Reading, turn: Turn): Promise<Input | undefined> {
  const request = await requestMeant(act.object, turn);
  const reason = reasonSaid(act, turn);
  return request && { type: "review.asked", bookingId: request.id, wants: "decline", ...given({ reason }) };
}

/** "Propose Thursday 10 to Ben": the card to choose on, with those times on it. */
async function openOnPropose({ object }: Act, reading: Reading, turn: Turn): Promise<Input | undefined> {
  const { names, refs } = object; // the time is the one proposed, not the request's
  const request = await requestMeant({ names, refs, methods: [] }, turn);
  if (request === undefined) return undefined;
  const found = await timesSaid(reading, request, turn);
  const times = found && { offered: found.offered, picked: found.picked };
  return { type: "review.asked", bookingId: request.id, wants: "propose", ...given({ times }) };
}

/**
 * "Decline it" and "propose Friday", said to the request's card. If the words are about another client, theirs opens.
 */
async function hearDeciding(reading: Reading, { bookingId }: ReviewContext, turn: Turn): Promise<Heard<ReviewEvent>> {
  if (reading.names.length > 0) return undefined;
  const verbs = sureActs(reading).map(({ verb }) => verb);
  if (verbs.includes("decline") || verbs.includes("cannot")) return { event: { type: "decline.chosen" } };
  const booking = await turn.books.bookings.find(turn.practice.id, bookingId);
  const isOther = verbs.some((verb) => verb !== "propose" && verb !== "other options" && verb !== "change");
  if (isOther || booking === undefined) return undefined;
  const times = speaksOfTimes(reading) ? await timesSaid(reading, booking, turn) : undefined;
  if (times !== undefined) return { event: times };
  return verbs.length > 0 ? { event: { type: "propose.chosen" } } : undefined;
}

const reasonField: Field<ReviewContext, ReviewEvent> = {
  isForOther: true,
  takes: (text) => ({ event: { type: "reason.typed", reason: typedReason(text) } }),
};
const messageField: Field<ReviewContext, ReviewEvent> = {
  isForOther: true,
  // "Hm" must not replace a message that was typed before.
  takes: (text, _context, { reading }) =>
    reading?.rest.length === 0 ? undefined : { event: { type: "message.typed", message: typedReason(text) } },
};

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
  begin: ({ bookingId, wants, reason, times }) => ({
    bookingId,
    nudged: false,
    ...given({ wants, reason, offered: times?.offered, picked: times?.picked }),
  }),
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
  opensOn: {
    confirm: openOnConfirm,
    accept: openOnConfirm,
    decline: openOnDecline,
    propose: openOnPropose,
    "list requests": openOnNamed,
  },
  answers: {
    deciding: { yes: { event: { type: "confirm.chosen" }, to: "confirm" }, no: { type: "decline.chosen" } },
    givingReason: { yes: { event: { type: "decline.agreed" }, to: "decline" }, no: { type: "went.back" } },
    proposing: { yes: { event: { type: "proposal.sent" }, to: "send" }, no: { type: "went.back" } },
    warning: { yes: { event: { type: "force.agreed" }, to: "send" }, no: { type: "went.back" } },
    proposed: { yes: { event: { type: "confirm.chosen" }, to: "confirm" } },
  },
  repeats: {
    deciding: "confirm",
    givingReason: "decline",
    proposing: "propose",
    warning: "propose",
    proposed: "confirm",
  },
  hears: { deciding: hearDeciding, proposing: hearTimes },
  field: { givingReason: reasonField, proposing: messageField },
  // If several requests are open, "confirm all" is not for one of them. A "confirm" typed before this card came is for
  // the list.
  mayBeTyped: async (_context, turn, unasked) => {
    const saysAll = turn.reading?.refs.includes("all") === true;
    if ((!unasked && !saysAll) || turn.actor.kind !== "practitioner") return true;
    const open = await turn.books.bookings.listForPractitioner(turn.practice.id, turn.actor.practitionerId, {
      statuses: ["requested"],
      order: "asc",
      limit: 2,
    });
    return open.length < 2;
  },
  mayBeAsked: true,
  migrate: {
    // Version 1 stored starts as texts.
    1: ({ state, context }) => {
      const { offered, picked, ...rest } = fieldsOf(context);
      return { state, context: { ...rest, ...given({ offered: startsIn(offered), picked: startsIn(picked) }) } };
    },
  },
  // Changes by the client or by a timer edit the card in place. A reminder, and the answer to proposed times, get a new
  // message.
  isLoud: (event, state) =>
    event.type === "request.nudged" || (event.type === "booking.changed" && state === "proposed"),
});
