import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** Which session is to be cancelled, and what its card says. */
export const cancelContext = z.object({
  bookingId: z.string().optional(),
  /** Sessions to choose from, parted by spaces. */
  ids: z.string().optional(),
  fits: z.boolean().optional(),
  /** The card says that it is late: that is what a yes agrees to. */
  late: z.boolean(),
  /** It became late between the card and the tap. */
  justPassed: z.boolean(),
  /** Typed as the reason; it still takes a yes to cancel. */
  reason: z.string().optional(),
});
export type CancelContext = z.infer<typeof cancelContext>;

/** How a session stands towards being cancelled by this person now. */
export type CancelStanding = "open" | "requested" | "blocked" | "ask" | "asked" | "cancelled" | "over";

type CancelEvent =
  | { type: "session.found"; bookingId: string }
  | { type: "sessions.offered"; ids: string; fits: boolean }
  | { type: "sessions.none" }
  | { type: "session.chosen"; bookingId: string }
  | { type: "standing.seen"; as: CancelStanding; late: boolean }
  | { type: "reason.typed"; reason: string }
  | { type: "cancel.agreed" }
  | { type: "cancel.dropped" }
  | { type: "cost.changed" }
  | { type: "exception.asked" }
  | { type: "wish.withdrawn" }
  | { type: "undo.chosen" }
  | { type: "cancellation.undone" }
  | { type: "booking.changed"; status: string }
  | { type: "payment.changed"; state: string }
  | { type: "bookings.wanted" }
  | { type: "book.wanted" };

type CancelOrder =
  | { type: "findSession"; bookingId: string }
  | { type: "look"; bookingId: string }
  | { type: "cancelBooking"; bookingId: string; late: boolean; typedReason: string }
  | { type: "withdrawBooking"; bookingId: string }
  | { type: "askException"; bookingId: string; typedReason: string }
  | { type: "withdrawWish"; bookingId: string }
  | { type: "undoCancellation"; bookingId: string }
  | { type: "showSession"; bookingId: string }
  | { type: "startBooking" };

/** Every order of the machine, by name. */
export type CancelOrders = { [Type in CancelOrder["type"]]: Extract<CancelOrder, { type: Type }> };

const cancel = setup({
  types: {
    context: {} as CancelContext, // xstate reads types from values that are never used
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
    look: emit(({ context }) => ({ type: "look", bookingId: context.bookingId ?? "" })),
    showSession: emit(({ context }) => ({ type: "showSession", bookingId: context.bookingId ?? "" })),
    showBookings: emit({ type: "showSession", bookingId: "" }),
    startBooking: emit({ type: "startBooking" }),
  },
});

/** The books decide what is shown, whoever changed them. */
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
  // What a cancellation gives back is another amount then: it is said before the tap (D5.6).
  "payment.changed": { actions: "look" },
} as const;

const ways = { "bookings.wanted": { actions: "showBookings" }, "book.wanted": { actions: "startBooking" } } as const;
const dropped = { "cancel.dropped": { actions: "showSession" } } as const;

/** Cancelling a session: which one, what it means before the tap, and a minute to take it back (D4.6, D4.7, D4.9). */
export const cancelMachine = cancel.createMachine({
  id: "cancel",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "findSession", bookingId: context.bookingId ?? "" })),
      on: {
        "session.found": { target: "looking", actions: assign({ bookingId: ({ event }) => event.bookingId }) },
        "sessions.offered": {
          target: "choosingSession",
          actions: assign({ ids: ({ event }) => event.ids, fits: ({ event }) => event.fits }),
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
            bookingId: context.bookingId ?? "",
            late: context.late,
            typedReason: context.reason ?? "",
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
          actions: emit(({ context }) => ({ type: "withdrawBooking", bookingId: context.bookingId ?? "" })),
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
            bookingId: context.bookingId ?? "",
            typedReason: context.reason ?? "",
          })),
        },
        ...dropped,
        ...standings,
      },
    },
    asked: {
      on: {
        "wish.withdrawn": {
          actions: emit(({ context }) => ({ type: "withdrawWish", bookingId: context.bookingId ?? "" })),
        },
        ...ways,
        ...standings,
      },
    },
    cancelled: {
      on: {
        "undo.chosen": {
          actions: emit(({ context }) => ({ type: "undoCancellation", bookingId: context.bookingId ?? "" })),
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
