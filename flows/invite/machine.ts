import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** Who is asked in, as texts: see `guests.ts`. */
export const inviteContext = z.object({
  guests: z.string().optional(),
  /** How many were asked in, and who was not and why, a line each. */
  sent: z.number().int().nonnegative(),
  outcome: z.string().optional(),
});
export type InviteContext = z.infer<typeof inviteContext>;

type InviteEvent =
  | { type: "guests.read"; guests: string }
  | { type: "guests.none" }
  | { type: "guests.given" }
  | { type: "invitations.agreed" }
  | { type: "invitations.sent"; sent: number; outcome: string }
  | { type: "inviting.left" }
  | { type: "clients.wanted" };

type InviteOrder =
  | { type: "readGuests"; asked: boolean }
  | { type: "sendInvitations"; guests: string }
  | { type: "showClients" };

/** Every order of the machine, by name. */
export type InviteOrders = { [Type in InviteOrder["type"]]: Extract<InviteOrder, { type: Type }> };

const keepGuests = {
  target: "confirming",
  actions: "keepGuests",
} as const;

/** A practitioner asks people in: who, then a look at the list, then it goes out (D7.1). */
export const inviteMachine = setup({
  types: {
    context: {} as InviteContext, // xstate reads types from values that are never used
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
      entry: emit({ type: "readGuests", asked: false }),
      on: { "guests.read": keepGuests, "guests.none": "asking" },
    },
    asking: {
      on: {
        "guests.given": { actions: emit({ type: "readGuests", asked: true }) },
        "guests.read": keepGuests,
        "inviting.left": "left",
      },
    },
    confirming: {
      on: {
        "invitations.agreed": {
          actions: emit(({ context }) => ({ type: "sendInvitations", guests: context.guests ?? "" })),
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
