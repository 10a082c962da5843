import { chosenAmong } from "../../src/choosing/offered-times.ts";
import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { saysNo, sureActs, sureQuestion } from "../../src/conversation/hear.ts";
import type { Verb } from "../../src/language/intent/act.ts";
import { readSuiting } from "../../src/language/intent/proposal-words.ts";
import { type Reading, saysYes } from "../../src/language/reading.ts";
import { isExact } from "../../src/language/when/want.ts";
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

/** Acts about the proposed times. */
const ofThisProposal: ReadonlySet<Verb> = new Set<Verb>([
  "accept",
  "confirm",
  "choose",
  "decline",
  "cannot",
  "other options",
  "propose",
  "book",
  "change",
  "find times",
]);

function isAboutThis(reading: Reading): boolean {
  return sureActs(reading).every(({ verb }) => ofThisProposal.has(verb));
}

/** The proposed time that a message chooses. It needs a yes. */
async function hearChoice(reading: Reading, context: ProposalContext, turn: Turn): Promise<Heard<ProposalEvent>> {
  const facts = await proposalFacts(context, turn);
  if (facts === undefined || !isAboutThis(reading)) return undefined;
  const offered = facts.times.map(({ startsAtMs }) => startsAtMs);
  const named =
    offered[placeSaid(reading)] ?? chosenAmong(reading, { times: offered, reader: facts.reader }, turn.nowMs);
  return named === undefined ? undefined : { event: { type: "time.named", startsAtMs: named } };
}

/** A message to the proposed times: one of them, or other times the client asks for. */
async function hearTime(reading: Reading, context: ProposalContext, turn: Turn): Promise<Heard<ProposalEvent>> {
  if (!isAboutThis(reading)) return undefined;
  const named = await hearChoice(reading, context, turn);
  if (named !== undefined) return named;
  const suits = hearSuiting(reading, context, turn);
  if (suits !== undefined) return suits;
  const verbs = sureActs(reading).map(({ verb }) => verb);
  const refuses = ["decline", "cannot", "other options"].some((verb) => verbs.some((one) => one === verb));
  return refuses || saysNo(reading, undefined) ? { event: { type: "none.suits" } } : undefined;
}

/** "2", "the second one": a place in the list, from 0. -1: the words name none. It only leads to a card that asks. */
function placeSaid({ said }: Reading): number {
  const digit =
    /^(?:the )?(?:#|number |option )?([1-9])(?:st|nd|rd|th)?[.)]?(?: (?:one|1|option|time))?(?: please)?$/.exec(
      said,
    )?.[1];
  return digit === undefined ? -1 : Number(digit) - 1;
}

function asNamed(event: ProposalEvent): ProposalEvent {
  return event.type === "time.accepted" ? { type: "time.named", startsAtMs: event.startsAtMs } : event;
}

/** "Earlier", typed: the words that a press sends are shown first, unless the card already shows some. */
function asShown(event: ProposalEvent, shown: string | undefined): ProposalEvent {
  return event.type === "wish.sent" && shown === undefined ? { type: "wish.named", wish: event.wish } : event;
}

/** Other times the client asks for. They are sent to the practitioner, so they are shown with a button first (W4). */
function hearSuiting(reading: Reading, _context: ProposalContext, turn: Turn): Heard<ProposalEvent> {
  const { nowMs, reader, said } = turn;
  const isAsking = sureQuestion(reading) !== undefined;
  if (said === undefined || isAsking || !isAboutThis(reading)) return undefined;
  const suiting = readSuiting(reading.said, { nowMs, zone: reader.zone, locale: reader.locale });
  if (suiting === undefined) return undefined;
  return { event: { type: "wish.named", wish: [...said.trim()].slice(0, longestWish).join("") } };
}

/**
 * A message to "Which times suit you?": one of the proposed times after all ("1", "the first"), or other times. A yes,
 * while the times the client asks for are shown, sends them.
 */
async function hearWish(reading: Reading, context: ProposalContext, turn: Turn): Promise<Heard<ProposalEvent>> {
  const { wish } = context;
  if (wish !== undefined && saysYes(reading, "send")) return { event: { type: "wish.sent", wish } };
  // "Mornings only" asks for others, although one of the proposed times is in the morning.
  const isOne = reading.when === undefined || isExact(reading.when.want) || placeSaid(reading) >= 0;
  const named = isOne && !saysYes(reading, "book") ? await hearChoice(reading, context, turn) : undefined;
  return named ?? hearSuiting(reading, context, turn);
}

/** A yes to the time that the words chose. */
function hearAgreement(reading: Reading, { chosenMs }: ProposalContext): Heard<ProposalEvent> {
  return chosenMs !== undefined && saysYes(reading, "accept")
    ? { event: { type: "time.accepted", startsAtMs: chosenMs } }
    : undefined;
}

/** A practitioner proposes other times for a request. The client takes one, or asks for other times. */
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
  answers: {
    agreeing: { no: { type: "went.back" } },
    suiting: { no: { type: "went.back" } },
    askingWithdrawal: {
      yes: { event: { type: "withdrawal.agreed" }, to: "withdraw" },
      no: { type: "withdrawal.dropped" },
    },
  },
  // A press acts at once. Words first show what they would do.
  typed: {
    choosing: ({ event }) => asNamed(event),
    lastRound: ({ event }) => asNamed(event),
    // A place means one of the proposed times, which `hears` finds.
    suiting: ({ event, by }, { wish }) => (by === "place" ? undefined : asShown(event, wish)),
  },
  hears: { choosing: hearTime, agreeing: hearAgreement, suiting: hearWish, lastRound: hearTime },
  field: { suiting: { takes: () => ({ hint: proposalWords.notHeard }) } },
  // A "2" typed to another card as this one arrives takes no time. `read` only leads to a card that asks.
  mayBeTyped: async (_context, _turn, unasked) => (unasked ? "read" : true),
  mayBeAsked: true,
  isLoud: (event) => event.type === "booking.changed" && ["confirmed", "declined", "expired"].includes(event.status),
});
