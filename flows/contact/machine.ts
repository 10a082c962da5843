import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { given } from "../../src/given.ts";

/** To whom, or which message: ids only, the words stand in the books. */
export const contactContext = z.object({
  wanted: z.enum(["contact", "message"]),
  personId: z.string().optional(),
  relayId: z.string().optional(),
  refusal: z.enum(["not-yours", "too-many", "unreached"]).optional(),
});
export type ContactContext = z.infer<typeof contactContext>;

export type ContactEvent =
  | { type: "people.offered" }
  | { type: "person.chosen"; personId: string }
  | { type: "message.met" }
  | { type: "message.gone" }
  | { type: "message.given" }
  | { type: "message.sent" }
  | { type: "message.refused"; refusal: NonNullable<ContactContext["refusal"]> }
  | { type: "reply.wanted" }
  | { type: "writing.left" }
  | { type: "went.back" };

export type ContactOrder =
  | { type: "openContact"; wanted: ContactContext["wanted"]; personId?: string; relayId?: string }
  | { type: "sendMessage"; personId?: string; relayId?: string };
export const contactMachine = setup({
  types: {
    context: {} as ContactContext, // xstate infers its types from these unused values
    input: {} as ContactContext,
    events: {} as ContactEvent,
    emitted: {} as ContactOrder,
  },
  actions: {
    send: emit(({ context }) => ({
      type: "sendMessage",
      ...given({ personId: context.personId, relayId: context.relayId }),
    })),
    keepRefusal: assign(({ event }) => (event.type === "message.refused" ? { refusal: event.refusal } : {})),
  },
}).createMachine({
  id: "contact",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "openContact",
        wanted: context.wanted,
        ...given({ personId: context.personId, relayId: context.relayId }),
      })),
      on: {
        "people.offered": "choosing",
        "person.chosen": { target: "writing", actions: assign({ personId: ({ event }) => event.personId }) },
        "message.met": "received",
        "message.gone": "gone",
      },
    },
    choosing: {
      on: {
        "person.chosen": { target: "writing", actions: assign({ personId: ({ event }) => event.personId }) },
        "writing.left": "left",
      },
    },
    writing: {
      on: {
        "message.given": { actions: "send" },
        "message.sent": "sent",
        "message.refused": { target: "refused", actions: "keepRefusal" },
        "writing.left": "left",
      },
    },
    received: { on: { "reply.wanted": "replying" } },
    replying: {
      on: {
        "message.given": { actions: "send" },
        "message.sent": "replied",
        "message.refused": { target: "refused", actions: "keepRefusal" },
        "went.back": "received",
      },
    },
    replied: { on: { "reply.wanted": "replying" } },
    sent: { type: "final" },
    refused: { type: "final" },
    left: { type: "final" },
    gone: { type: "final" },
  },
});
