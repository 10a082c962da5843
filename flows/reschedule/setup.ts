import { assign, emit, setup } from "xstate";
import { given } from "../../src/given.ts";
import type { RescheduleContext } from "./context.ts";
import type { MoveStanding, RescheduleEvent, RescheduleOrder } from "./events.ts";

/** The session that the talk is about, for an order. */
export function sessionOf({ bookingId }: RescheduleContext): { readonly bookingId?: string } {
  return given({ bookingId });
}

function moveOf({ bookingId, startsAtMs, methodKey, reason }: RescheduleContext) {
  return given({ bookingId, startsAtMs, methodKey, typedReason: reason });
}

/** The guards of the machine, and the actions that more than one state takes. */
export const rescheduling = setup({
  types: {
    context: {} as RescheduleContext, // xstate infers its types from these unused values
    input: {} as RescheduleContext,
    events: {} as RescheduleEvent,
    emitted: {} as RescheduleOrder,
  },
  guards: {
    standsAs: ({ event }, { as }: { as: MoveStanding }) => event.type === "standing.seen" && event.as === as,
    /** The session can no longer be moved. */
    ended: ({ event }) => event.type === "booking.changed" && !["requested", "confirmed"].includes(event.status),
  },
  actions: {
    noteSession: assign(({ event }) => {
      if (event.type !== "session.chosen" && event.type !== "session.found") return {};
      return { bookingId: event.bookingId };
    }),
    noteOffered: assign(({ event }) => (event.type === "sessions.offered" ? { offered: event.offered } : {})),
    noteTimes: assign(({ event }) => (event.type === "times.said" ? { wanted: event.wanted } : {})),
    forgetTimes: assign({ wanted: undefined }),
    /** A reason is deleted when the person keeps the old time. */
    forgetReason: assign({ reason: undefined }),
    noteSlot: assign(({ event }) =>
      event.type === "slot.chosen" ? { startsAtMs: event.startsAtMs, otherMs: event.otherMs } : {},
    ),
    /** The typed reason is kept when the slot is lost (D4.3). */
    keepReason: assign(({ event }) =>
      event.type === "slot.lost" || event.type === "hours.exceeded" ? { reason: event.reason } : {},
    ),
    noteLost: assign(({ context }) => ({ wantedMs: context.startsAtMs, notFree: undefined })),
    noteWhy: assign(({ event }) => (event.type === "standing.seen" ? { why: event.why } : {})),
    look: emit(({ context }) => ({ type: "look", ...sessionOf(context) })),
    offerTimes: emit(({ context }) => ({
      type: "offerTimes",
      ...given({ bookingId: context.bookingId, methodKey: context.methodKey, wanted: context.wanted }),
    })),
    moveIt: emit(({ context }) => ({ type: "moveBooking", ...moveOf(context), force: false })),
    forceIt: emit(({ context }) => ({ type: "moveBooking", ...moveOf(context), force: true })),
    showSession: emit(({ context }) => ({ type: "showSession", ...sessionOf(context) })),
    showBookings: emit({ type: "showSession" }),
    startBooking: emit({ type: "startBooking" }),
  },
});

/** The session's state in the database decides whether it may be moved. */
export const standings = {
  "standing.seen": [
    { guard: { type: "standsAs", params: { as: "open" } }, target: "choosingMethod" },
    { guard: { type: "standsAs", params: { as: "refused" } }, target: "refused", actions: "noteWhy" },
    { guard: { type: "standsAs", params: { as: "over" } }, target: "over" },
  ],
} as const;

/** Ends the choice. The old time stays. News that the session has ended does the same. */
export const dropping = {
  "move.dropped": { actions: ["forgetReason", "showSession"] },
  "booking.changed": { guard: "ended", target: "over" },
} as const;

/** The ways on from a card without a decision. */
export const waysOn = {
  "bookings.wanted": { actions: "showBookings" },
  "book.wanted": { actions: "startBooking" },
} as const;
