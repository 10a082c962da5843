import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { given } from "../../src/given.ts";
import { type WhoChoice, whoChoice } from "./input.ts";

/** The people this chat user may be, with the talk each would begin. Absent: not listed yet. */
export const whoContext = z.object({ choices: z.array(whoChoice).readonly().optional() });
export type WhoContext = z.infer<typeof whoContext>;

export type WhoEvent =
  | { type: "people.listed"; choices: readonly WhoChoice[] }
  | { type: "one.only" }
  | { type: "person.chosen"; place: number };

export type WhoOrder =
  | { type: "listPeople"; choices?: readonly WhoChoice[] }
  | { type: "goOn"; choices?: readonly WhoChoice[]; place: number };
export const whoMachine = setup({
  types: {
    context: {} as WhoContext, // xstate infers its types from these unused values
    input: {} as WhoContext,
    events: {} as WhoEvent,
    emitted: {} as WhoOrder,
  },
}).createMachine({
  id: "who",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "listPeople", ...given({ choices: context.choices }) })),
      on: {
        "people.listed": { target: "choosing", actions: assign({ choices: ({ event }) => event.choices }) },
        "one.only": "only",
      },
    },
    choosing: {
      on: {
        "person.chosen": {
          actions: emit(({ context, event }) => ({
            type: "goOn",
            ...given({ choices: context.choices }),
            place: event.place,
          })),
        },
      },
    },
    only: { type: "final" },
  },
});
