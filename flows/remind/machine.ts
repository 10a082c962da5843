import { emit, setup } from "xstate";
import { z } from "zod";

/** Which session is near, at which time it was to be. */
export const remindContext = z.object({ bookingId: z.string(), startsAtMs: z.number() });
export type RemindContext = z.infer<typeof remindContext>;

type RemindEvent =
  | { type: "coming.said" }
  | { type: "reschedule.wanted" }
  | { type: "cancel.wanted" }
  | { type: "session.stands" }
  | { type: "session.changed" }
  | { type: "booking.changed"; status: string };

type RemindOrder =
  | { type: "look"; bookingId: string; startsAtMs: number }
  | { type: "startReschedule"; bookingId: string }
  | { type: "startCancel"; bookingId: string };

/** Every order of the machine, by name. */
export type RemindOrders = { [Type in RemindOrder["type"]]: Extract<RemindOrder, { type: Type }> };

const remind = setup({
  types: {
    context: {} as RemindContext, // xstate reads types from values that are never used
    input: {} as RemindContext,
    events: {} as RemindEvent,
    emitted: {} as RemindOrder,
  },
  actions: {
    look: emit(({ context }) => ({ type: "look", bookingId: context.bookingId, startsAtMs: context.startsAtMs })),
    startReschedule: emit(({ context }) => ({ type: "startReschedule", bookingId: context.bookingId })),
    startCancel: emit(({ context }) => ({ type: "startCancel", bookingId: context.bookingId })),
  },
});

const news = { "booking.changed": { actions: "look" }, "session.changed": "over", "session.stands": {} } as const;
const changes = {
  "reschedule.wanted": { actions: "startReschedule" },
  "cancel.wanted": { actions: "startCancel" },
} as const;

/** A reminder: it may be answered kindly, and leads to Reschedule and Cancel (D8.2). */
export const remindMachine = remind.createMachine({
  id: "remind",
  context: ({ input }) => input,
  initial: "near",
  states: {
    near: { on: { "coming.said": "coming", ...changes, ...news } },
    coming: { on: { ...changes, ...news } },
    over: { on: { "booking.changed": { actions: "look" }, "session.stands": "near", "session.changed": {} } },
  },
});
