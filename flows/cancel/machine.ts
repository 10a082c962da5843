import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { longestTyped } from "../../src/choosing/reason.ts";
import { type OfferedSessions, offeredSessions, type WhichSession } from "../../src/choosing/which-session.ts";
import type { NewsOf } from "../../src/desk/telling/news.ts";
import { given } from "../../src/given.ts";

/** The session to cancel, and what its card says. */
export const cancelContext = z.object({
  bookingId: z.string().optional(),
  /** Sessions to choose from. */
  offered: offeredSessions.optional(),
  /** The card says that it is late, so a yes agrees to a late cancellation. */
  late: z.boolean(),
  /** The cut-off passed after the card was shown and before the tap. */
  justPassed: z.boolean(),
  /** The typed reason. Cancelling still needs a yes. */
  reason: z.string().max(longestTyped).optional(),
});
export type CancelContext = z.infer<typeof cancelContext>;

/** Whether and how this person may cancel the session now. */
export type CancelStanding = "open" | "requested" | "blocked" | "ask" | "asked" | "cancelled" | "over";

export type CancelEvent =
  | WhichSession
  | { type: "session.chosen"; bookingId: string }
  | { type: "standing.seen"; as: CancelStanding; late: boolean }
  | { type: "reason.typed"; reason: string }
  | { type: "cancel.agreed" }
  | { type: "cancel.dropped" }
  | { type: "cost.changed" }
  | { type: "exception.asked" }
  | { type: "change.withdrawn" }
  | { type: "undo.chosen" }
  | { type: "cancellation.undone" }
  | NewsOf<"booking.changed" | "payment.changed">
  | { type: "bookings.wanted" }
  | { type: "book.wanted" };

export type CancelOrder =
  | { type: "findSession"; bookingId?: string; offered?: OfferedSessions }
  | { type: "look"; bookingId?: string }
  | { type: "cancelBooking"; bookingId?: string; late: boolean; typedReason?: string }
  | { type: "withdrawBooking"; bookingId?: string }
  | { type: "askException"; bookingId?: string; typedReason?: string }
  | { type: "withdrawChange"; bookingId?: string }
  | { type: "undoCancellation"; bookingId?: string }
  | { type: "showSession"; bookingId?: string }
  | { type: "startBooking" };

const cancel = setup({
  types: {
    context: {} as CancelContext, // xstate infers its types from these unused values
    input: {} as CancelContext,
    events: {} as CancelEvent,
    emitted: {} as CancelOrder,
  },
  guards: {
    standsAs: ({ event }, { as }: { as: CancelStanding }) => event.type === "standing.seen" && event.as === as,
  },
  actions: {
    noteLate: assign({
      late: ({ context, event }) => (event.type === "standing.seen" ? event.late : context.late),
    }),
    /** A reason is deleted when the person keeps the session. */
    forgetReason: assign({ reason: undefined }),
    look: emit(({ context }) => ({ type: "look", ...booking(context) })),
    showSession: emit(({ context }) => ({ type: "showSession", ...booking(context) })),
    showBookings: emit({ type: "showSession" }),
    startBooking: emit({ type: "startBooking" }),
  },
});

function booking({ bookingId }: CancelContext) {
  return given({ bookingId });
}

/** The session's state in the database decides which state is shown. */
const standings = {
  "standing.seen": [
    { guard: { type: "standsAs", params: { as: "open" } }, target: "reviewing", actions: "noteLate" },
    { guard: { type: "standsAs", params: { as: "requested" } }, target: "withdrawing" },
    { guard: { type: "standsAs", params: { as: "blocked" } }, target: "blocked" },
    { guard: { type: "standsAs", params: { as: "ask" } }, target: "asking" },
    { guard: { type: "standsAs", params: { as: "asked" } }, target: "asked" },
    { guard: { type: "standsAs", params: { as: "cancelled" } }, target: "cancelled" },
    { guard: { type: "standsAs", params: { as: "over" } }, target: "over" },
  ],
  "booking.changed": { actions: "look" },
  // The card states the refund before the tap (D5.6), so a payment changes it.
  "payment.changed": { actions: "look" },
} as const;

const ways = { "bookings.wanted": { actions: "showBookings" }, "book.wanted": { actions: "startBooking" } } as const;
const dropped = { "cancel.dropped": { actions: ["forgetReason", "showSession"] } } as const;

/**
 * Cancelling a session: the choice of a session, the consequences before the tap, and a minute to undo it (D4.6, D4.7,
 * D4.9).
 */
export const cancelMachine = cancel.createMachine({
  id: "cancel",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "findSession",
        ...booking(context),
        ...given({ offered: context.offered }),
      })),
      on: {
        "session.found": { target: "looking", actions: assign({ bookingId: ({ event }) => event.bookingId }) },
        "sessions.offered": {
          target: "choosingSession",
          actions: assign({ offered: ({ event }) => event.offered }),
        },
        "sessions.none": "nothing",
      },
    },
    choosingSession: {
      on: {
        "session.chosen": { target: "looking", actions: assign({ bookingId: ({ event }) => event.bookingId }) },
        ...ways,
      },
    },
    nothing: { on: ways },
    looking: { entry: "look", on: standings },
    reviewing: {
      on: {
        "reason.typed": { actions: assign({ reason: ({ event }) => event.reason }) },
        "cancel.agreed": {
          actions: emit(({ context }) => ({
            type: "cancelBooking",
            ...booking(context),
            late: context.late,
            ...given({ typedReason: context.reason }),
          })),
        },
        "cost.changed": { actions: [assign({ justPassed: true }), "look"] },
        ...dropped,
        ...standings,
      },
    },
    withdrawing: {
      on: {
        "cancel.agreed": {
          actions: emit(({ context }) => ({ type: "withdrawBooking", ...booking(context) })),
        },
        ...dropped,
        ...standings,
      },
    },
    blocked: { on: { ...ways, ...standings } },
    asking: {
      on: {
        "reason.typed": { actions: assign({ reason: ({ event }) => event.reason }) },
        "exception.asked": {
          actions: emit(({ context }) => ({
            type: "askException",
            ...booking(context),
            ...given({ typedReason: context.reason }),
          })),
        },
        ...dropped,
        ...standings,
      },
    },
    asked: {
      on: {
        "change.withdrawn": {
          actions: emit(({ context }) => ({ type: "withdrawChange", ...booking(context) })),
        },
        ...ways,
        ...standings,
      },
    },
    cancelled: {
      on: {
        "undo.chosen": {
          actions: emit(({ context }) => ({ type: "undoCancellation", ...booking(context) })),
        },
        "cancellation.undone": "restored",
        ...ways,
        ...standings,
      },
    },
    restored: { on: ways },
    over: { on: standings },
  },
});
