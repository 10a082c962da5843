import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** Which list and which page is shown, and which session is opened from it. */
export const bookingsContext = z.object({
  past: z.boolean(),
  /** "I'm running late" was said: of the session that is near. */
  late: z.boolean().optional(),
  /** The other side was just told of so many minutes' delay. */
  toldLate: z.number().optional(),
  page: z.number().int().nonnegative(),
  bookingId: z.string().optional(),
});
export type BookingsContext = z.infer<typeof bookingsContext>;

type BookingsEvent =
  | { type: "list.opened" }
  | { type: "near.found"; bookingId: string }
  | { type: "upcoming.wanted" }
  | { type: "past.wanted" }
  | { type: "list.paged"; page: number }
  | { type: "booking.opened"; bookingId: string }
  | { type: "reschedule.wanted" }
  | { type: "cancel.wanted" }
  | { type: "wish.withdrawn" }
  | { type: "wish.opened"; requestId: string }
  | { type: "absence.noted" }
  | { type: "absence.undone" }
  | { type: "lateness.noted" }
  | { type: "cost.waived" }
  | { type: "payment.marked" }
  | { type: "answers.wanted" }
  | { type: "payment.changed"; state: string }
  | { type: "delay.wanted" }
  | { type: "delay.chosen"; minutes: number }
  | { type: "delay.told"; minutes: number }
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
  | { type: "openBookings"; bookingId: string; late: boolean }
  | { type: "withdrawBooking"; bookingId: string }
  | { type: "answerRequest"; bookingId: string }
  | { type: "startReschedule"; bookingId: string }
  | { type: "startCancel"; bookingId: string }
  | { type: "withdrawWish"; bookingId: string }
  | { type: "answerWish"; requestId: string }
  | { type: "noteAbsence"; bookingId: string }
  | { type: "undoAbsence"; bookingId: string }
  | { type: "noteLateness"; bookingId: string }
  | { type: "waiveCost"; bookingId: string }
  | { type: "markPaid"; bookingId: string }
  | { type: "showAnswers"; bookingId: string }
  | { type: "tellDelay"; bookingId: string; minutes: number }
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
      entry: emit(({ context }) => ({
        type: "openBookings",
        bookingId: context.bookingId ?? "",
        late: context.late === true,
      })),
      on: {
        "booking.opened": "showing",
        "list.opened": "listing",
        "near.found": { target: "choosingDelay", actions: assign({ bookingId: ({ event }) => event.bookingId }) },
      },
    },
    listing: {
      entry: assign({ bookingId: undefined, toldLate: undefined }),
      on: {
        "upcoming.wanted": { actions: assign({ past: false, page: 0 }) },
        "past.wanted": { actions: assign({ past: true, page: 0 }) },
        "list.paged": { actions: assign({ page: ({ event }) => event.page }) },
        "booking.opened": { target: "showing", actions: assign({ bookingId: ({ event }) => event.bookingId }) },
        "book.wanted": { actions: "startBooking" },
        "home.wanted": { actions: "goHome" },
      },
    },
    showing: {
      on: {
        "withdrawal.asked": "askingWithdrawal",
        "reschedule.wanted": {
          actions: emit(({ context }) => ({ type: "startReschedule", bookingId: context.bookingId ?? "" })),
        },
        "cancel.wanted": {
          actions: emit(({ context }) => ({ type: "startCancel", bookingId: context.bookingId ?? "" })),
        },
        "wish.withdrawn": {
          actions: emit(({ context }) => ({ type: "withdrawWish", bookingId: context.bookingId ?? "" })),
        },
        "wish.opened": { actions: emit(({ event }) => ({ type: "answerWish", requestId: event.requestId })) },
        "absence.noted": {
          actions: emit(({ context }) => ({ type: "noteAbsence", bookingId: context.bookingId ?? "" })),
        },
        "absence.undone": {
          actions: emit(({ context }) => ({ type: "undoAbsence", bookingId: context.bookingId ?? "" })),
        },
        "lateness.noted": {
          actions: emit(({ context }) => ({ type: "noteLateness", bookingId: context.bookingId ?? "" })),
        },
        "cost.waived": {
          actions: emit(({ context }) => ({ type: "waiveCost", bookingId: context.bookingId ?? "" })),
        },
        "answers.wanted": {
          actions: emit(({ context }) => ({ type: "showAnswers", bookingId: context.bookingId ?? "" })),
        },
        "payment.marked": {
          actions: emit(({ context }) => ({ type: "markPaid", bookingId: context.bookingId ?? "" })),
        },
        "payment.changed": { actions: assign({}) },
        "delay.wanted": "choosingDelay",
        "review.wanted": {
          actions: emit(({ context }) => ({ type: "answerRequest", bookingId: context.bookingId ?? "" })),
        },
        "again.wanted": { actions: "startBooking" },
        // The card is drawn from the books: it only needs to be drawn again. What did nothing at all would count as refused.
        "booking.changed": { actions: assign({}) },
        "went.back": "listing",
        "home.wanted": { actions: "goHome" },
      },
    },
    choosingDelay: {
      on: {
        "delay.chosen": {
          actions: emit(({ context, event }) => ({
            type: "tellDelay",
            bookingId: context.bookingId ?? "",
            minutes: event.minutes,
          })),
        },
        "delay.told": { target: "showing", actions: assign({ toldLate: ({ event }) => event.minutes }) },
        "went.back": "showing",
        "booking.changed": "showing",
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
