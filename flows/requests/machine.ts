import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** The requests a yes is about: those the card named, and no others. */
export const requestsContext = z.object({ ids: z.string() });
export type RequestsContext = z.infer<typeof requestsContext>;

type RequestsEvent =
  | { type: "requests.found"; ids: string }
  | { type: "requests.none" }
  | { type: "all.agreed" }
  | { type: "all.answered" }
  | { type: "one.wanted" }
  | { type: "home.wanted" };

type RequestsOrder =
  | { type: "findRequests" }
  | { type: "confirmAll"; ids: string }
  | { type: "showRequests" }
  | { type: "goHome" };

/** Every order of the machine, by name. */
export type RequestsOrders = { [Type in RequestsOrder["type"]]: Extract<RequestsOrder, { type: Type }> };

/** Several requests answered with one yes, each of them named before. */
export const requestsMachine = setup({
  types: {
    context: {} as RequestsContext, // xstate reads types from values that are never used
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
