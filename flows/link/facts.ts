import type { Turn } from "../../src/conversation/flow.ts";
import { findOwnLink, listUnconnected } from "../../src/desk/people/link.ts";
import { given } from "../../src/given.ts";
import type { LinkContext } from "./machine.ts";

const aPage = 10;

/** The practitioners who may have linked the workspace. Undefined: the code was used. */
export async function choosingSelfFacts({ codeId, practiceId, page }: LinkContext, turn: Turn) {
  const own = codeId === undefined ? undefined : await findOwnLink(turn.books, turn.address, codeId);
  if (own === undefined || own.practiceId !== practiceId) return undefined;
  const practice = await turn.books.practices.get(own.practiceId);
  const free = await listUnconnected(turn.books, own.practiceId, turn.address);
  return {
    practice: practice.name,
    practitioners: free.slice(page * aPage, (page + 1) * aPage),
    hasMore: free.length > (page + 1) * aPage,
    page,
  };
}

export async function linkedFacts({ practiceId }: LinkContext, turn: Turn) {
  const practice = practiceId === undefined ? undefined : await turn.books.practices.find(practiceId);
  const { actor } = turn;
  const self =
    actor.kind === "practitioner"
      ? await turn.books.people.findPractitioner(actor.practiceId, actor.practitionerId)
      : undefined;
  return { practice: practice?.name ?? "", ...given({ self: self?.name }) };
}
