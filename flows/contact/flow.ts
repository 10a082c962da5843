import { type Commands, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { findRelayTo, longestMessage, type RelayTo, relayMessage } from "../../src/desk/telling/relay.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { contactWords } from "../../src/words/people.ts";
import { listWritable, receivedFacts, refusedFacts, whomFacts, writingFacts } from "./facts.ts";
import { contactInput } from "./input.ts";
import {
  type ContactContext,
  type ContactEvent,
  type ContactOrder,
  contactContext,
  contactMachine,
} from "./machine.ts";
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
    const people = await listWritable(turn);
    const named = meantIn(turn.said ?? "", people);
    const only = named ?? (people.length === 1 ? people[0]?.id : undefined);
    return only === undefined ? { type: "people.offered" } : { type: "person.chosen", personId: only };
  },
  sendMessage: async ({ personId, relayId }, turn) => {
    const to = relayId === undefined ? toPerson(turn, personId) : await backTo(turn, relayId);
    const sent = await relayMessage(turn, turn.actor, to, String(turn.values.message ?? ""));
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

/** A reply goes to the person who wrote. */
async function backTo(turn: Turn, relayId: string): Promise<RelayTo> {
  const relay = await findRelayTo(turn.books, turn.actor, relayId);
  if (relay === undefined) return {};
  return relay.from === "client" ? { clientId: relay.clientId } : { practitionerId: relay.practitionerId };
}

function meantIn(text: string, people: readonly { readonly id: string; readonly name: string }[]): string | undefined {
  const { ids } = findNamed(
    text,
    people.map(({ id, name }) => ({ id, names: [name, ...name.split(/\s+/)] })),
  );
  return ids.length === 1 ? ids[0] : undefined;
}

async function listenForPerson(text: string, _context: ContactContext, turn: Turn): Promise<Heard<ContactEvent>> {
  if (isLeaving(text)) return { event: { type: "writing.left" } };
  const personId = meantIn(text, await listWritable(turn));
  return personId === undefined ? undefined : { event: { type: "person.chosen", personId } };
}

/** While a message is asked for, what is typed is the message; leaving is said in so many words. */
async function listenForMessage(text: string): Promise<Heard<ContactEvent>> {
  if (isLeaving(text)) return { event: { type: "writing.left" } };
  return { event: { type: "message.given" }, values: { message: text } };
}

async function listenForReply(text: string): Promise<Heard<ContactEvent>> {
  if (isLeaving(text)) return { event: { type: "went.back" } };
  return { event: { type: "message.given" }, values: { message: text } };
}

function isLeaving(text: string): boolean {
  return /^\s*(cancel|back|never ?mind|stop|leave it)\W*$/i.test(text);
}

/** Messages between a client and a practitioner, passed on as they are. */
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
    received: scene(receivedFacts, receivedView),
    replying: scene(receivedFacts, replyingView),
    replied: scene(receivedFacts, repliedView),
    sent: scene(writingFacts, sentView),
    refused: scene(refusedFacts, refusedView),
    left: scene(() => undefined, leftView),
    gone: scene(() => undefined, goneView),
  },
  listen: { choosing: listenForPerson, writing: listenForMessage, replying: listenForReply },
  reads: async (text, turn, input) => {
    const personId = meantIn(text, await listWritable(turn));
    return personId === undefined || input.type !== "contact" ? input : { ...input, personId };
  },
  isLoud: () => false,
  mayBeAsked: true,
  // The context kept its form; only the values of `wanted` and `refusal` are named now.
  migrate: { 1: (old) => old },
});
