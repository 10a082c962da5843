import type { Turn } from "../../src/conversation/flow.ts";
import { listClientsSeen } from "../../src/desk/people/care.ts";
import { findRelayTo, listReachable } from "../../src/desk/telling/relay.ts";
import { given } from "../../src/given.ts";
import type { ContactContext } from "./machine.ts";

const mostOffered = 10;

/** The people this person may write to: a client's practitioners, or a practitioner's activated clients. */
export async function listWritable(turn: Turn): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { books, actor, realNowMs } = turn;
  if (actor.kind === "client") return listReachable(books, actor);
  const seen = await listClientsSeen(books, actor, realNowMs);
  return seen.filter(({ standing }) => standing.is === "activated").map(({ client }) => client);
}

export async function whomFacts(_context: ContactContext, turn: Turn) {
  return { people: (await listWritable(turn)).slice(0, mostOffered), ...contactOf(turn) };
}

export async function writingFacts({ personId, draft, isBooking }: ContactContext, turn: Turn) {
  const { books, practice, actor } = turn;
  const written = { isBooking: isBooking === true, ...given({ draft }), ...contactOf(turn) };
  if (personId === undefined) return { name: "", ...written };
  const person =
    actor.kind === "client"
      ? await books.people.findPractitioner(practice.id, personId)
      : (await listWritable(turn)).find(({ id }) => id === personId);
  return { name: person?.name ?? "", ...written };
}

/** The message and its sender. Undefined: it is for another person, or has been deleted. */
export async function receivedFacts({ relayId, draft }: ContactContext, turn: Turn) {
  const { books, practice, actor } = turn;
  const relay = relayId === undefined ? undefined : await findRelayTo(books, actor, relayId);
  if (relay === undefined) return undefined;
  const person =
    relay.from === "client"
      ? await books.people.findClient(practice.id, relay.clientId)
      : await books.people.findPractitioner(practice.id, relay.practitionerId);
  return { name: person?.name ?? "", text: relay.text, ...given({ draft }) };
}

export function refusedFacts({ refusal }: ContactContext, turn: Turn) {
  return { refusal, ...contactOf(turn) };
}

function contactOf({ practice, actor }: Turn) {
  return { practice: practice.name, contact: practice.contact, isClient: actor.kind === "client" };
}
