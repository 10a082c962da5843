import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { given } from "../../src/given.ts";

/** Why the talk begins: the list, a client by name, or news about a person. */
const peopleWanted = z.enum([
  "clients",
  "named",
  "client.joined",
  "client.declined",
  "client.out",
  "invitation.failed",
  "practitioner.unreachable",
  "client.unreachable",
]);

/** Which page of the list is shown, which client is open, and what was just done to them. */
export const peopleContext = z.object({
  wanted: peopleWanted,
  page: z.number().int().nonnegative(),
  clientId: z.string().optional(),
  /** The words ask to deactivate the client. */
  deactivates: z.literal(true).optional(),
  /** The practitioner whom the news are about. */
  personId: z.string().optional(),
  /** The code as the card shows it to its owner. It is deleted with the next step. */
  link: z.string().optional(),
  done: z.enum(["invited", "revoked", "reactivated"]).optional(),
});
export type PeopleContext = z.infer<typeof peopleContext>;

export type PeopleEvent =
  | { type: "clients.listed" }
  | { type: "news.due" }
  | { type: "client.opened"; clientId: string }
  | { type: "clients.paged"; page: number }
  | { type: "inviting.wanted" }
  | { type: "invitation.wanted" }
  | { type: "invitation.sent" }
  | { type: "revocation.wanted" }
  | { type: "invitation.revoked" }
  | { type: "link.wanted" }
  | { type: "link.made"; link: string }
  | { type: "link.seen" }
  | { type: "deactivation.asked" }
  | { type: "deactivation.agreed" }
  | { type: "deactivation.dropped" }
  | { type: "client.deactivated" }
  | { type: "reactivation.wanted" }
  | { type: "client.reactivated" }
  | { type: "message.wanted" }
  | { type: "home.wanted" }
  | { type: "went.back" };

export type PeopleOrder =
  | { type: "openPeople"; wanted: PeopleContext["wanted"]; clientId?: string; deactivates?: true }
  | { type: "startInvite" }
  | { type: "inviteClient"; clientId?: string }
  | { type: "revokeInvitation"; clientId?: string }
  | { type: "copyLink"; clientId?: string }
  | { type: "deactivateClient"; clientId?: string }
  | { type: "reactivateClient"; clientId?: string }
  | { type: "writeMessage"; clientId?: string }
  | { type: "goHome" };

const about = ({ context: { clientId } }: { context: PeopleContext }) => given({ clientId });

/** A practitioner's clients: the activation status of each, and the possible actions (D7.1). */
export const peopleMachine = setup({
  types: {
    context: {} as PeopleContext, // xstate infers its types from these unused values
    input: {} as PeopleContext,
    events: {} as PeopleEvent,
    emitted: {} as PeopleOrder,
  },
}).createMachine({
  id: "people",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "openPeople",
        wanted: context.wanted,
        ...given({ clientId: context.clientId, deactivates: context.deactivates }),
      })),
      on: {
        "clients.listed": "listing",
        "client.opened": { target: "showing", actions: assign({ clientId: ({ event }) => event.clientId }) },
        "deactivation.asked": "askingDeactivation",
        "news.due": "told",
      },
    },
    listing: {
      on: {
        "client.opened": {
          target: "showing",
          actions: assign({ clientId: ({ event }) => event.clientId, done: undefined }),
        },
        "clients.paged": { actions: assign({ page: ({ event }) => event.page }) },
        "inviting.wanted": { actions: emit({ type: "startInvite" }) },
        "home.wanted": { actions: emit({ type: "goHome" }) },
      },
    },
    showing: {
      on: {
        "client.opened": { actions: assign({ clientId: ({ event }) => event.clientId, done: undefined }) },
        "invitation.wanted": { actions: emit((at) => ({ type: "inviteClient", ...about(at) })) },
        "invitation.sent": { actions: assign({ done: "invited" }) },
        "revocation.wanted": { actions: emit((at) => ({ type: "revokeInvitation", ...about(at) })) },
        "invitation.revoked": { actions: assign({ done: "revoked" }) },
        "link.wanted": { actions: emit((at) => ({ type: "copyLink", ...about(at) })) },
        "link.made": { target: "showingLink", actions: assign({ link: ({ event }) => event.link, done: undefined }) },
        "deactivation.asked": { target: "askingDeactivation", actions: assign({ done: undefined }) },
        "reactivation.wanted": { actions: emit((at) => ({ type: "reactivateClient", ...about(at) })) },
        "client.reactivated": { actions: assign({ done: "reactivated" }) },
        "message.wanted": { actions: emit((at) => ({ type: "writeMessage", ...about(at) })) },
        "went.back": "listing",
      },
    },
    showingLink: { on: { "link.seen": { target: "showing", actions: assign({ link: undefined }) } } },
    askingDeactivation: {
      on: {
        "deactivation.agreed": { actions: emit((at) => ({ type: "deactivateClient", ...about(at) })) },
        "client.deactivated": "showing",
        "deactivation.dropped": "showing",
      },
    },
    told: { type: "final" },
  },
});
