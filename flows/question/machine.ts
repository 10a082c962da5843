import { assign, emit, setup } from "xstate";
import type { z } from "zod";
import type { NextStep, Topic } from "../../src/desk/questions/asked.ts";
import { given } from "../../src/given.ts";
import { questionInput } from "./input.ts";

/** The last answer and its topic, so that "and a check-in?" repeats the question about something else. */
export const questionContext = questionInput.omit({ type: true });
export type QuestionContext = z.infer<typeof questionContext>;

export type QuestionEvent =
  | { type: "answer.found"; about: Topic; sentences: readonly string[]; next?: NextStep }
  | { type: "next.wanted" }
  | { type: "home.wanted" };

export type QuestionOrder = { type: "takeNext"; next?: NextStep } | { type: "goHome" };

/** An answer from the database, with the next step (W9). */
export const questionMachine = setup({
  types: {
    context: {} as QuestionContext, // xstate infers its types from these unused values
    input: {} as QuestionContext,
    events: {} as QuestionEvent,
    emitted: {} as QuestionOrder,
  },
}).createMachine({
  id: "question",
  context: ({ input }) => input,
  initial: "answered",
  states: {
    answered: {
      on: {
        "answer.found": {
          actions: assign({
            about: ({ event }) => event.about,
            sentences: ({ event }) => event.sentences,
            next: ({ event }) => event.next,
          }),
        },
        "next.wanted": { actions: emit(({ context }) => ({ type: "takeNext", ...given({ next: context.next }) })) },
        "home.wanted": { actions: emit({ type: "goHome" }) },
      },
    },
  },
});
