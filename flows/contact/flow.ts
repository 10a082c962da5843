import { assign, emit, setup } from "xstate";
import { z } from "zod";
import type { CardEvent } from "../../src/cards/card.ts";
import { type Command, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { findRelayTo, longestMessage, type RelayTo, relayMessage } from "../../src/desk/telling/relay.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { contactWords } from "../../src/words/people.ts";
import { listWritable, receivedFacts, refusedFacts, whomFacts, writingFacts } from "./facts.ts";
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

/** To whom, or which message: ids only, the words stand in the books. */
const contactContext = z.object({
  wanted: z.string(),
  personId: z.string().optional(),
  relayId: z.string().optional(),
  refusal: z.string().optional(),
});
export type ContactContext = z.infer<typeof contactContext>;

type ContactEvent =
  | { type: "people.offered" }
  | { type: "person.chosen"; personId: string }
  | { type: "message.met" }
  | { type: "message.gone" }
  | { type: "message.given" }
  | { type: "message.sent" }
  | { type: "message.refused"; refusal: string }
  | { type: "reply.wanted" }
  | { type: "writing.left" }
  | { type: "went.back" };

type ContactOrder =
  | { type: "openContact"; wanted: string; personId: string; relayId: string }
  | { type: "sendMessage"; personId: string; relayId: string };
type ContactOrders = { [Type in ContactOrder["type"]]: Extract<ContactOrder, { type: Type }> };
type Commands = { readonly [Type in keyof ContactOrders]: Command<ContactOrders[Type]> };

const contactMachine = setup({
  types: {
    context: {} as ContactContext, // xstate reads types from values that are never used
    input: {} as ContactContext,
    events: {} as ContactEvent,
    emitted: {} as ContactOrder,
  },
  actions: {
    send: emit(({ context }) => ({
      type: "sendMessage",
      personId: context.personId ?? "",
      relayId: context.relayId ?? "",
    })),
    keepRefusal: assign(({ event }) => (event.type === "message.refused" ? { refusal: event.refusal } : {})),
  },
}).createMachine({
  id: "contact",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "openContact",
        wanted: context.wanted,
        personId: context.personId ?? "",
        relayId: context.relayId ?? "",
      })),
      on: {
        "people.offered": "choosing",
        "person.chosen": { target: "writing", actions: assign({ personId: ({ event }) => event.personId }) },
        "message.met": "received",
        "message.gone": "gone",
      },
    },
    choosing: {
      on: {
        "person.chosen": { target: "writing", actions: assign({ personId: ({ event }) => event.personId }) },
        "writing.left": "left",
      },
    },
    writing: {
      on: {
        "message.given": { actions: "send" },
        "message.sent": "sent",
        "message.refused": { target: "refused", actions: "keepRefusal" },
        "writing.left": "left",
      },
    },
    received: { on: { "reply.wanted": "replying" } },
    replying: {
      on: {
        "message.given": { actions: "send" },
        "message.sent": "replied",
        "message.refused": { target: "refused", actions: "keepRefusal" },
        "went.back": "received",
      },
    },
    replied: { on: { "reply.wanted": "replying" } },
    sent: { type: "final" },
    refused: { type: "final" },
    left: { type: "final" },
    gone: { type: "final" },
  },
});

const commands: Commands = {
  openContact: async ({ wanted, personId, relayId }, turn) => {
    if (wanted === "message") {
      const relay = await findRelayTo(turn.books, turn.actor, relayId);
      return { type: relay === undefined ? "message.gone" : "message.met" };
    }
    if (personId !== "") return { type: "person.chosen", personId };
    const people = await listWritable(turn);
    const named = meantIn(turn.said ?? "", people);
    const only = named ?? (people.length === 1 ? people[0]?.id : undefined);
    return only === undefined ? { type: "people.offered" } : { type: "person.chosen", personId: only };
  },
  sendMessage: async ({ personId, relayId }, turn) => {
    const to = relayId === "" ? toPerson(turn, personId) : await backTo(turn, relayId);
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

function toPerson(turn: Turn, personId: string): RelayTo {
  return turn.actor.kind === "client" ? { practitionerId: personId } : { clientId: personId };
}

/** A reply goes to whoever wrote. */
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

async function listenForPerson(text: string, _context: ContactContext, turn: Turn): Promise<Heard> {
  if (isLeaving(text)) return { event: { type: "writing.left" } };
  const personId = meantIn(text, await listWritable(turn));
  return personId === undefined ? undefined : { event: { type: "person.chosen", personId } };
}

/** While a message is asked for, what is typed is the message; leaving is said in so many words. */
async function listenForMessage(text: string): Promise<Heard> {
  if (isLeaving(text)) return { event: { type: "writing.left" } };
  return { event: { type: "message.given" }, values: { message: text } };
}

async function listenForReply(text: string): Promise<Heard> {
  if (isLeaving(text)) return { event: { type: "went.back" } };
  return { event: { type: "message.given" }, values: { message: text } };
}

function isLeaving(text: string): boolean {
  return /^\s*(cancel|back|never ?mind|stop|leave it)\W*$/i.test(text);
}

/** Messages between a client and a practitioner, passed on as they are. */
export const contactFlow = defineFlow<ContactContext>({
  name: "contact",
  version: 1,
  roles: ["client", "practitioner"],
  machine: contactMachine,
  context: contactContext,
  begin: ({ type, personId, relayId }: CardEvent) => ({
    wanted: type,
    ...(typeof personId === "string" ? { personId } : {}),
    ...(typeof relayId === "string" ? { relayId } : {}),
  }),
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
    return personId === undefined ? input : { ...input, personId };
  },
  isLoud: () => false,
  mayBeAsked: true,
});
