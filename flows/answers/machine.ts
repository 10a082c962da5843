import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** The session whose answers are to be read, and the link to them. */
export const answersContext = z.object({ bookingId: z.string(), link: z.string().optional() });
export type AnswersContext = z.infer<typeof answersContext>;

export type AnswersEvent =
  | { type: "link.opened"; link: string }
  | { type: "link.refused" }
  | { type: "link.wanted" }
  | { type: "session.wanted" };

export type AnswersOrder = { type: "openLink"; bookingId: string } | { type: "showSession"; bookingId: string };

/** A practitioner reads a client's answers on the desk's own page, by a single-use link. */
export const answersMachine = setup({
  types: {
    context: {} as AnswersContext, // xstate infers its types from these unused values
    input: {} as AnswersContext,
    events: {} as AnswersEvent,
    emitted: {} as AnswersOrder,
  },
}).createMachine({
  id: "answers",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openLink", bookingId: context.bookingId })),
      on: {
        "link.opened": { target: "offering", actions: assign({ link: ({ event }) => event.link }) },
        "link.refused": "refused",
      },
    },
    offering: {
      on: {
        "link.wanted": "opening",
        "session.wanted": {
          actions: emit(({ context }) => ({ type: "showSession", bookingId: context.bookingId })),
        },
      },
    },
    refused: { type: "final" },
  },
});
