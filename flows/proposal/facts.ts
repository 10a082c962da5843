import { type SessionSeen, seeSession } from "../../src/choosing/session.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { openProposals } from "../../src/desk/changes/answer-proposal.ts";
import { given } from "../../src/given.ts";
import type { ProposalContext } from "./machine.ts";

/** The times proposed to a client, for their card. */
export interface ProposalFacts extends SessionSeen {
  /** Those that are still free, in order. */
  readonly times: readonly { readonly startsAtMs: number; readonly endsAtMs: number }[];
  /** The one that the words chose, while it is free. */
  readonly chosen?: { readonly startsAtMs: number; readonly endsAtMs: number };
  readonly wish?: string;
}

/** Undefined: it no longer exists, or belongs to another person. */
export async function proposalFacts(context: ProposalContext, turn: Turn): Promise<ProposalFacts | undefined> {
  const seen = await seeSession(context.bookingId, turn);
  if (seen === undefined) return undefined;
  const times = await openProposals(turn, seen.booking);
  const chosen = times.find(({ startsAtMs }) => startsAtMs === context.chosenMs);
  return {
    ...seen,
    times,
    ...given({ chosen }),
    ...given({ wish: context.wish }),
  };
}
