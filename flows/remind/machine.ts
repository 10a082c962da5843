import { emit, setup } from "xstate";
import { z } from "zod";
import type { NewsOf } from "../../src/desk/telling/news.ts";

/** The session, and its time when the reminder was queued. */
export const remindContext = z.object({ bookingId: z.string(), startsAtMs: z.number() });
export type RemindContext = z.infer<typeof remindContext>;

export type RemindEvent =
  | { type: "coming.said" }
  | { type: "reschedule.wanted" }
  | { type: "cancel.wanted" }
  | { type: "session.stands" }
  | { type: "session.changed" }
  | NewsOf<"booking.changed">;

export type RemindOrder =
  | { type: "look"; bookingId: string; startsAtMs: number }
  | { type: "startReschedule"; bookingId: string }
  | { type: "startCancel"; bookingId: string };

const remind = setup({
  types: {
    context: {} as RemindContext, // xstate infers its types from these unused values
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

/** A reminder. It can be answered with thanks, and leads to Reschedule and Cancel (D8.2). */
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
