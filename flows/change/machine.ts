import { emit, setup } from "xstate";
import { z } from "zod";

/** Which wish is being answered, and of which session. */
export const changeContext = z.object({ requestId: z.string(), bookingId: z.string().optional() });
export type ChangeContext = z.infer<typeof changeContext>;

type ChangeEvent =
  | { type: "approve.chosen" }
  | { type: "keep.chosen" }
  | { type: "change.seen"; state: string; bookingId: string }
  | { type: "change.gone" }
  | { type: "booking.changed"; status: string };

type ChangeOrder =
  | { type: "look"; requestId: string }
  | { type: "approveChange"; requestId: string }
  | { type: "refuseChange"; requestId: string };

/** Every order of the machine, by name. */
export type ChangeOrders = { [Type in ChangeOrder["type"]]: Extract<ChangeOrder, { type: Type }> };

const change = setup({
  types: {
    context: {} as ChangeContext, // xstate reads types from values that are never used
    input: {} as ChangeContext,
    events: {} as ChangeEvent,
    emitted: {} as ChangeOrder,
  },
  guards: {
    is: ({ event }, { state }: { state: string }) => event.type === "change.seen" && event.state === state,
  },
  actions: { look: emit(({ context }) => ({ type: "look", requestId: context.requestId })) },
});

const note = change.assign(({ event }) => (event.type === "change.seen" ? { bookingId: event.bookingId } : {}));

/** The wish's own state decides what is shown; whoever decided first, this card shows it (cases 10, 12). */
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

/** The practitioner's side of a wish: another time, or an exception from a late cancellation (D4.5, D4.7). */
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
