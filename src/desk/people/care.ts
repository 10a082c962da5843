import type { ReadBooks } from "../../../db/store.ts";
import { decideStanding, type Standing } from "../../domain/people.ts";
import type { Client } from "../../domain/practice.ts";
import type { Actor } from "../actor.ts";

/** A client in a practitioner's list. */
export interface ClientSeen {
  readonly client: Client;
  readonly standing: Standing;
}

/**
 * Whether the practitioner manages this client (D7.4): an admin manages all; the others those they see or invited, and
 * those without a practitioner.
 */
export async function looksAfter(books: ReadBooks, actor: Actor, clientId: string): Promise<boolean> {
  if (actor.kind !== "practitioner") return false;
  const client = await books.people.findClient(actor.practiceId, clientId);
  if (client === undefined || client.state === "archived") return false;
  return (await careOf(books, actor))(clientId);
}

/** The clients a practitioner manages, in the practice's order, each with their standing. */
export async function listClientsSeen(
  books: ReadBooks,
  actor: Actor,
  realNowMs: number,
): Promise<readonly ClientSeen[]> {
  if (actor.kind !== "practitioner") return [];
  const { practiceId } = actor;
  const isTheirs = await careOf(books, actor);
  const chats = await books.identities.listActivity(practiceId, "client");
  // Ascending by age: the latest invitation of a client overwrites the earlier ones.
  const invited = new Map((await books.invitations.listForPractice(practiceId)).map((one) => [one.clientId, one]));
  const clients = (await books.people.listClients(practiceId)).filter(({ state }) => state !== "archived");
  return clients
    .filter(({ id }) => isTheirs(id))
    .map((client) => {
      const invitation = invited.get(client.id);
      const facts = {
        deactivated: client.state === "deactivated",
        chats: chats.filter(({ personId }) => personId === client.id),
        ...(invitation?.state === "open" ? { invitedUntilMs: invitation.expiresAtMs } : {}),
      };
      return { client, standing: decideStanding(facts, realNowMs) };
    });
}

/** One client of that list; undefined: not managed by this practitioner. */
export async function findClientSeen(
  books: ReadBooks,
  actor: Actor,
  clientId: string,
  realNowMs: number,
): Promise<ClientSeen | undefined> {
  return (await listClientsSeen(books, actor, realNowMs)).find(({ client }) => client.id === clientId);
}

async function careOf(
  books: ReadBooks,
  actor: Actor & { readonly kind: "practitioner" },
): Promise<(clientId: string) => boolean> {
  if (actor.admin) return () => true;
  const care = await books.invitations.listCare(actor.practiceId);
  const own = new Set(care.filter((one) => one.practitionerId === actor.practitionerId).map((one) => one.clientId));
  const others = new Set(care.map((one) => one.clientId));
  return (clientId) => own.has(clientId) || !others.has(clientId);
}
