import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { type RedeemRefusal, redeemRefusals } from "../../src/desk/people/activate.ts";
import { given } from "../../src/given.ts";

/** How the person tries to get access, and the result of the code they typed. Never the code itself. */
export const activateContext = z.object({
  wanted: z.enum(["welcome", "connected", "resend", "code", "invited"]),
  invitationId: z.string().optional(),
  refusal: z.enum(redeemRefusals).optional(),
});
export type ActivateContext = z.infer<typeof activateContext>;

export type ActivateEvent =
  | { type: "welcome.due" }
  | { type: "chat.connected" }
  | { type: "invitation.met" }
  | { type: "code.refused"; refusal: RedeemRefusal; invitationId?: string }
  | { type: "mail.wanted" }
  | { type: "invitation.taken" }
  | { type: "invitation.left" }
  | { type: "again.wanted" }
  | { type: "email.given" }
  | { type: "mail.sent" }
  | { type: "asking.left" }
  | { type: "book.wanted" }
  | { type: "home.wanted" };

export type ActivateOrder =
  | { type: "openEntry"; wanted: ActivateContext["wanted"]; invitationId?: string }
  | { type: "joinPractice"; invitationId?: string }
  | { type: "declineInvitation"; invitationId?: string }
  | { type: "sendAgain"; invitationId?: string }
  | { type: "sendToEmail" }
  | { type: "startBooking" }
  | { type: "goHome" };

function invitationOf({ invitationId }: ActivateContext) {
  return given({ invitationId });
}

const onward = {
  "book.wanted": { actions: "startBooking" },
  "home.wanted": { actions: "goHome" },
} as const;

/** A person types a code, accepts an invitation, or asks for it again (D7.1, D7.3). */
export const activateMachine = setup({
  types: {
    context: {} as ActivateContext, // xstate infers its types from these unused values
    input: {} as ActivateContext,
    events: {} as ActivateEvent,
    emitted: {} as ActivateOrder,
  },
  actions: {
    startBooking: emit({ type: "startBooking" }),
    goHome: emit({ type: "goHome" }),
    keepRefusal: assign(({ event }) =>
      event.type === "code.refused" ? { refusal: event.refusal, invitationId: event.invitationId } : {},
    ),
  },
}).createMachine({
  id: "activate",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "openEntry",
        wanted: context.wanted,
        ...invitationOf(context),
      })),
      on: {
        "welcome.due": "welcomed",
        "chat.connected": "connected",
        "invitation.met": "invited",
        "code.refused": { target: "refused", actions: "keepRefusal" },
        "mail.wanted": "askingEmail",
      },
    },
    welcomed: { on: onward },
    connected: { on: onward },
    invited: {
      on: {
        "invitation.taken": {
          actions: emit(({ context }) => ({ type: "joinPractice", ...invitationOf(context) })),
        },
        "invitation.left": {
          target: "declined",
          actions: emit(({ context }) => ({ type: "declineInvitation", ...invitationOf(context) })),
        },
        "code.refused": { target: "refused", actions: "keepRefusal" },
      },
    },
    refused: {
      on: {
        "again.wanted": {
          actions: emit(({ context }) => ({ type: "sendAgain", ...invitationOf(context) })),
        },
        "mail.sent": "resent",
        "code.refused": { actions: "keepRefusal" },
      },
    },
    askingEmail: {
      on: {
        "email.given": { actions: emit({ type: "sendToEmail" }) },
        "mail.sent": "resent",
        "code.refused": { target: "refused", actions: "keepRefusal" },
        "asking.left": "left",
      },
    },
    declined: { type: "final" },
    resent: { type: "final" },
    left: { type: "final" },
  },
});
