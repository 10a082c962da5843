import type { Turn } from "../../src/conversation/flow.ts";
import { type ClientSeen, findClientSeen, listClientsSeen, looksAfter } from "../../src/desk/people/care.ts";
import { listComing } from "../../src/desk/people/deactivate.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { given } from "../../src/given.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { PeopleContext } from "./machine.ts";

const aPage = 8;

export async function listingFacts({ page }: PeopleContext, turn: Turn) {
  const seen = await listClientsSeen(turn.books, turn.actor, turn.realNowMs);
  return { clients: seen.slice(page * aPage, (page + 1) * aPage), page, hasMore: seen.length > (page + 1) * aPage };
}

export interface DetailFacts extends ClientSeen {
  readonly chats: readonly { readonly platform: string; readonly isOut: boolean }[];
  readonly coming: readonly Booking[];
  readonly reader: Reader;
  readonly done?: PeopleContext["done"];
  readonly link?: string;
}

/** One client and their activation status. Undefined: not this practitioner's client. */
export async function detailFacts(context: PeopleContext, turn: Turn): Promise<DetailFacts | undefined> {
  const { books, actor, practice, reader, nowMs, realNowMs } = turn;
  const { clientId, done, link } = context;
  const seen = clientId === undefined ? undefined : await findClientSeen(books, actor, clientId, realNowMs);
  if (seen === undefined) return undefined;
  const chats = await books.identities.listAddresses(practice.id, "client", seen.client.id);
  return {
    ...seen,
    chats: chats.map(({ platform, unreachable }) => ({ platform, isOut: unreachable !== undefined })),
    coming: await listComing(books, practice.id, seen.client.id, nowMs),
    reader,
    ...given({ done, link }),
  };
}

/** The news and the person it is about. A client who is not this practitioner's has no name here (D7.4). */
export async function toldFacts({ wanted, clientId, personId }: PeopleContext, turn: Turn) {
  const { books, practice, actor } = turn;
  const id = clientId ?? personId;
  if (id === undefined) return { wanted, name: "" };
  const person =
    wanted === "practitioner.unreachable"
      ? await books.people.findPractitioner(practice.id, id)
      : (await looksAfter(books, actor, id))
        ? await books.people.findClient(practice.id, id)
        : undefined;
  return { wanted, name: person?.name ?? "" };
}
