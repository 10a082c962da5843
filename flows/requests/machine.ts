import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** The requests that a yes confirms: exactly those the card named. */
export const requestsContext = z.object({ ids: z.array(z.string()).readonly() });
export type RequestsContext = z.infer<typeof requestsContext>;

export type RequestsEvent =
  | { type: "requests.found"; ids: readonly string[] }
  | { type: "requests.none" }
  | { type: "all.agreed" }
  | { type: "all.answered" }
  | { type: "one.wanted" }
  | { type: "home.wanted" };

export type RequestsOrder =
  | { type: "findRequests" }
  | { type: "confirmAll"; ids: readonly string[] }
  | { type: "showRequests" }
  | { type: "goHome" };

/** Several requests are confirmed by one yes. The card names each of them first. */
export const requestsMachine = setup({
  types: {
    context: {} as RequestsContext, // xstate infers its types from these unused values
    input: {} as RequestsContext,
    events: {} as RequestsEvent,
    emitted: {} as RequestsOrder,
  },
  actions: {
    showRequests: emit({ type: "showRequests" }),
    goHome: emit({ type: "goHome" }),
  },
}).createMachine({
  id: "requests",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit({ type: "findRequests" }),
      on: {
        "requests.found": { target: "asking", actions: assign({ ids: ({ event }) => event.ids }) },
        "requests.none": "nothing",
        "one.wanted": { actions: "showRequests" },
      },
    },
    asking: {
      on: {
        "all.agreed": { actions: emit(({ context }) => ({ type: "confirmAll", ids: context.ids })) },
        "all.answered": "answered",
        "one.wanted": { actions: "showRequests" },
      },
    },
    answered: { on: { "home.wanted": { actions: "goHome" } } },
    nothing: { on: { "home.wanted": { actions: "goHome" } } },
  },
});
