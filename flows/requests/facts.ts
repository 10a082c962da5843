import type { Turn } from "../../src/conversation/flow.ts";
import { decidesAsPractitioner } from "../../src/desk/actor.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { RequestsContext } from "./machine.ts";

/** The requests to confirm, in their present state. */
export interface RequestsFacts {
  readonly requests: readonly { readonly booking: Booking; readonly client: string }[];
  readonly reader: Reader;
  /** Open change requests. Each is answered on its own card. */
  readonly changes: number;
}

export async function requestsFacts({ ids }: RequestsContext, turn: Turn): Promise<RequestsFacts> {
  const clients = new Map((await turn.books.people.listClients(turn.practice.id)).map(({ id, name }) => [id, name]));
  const found: { booking: Booking; client: string }[] = [];
  for (const id of ids.toSorted()) {
    const booking = await turn.books.bookings.find(turn.practice.id, id);
    if (booking !== undefined && decidesAsPractitioner(turn.actor, booking))
      found.push({ booking, client: clients.get(booking.clientId) ?? "" });
  }
  const requests = found.sort((a, b) => a.booking.startsAtMs - b.booking.startsAtMs);
  return { requests, reader: turn.reader, changes: await countChanges(turn) };
}

/** How many change requests this practitioner has to answer. */
export async function countChanges({ actor, books, practice }: Turn): Promise<number> {
  if (actor.kind !== "practitioner") return 0;
  return (await books.changes.listOpenFor(practice.id, actor.practitionerId)).length;
}
