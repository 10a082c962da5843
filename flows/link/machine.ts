import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { given } from "../../src/given.ts";

/** The code and the practice of a link, or the code that links another chat. */
export const linkContext = z.object({
  wanted: z.enum(["connect", "linked"]),
  codeId: z.string().optional(),
  practiceId: z.string().optional(),
  /** The code as the card shows it to its owner. */
  code: z.string().optional(),
  page: z.number().int().nonnegative(),
});
export type LinkContext = z.infer<typeof linkContext>;

export type LinkEvent =
  | { type: "code.made"; code: string }
  | { type: "workspace.bound"; practiceId: string }
  | { type: "nobody.left"; practiceId: string }
  | { type: "link.over" }
  | { type: "list.paged"; page: number }
  | { type: "practitioner.chosen"; practitionerId: string }
  | { type: "workspace.only" };

export type LinkOrder =
  | { type: "openLink"; wanted: LinkContext["wanted"]; codeId?: string }
  | { type: "connectPractitioner"; codeId?: string; practitionerId: string };
export const linkMachine = setup({
  types: {
    context: {} as LinkContext, // xstate infers its types from these unused values
    input: {} as LinkContext,
    events: {} as LinkEvent,
    emitted: {} as LinkOrder,
  },
}).createMachine({
  id: "link",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "openLink",
        wanted: context.wanted,
        ...given({ codeId: context.codeId }),
      })),
      on: {
        "code.made": { target: "showingCode", actions: assign({ code: ({ event }) => event.code }) },
        "workspace.bound": { target: "choosingSelf", actions: assign({ practiceId: ({ event }) => event.practiceId }) },
        "nobody.left": { target: "linked", actions: assign({ practiceId: ({ event }) => event.practiceId }) },
        "link.over": "over",
      },
    },
    choosingSelf: {
      on: {
        "list.paged": { actions: assign({ page: ({ event }) => event.page }) },
        "practitioner.chosen": {
          actions: emit(({ context, event }) => ({
            type: "connectPractitioner",
            ...given({ codeId: context.codeId }),
            practitionerId: event.practitionerId,
          })),
        },
        "workspace.only": "linked",
        "link.over": "over",
      },
    },
    linked: { type: "final" },
    showingCode: { type: "final" },
    over: { type: "final" },
  },
});
