import { emit, setup } from "xstate";
import { z } from "zod";
import type { ChangeRequest } from "../../db/store.ts";
import type { NewsOf } from "../../src/desk/telling/news.ts";

/** The change request being answered, and its session. */
export const changeContext = z.object({ requestId: z.string(), bookingId: z.string().optional() });
export type ChangeContext = z.infer<typeof changeContext>;

export type ChangeEvent =
  | { type: "approve.chosen" }
  | { type: "keep.chosen" }
  | { type: "change.seen"; state: ChangeRequest["state"]; bookingId: string }
  | { type: "change.gone" }
  | NewsOf<"booking.changed">;

export type ChangeOrder =
  | { type: "look"; requestId: string }
  | { type: "approveChange"; requestId: string }
  | { type: "refuseChange"; requestId: string };

const change = setup({
  types: {
    context: {} as ChangeContext, // xstate infers its types from these unused values
    input: {} as ChangeContext,
    events: {} as ChangeEvent,
    emitted: {} as ChangeOrder,
  },
  guards: {
    is: ({ event }, { state }: { state: ChangeRequest["state"] }) =>
      event.type === "change.seen" && event.state === state,
  },
  actions: { look: emit(({ context }) => ({ type: "look", requestId: context.requestId })) },
});

const note = change.assign(({ event }) => (event.type === "change.seen" ? { bookingId: event.bookingId } : {}));

/** The change request's status decides which state is shown, regardless of who decided first (cases 10, 12). */
const outcomes = {
  "change.gone": "gone",
  "change.seen": [
    { guard: { type: "is", params: { state: "open" } }, target: "deciding", actions: note },
    { guard: { type: "is", params: { state: "approved" } }, target: "approved", actions: note },
    { guard: { type: "is", params: { state: "refused" } }, target: "refused", actions: note },
    { guard: { type: "is", params: { state: "expired" } }, target: "expired", actions: note },
    { guard: { type: "is", params: { state: "withdrawn" } }, target: "withdrawn", actions: note },
  ],
} as const;

/** The practitioner's side of a change request: another time, or an exception from a late cancellation (D4.5, D4.7). */
export const changeMachine = change.createMachine({
  id: "change",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: { entry: "look", on: outcomes },
    deciding: {
      on: {
        "approve.chosen": { actions: emit(({ context }) => ({ type: "approveChange", requestId: context.requestId })) },
        "keep.chosen": { actions: emit(({ context }) => ({ type: "refuseChange", requestId: context.requestId })) },
        "booking.changed": { actions: "look" },
        ...outcomes,
      },
    },
    approved: { type: "final" },
    refused: { type: "final" },
    expired: { type: "final" },
    withdrawn: { type: "final" },
    gone: { type: "final" },
  },
});
