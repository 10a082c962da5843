import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { given } from "../../src/given.ts";
import { type Guest, guest } from "./input.ts";

/** The guests, and the result of each invitation. */
export const inviteContext = z.object({
  guests: z.array(guest).readonly().optional(),
  /** How many people were invited. */
  sent: z.number().int().nonnegative(),
  /** The result for each guest, one line each. */
  outcome: z.array(z.string()).readonly().optional(),
});
export type InviteContext = z.infer<typeof inviteContext>;

export type InviteEvent =
  | { type: "guests.read"; guests: readonly Guest[] }
  | { type: "guests.none" }
  | { type: "guests.given" }
  | { type: "invitations.agreed" }
  | { type: "invitations.sent"; sent: number; outcome: readonly string[] }
  | { type: "inviting.left" }
  | { type: "clients.wanted" };

export type InviteOrder =
  | { type: "openInvitation"; guests?: readonly Guest[] }
  | { type: "readGuests" }
  | { type: "sendInvitations"; guests: readonly Guest[] }
  | { type: "showClients" };

const keepGuests = {
  target: "confirming",
  actions: "keepGuests",
} as const;

/** A practitioner invites people: the guests, then the list to check, then the invitations (D7.1). */
export const inviteMachine = setup({
  types: {
    context: {} as InviteContext, // xstate infers its types from these unused values
    input: {} as InviteContext,
    events: {} as InviteEvent,
    emitted: {} as InviteOrder,
  },
  actions: {
    keepGuests: assign(({ event }) => (event.type === "guests.read" ? { guests: event.guests } : {})),
  },
}).createMachine({
  id: "invite",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openInvitation", ...given({ guests: context.guests }) })),
      on: { "guests.read": keepGuests, "guests.none": "asking" },
    },
    asking: {
      on: {
        "guests.given": { actions: emit({ type: "readGuests" }) },
        "guests.read": keepGuests,
        "inviting.left": "left",
      },
    },
    confirming: {
      on: {
        "invitations.agreed": {
          actions: emit(({ context }) => ({ type: "sendInvitations", guests: context.guests ?? [] })),
        },
        "invitations.sent": {
          target: "sent",
          actions: assign({ sent: ({ event }) => event.sent, outcome: ({ event }) => event.outcome }),
        },
        "inviting.left": "left",
      },
    },
    sent: { on: { "clients.wanted": { actions: emit({ type: "showClients" }) } } },
    left: { type: "final" },
  },
});
