import { emit, setup } from "xstate";
import { z } from "zod";

/** Empty, because nothing of the message is stored. */
export const crisisContext = z.object({});
export type CrisisContext = z.infer<typeof crisisContext>;

export type CrisisEvent = { type: "message.wanted" } | { type: "home.wanted" };

export type CrisisOrder = { type: "writeMessage" } | { type: "showHome" };

/** Shows emergency contacts. Only a button leads on. */
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
