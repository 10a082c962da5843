import { assign, emit, setup } from "xstate";
import type { BookContext } from "./context.ts";
import type { BookEvent, BookOrder } from "./events.ts";

/** What the booking machine is made of: its guards, and the actions that more than one state takes. */
export const book = setup({
  types: {
    context: {} as BookContext, // xstate reads types from values that are never used
    input: {} as BookContext,
    events: {} as BookEvent,
    emitted: {} as BookOrder,
  },
  guards: {
    paymentIs: ({ event }, { state }: { state: string }) => event.type === "payment.changed" && event.state === state,
    becomes: ({ event }, { status }: { status: string }) => event.type === "booking.changed" && event.status === status,
  },
  actions: {
    /** What was said before and is not contradicted goes on to hold. */
    noteWish: assign(({ context, event }) => {
      if (event.type !== "wish.said" && event.type !== "choosing.began") return {};
      const asked = {
        package: event.package || context.asked?.package,
        services: event.services || context.serviceId || context.asked?.services,
        methodKey: event.methodKey || context.methodKey,
        who: event.who || context.who,
        times: event.times || context.asked?.times,
      };
      return { asked };
    }),
    forgetWish: assign({ asked: undefined }),
    forgetPackage: assign({ packageId: undefined }),
    forgetTimes: assign(({ context }) => ({ asked: { ...context.asked, times: undefined } })),
    /** A talk that is taken up again for a booking learns what was chosen then. */
    takeUp: assign(({ event }) => {
      if (event.type !== "booking.changed" || event.serviceId === undefined) return {};
      const { serviceId, methodKey, who, packageId } = event;
      return { serviceId, methodKey, who, packageId };
    }),
    noteLoss: assign(({ context, event }) => {
      const lostMs = event.type === "slot.lost" || event.type === "payment.unplaced" ? event.startsAtMs : undefined;
      const paid = event.type === "payment.unplaced" || (event.type === "slot.lost" && event.paid === true);
      return { wantedMs: lostMs ?? context.wantedMs, payNote: paid ? ("unplaced" as const) : undefined };
    }),
    goHome: emit({ type: "goHome" }),
    showBookings: emit({ type: "showBookings" }),
    writeMessage: emit(({ context }) => ({ type: "writeMessage", bookingId: context.bookingId ?? "" })),
    showProposal: emit(({ context }) => ({ type: "showProposal", bookingId: context.bookingId ?? "" })),
    bookAnother: emit({ type: "bookAnother" }),
    holdSlot: emit(({ context, event }) => ({
      type: "holdSlot",
      serviceId: context.serviceId ?? "",
      methodKey: context.methodKey ?? "",
      who: context.who ?? "anyone",
      startsAtMs: event.type === "slot.chosen" || event.type === "package.dropped" ? event.startsAtMs : 0,
      bookingId: context.bookingId ?? "",
      packageId: event.type === "package.dropped" ? "none" : (context.packageId ?? "none"),
    })),
    notePayLooking: assign({ payNote: "looking" }),
    notePayMissing: assign({ payNote: "missing" }),
    notePayReminded: assign({ payNote: "reminded" }),
    notePayLapsed: assign({ payNote: "lapsed" }),
    /** The card is drawn from the books: it only needs to be drawn again. */
    forgetPayNote: assign({ payNote: undefined }),
    askAfterPayment: emit(({ context }) => ({ type: "askAfterPayment", bookingId: context.bookingId ?? "" })),
    releaseHold: emit(({ context }) => ({ type: "releaseHold", bookingId: context.bookingId ?? "" })),
    dropDraft: emit(({ context }) => ({ type: "dropDraft", bookingId: context.bookingId ?? "" })),
    offerTimes: emit(({ context }) => ({
      type: "offerTimes",
      serviceId: context.serviceId ?? "",
      methodKey: context.methodKey ?? "",
      who: context.who ?? "anyone",
      times: context.asked?.times ?? "",
      packageId: context.packageId ?? "none",
    })),
  },
});

/** Leads back to the start, or out, from anywhere before Confirm & book. */
export const startOver = {
  "started.over": { target: "choosingPackage", actions: ["dropDraft", "forgetWish", "forgetPackage"] },
  "given.up": { actions: ["dropDraft", "goHome"] },
} as const;

/** Words that say more, or something else: the steps are gone through again with all that is known by now. */
export const hearing = { "wish.said": { target: "choosingPackage", actions: "noteWish" } } as const;

/** What became of the request, told by the books. */
export const outcomes = {
  "booking.changed": [
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
  ],
} as const;

/** From a card that is only to be read. */
export const leadingOn = {
  "bookings.wanted": { actions: "showBookings" },
  "message.wanted": { actions: "writeMessage" },
  "another.wanted": { actions: "bookAnother" },
} as const;

/** Another try after an answer that was no: the same service, a new booking. */
export const tryAgain = {
  "slot.chosen": { target: "holdingTime", actions: "holdSlot" },
  "times.wanted": { target: "choosingTime", actions: "forgetTimes" },
  "wish.said": { target: "choosingPackage", actions: "noteWish" },
} as const;
