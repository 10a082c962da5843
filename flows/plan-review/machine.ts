import { assign, emit, setup } from "xstate";
import { z } from "zod";
import type { NewsOf } from "../../src/desk/telling/news.ts";
import { given } from "../../src/given.ts";

/** Which plan is being answered. */
export const planReviewContext = z.object({
  planId: z.string(),
  /** The practitioner has been reminded. */
  nudged: z.boolean(),
  /** The typed reason for declining. Sending it still needs a press. */
  reason: z.string().optional(),
});
export type PlanReviewContext = z.infer<typeof planReviewContext>;

export type PlanReviewEvent =
  | { type: "plan.open" }
  | { type: "plan.done" }
  | { type: "plan.gone" }
  | { type: "all.confirmed" }
  | { type: "decline.chosen" }
  | { type: "reason.typed"; reason: string }
  | { type: "decline.agreed" }
  | { type: "one.wanted" }
  | { type: "request.opened"; bookingId: string }
  | { type: "went.back" }
  | NewsOf<"booking.changed" | "request.nudged">;

export type PlanReviewOrder =
  | { type: "look"; planId: string }
  | { type: "confirmPlan"; planId: string }
  | { type: "declinePlan"; planId: string; typedReason?: string }
  | { type: "showRequest"; bookingId: string };

/** After any session of it was answered, by anyone, the practitioner sees the remaining ones (D4.2). */
const outcomes = {
  "plan.open": {},
  "plan.done": "answered",
  "plan.gone": "gone",
  "booking.changed": { actions: "look" },
} as const;

/** The practitioner's one card for a plan: all at once, or one by one. */
export const planReviewMachine = setup({
  types: {
    context: {} as PlanReviewContext, // xstate infers its types from these unused values
    input: {} as PlanReviewContext,
    events: {} as PlanReviewEvent,
    emitted: {} as PlanReviewOrder,
  },
  actions: {
    look: emit(({ context }) => ({ type: "look", planId: context.planId })),
  },
}).createMachine({
  id: "plan-review",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: { entry: "look", on: { ...outcomes, "plan.open": "deciding" } },
    deciding: {
      on: {
        ...outcomes,
        "all.confirmed": { actions: emit(({ context }) => ({ type: "confirmPlan", planId: context.planId })) },
        "decline.chosen": "givingReason",
        "one.wanted": "oneByOne",
        "request.nudged": { actions: assign({ nudged: true }) },
      },
    },
    oneByOne: {
      on: {
        ...outcomes,
        "request.opened": {
          actions: emit(({ event }) => ({ type: "showRequest", bookingId: event.bookingId })),
        },
        "request.nudged": { target: "deciding", actions: assign({ nudged: true }) },
        "went.back": "deciding",
      },
    },
    givingReason: {
      on: {
        ...outcomes,
        "reason.typed": { actions: assign({ reason: ({ event }) => event.reason }) },
        "decline.agreed": {
          actions: emit(({ context }) => ({
            type: "declinePlan",
            planId: context.planId,
            ...given({ typedReason: context.reason }),
          })),
        },
        "went.back": "deciding",
      },
    },
    answered: { on: { "booking.changed": { actions: "look" }, "plan.open": "deciding", "plan.gone": "gone" } },
    gone: { type: "final" },
  },
});
