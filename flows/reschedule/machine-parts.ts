import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** Which session is to be moved, and where to. */
export const rescheduleContext = z.object({
  bookingId: z.string().optional(),
  /** Sessions to choose from, parted by spaces. */
  ids: z.string().optional(),
  fits: z.boolean().optional(),
  methodKey: z.string().optional(),
  /** The day shown, `YYYY-MM-DD` in the zone times are shown in; absent: the first free one. */
  day: z.string().optional(),
  page: z.number().int().nonnegative(),
  /** When it is wanted, as `textOfTimes` writes it, or how much later, as JSON. */
  times: z.string().optional(),
  shift: z.string().optional(),
  /** The time on the review card. */
  startsAtMs: z.number().optional(),
  otherMs: z.number().optional(),
  /** The time that was wanted and is not to be had. */
  wantedMs: z.number().optional(),
  notFree: z.boolean().optional(),
  /** Typed as the reason; it still takes a yes. */
  reason: z.string().optional(),
  /** Why it cannot be moved. */
  why: z.string().optional(),
});
export type RescheduleContext = z.infer<typeof rescheduleContext>;

/** How a session stands towards being moved by this person now. */
export type MoveStanding = "open" | "refused" | "over";

type RescheduleEvent =
  | { type: "session.found"; bookingId: string; times: string; shift: string }
  | { type: "sessions.offered"; ids: string; fits: boolean; times: string; shift: string }
  | { type: "sessions.none" }
  | { type: "session.chosen"; bookingId: string }
  | { type: "standing.seen"; as: MoveStanding; why: string }
  | { type: "method.chosen"; methodKey: string }
  | { type: "day.chosen"; day: string }
  | { type: "times.paged"; page: number }
  | { type: "times.none" }
  | { type: "times.wanted" }
  | { type: "times.said"; times: string; shift: string }
  | { type: "fits.found" }
  | { type: "fits.none"; startsAtMs: number }
  | { type: "slot.chosen"; startsAtMs: number; otherMs?: number }
  | { type: "slot.lost"; reason: string }
  | { type: "hours.exceeded"; reason: string }
  | { type: "reason.typed"; reason: string }
  | { type: "move.agreed" }
  | { type: "move.forced" }
  | { type: "move.done" }
  | { type: "move.asked" }
  | { type: "wish.withdrawn" }
  | { type: "wish.settled" }
  | { type: "booking.changed"; status: string }
  | { type: "went.back" }
  | { type: "move.dropped" }
  | { type: "bookings.wanted" }
  | { type: "book.wanted" };

type RescheduleOrder =
  | { type: "findSession"; bookingId: string }
  | { type: "look"; bookingId: string }
  | { type: "offerMethods"; bookingId: string; back: boolean; hasTime: boolean }
  | { type: "offerTimes"; bookingId: string; methodKey: string; times: string; shift: string }
  | {
      type: "moveBooking";
      bookingId: string;
      startsAtMs: number;
      methodKey: string;
      typedReason: string;
      force: boolean;
    }
  | { type: "withdrawWish"; bookingId: string }
  | { type: "checkWish"; bookingId: string }
  | { type: "showSession"; bookingId: string }
  | { type: "startBooking" };

/** Every order of the machine, by name. */
export type RescheduleOrders = { [Type in RescheduleOrder["type"]]: Extract<RescheduleOrder, { type: Type }> };

const ordered = (context: RescheduleContext, force: boolean) =>
  ({
    type: "moveBooking",
    bookingId: context.bookingId ?? "",
    startsAtMs: context.startsAtMs ?? 0,
    methodKey: context.methodKey ?? "",
    typedReason: context.reason ?? "",
    force,
  }) as const;

/** What the machine is made of: its guards, and the actions that more than one state takes. */
export const rescheduling = setup({
  types: {
    context: {} as RescheduleContext, // xstate reads types from values that are never used
    input: {} as RescheduleContext,
    events: {} as RescheduleEvent,
    emitted: {} as RescheduleOrder,
  },
  guards: {
    standsAs: ({ event }, { as }: { as: MoveStanding }) => event.type === "standing.seen" && event.as === as,
    /** Nothing can be moved of it any more. */
    ended: ({ event }) => event.type === "booking.changed" && !["requested", "confirmed"].includes(event.status),
  },
  actions: {
    noteSession: assign(({ event }) => {
      if (event.type === "session.chosen") return { bookingId: event.bookingId };
      if (event.type !== "session.found") return {};
      return { bookingId: event.bookingId, times: event.times, shift: event.shift };
    }),
    noteOffered: assign(({ event }) =>
      event.type === "sessions.offered"
        ? { ids: event.ids, fits: event.fits, times: event.times, shift: event.shift }
        : {},
    ),
    noteTimes: assign(({ event }) => (event.type === "times.said" ? { times: event.times, shift: event.shift } : {})),
    forgetTimes: assign({ times: undefined, shift: undefined }),
    noteSlot: assign(({ event }) =>
      event.type === "slot.chosen" ? { startsAtMs: event.startsAtMs, otherMs: event.otherMs } : {},
    ),
    /** Everything that was filled in is kept (D4.3). */
    keepReason: assign(({ event }) =>
      event.type === "slot.lost" || event.type === "hours.exceeded" ? { reason: event.reason } : {},
    ),
    noteLost: assign(({ context }) => ({ wantedMs: context.startsAtMs, notFree: undefined })),
    noteWhy: assign(({ event }) => (event.type === "standing.seen" ? { why: event.why } : {})),
    look: emit(({ context }) => ({ type: "look", bookingId: context.bookingId ?? "" })),
    offerTimes: emit(({ context }) => ({
      type: "offerTimes",
      bookingId: context.bookingId ?? "",
      methodKey: context.methodKey ?? "",
      times: context.times ?? "",
      shift: context.shift ?? "",
    })),
    moveIt: emit(({ context }) => ordered(context, false)),
    forceIt: emit(({ context }) => ordered(context, true)),
    showSession: emit(({ context }) => ({ type: "showSession", bookingId: context.bookingId ?? "" })),
    showBookings: emit({ type: "showSession", bookingId: "" }),
    startBooking: emit({ type: "startBooking" }),
  },
});

/** Whether it may be moved is judged by the books. */
export const standings = {
  "standing.seen": [
    { guard: { type: "standsAs", params: { as: "open" } }, target: "choosingMethod" },
    { guard: { type: "standsAs", params: { as: "refused" } }, target: "refused", actions: "noteWhy" },
    { guard: { type: "standsAs", params: { as: "over" } }, target: "over" },
  ],
} as const;

/** Leads out of the choosing: the old time stays. News of the end of the session lead out too. */
export const dropping = {
  "move.dropped": { actions: "showSession" },
  "booking.changed": { guard: "ended", target: "over" },
} as const;

/** From a card that is only to be read. */
export const waysOn = {
  "bookings.wanted": { actions: "showBookings" },
  "book.wanted": { actions: "startBooking" },
} as const;
