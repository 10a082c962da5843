import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** Which request is being answered. */
export const reviewContext = z.object({
  bookingId: z.string(),
  /** The practitioner has been reminded. */
  nudged: z.boolean(),
  /** Typed as the reason for declining; it still takes a "decline" to send it. */
  reason: z.string().optional(),
});
export type ReviewContext = z.infer<typeof reviewContext>;

type ReviewEvent =
  | { type: "confirm.chosen" }
  | { type: "decline.chosen" }
  | { type: "reason.typed"; reason: string }
  | { type: "decline.agreed" }
  | { type: "went.back" }
  | { type: "booking.gone" }
  | { type: "booking.changed"; status: string }
  | { type: "request.nudged"; part: number };

type ReviewOrder =
  | { type: "openReview"; bookingId: string }
  | { type: "confirmBooking"; bookingId: string }
  | { type: "declineBooking"; bookingId: string; typedReason: string };

/** Every order of the machine, by name. */
export type ReviewOrders = { [Type in ReviewOrder["type"]]: Extract<ReviewOrder, { type: Type }> };

/** The request's state decides what is shown; whoever came first, the practitioner sees what holds now (D4.2). */
const outcomes = {
  "booking.gone": "gone",
  "booking.changed": [
    { guard: { type: "becomes", params: { status: "requested" } }, target: "deciding" },
    { guard: { type: "becomes", params: { status: "confirmed" } }, target: "confirmed" },
    { guard: { type: "becomes", params: { status: "declined" } }, target: "declined" },
    { guard: { type: "becomes", params: { status: "expired" } }, target: "expired" },
    { guard: { type: "becomes", params: { status: "withdrawn" } }, target: "withdrawn" },
    { guard: { type: "becomes", params: { status: "completed" } }, target: "over" },
  ],
} as const;

/** The practitioner's side of a request: Confirm, or Decline with an optional reason. */
export const reviewMachine = setup({
  types: {
    context: {} as ReviewContext, // xstate reads types from values that are never used
    input: {} as ReviewContext,
    events: {} as ReviewEvent,
    emitted: {} as ReviewOrder,
  },
  guards: {
    becomes: ({ event }, { status }: { status: string }) => event.type === "booking.changed" && event.status === status,
  },
}).createMachine({
  id: "review",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openReview", bookingId: context.bookingId })),
      on: outcomes,
    },
    deciding: {
      on: {
        "confirm.chosen": {
          actions: emit(({ context }) => ({ type: "confirmBooking", bookingId: context.bookingId })),
        },
        "decline.chosen": "givingReason",
        "request.nudged": { actions: assign({ nudged: true }) },
        ...outcomes,
      },
    },
    givingReason: {
      on: {
        "reason.typed": { actions: assign({ reason: ({ event }) => event.reason }) },
        "decline.agreed": {
          actions: emit(({ context }) => ({
            type: "declineBooking",
            bookingId: context.bookingId,
            typedReason: context.reason ?? "",
          })),
        },
        "went.back": "deciding",
        ...outcomes,
      },
    },
    confirmed: { on: outcomes },
    declined: { type: "final" },
    expired: { type: "final" },
    withdrawn: { type: "final" },
    over: { type: "final" },
    gone: { type: "final" },
  },
});
