import type { Turn } from "../../src/conversation/flow.ts";
import type { ActivateContext } from "./machine.ts";

/** Who is welcomed, and by which practice. */
export async function welcomeFacts(_context: unknown, turn: Turn) {
  const { actor, books, practice } = turn;
  const person =
    actor.kind === "client"
      ? await books.people.findClient(practice.id, actor.clientId)
      : actor.kind === "practitioner"
        ? await books.people.findPractitioner(practice.id, actor.practitionerId)
        : undefined;
  return { practice: practice.name, name: person?.name ?? "", isClient: actor.kind === "client" };
}

/** Who invited whom. */
export async function invitedFacts({ invitationId }: ActivateContext, { books }: Turn) {
  const invitation = invitationId === undefined ? undefined : await books.invitations.find(invitationId);
  if (invitation === undefined) return undefined;
  const { practiceId, clientId, practitionerId } = invitation;
  const practice = await books.practices.get(practiceId);
  const client = await books.people.findClient(practiceId, clientId);
  const practitioner = await books.people.findPractitioner(practiceId, practitionerId);
  return {
    practice: practice.name,
    name: client?.name ?? "",
    practitioner: practitioner?.name ?? practice.name,
  };
}
