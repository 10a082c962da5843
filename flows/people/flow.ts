import type { CardEvent } from "../../src/cards/card.ts";
import { type Command, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { listClientsSeen } from "../../src/desk/people/care.ts";
import { deactivateClient, reactivateClient } from "../../src/desk/people/deactivate.ts";
import { copyInvitationLink, resendInvitation, revokeInvitation } from "../../src/desk/people/invite.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { detailFacts, listingFacts, toldFacts } from "./facts.ts";
import { type PeopleContext, type PeopleOrders, peopleContext, peopleMachine } from "./machine.ts";
import { askingDeactivationView, listingView, showingLinkView, showingView, toldView } from "./views.ts";

type Commands = { readonly [Type in keyof PeopleOrders]: Command<PeopleOrders[Type]> };

const news = [
  "client.joined",
  "client.declined",
  "client.out",
  "invitation.failed",
  "practitioner.unreachable",
  "client.unreachable",
];

const commands: Commands = {
  openPeople: async ({ wanted }, turn) => {
    if (news.includes(wanted)) return { type: "news.due" };
    return (wanted === "named" ? await namedClient(turn.said ?? "", turn) : undefined) ?? { type: "clients.listed" };
  },
  startInvite: async (_order, turn) => {
    turn.begin({ flow: "invite", input: { type: "invite" }, where: "here" });
    return undefined;
  },
  inviteClient: async ({ clientId }, turn) => {
    const sent = await resendInvitation(turn, turn.actor, clientId);
    return sent.ok ? { type: "invitation.sent" } : undefined;
  },
  revokeInvitation: async ({ clientId }, turn) =>
    (await revokeInvitation(turn, turn.actor, clientId)) ? { type: "invitation.revoked" } : undefined,
  copyLink: async ({ clientId }, turn) => {
    const link = await copyInvitationLink(turn, turn.actor, clientId);
    return link === undefined ? undefined : { type: "link.made", link };
  },
  deactivateClient: async ({ clientId }, turn) => {
    await deactivateClient(turn, turn.actor, clientId);
    return { type: "client.deactivated" };
  },
  reactivateClient: async ({ clientId }, turn) =>
    (await reactivateClient(turn, turn.actor, clientId)) ? { type: "client.reactivated" } : undefined,
  writeMessage: async ({ clientId }, turn) => {
    turn.begin({ flow: "contact", input: { type: "contact", personId: clientId }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

/** The one client words name. */
async function namedClient(text: string, turn: Turn): Promise<CardEvent | undefined> {
  const seen = await listClientsSeen(turn.books, turn.actor, turn.realNowMs);
  const { ids } = findNamed(
    text,
    seen.map(({ client: { id, name } }) => ({ id, names: [name, ...name.split(/\s+/)] })),
  );
  const [clientId, ...more] = ids;
  return clientId === undefined || more.length > 0 ? undefined : { type: "client.opened", clientId };
}

async function listenForClient(text: string, _context: PeopleContext, turn: Turn): Promise<Heard> {
  if (/\b(invite|book|confirm|decline|cancel|move|block)\b/i.test(text)) return undefined;
  const event = await namedClient(text, turn);
  return event === undefined ? undefined : { event };
}

/** A practitioner's clients, and news about their comings and goings. */
export const peopleFlow = defineFlow<PeopleContext>({
  name: "people",
  version: 1,
  roles: ["practitioner"],
  machine: peopleMachine,
  context: peopleContext,
  begin: ({ type, clientId, personId }) => ({
    wanted: type,
    page: 0,
    ...(typeof clientId === "string" ? { clientId } : {}),
    ...(typeof personId === "string" ? { personId } : {}),
  }),
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
});
