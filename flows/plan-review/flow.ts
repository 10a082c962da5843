import { typedReason } from "../../src/choosing/reason.ts";
import { type Commands, defineFlow, type Field, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { sureActs } from "../../src/conversation/hear.ts";
import { confirmPlan, declinePlan } from "../../src/desk/packages/plan-answers.ts";
import type { Reading } from "../../src/language/reading.ts";
import { planWords } from "../../src/words/plan.ts";
import { planReviewFacts, theirsOf } from "./facts.ts";
import { planReviewInput } from "./input.ts";
import {
  type PlanReviewContext,
  type PlanReviewEvent,
  type PlanReviewOrder,
  planReviewContext,
  planReviewMachine,
} from "./machine.ts";
import { answeredView, decidingView, givingReasonView, goneView, oneByOneView } from "./views.ts";

const longestReason = 500;

const commands: Commands<PlanReviewOrder, PlanReviewEvent> = {
  look: async ({ planId }, turn) => standingOf(planId, turn),

  confirmPlan: async ({ planId }, turn) => {
    await confirmPlan(turn, turn.actor, planId);
    return standingOf(planId, turn);
  },

  declinePlan: async ({ planId, typedReason }, turn) => {
    const given = turn.values.reason ?? typedReason;
    const reason = typeof given === "string" ? given.trim() : "";
    if ([...reason].length > longestReason) {
      turn.refuseInputs({ reason: planWords.reasonTooLong(longestReason) });
      return undefined;
    }
    await declinePlan(turn, turn.actor, planId, reason === "" ? undefined : reason);
    return standingOf(planId, turn);
  },

  showRequest: async ({ bookingId }, turn) => {
    turn.begin({ flow: "review", input: { type: "review.asked", bookingId }, where: "below" });
    return undefined;
  },
};

/** Whether any of its sessions is still open. */
async function standingOf(planId: string, turn: Turn): Promise<PlanReviewEvent> {
  const theirs = await theirsOf(planId, turn);
  if (theirs.length === 0) return { type: "plan.gone" };
  return {
    type: theirs.some(({ status }) => status === "requested" || status === "proposed") ? "plan.open" : "plan.done",
  };
}

/** "Decline it", said to the plan's card. If the words are about another client, that client's card opens. */
async function hearDeciding(
  reading: Reading,
  { planId }: PlanReviewContext,
  turn: Turn,
): Promise<Heard<PlanReviewEvent>> {
  const [first] = await theirsOf(planId, turn);
  const isOther = reading.names.some(({ kind, ids }) => kind !== "client" || !ids.some((id) => id === first?.clientId));
  const declines = sureActs(reading).some(({ verb }) => verb === "decline");
  return declines && !isOther ? { event: { type: "decline.chosen" } } : undefined;
}

const reasonField: Field<PlanReviewContext, PlanReviewEvent> = {
  takes: (text) => ({ event: { type: "reason.typed", reason: typedReason(text) } }),
};

/** A practitioner answers a plan, with all of its sessions on one card. */
export const planReviewFlow = defineFlow({
  name: "plan-review",
  version: 1,
  roles: ["practitioner"],
  machine: planReviewMachine,
  context: planReviewContext,
  input: planReviewInput,
  begin: ({ planId }) => ({ planId, nudged: false }),
  again: (planId) => (planId === undefined ? undefined : { type: "plan.asked", planId }),
  // News about any booking of the plan go to the talks about the plan.
  about: ({ planId }) => planId,
  subject: async ({ planId }, turn) => {
    const [first] = await theirsOf(planId, turn);
    return first === undefined ? {} : { clientId: first.clientId };
  },
  commands,
  scenes: {
    opening: scene(planReviewFacts, decidingView),
    deciding: scene(planReviewFacts, decidingView),
    oneByOne: scene(planReviewFacts, oneByOneView),
    givingReason: scene(planReviewFacts, givingReasonView),
    answered: scene(planReviewFacts, answeredView),
    gone: scene(() => undefined, goneView),
  },
  answers: {
    deciding: { yes: { event: { type: "all.confirmed" }, to: "confirm" }, no: { type: "decline.chosen" } },
    givingReason: { yes: { event: { type: "decline.agreed" }, to: "decline" }, no: { type: "went.back" } },
  },
  repeats: { deciding: "confirm", oneByOne: "confirm", givingReason: "decline" },
  hears: { deciding: hearDeciding },
  field: { givingReason: reasonField },
  // A "confirm all" typed as a plan arrives must not decide on it if other requests wait.
  mayBeTyped: async ({ planId }, turn, unasked) => {
    const saysAll = turn.reading?.refs.includes("all") === true;
    if ((!unasked && !saysAll) || turn.actor.kind !== "practitioner") return true;
    const open = await turn.books.bookings.listForPractitioner(turn.practice.id, turn.actor.practitionerId, {
      statuses: ["requested"],
      order: "asc",
    });
    return open.every((booking) => booking.planId === planId);
  },
  isLoud: (event) => event.type === "request.nudged",
});
