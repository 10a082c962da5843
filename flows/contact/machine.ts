import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { longestMessage } from "../../src/desk/telling/relay.ts";
import { given } from "../../src/given.ts";

/** Drafts are kept a little beyond the limit, so that a message that is too long is refused and not cut. */
export const longestDraft = longestMessage + 100;

/**
 * The recipient, or the received message, and the draft until it is sent or discarded. Sent messages are only in the
 * database.
 */
export const contactContext = z.object({
  wanted: z.enum(["contact", "message"]),
  personId: z.string().optional(),
  relayId: z.string().optional(),
  /** The typed message. Sending it still needs a "send". */
  draft: z.string().max(longestDraft).optional(),
  isBooking: z.literal(true).optional(),
  refusal: z.enum(["not-yours", "too-many", "unreached"]).optional(),
});
export type ContactContext = z.infer<typeof contactContext>;

export type ContactEvent =
  | { type: "people.offered" }
  | { type: "person.chosen"; personId: string }
  | { type: "message.met" }
  | { type: "message.gone" }
  | { type: "message.typed"; message: string }
  | { type: "message.given" }
  | { type: "message.sent" }
  | { type: "message.refused"; refusal: NonNullable<ContactContext["refusal"]> }
  | { type: "reply.wanted" }
  | { type: "writing.left" }
  | { type: "went.back" };

export type ContactOrder =
  | { type: "openContact"; wanted: ContactContext["wanted"]; personId?: string; relayId?: string }
  | { type: "sendMessage"; personId?: string; relayId?: string; draft?: string };

/** The card with the field, with or without a typed draft in it. */
const written = {
  "message.given": { actions: "send" },
  "message.sent": { target: "sent", actions: "forgetDraft" },
  "message.refused": { target: "refused", actions: ["keepRefusal", "forgetDraft"] },
  "writing.left": { target: "left", actions: "forgetDraft" },
} as const;
const answered = {
  "message.given": { actions: "send" },
  "message.sent": { target: "replied", actions: "forgetDraft" },
  "message.refused": { target: "refused", actions: ["keepRefusal", "forgetDraft"] },
  "went.back": { target: "received", actions: "forgetDraft" },
} as const;

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
      ...given({ personId: context.personId, relayId: context.relayId, draft: context.draft }),
    })),
    notePerson: assign(({ event }) => (event.type === "person.chosen" ? { personId: event.personId } : {})),
    noteDraft: assign(({ event }) => (event.type === "message.typed" ? { draft: event.message } : {})),
    forgetDraft: assign({ draft: undefined }),
    keepRefusal: assign(({ event }) => (event.type === "message.refused" ? { refusal: event.refusal } : {})),
  },
  guards: { hasDraft: ({ context }) => context.draft !== undefined },
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
        "person.chosen": [
          { guard: "hasDraft", target: "previewing", actions: "notePerson" },
          { target: "writing", actions: "notePerson" },
        ],
        "message.met": "received",
        "message.gone": "gone",
      },
    },
    choosing: {
      on: {
        "person.chosen": [
          { guard: "hasDraft", target: "previewing", actions: "notePerson" },
          { target: "writing", actions: "notePerson" },
        ],
        "writing.left": { target: "left", actions: "forgetDraft" },
      },
    },
    writing: { on: { ...written, "message.typed": { target: "previewing", actions: "noteDraft" } } },
    previewing: { on: { ...written, "message.typed": { actions: "noteDraft" } } },
    received: { on: { "reply.wanted": "replying" } },
    replying: { on: { ...answered, "message.typed": { target: "previewingReply", actions: "noteDraft" } } },
    previewingReply: { on: { ...answered, "message.typed": { actions: "noteDraft" } } },
    replied: { on: { "reply.wanted": "replying" } },
    sent: { type: "final" },
    refused: { type: "final" },
    left: { type: "final" },
    gone: { type: "final" },
  },
});
