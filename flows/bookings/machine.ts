import { assign, emit, setup } from "xstate";
import { z } from "zod";
import type { NewsOf } from "../../src/desk/telling/news.ts";
import { given } from "../../src/given.ts";
import { sessionNote } from "./input.ts";

/** Which list and page is shown, and which session was opened from it. */
export const bookingsContext = z.object({
  past: z.boolean(),
  /** The words were "I'm running late", about the session that is next. */
  late: z.boolean().optional(),
  /** The delay in minutes that the words named. */
  saidLate: z.number().optional(),
  /** The delay in minutes that the other side was just told about. */
  toldLate: z.number().optional(),
  page: z.number().int().nonnegative(),
  bookingId: z.string().optional(),
  note: sessionNote.optional(),
});
export type BookingsContext = z.infer<typeof bookingsContext>;

export type BookingsEvent =
  | { type: "list.opened" }
  | { type: "near.found"; bookingId: string }
  | { type: "upcoming.wanted" }
  | { type: "past.wanted" }
  | { type: "list.paged"; page: number }
  | { type: "booking.opened"; bookingId: string }
  | { type: "session.kept" }
  | { type: "reschedule.wanted" }
  | { type: "cancel.wanted" }
  | { type: "change.withdrawn" }
  | { type: "change.opened"; requestId: string }
  | { type: "absence.noted" }
  | { type: "absence.undone" }
  | { type: "lateness.noted" }
  | { type: "cost.waived" }
  | { type: "payment.marked" }
  | { type: "answers.wanted" }
  | NewsOf<"booking.changed" | "payment.changed">
  /** A command changed the session, so its card is redrawn. */
  | { type: "session.changed" }
  | { type: "delay.wanted" }
  | { type: "delay.chosen"; minutes: number }
  | { type: "delay.told"; minutes: number }
  | { type: "withdrawal.asked" }
  | { type: "withdrawal.agreed" }
  | { type: "withdrawal.dropped" }
  | { type: "review.wanted" }
  | { type: "book.wanted" }
  | { type: "again.wanted"; serviceId: string }
  | { type: "home.wanted" }
  | { type: "went.back" };

export type BookingsOrder =
  | { type: "openBookings"; bookingId?: string; late: boolean }
  | { type: "withdrawBooking"; bookingId?: string }
  | { type: "answerRequest"; bookingId?: string }
  | { type: "startReschedule"; bookingId?: string }
  | { type: "startCancel"; bookingId?: string }
  | { type: "withdrawChange"; bookingId?: string }
  | { type: "answerChange"; requestId: string }
  | { type: "noteAbsence"; bookingId?: string }
  | { type: "undoAbsence"; bookingId?: string }
  | { type: "noteLateness"; bookingId?: string }
  | { type: "waiveCost"; bookingId?: string }
  | { type: "markPaid"; bookingId?: string }
  | { type: "showAnswers"; bookingId?: string }
  | { type: "tellDelay"; bookingId?: string; minutes: number }
  | { type: "startBooking"; serviceId?: string }
  | { type: "goHome" };

function sessionOf({ bookingId }: BookingsContext) {
  return given({ bookingId });
}

/** A person's coming and past sessions, with details and the possible actions. */
export const bookingsMachine = setup({
  types: {
    context: {} as BookingsContext, // xstate infers its types from these unused values
    input: {} as BookingsContext,
    events: {} as BookingsEvent,
    emitted: {} as BookingsOrder,
  },
  actions: {
    goHome: emit({ type: "goHome" }),
    startBooking: emit(({ event }) => ({
      type: "startBooking",
      ...(event.type === "again.wanted" ? { serviceId: event.serviceId } : {}),
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
        ...sessionOf(context),
        late: context.late === true,
      })),
      on: {
        "booking.opened": "showing",
        "list.opened": "listing",
        "near.found": { target: "choosingDelay", actions: assign({ bookingId: ({ event }) => event.bookingId }) },
      },
    },
    listing: {
      entry: assign({ bookingId: undefined, toldLate: undefined, saidLate: undefined, note: undefined }),
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
        "session.kept": { actions: assign({ note: "kept" }) },
        "withdrawal.asked": "askingWithdrawal",
        "reschedule.wanted": {
          actions: emit(({ context }) => ({ type: "startReschedule", ...sessionOf(context) })),
        },
        "cancel.wanted": {
          actions: emit(({ context }) => ({ type: "startCancel", ...sessionOf(context) })),
        },
        "change.withdrawn": {
          actions: emit(({ context }) => ({ type: "withdrawChange", ...sessionOf(context) })),
        },
        "change.opened": { actions: emit(({ event }) => ({ type: "answerChange", requestId: event.requestId })) },
        "absence.noted": {
          actions: emit(({ context }) => ({ type: "noteAbsence", ...sessionOf(context) })),
        },
        "absence.undone": {
          actions: emit(({ context }) => ({ type: "undoAbsence", ...sessionOf(context) })),
        },
        "lateness.noted": {
          actions: emit(({ context }) => ({ type: "noteLateness", ...sessionOf(context) })),
        },
        "cost.waived": {
          actions: emit(({ context }) => ({ type: "waiveCost", ...sessionOf(context) })),
        },
        "answers.wanted": {
          actions: emit(({ context }) => ({ type: "showAnswers", ...sessionOf(context) })),
        },
        "payment.marked": {
          actions: emit(({ context }) => ({ type: "markPaid", ...sessionOf(context) })),
        },
        "payment.changed": { actions: assign({}) },
        "delay.wanted": "choosingDelay",
        "review.wanted": {
          actions: emit(({ context }) => ({ type: "answerRequest", ...sessionOf(context) })),
        },
        "again.wanted": { actions: "startBooking" },
        // The card is redrawn from the database. Without an action the machine would refuse the event.
        "booking.changed": { actions: assign({}) },
        "session.changed": { actions: assign({}) },
        "went.back": "listing",
        "home.wanted": { actions: "goHome" },
      },
    },
    choosingDelay: {
      on: {
        "delay.chosen": {
          actions: emit(({ context, event }) => ({
            type: "tellDelay",
            ...sessionOf(context),
            minutes: event.minutes,
          })),
        },
        "delay.told": {
          target: "showing",
          actions: assign({ toldLate: ({ event }) => event.minutes, saidLate: undefined }),
        },
        "went.back": { target: "showing", actions: assign({ saidLate: undefined }) },
        "booking.changed": "showing",
        "session.changed": "showing",
      },
    },
    askingWithdrawal: {
      on: {
        "withdrawal.agreed": {
          actions: emit(({ context }) => ({ type: "withdrawBooking", ...sessionOf(context) })),
        },
        "withdrawal.dropped": "showing",
        "went.back": "showing",
        "booking.changed": "showing",
        "session.changed": "showing",
      },
    },
  },
});
