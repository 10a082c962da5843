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

/** What is chosen so far, for an order. */
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
    /** Earlier words still hold where the new ones do not contradict them. */
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
    /** What was taken from habit is asked; the time stays wanted. */
    askAgain: assign(({ context: { assumed, wanted, whom } }) => ({
      assumed: undefined,
      asked: given({ times: wanted, whom: assumed === "method" ? whom : undefined }),
    })),
    forgetAsked: assign({ asked: undefined }),
    forgetPackage: assign({ packageChoice: undefined }),
    /** They are no longer looked for, but words such as "the week after" still mean them (W7). */
    forgetTimes: assign(({ context }) => ({
      asked: { ...context.asked, times: undefined },
      ...given({ wanted: context.asked?.times }),
    })),
    /** A talk that is taken up again for a booking learns what was chosen then. */
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
    /** The card is drawn from the books: it only needs to be drawn again. */
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

/** Leads back to the start, or out, from anywhere before Confirm & book. */
export const startOver = {
  "started.over": { target: "choosingPackage", actions: ["dropDraft", "forgetAsked", "forgetPackage"] },
  "given.up": { actions: ["dropDraft", "goHome"] },
} as const;

/** Words that say more, or something else: the steps are taken again with all that is known by now. */
export const hearing = { "session.asked": { target: "choosingPackage", actions: "noteAsked" } } as const;

/** The same while a time is held, which is free again then. */
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

/** The booking as a talk finds it that is taken up again. */
export const found = { "booking.found": outcome } as const;

/** What became of the request, as the books tell it. */
export const outcomes = { "booking.changed": outcome } as const;

/** From a card that is only to be read. */
export const leadingOn = {
  "bookings.wanted": { actions: "showBookings" },
  "message.wanted": { actions: "writeMessage" },
  "another.wanted": { actions: "bookAnother" },
  "further.wanted": { actions: ["bookFurther", "forgetFurther"] },
} as const;

/** Another try after an answer that was no: the same service, a new booking. */
export const tryAgain = {
  "slot.chosen": { target: "holdingTime", actions: "holdSlot" },
  "times.wanted": { target: "choosingTime", actions: "forgetTimes" },
  "session.asked": { target: "choosingPackage", actions: "noteAsked" },
} as const;
