import { emit, setup } from "xstate";
import { z } from "zod";
import { given } from "../../src/given.ts";

/** The content of a notice: about the desk itself, or about a session. */
export const noticeKinds = [
  "practice.not-ready",
  "mail.failed",
  "deadline.failed",
  "time.kept",
  "time.opened",
  "session.cancelled",
  "session.moved",
  "change.approved",
  "change.refused",
  "change.expired",
  "cost.waived",
  "running.late",
  "refund.failed",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const noticeContext = z.object({
  kind: z.enum(noticeKinds),
  bookingId: z.string().optional(),
  /** The failed mail was addressed to the practitioner, not to the client. */
  own: z.boolean().optional(),
  /** The kind of the timer that failed. */
  step: z.string().optional(),
  /** The change request that was answered. */
  requestId: z.string().optional(),
  /** The session's time before it was moved. */
  beforeMs: z.number().optional(),
  /** The client's reason for moving it, in their words. */
  words: z.string().optional(),
  /** The wall times that a colleague blocked or unblocked. */
  spans: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .readonly()
    .optional(),
  /** The other side's delay. */
  minutes: z.number().optional(),
  /** The colleague who changed a practitioner's session or time. */
  byId: z.string().optional(),
});
export type NoticeContext = z.infer<typeof noticeContext>;

export type NoticeEvent =
  | { type: "notice.plain" }
  | { type: "notice.live" }
  | { type: "session.wanted" }
  | { type: "again.wanted" }
  | { type: "cost.waived" };

export type NoticeOrder =
  | { type: "look"; kind: NoticeKind }
  | { type: "showSession"; bookingId?: string }
  | { type: "startBooking"; bookingId?: string }
  | { type: "waiveCost"; bookingId?: string };

function sessionOf({ bookingId }: NoticeContext) {
  return given({ bookingId });
}

/** A notice has no decision. One about a session leads to that session. */
export const noticeMachine = setup({
  types: {
    context: {} as NoticeContext, // xstate infers its types from these unused values
    input: {} as NoticeContext,
    events: {} as NoticeEvent,
    emitted: {} as NoticeOrder,
  },
}).createMachine({
  id: "notice",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "look", kind: context.kind })),
      on: { "notice.plain": "told", "notice.live": "leading" },
    },
    leading: {
      on: {
        "session.wanted": {
          actions: emit(({ context }) => ({ type: "showSession", ...sessionOf(context) })),
        },
        "again.wanted": {
          actions: emit(({ context }) => ({ type: "startBooking", ...sessionOf(context) })),
        },
        "cost.waived": { actions: emit(({ context }) => ({ type: "waiveCost", ...sessionOf(context) })) },
      },
    },
    told: { type: "final" },
  },
});
