import { emit, setup } from "xstate";
import { z } from "zod";

/** What there is to tell: of the desk itself, or of a session. */
export const noticeKinds = [
  "practice.not-ready",
  "mail.failed",
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
  /** The mail that failed was to the practitioner, not to the client. */
  own: z.boolean().optional(),
  /** The wish that was answered. */
  requestId: z.string().optional(),
  /** When the session was before it moved. */
  beforeMs: z.number().optional(),
  /** Why the client moved it, in their words. */
  words: z.string().optional(),
  /** The time of theirs that a colleague kept free or opened again, as JSON of wall times. */
  spans: z.string().optional(),
  /** How late the other side will be. */
  minutes: z.number().optional(),
  /** The colleague who did it, to a practitioner's session or time. */
  byId: z.string().optional(),
});
export type NoticeContext = z.infer<typeof noticeContext>;

type NoticeEvent =
  | { type: "notice.plain" }
  | { type: "notice.live" }
  | { type: "session.wanted" }
  | { type: "again.wanted" }
  | { type: "cost.waived" };

type NoticeOrder =
  | { type: "look"; kind: NoticeKind }
  | { type: "showSession"; bookingId: string }
  | { type: "startBooking"; bookingId: string }
  | { type: "waiveCost"; bookingId: string };

/** Every order of the machine, by name. */
export type NoticeOrders = { [Type in NoticeOrder["type"]]: Extract<NoticeOrder, { type: Type }> };

/** A notice is told and that is all; one about a session leads on to it. */
export const noticeMachine = setup({
  types: {
    context: {} as NoticeContext, // xstate reads types from values that are never used
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
          actions: emit(({ context }) => ({ type: "showSession", bookingId: context.bookingId ?? "" })),
        },
        "again.wanted": {
          actions: emit(({ context }) => ({ type: "startBooking", bookingId: context.bookingId ?? "" })),
        },
        "cost.waived": { actions: emit(({ context }) => ({ type: "waiveCost", bookingId: context.bookingId ?? "" })) },
      },
    },
    told: { type: "final" },
  },
});
