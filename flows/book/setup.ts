import { assign, emit, setup } from "xstate";
import type { BookingStatus } from "../../src/domain/booking.ts";
import type { PaymentState } from "../../src/domain/payment.ts";
import { given } from "../../src/given.ts";
import type { Asked, BookContext } from "./context.ts";
import type { BookEvent, BookOrder, Selection } from "./events.ts";

/** The booking that the talk is about, for an order. */
export function draftOf({ bookingId }: BookContext): { readonly bookingId?: string } {
  return given({ bookingId });
}

/** The choices so far, for an order. */
function selectionOf({ serviceId, methodKey, whom, packageChoice }: BookContext): Selection {
  return given({ serviceId, methodKey, whom, packageChoice });
}

/** The next of the further sessions: of the same kind, at its own time. */
function nextOf({ serviceId, methodKey, whom, further = [] }: BookContext): Asked {
  const [times, ...more] = further;
  return given({
    services: serviceId === undefined ? undefined : [serviceId],
    methodKey,
    whom,
    times,
    further: more.length === 0 ? undefined : more,
  });
}

/** The guards of the booking machine, and the actions that more than one state takes. */
export const book = setup({
  types: {
    context: {} as BookContext, // xstate infers its types from these unused values
    input: {} as BookContext,
    events: {} as BookEvent,
    emitted: {} as BookOrder,
  },
  guards: {
    paymentIs: ({ event }, { state }: { state: PaymentState }) =>
      event.type === "payment.changed" && event.state === state,
    becomes: ({ event }, { status }: { status: BookingStatus }) =>
      (event.type === "booking.changed" || event.type === "booking.found") && event.status === status,
  },
  actions: {
    /** Earlier words still apply where the new ones do not contradict them. */
    noteAsked: assign(({ context, event }) => {
      if (event.type !== "session.asked") return {};
      const { serviceId } = context;
      return {
        further: event.asked.further ?? context.further,
        asked: given({
          package: event.asked.package ?? context.asked?.package,
          services: event.asked.services ?? (serviceId === undefined ? context.asked?.services : [serviceId]),
          methodKey:
            event.asked.methodKey ??
            (event.asked.notMethods === undefined ? (context.methodKey ?? context.asked?.methodKey) : undefined),
          whom:
            event.asked.whom ?? (event.asked.notWhom === undefined ? (context.whom ?? context.asked?.whom) : undefined),
          notMethods: event.asked.notMethods ?? context.asked?.notMethods,
          notWhom: event.asked.notWhom ?? context.asked?.notWhom,
          times: event.asked.times ?? context.asked?.times,
        }),
      };
    }),
    /** Asks for the choice that was taken from habit. The wanted time is kept. */
    askAgain: assign(({ context: { assumed, wanted, whom } }) => ({
      assumed: undefined,
      asked: given({ times: wanted, whom: assumed === "method" ? whom : undefined }),
    })),
    forgetAsked: assign({ asked: undefined }),
    forgetPackage: assign({ packageChoice: undefined }),
    /** These times are no longer searched for, but "the week after" is still relative to them (W7). */
    forgetTimes: assign(({ context }) => ({
      asked: { ...context.asked, times: undefined },
      ...given({ wanted: context.asked?.times }),
    })),
    /** A talk that resumes for a booking restores the choices that were made for it. */
    takeUp: assign(({ event }) => {
      if (event.type !== "booking.found") return {};
      const { serviceId, methodKey, whom, packageChoice } = event;
      return { serviceId, methodKey, whom, packageChoice };
    }),
    noteLoss: assign(({ context, event }) => {
      const lostMs = event.type === "slot.lost" || event.type === "payment.unplaced" ? event.startsAtMs : undefined;
      const paid = event.type === "payment.unplaced" || (event.type === "slot.lost" && event.paid === true);
      return { wantedMs: lostMs ?? context.wantedMs, payNote: paid ? ("unplaced" as const) : undefined };
    }),
    goHome: emit({ type: "goHome" }),
    showBookings: emit({ type: "showBookings" }),
    writeMessage: emit(({ context }) => ({ type: "writeMessage", ...draftOf(context) })),
    showProposal: emit(({ context }) => ({ type: "showProposal", ...draftOf(context) })),
    bookAnother: emit({ type: "bookAnother" }),
    bookFurther: emit(({ context }) => ({ type: "bookAnother", asked: nextOf(context) })),
    forgetFurther: assign({ further: undefined }),
    holdSlot: emit(({ context, event }) => ({
      type: "holdSlot",
      ...selectionOf(context),
      ...draftOf(context),
      ...(event.type === "package.dropped" ? { packageChoice: { without: true } as const } : {}),
      startsAtMs: event.type === "slot.chosen" || event.type === "package.dropped" ? event.startsAtMs : 0,
    })),
    notePayLooking: assign({ payNote: "looking" }),
    notePayMissing: assign({ payNote: "missing" }),
    notePayReminded: assign({ payNote: "reminded" }),
    notePayLapsed: assign({ payNote: "lapsed" }),
    /** The payment is read from the database, so the card only has to be redrawn. */
    forgetPayNote: assign({ payNote: undefined }),
    askAfterPayment: emit(({ context }) => ({ type: "askAfterPayment", ...draftOf(context) })),
    releaseHold: emit(({ context }) => ({ type: "releaseHold", ...draftOf(context) })),
    dropDraft: emit(({ context }) => ({ type: "dropDraft", ...draftOf(context) })),
    offerTimes: emit(({ context }) => ({
      type: "offerTimes",
      ...selectionOf(context),
      ...given({ times: context.asked?.times }),
    })),
  },
});

/** Returns to the first step or ends, from any state before Confirm & book. */
export const startOver = {
  "started.over": { target: "choosingPackage", actions: ["dropDraft", "forgetAsked", "forgetPackage"] },
  "given.up": { actions: ["dropDraft", "goHome"] },
} as const;

/** Words that add or change something: the steps run again with everything known so far. */
export const hearing = { "session.asked": { target: "choosingPackage", actions: "noteAsked" } } as const;

/** The same while a time is held. The hold is released. */
export const otherSession = {
  "session.asked": { target: "choosingPackage", actions: ["releaseHold", "noteAsked"] },
} as const;

const outcome = [
  { guard: { type: "becomes", params: { status: "requested" } }, target: "waiting", actions: "takeUp" },
  { guard: { type: "becomes", params: { status: "proposed" } }, actions: ["takeUp", "showProposal"] },
  { guard: { type: "becomes", params: { status: "confirmed" } }, target: "confirmed", actions: "takeUp" },
  { guard: { type: "becomes", params: { status: "declined" } }, target: "declined", actions: "takeUp" },
  { guard: { type: "becomes", params: { status: "expired" } }, target: "expired", actions: "takeUp" },
  { guard: { type: "becomes", params: { status: "withdrawn" } }, target: "withdrawn", actions: "takeUp" },
  { guard: { type: "becomes", params: { status: "completed" } }, target: "over", actions: "takeUp" },
  { guard: { type: "becomes", params: { status: "cancelled" } }, target: "over", actions: "takeUp" },
  { guard: { type: "becomes", params: { status: "late_cancelled" } }, target: "over", actions: "takeUp" },
  { guard: { type: "becomes", params: { status: "no_show" } }, target: "over", actions: "takeUp" },
] as const;

/** The status of the booking for which a talk resumes. */
export const found = { "booking.found": outcome } as const;

/** The new status of the booking. */
export const outcomes = { "booking.changed": outcome } as const;

/** The ways on from a card without a decision. */
export const leadingOn = {
  "bookings.wanted": { actions: "showBookings" },
  "message.wanted": { actions: "writeMessage" },
  "another.wanted": { actions: "bookAnother" },
  "further.wanted": { actions: ["bookFurther", "forgetFurther"] },
} as const;

/** Another try after a no: the same service, a new booking. */
export const tryAgain = {
  "slot.chosen": { target: "holdingTime", actions: "holdSlot" },
  "times.wanted": { target: "choosingTime", actions: "forgetTimes" },
  "session.asked": { target: "choosingPackage", actions: "noteAsked" },
} as const;
