import { type Commands, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { listClientsSeen } from "../../src/desk/people/care.ts";
import { deactivateClient, reactivateClient } from "../../src/desk/people/deactivate.ts";
import { copyInvitationLink, resendInvitation, revokeInvitation } from "../../src/desk/people/invite.ts";
import { given } from "../../src/given.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { detailFacts, listingFacts, toldFacts } from "./facts.ts";
import { peopleInput } from "./input.ts";
import { type PeopleContext, type PeopleEvent, type PeopleOrder, peopleContext, peopleMachine } from "./machine.ts";
import { askingDeactivationView, listingView, showingLinkView, showingView, toldView } from "./views.ts";

const commands: Commands<PeopleOrder, PeopleEvent> = {
  openPeople: async ({ wanted }, turn) => {
    if (wanted === "clients") return { type: "clients.listed" };
    if (wanted === "named") return (await namedClient(turn.said ?? "", turn)) ?? { type: "clients.listed" };
    return { type: "news.due" };
  },
  startInvite: async (_order, turn) => {
    turn.begin({ flow: "invite", input: { type: "invite" }, where: "here" });
    return undefined;
  },
  inviteClient: async ({ clientId }, turn) => {
    const sent = clientId !== undefined && (await resendInvitation(turn, turn.actor, clientId)).ok;
    return sent ? { type: "invitation.sent" } : undefined;
  },
  revokeInvitation: async ({ clientId }, turn) => {
    const revoked = clientId !== undefined && (await revokeInvitation(turn, turn.actor, clientId));
    return revoked ? { type: "invitation.revoked" } : undefined;
  },
  copyLink: async ({ clientId }, turn) => {
    const link = clientId === undefined ? undefined : await copyInvitationLink(turn, turn.actor, clientId);
    return link === undefined ? undefined : { type: "link.made", link };
  },
  deactivateClient: async ({ clientId }, turn) => {
    if (clientId !== undefined) await deactivateClient(turn, turn.actor, clientId);
    return { type: "client.deactivated" };
  },
  reactivateClient: async ({ clientId }, turn) => {
    const reactivated = clientId !== undefined && (await reactivateClient(turn, turn.actor, clientId));
    return reactivated ? { type: "client.reactivated" } : undefined;
  },
  writeMessage: async ({ clientId }, turn) => {
    turn.begin({ flow: "contact", input: { type: "contact", ...given({ personId: clientId }) }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

/** The one client words name. */
async function namedClient(text: string, turn: Turn): Promise<PeopleEvent | undefined> {
  const seen = await listClientsSeen(turn.books, turn.actor, turn.realNowMs);
  const { ids } = findNamed(
    text,
    seen.map(({ client: { id, name } }) => ({ id, names: [name, ...name.split(/\s+/)] })),
  );
  const [clientId, ...more] = ids;
  return clientId === undefined || more.length > 0 ? undefined : { type: "client.opened", clientId };
}

async function listenForClient(text: string, _context: PeopleContext, turn: Turn): Promise<Heard<PeopleEvent>> {
  if (/\b(invite|book|confirm|decline|cancel|move|block)\b/i.test(text)) return undefined;
  const event = await namedClient(text, turn);
  return event === undefined ? undefined : { event };
}

/** A practitioner's clients, and news about them. */
export const peopleFlow = defineFlow({
  name: "people",
  version: 2,
  roles: ["practitioner"],
  machine: peopleMachine,
  context: peopleContext,
  input: peopleInput,
  begin: ({ type, ...whom }) => ({ wanted: type, page: 0, ...whom }),
  again: () => ({ type: "clients" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(listingFacts, listingView),
    listing: scene(listingFacts, listingView),
    showing: scene(detailFacts, showingView),
    showingLink: scene(detailFacts, showingLinkView),
    askingDeactivation: scene(detailFacts, askingDeactivationView),
    told: scene(toldFacts, toldView),
  },
  listen: { listing: listenForClient, showing: listenForClient },
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
  // The context kept its form; only the values of `wanted` are named now.
  migrate: { 1: (old) => old },
});
