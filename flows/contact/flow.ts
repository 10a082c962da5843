import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { findRelayTo, longestMessage, type RelayTo, relayMessage } from "../../src/desk/telling/relay.ts";
import { given } from "../../src/given.ts";
import { contactWords } from "../../src/words/people.ts";
import { listWritable, receivedFacts, refusedFacts, whomFacts, writingFacts } from "./facts.ts";
import {
  hearMessage,
  hearPerson,
  hearReply,
  messageField,
  openOnBooking,
  openOnCall,
  openOnMessage,
  personsIn,
} from "./hear.ts";
import { contactInput } from "./input.ts";
import { type ContactEvent, type ContactOrder, contactContext, contactMachine } from "./machine.ts";
import {
  choosingView,
  goneView,
  leftView,
  receivedView,
  refusedView,
  repliedView,
  replyingView,
  sentView,
  writingView,
} from "./views.ts";

const commands: Commands<ContactOrder, ContactEvent> = {
  openContact: async ({ wanted, personId, relayId }, turn) => {
    if (wanted === "message") {
      const relay = relayId === undefined ? undefined : await findRelayTo(turn.books, turn.actor, relayId);
      return { type: relay === undefined ? "message.gone" : "message.met" };
    }
    if (personId !== undefined) return { type: "person.chosen", personId };
    const [only, ...more] = await listWritable(turn);
    // A person was named who cannot be written to. No other person is chosen instead.
    const isOther = personsIn(turn.reading?.names ?? [], turn).length > 0;
    return only === undefined || more.length > 0 || isOther
      ? { type: "people.offered" }
      : { type: "person.chosen", personId: only.id };
  },
  sendMessage: async ({ personId, relayId, draft }, turn) => {
    const to = relayId === undefined ? toPerson(turn, personId) : await backTo(turn, relayId);
    const sent = await relayMessage(turn, turn.actor, to, String(turn.values.message ?? draft ?? ""));
    if (sent.ok) return { type: "message.sent" };
    if (sent.refusal === "empty") return refuse(turn, contactWords.empty);
    if (sent.refusal === "too-long") return refuse(turn, contactWords.tooLong(longestMessage));
    return { type: "message.refused", refusal: sent.refusal };
  },
};

function refuse(turn: Turn, why: string): undefined {
  turn.refuseInputs({ message: why });
  return undefined;
}

function toPerson(turn: Turn, personId: string | undefined): RelayTo {
  if (personId === undefined) return {};
  return turn.actor.kind === "client" ? { practitionerId: personId } : { clientId: personId };
}

/** A reply goes to the sender. */
async function backTo(turn: Turn, relayId: string): Promise<RelayTo> {
  const relay = await findRelayTo(turn.books, turn.actor, relayId);
  if (relay === undefined) return {};
  return relay.from === "client" ? { clientId: relay.clientId } : { practitionerId: relay.practitionerId };
}

/** Messages between a client and a practitioner, passed on unchanged. */
export const contactFlow = defineFlow({
  name: "contact",
  version: 2,
  roles: ["client", "practitioner"],
  machine: contactMachine,
  context: contactContext,
  input: contactInput,
  begin: ({ type, ...whom }) => ({ wanted: type, ...whom }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(whomFacts, choosingView),
    choosing: scene(whomFacts, choosingView),
    writing: scene(writingFacts, writingView),
    previewing: scene(writingFacts, writingView),
    received: scene(receivedFacts, receivedView),
    replying: scene(receivedFacts, replyingView),
    previewingReply: scene(receivedFacts, replyingView),
    replied: scene(receivedFacts, repliedView),
    sent: scene(writingFacts, sentView),
    refused: scene(refusedFacts, refusedView),
    left: scene(() => undefined, leftView),
    gone: scene(() => undefined, goneView),
  },
  opensOn: {
    message: openOnMessage,
    "call me": openOnCall,
    book: openOnBooking,
  },
  answers: {
    choosing: { no: { type: "writing.left" } },
    writing: { no: { type: "writing.left" } },
    previewing: { yes: { event: { type: "message.given" }, to: "send" }, no: { type: "writing.left" } },
    previewingReply: { yes: { event: { type: "message.given" }, to: "send" }, no: { type: "went.back" } },
  },
  repeats: { writing: "message", previewing: "message" },
  hears: {
    choosing: hearPerson,
    writing: hearMessage,
    previewing: hearMessage,
    replying: hearReply,
    previewingReply: hearMessage,
  },
  field: { writing: messageField, previewing: messageField, replying: messageField, previewingReply: messageField },
  subject: ({ personId }, { actor }) =>
    given(actor.kind === "client" ? { practitionerId: personId } : { clientId: personId }),
  isLoud: () => false,
  mayBeAsked: true,
  // The context kept its form. Only the values of `wanted` and `refusal` were renamed.
  migrate: { 1: (old) => old },
});
