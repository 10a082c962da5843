import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** Which list and which page is shown, and which session is opened from it. */
export const bookingsContext = z.object({
  past: z.boolean(),
  /** The person asked to move or cancel something. */
  change: z.boolean().optional(),
  page: z.number().int().nonnegative(),
  bookingId: z.string().optional(),
});
export type BookingsContext = z.infer<typeof bookingsContext>;

type BookingsEvent =
  | { type: "list.opened" }
  | { type: "upcoming.wanted" }
  | { type: "past.wanted" }
  | { type: "list.paged"; page: number }
  | { type: "booking.opened"; bookingId: string }
  | { type: "withdrawal.asked" }
  | { type: "withdrawal.agreed" }
  | { type: "withdrawal.dropped" }
  | { type: "booking.changed"; status: string }
  | { type: "review.wanted" }
  | { type: "book.wanted" }
  | { type: "again.wanted"; serviceId: string }
  | { type: "home.wanted" }
  | { type: "went.back" };

type BookingsOrder =
  | { type: "openBookings"; bookingId: string }
  | { type: "withdrawBooking"; bookingId: string }
  | { type: "answerRequest"; bookingId: string }
  | { type: "startBooking"; serviceId: string }
  | { type: "goHome" };

/** Every order of the machine, by name. */
export type BookingsOrders = { [Type in BookingsOrder["type"]]: Extract<BookingsOrder, { type: Type }> };

/** The sessions one has and had, with details and what may be done about each. */
export const bookingsMachine = setup({
  types: {
    context: {} as BookingsContext, // xstate reads types from values that are never used
    input: {} as BookingsContext,
    events: {} as BookingsEvent,
    emitted: {} as BookingsOrder,
  },
  actions: {
    goHome: emit({ type: "goHome" }),
    startBooking: emit(({ event }) => ({
      type: "startBooking",
      serviceId: event.type === "again.wanted" ? event.serviceId : "",
    })),
  },
}).createMachine({
  id: "bookings",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openBookings", bookingId: context.bookingId ?? "" })),
      on: { "booking.opened": "showing", "list.opened": "listing" },
    },
    listing: {
      entry: assign({ bookingId: undefined }),
      on: {
        "upcoming.wanted": { actions: assign({ past: false, page: 0 }) },
        "past.wanted": { actions: assign({ past: true, page: 0, change: undefined }) },
        "list.paged": { actions: assign({ page: ({ event }) => event.page }) },
        "booking.opened": { target: "showing", actions: assign({ bookingId: ({ event }) => event.bookingId }) },
        "book.wanted": { actions: "startBooking" },
        "home.wanted": { actions: "goHome" },
      },
    },
    showing: {
      on: {
        "withdrawal.asked": "askingWithdrawal",
        "review.wanted": {
          actions: emit(({ context }) => ({ type: "answerRequest", bookingId: context.bookingId ?? "" })),
        },
        "again.wanted": { actions: "startBooking" },
        // The card is drawn from the books: it only needs to be drawn again.
        "booking.changed": {},
        "went.back": "listing",
        "home.wanted": { actions: "goHome" },
      },
    },
    askingWithdrawal: {
      on: {
        "withdrawal.agreed": {
          actions: emit(({ context }) => ({ type: "withdrawBooking", bookingId: context.bookingId ?? "" })),
        },
        "withdrawal.dropped": "showing",
        "went.back": "showing",
        "booking.changed": "showing",
      },
    },
  },
});
