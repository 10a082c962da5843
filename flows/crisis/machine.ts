import { emit, setup } from "xstate";
import { z } from "zod";

/** Empty: nothing of what was written is kept. */
export const crisisContext = z.object({});
export type CrisisContext = z.infer<typeof crisisContext>;

export type CrisisEvent = { type: "message.wanted" } | { type: "home.wanted" };

export type CrisisOrder = { type: "writeMessage" } | { type: "showHome" };

/** Shows whom to call. Only a press leads further. */
export const crisisMachine = setup({
  types: {
    context: {} as CrisisContext, // xstate infers its types from these unused values
    input: {} as CrisisContext,
    events: {} as CrisisEvent,
    emitted: {} as CrisisOrder,
  },
}).createMachine({
  id: "crisis",
  context: ({ input }) => input,
  initial: "shown",
  states: {
    shown: {
      on: {
        "message.wanted": { actions: emit({ type: "writeMessage" }) },
        "home.wanted": { actions: emit({ type: "showHome" }) },
      },
    },
  },
});
