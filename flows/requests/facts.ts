import type { Turn } from "../../src/conversation/flow.ts";
import { decidesAsPractitioner } from "../../src/desk/actor.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { RequestsContext } from "./machine.ts";

/** The requests in question, as they stand now. */
export interface RequestsFacts {
  readonly requests: readonly { readonly booking: Booking; readonly client: string }[];
  readonly reader: Reader;
}

export async function requestsFacts({ ids }: RequestsContext, turn: Turn): Promise<RequestsFacts> {
  const clients = new Map((await turn.books.people.listClients(turn.practice.id)).map(({ id, name }) => [id, name]));
  const found: { booking: Booking; client: string }[] = [];
  for (const id of ids.split(" ").sort()) {
    const booking = await turn.books.bookings.find(turn.practice.id, id);
    if (booking !== undefined && decidesAsPractitioner(turn.actor, booking))
      found.push({ booking, client: clients.get(booking.clientId) ?? "" });
  }
  return { requests: found.sort((a, b) => a.booking.startsAtMs - b.booking.startsAtMs), reader: turn.reader };
}
