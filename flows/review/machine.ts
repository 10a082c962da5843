import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { longestTyped } from "../../src/choosing/reason.ts";
import type { NewsOf } from "../../src/desk/telling/news.ts";
import type { BookingStatus } from "../../src/domain/booking.ts";
import { given } from "../../src/given.ts";

const starts = z.array(z.number()).readonly();

/** Which request is being answered. */
export const reviewContext = z.object({
  bookingId: z.string(),
  /** The answer in the words that opened the talk. */
  wants: z.enum(["decline", "propose"]).optional(),
  /** The practitioner has been reminded. */
  nudged: z.boolean(),
  /** The typed reason for declining. Sending it still needs a "decline". */
  reason: z.string().max(longestTyped).optional(),
  /** The times on the card to propose, and which of them are selected. */
  offered: starts.optional(),
  picked: starts.optional(),
  /** A selected time that is no longer free. */
  takenMs: z.number().optional(),
  /** The message to the client that goes with the times. */
  message: z.string().max(longestTyped).optional(),
  keepAsked: z.boolean().optional(),
});
export type ReviewContext = z.infer<typeof reviewContext>;

export type ReviewEvent =
  | { type: "confirm.chosen" }
  | { type: "decline.chosen" }
  | { type: "answers.wanted" }
  | { type: "reason.typed"; reason: string }
  | { type: "propose.chosen" }
  | {
      type: "times.found";
      offered: readonly number[];
      picked: readonly number[];
      takenMs?: number;
      message?: string;
      keepAsked?: boolean;
    }
  | {
      type: "times.outside";
      offered: readonly number[];
      picked: readonly number[];
      message: string;
      keepAsked: boolean;
    }
  | { type: "message.typed"; message: string }
  | { type: "proposal.sent" }
  | { type: "best.proposed"; picked: readonly number[] }
  | { type: "force.agreed" }
  | { type: "decline.agreed" }
  | { type: "went.back" }
  | { type: "booking.gone" }
  | NewsOf<"payment.changed" | "request.nudged" | "booking.changed">;

export type ReviewOrder =
  | {
      type: "openReview";
      bookingId: string;
      wants?: "decline" | "propose";
      offered?: readonly number[];
      picked?: readonly number[];
    }
  | { type: "look"; bookingId: string }
  | { type: "findTimes"; bookingId: string }
  | {
      type: "sendProposal";
      bookingId: string;
      offered: readonly number[];
      picked: readonly number[];
      typedMessage?: string;
      keepAsked: boolean;
      force: boolean;
    }
  | { type: "showAnswers"; bookingId: string }
  | { type: "confirmBooking"; bookingId: string }
  | { type: "declineBooking"; bookingId: string; typedReason?: string };

/** The request's status decides which state is shown, whoever changed it (D4.2). */
const outcomes = {
  // The card is redrawn from the database.
  "payment.changed": { actions: "drawAgain" },
  "booking.gone": "gone",
  "booking.changed": [
    { guard: { type: "becomes", params: { status: "requested" } }, target: "deciding" },
    { guard: { type: "becomes", params: { status: "proposed" } }, target: "proposed" },
    { guard: { type: "becomes", params: { status: "confirmed" } }, target: "confirmed" },
    { guard: { type: "becomes", params: { status: "declined" } }, target: "declined" },
    { guard: { type: "becomes", params: { status: "expired" } }, target: "expired" },
    { guard: { type: "becomes", params: { status: "withdrawn" } }, target: "withdrawn" },
    { guard: { type: "becomes", params: { status: "completed" } }, target: "over" },
    { guard: { type: "becomes", params: { status: "cancelled" } }, target: "over" },
    { guard: { type: "becomes", params: { status: "late_cancelled" } }, target: "over" },
    { guard: { type: "becomes", params: { status: "no_show" } }, target: "over" },
  ],
} as const;

/** Times to choose from. Times named in words are selected. */
const timesFound = { "times.found": { target: "proposing", actions: "noteTimes" } } as const;

/** A practitioner answers a request: confirms it, proposes other times, or declines it with an optional reason. */
export const reviewMachine = setup({
  types: {
    context: {} as ReviewContext, // xstate infers its types from these unused values
    input: {} as ReviewContext,
    events: {} as ReviewEvent,
    emitted: {} as ReviewOrder,
  },
  actions: {
    drawAgain: assign({}),
    confirm: emit(({ context }) => ({ type: "confirmBooking", bookingId: context.bookingId })),
    look: emit(({ context }) => ({ type: "look", bookingId: context.bookingId })),
    findTimes: emit(({ context }) => ({ type: "findTimes", bookingId: context.bookingId })),
    noteTimes: assign(({ context, event }) => {
      if (event.type !== "times.found") return {};
      const { offered, picked, takenMs, message = context.message, keepAsked = context.keepAsked } = event;
      return { offered, picked, takenMs, message, keepAsked };
    }),
    forgetProposal: assign({ offered: undefined, picked: undefined, message: undefined, keepAsked: undefined }),
    sendProposal: emit(({ context, event }) => ({
      type: "sendProposal",
      bookingId: context.bookingId,
      offered: context.offered ?? [],
      picked: event.type === "best.proposed" ? event.picked : (context.picked ?? []),
      ...given({ typedMessage: context.message }),
      keepAsked: context.keepAsked ?? false,
      force: event.type === "force.agreed",
    })),
  },
  guards: {
    becomes: ({ event }, { status }: { status: BookingStatus }) =>
      event.type === "booking.changed" && event.status === status,
  },
}).createMachine({
  id: "review",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "openReview",
        bookingId: context.bookingId,
        ...given({ wants: context.wants, offered: context.offered, picked: context.picked }),
      })),
      on: { "decline.chosen": "givingReason", ...timesFound, ...outcomes },
    },
    deciding: {
      entry: "forgetProposal",
      on: {
        "confirm.chosen": { actions: "confirm" },
        "propose.chosen": { actions: "findTimes" },
        "best.proposed": { actions: "sendProposal" },
        "decline.chosen": "givingReason",
        "answers.wanted": {
          actions: emit(({ context }) => ({ type: "showAnswers", bookingId: context.bookingId })),
        },
        ...timesFound,
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
            ...given({ typedReason: context.reason }),
          })),
        },
        // A reason is deleted when the practitioner goes back.
        "went.back": { actions: [assign({ reason: undefined }), "look"] },
        ...outcomes,
      },
    },
    proposing: {
      on: {
        "proposal.sent": { actions: "sendProposal" },
        "message.typed": { actions: assign({ message: ({ event }) => event.message }) },
        "times.outside": {
          target: "warning",
          actions: assign(({ event }) => ({
            offered: event.offered,
            picked: event.picked,
            message: event.message,
            keepAsked: event.keepAsked,
          })),
        },
        "went.back": "deciding",
        ...timesFound,
        ...outcomes,
      },
    },
    warning: {
      on: {
        "force.agreed": { actions: "sendProposal" },
        "went.back": "proposing",
        ...timesFound,
        ...outcomes,
      },
    },
    proposed: {
      on: { "confirm.chosen": { actions: "confirm" }, "decline.chosen": "givingReason", ...outcomes },
    },
    confirmed: { on: outcomes },
    declined: { type: "final" },
    expired: { type: "final" },
    withdrawn: { type: "final" },
    over: { on: outcomes },
    gone: { type: "final" },
  },
});
