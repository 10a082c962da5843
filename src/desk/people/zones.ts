import type { ReadBooks } from "../../../db/store.ts";
import type { Client, Practice } from "../../domain/practice.ts";

/** The zone a client reads times in: their own setting, else the chat profile last seen, else the practice's (D7.6). */
export async function clientZone(books: ReadBooks, practice: Practice, client: Client): Promise<string> {
  if (client.timezone !== undefined) return client.timezone;
  const addresses = await books.identities.listAddresses(practice.id, "client", client.id);
  const seen = addresses
    .filter((address) => address.timezone !== undefined)
    .sort((a, b) => (b.lastSeenAtMs ?? 0) - (a.lastSeenAtMs ?? 0));
  return seen[0]?.timezone ?? practice.timezone;
}
