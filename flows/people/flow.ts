import type { Talks } from "../../src/cards/talks.ts";
import { type Commands, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { sureActs } from "../../src/conversation/hear.ts";
import { findClientSeen } from "../../src/desk/people/care.ts";
import { deactivateClient, reactivateClient } from "../../src/desk/people/deactivate.ts";
import { copyInvitationLink, resendInvitation, revokeInvitation } from "../../src/desk/people/invite.ts";
import { given } from "../../src/given.ts";
import type { Act, NameSaid } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { detailFacts, listingFacts, toldFacts } from "./facts.ts";
import { peopleInput } from "./input.ts";
import { type PeopleContext, type PeopleEvent, type PeopleOrder, peopleContext, peopleMachine } from "./machine.ts";
import { askingDeactivationView, listingView, showingLinkView, showingView, toldView } from "./views.ts";

const commands: Commands<PeopleOrder, PeopleEvent> = {
  openPeople: async ({ wanted, clientId, deactivates }, turn) => {
    if (wanted === "clients") return { type: "clients.listed" };
    if (wanted !== "named") return { type: "news.due" };
    const seen = await findSeen(clientId, turn);
    if (seen === undefined) return { type: "clients.listed" };
    return deactivates && seen.standing.is === "activated"
      ? { type: "deactivation.asked" }
      : { type: "client.opened", clientId: seen.client.id };
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
    return link === undefined ? undefined : { type: "link.made", link: link.ref };
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

function findSeen(clientId: string | undefined, { books, actor, realNowMs }: Turn) {
  return clientId === undefined ? undefined : findClientSeen(books, actor, clientId, realNowMs);
}

/** "Reactivate Ben", "resend Ben's invitation": opens his card, or the list unless exactly one client is named. */
function openOnClient({ verb, object }: Act, _reading: Reading, { actor }: Turn): Talks["people"] | undefined {
  if (actor.kind !== "practitioner") return undefined;
  const clientId = clientIn(object.names);
  return { type: "named", ...given({ clientId }), ...(verb === "deactivate" && { deactivates: true }) };
}

/** A client's bare name opens that client. A message with an act is about something else. */
async function hearClient(reading: Reading, _context: PeopleContext, turn: Turn): Promise<Heard<PeopleEvent>> {
  if (sureActs(reading).length > 0) return undefined;
  const seen = await findSeen(clientIn(reading.names), turn);
  return seen && { event: { type: "client.opened", clientId: seen.client.id } };
}

function clientIn(names: readonly NameSaid[]): string | undefined {
  const [id, ...more] = names.filter(({ kind }) => kind === "client").flatMap(({ ids }) => ids);
  return more.length > 0 ? undefined : id;
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
  opensOn: {
    "list people": () => ({ type: "clients" }),
    deactivate: openOnClient,
    reactivate: openOnClient,
    "resend invitation": openOnClient,
  },
  answers: {
    askingDeactivation: {
      yes: { event: { type: "deactivation.agreed" }, to: "deactivate" },
      no: { type: "deactivation.dropped" },
    },
  },
  repeats: { askingDeactivation: "deactivate" },
  hears: { listing: hearClient, showing: hearClient },
  subject: ({ clientId }) => given({ clientId }),
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
  // The context kept its form. Only the values of `wanted` were renamed.
  migrate: { 1: (old) => old },
});
