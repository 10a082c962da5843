import { chosenIn, wantsOthers } from "../../src/choosing/offered-times.ts";
import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { readSuiting } from "../../src/language/intent/proposal-words.ts";
import { proposalWords } from "../../src/words/propose.ts";
import { commands } from "./commands.ts";
import { proposalFacts } from "./facts.ts";
import { proposalInput } from "./input.ts";
import { type ProposalContext, type ProposalEvent, proposalContext, proposalMachine } from "./machine.ts";
import {
  agreeingView,
  askingWithdrawalView,
  choosingView,
  goneView,
  lastRoundView,
  momentView,
  suitingView,
} from "./views.ts";

const longestWish = 200;

/** Words among the proposed times: one of them, which then takes a yes, or what would suit instead. */
async function listenForTime(text: string, context: ProposalContext, turn: Turn): Promise<Heard<ProposalEvent>> {
  const facts = await proposalFacts(context, turn);
  if (facts === undefined) return undefined;
  const { intent, certainty } = understand(text, { pending: "offer" });
  const offered = facts.times.map(({ startsAtMs }) => startsAtMs);
  const named = offered[placeSaid(text)] ?? chosenIn({ times: offered, reader: facts.reader }, turn);
  if (named !== undefined) return { event: { type: "time.named", startsAtMs: named } };
  if (isElse(intent, certainty)) return undefined;
  const heard = await listenForSuiting(text, context, turn);
  if (heard !== undefined && "event" in heard && heard.event.type === "wish.sent") {
    return { event: { type: "wish.named", wish: heard.event.wish } };
  }
  return wantsOthers(text) || intent === "negate" ? { event: { type: "none.suits" } } : undefined;
}

/** "2": a place in the list, from 0; -1 where the words are no number alone. */
function placeSaid(text: string): number {
  const digit = /^(?:#|number |option )?([1-9])$/.exec(normalise(text))?.[1];
  return digit === undefined ? -1 : Number(digit) - 1;
}

/** When it would suit: words that say nothing of time are asked for again. */
async function listenForSuiting(text: string, context: ProposalContext, turn: Turn): Promise<Heard<ProposalEvent>> {
  const { intent, certainty } = understand(text, { pending: "offer" });
  if (isElse(intent, certainty)) return undefined;
  const zone = (await proposalFacts(context, turn))?.reader.zone ?? turn.reader.zone;
  const suiting = readSuiting(text, { nowMs: turn.nowMs, zone, locale: turn.reader.locale });
  if (suiting === undefined) return intent === "affirm" ? yesToWish(context) : { hint: proposalWords.notHeard };
  return { event: { type: "wish.sent", wish: [...text.trim()].slice(0, longestWish).join("") } };
}

function yesToWish({ wish }: ProposalContext): Heard<ProposalEvent> {
  return wish === undefined ? { hint: proposalWords.notHeard } : { event: { type: "wish.sent", wish } };
}

async function listenForYes(text: string, context: ProposalContext): Promise<Heard<ProposalEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm" && context.chosenMs !== undefined)
    return { event: { type: "time.accepted", startsAtMs: context.chosenMs } };
  return intent === "negate" || intent === "abort" ? { event: { type: "went.back" } } : undefined;
}

async function listenForWithdrawal(text: string): Promise<Heard<ProposalEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "withdrawal.agreed" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "withdrawal.dropped" } } : undefined;
}

/** Words about other sessions, or about the desk, are for the router. */
function isElse(intent: string, certainty: number): boolean {
  return certainty >= 0.7 && ["list_upcoming", "help", "greeting", "reschedule", "cancel"].includes(intent);
}

/** A practitioner proposes other times for a request: the client takes one, or says what would suit. */
export const proposalFlow = defineFlow({
  name: "proposal",
  version: 1,
  roles: ["client"],
  machine: proposalMachine,
  context: proposalContext,
  input: proposalInput,
  begin: ({ bookingId }) => ({ bookingId }),
  again: (bookingId) => (bookingId === undefined ? undefined : { type: "proposal.asked", bookingId }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(() => undefined, momentView),
    choosing: scene(proposalFacts, choosingView),
    agreeing: scene(proposalFacts, agreeingView),
    suiting: scene(proposalFacts, suitingView),
    lastRound: scene(proposalFacts, lastRoundView),
    askingWithdrawal: scene(proposalFacts, askingWithdrawalView),
    gone: scene(() => undefined, goneView),
  },
  listen: {
    choosing: listenForTime,
    agreeing: listenForYes,
    suiting: listenForSuiting,
    lastRound: listenForTime,
    askingWithdrawal: listenForWithdrawal,
  },
  // "2" typed to another card while this one drops in takes no time: what is only read leads to a card that asks.
  mayBeTyped: async (_context, _turn, unasked) => !unasked,
  mayBeAsked: true,
  isLoud: (event) => event.type === "booking.changed" && ["confirmed", "declined", "expired"].includes(event.status),
});
