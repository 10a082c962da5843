import { assign, emit, setup } from "xstate";
import { z } from "zod";
import type { NewsOf } from "../../src/desk/telling/news.ts";
import { given } from "../../src/given.ts";

/** Which proposal is being answered. */
export const proposalContext = z.object({
  bookingId: z.string(),
  /** The time that the words chose. Taking it still needs a yes. */
  chosenMs: z.number().optional(),
  /** The other times the client asks for, in their words, said before the card asked. */
  wish: z.string().max(200).optional(),
});
export type ProposalContext = z.infer<typeof proposalContext>;

export type ProposalEvent =
  | NewsOf<"booking.changed" | "payment.changed">
  | { type: "booking.gone" }
  | { type: "time.accepted"; startsAtMs: number }
  | { type: "time.named"; startsAtMs: number }
  | { type: "none.suits" }
  | { type: "wish.named"; wish: string }
  | { type: "wish.sent"; wish: string }
  | { type: "suiting.asked" }
  | { type: "rounds.over" }
  | { type: "message.wanted" }
  | { type: "withdrawal.asked" }
  | { type: "withdrawal.agreed" }
  | { type: "withdrawal.dropped" }
  | { type: "went.back" };

export type ProposalOrder =
  | { type: "openProposal"; bookingId: string }
  | { type: "acceptProposal"; bookingId: string; startsAtMs: number }
  | { type: "askWhatSuits"; bookingId: string }
  | { type: "counterProposals"; bookingId: string; wish?: string }
  | { type: "withdrawBooking"; bookingId: string }
  | { type: "writeMessage"; bookingId: string }
  | { type: "showBooking"; bookingId: string };

const proposal = setup({
  types: {
    context: {} as ProposalContext, // xstate infers its types from these unused values
    input: {} as ProposalContext,
    events: {} as ProposalEvent,
    emitted: {} as ProposalOrder,
  },
  guards: {
    isOpen: ({ event }) => event.type === "booking.changed" && event.status === "proposed",
  },
  actions: {
    drawAgain: assign({}),
    forget: assign({ chosenMs: undefined, wish: undefined }),
    accept: emit(({ context, event }) => ({
      type: "acceptProposal",
      bookingId: context.bookingId,
      startsAtMs: event.type === "time.accepted" ? event.startsAtMs : (context.chosenMs ?? 0),
    })),
    counter: emit(({ context, event }) => ({
      type: "counterProposals",
      bookingId: context.bookingId,
      ...given({ wish: event.type === "wish.sent" ? event.wish : context.wish }),
    })),
    askWhatSuits: emit(({ context }) => ({ type: "askWhatSuits", bookingId: context.bookingId })),
    showBooking: emit(({ context }) => ({ type: "showBooking", bookingId: context.bookingId })),
  },
});

/** An open proposal is shown here. Any other status is shown by the talk about the booking. */
const outcomes = {
  "payment.changed": { actions: "drawAgain" },
  "booking.gone": "gone",
  "booking.changed": [{ guard: "isOpen", target: "choosing" }, { actions: "showBooking" }],
} as const;

/** The client answers the times a practitioner proposes: takes one, asks for other times, or withdraws the request. */
export const proposalMachine = proposal.createMachine({
  id: "proposal",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openProposal", bookingId: context.bookingId })),
      on: outcomes,
    },
    choosing: {
      entry: "forget",
      on: {
        "time.accepted": { actions: "accept" },
        "time.named": { target: "agreeing", actions: assign({ chosenMs: ({ event }) => event.startsAtMs }) },
        "none.suits": { actions: "askWhatSuits" },
        "wish.named": { actions: [assign({ wish: ({ event }) => event.wish }), "askWhatSuits"] },
        "suiting.asked": "suiting",
        "rounds.over": "lastRound",
        "withdrawal.asked": "askingWithdrawal",
        ...outcomes,
      },
    },
    agreeing: {
      on: { "time.accepted": { actions: "accept" }, "went.back": "choosing", ...outcomes },
    },
    suiting: {
      on: {
        "time.named": { target: "agreeing", actions: assign({ chosenMs: ({ event }) => event.startsAtMs }) },
        "wish.named": { actions: assign({ wish: ({ event }) => event.wish }) },
        "wish.sent": { actions: "counter" },
        "rounds.over": "lastRound",
        "went.back": "choosing",
        ...outcomes,
      },
    },
    lastRound: {
      on: {
        "time.accepted": { actions: "accept" },
        "time.named": { target: "agreeing", actions: assign({ chosenMs: ({ event }) => event.startsAtMs }) },
        "message.wanted": {
          actions: emit(({ context }) => ({ type: "writeMessage", bookingId: context.bookingId })),
        },
        "withdrawal.asked": "askingWithdrawal",
        ...outcomes,
      },
    },
    askingWithdrawal: {
      on: {
        "withdrawal.agreed": {
          actions: emit(({ context }) => ({ type: "withdrawBooking", bookingId: context.bookingId })),
        },
        "withdrawal.dropped": "choosing",
        "went.back": "choosing",
        ...outcomes,
      },
    },
    gone: { type: "final" },
  },
});
