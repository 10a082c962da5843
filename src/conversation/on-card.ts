import type { Act, ActObject, NameSaid, Verb } from "../language/intent/act.ts";
import type { Reading } from "../language/reading.ts";
import type { Flow, Route, Turn } from "./flow.ts";
import { sureActs } from "./hear.ts";
import type { OpenTalk } from "./open-talk.ts";
import { talkForAct, talkForActs } from "./opening.ts";

type Register = Readonly<Record<string, Flow>>;

/** The client that the open card is about. */
async function clientOnCard({ flow, snapshot, turn }: OpenTalk): Promise<string | undefined> {
  const subject = await flow.subject?.(snapshot.context, turn);
  if (subject?.clientId !== undefined) return subject.clientId;
  const bookingId = subject?.bookingId ?? flow.about(snapshot.context);
  return bookingId === undefined ? undefined : (await turn.books.bookings.find(turn.practice.id, bookingId))?.clientId;
}

/**
 * "No, Ben's", said to Ana's card: the talk that does for Ben what the open card would do for Ana. Nothing is done to
 * Ana's matter (W4).
 */
export async function talkForOtherPerson(
  flows: Register,
  open: OpenTalk | undefined,
  turn: Turn,
): Promise<Route | undefined> {
  const verb = open?.flow.repeats?.[open.state];
  if (open === undefined || verb === undefined || turn.actor.kind !== "practitioner") return undefined;
  const names = (turn.reading?.names ?? []).filter(({ kind, polarity }) => kind === "client" && polarity === "wanted");
  const onCard = await clientOnCard(open);
  if (names.length === 0 || names.some(({ ids }) => ids.some((id) => id === onCard))) return undefined;
  return talkForAct(flows, { ...span, verb, polarity: "do", object: about(names), certainty: 1 }, turn, open.flow);
}

const span = { from: 0, to: 0 };

/** Orders that are about a client's session or request. Without an object they are about the client on the card. */
const ofClient: ReadonlySet<Verb> = new Set<Verb>(["confirm", "accept", "decline", "propose", "cancel", "move"]);

/** The talk for the orders of a message. "Decline it" after a card about Ana is about Ana. */
export async function talkForOrders(
  flows: Register,
  open: OpenTalk | undefined,
  turn: Turn,
): Promise<Route | undefined> {
  const { actor, reading } = turn;
  const isBare = actor.kind === "practitioner" && reading !== undefined && sureActs(reading).some(lacksObject);
  const clientId = isBare && open?.isPressed === true ? await clientOnCard(open) : undefined;
  if (reading === undefined || clientId === undefined) return talkForActs(flows, turn, open?.flow);
  const names: readonly NameSaid[] = [{ ...span, kind: "client", ids: [clientId], polarity: "wanted" }];
  const acts = reading.acts.map((act) => (lacksObject(act) ? { ...act, object: { ...act.object, names } } : act));
  return talkForActs(flows, { ...turn, reading: { ...reading, acts } }, open?.flow);
}

function lacksObject({ verb, object }: Act): boolean {
  const { names, methods, when, refs } = object;
  const isEmpty = names.length + methods.length === 0 && when === undefined && refs.every((ref) => ref === "it");
  return ofClient.has(verb) && isEmpty;
}

function about(names: readonly NameSaid[]): ActObject {
  return { names, methods: [], refs: [] };
}

/**
 * "Does she have a package?", asked by a practitioner while a client's card is open: the reading with that client as the
 * one its questions name.
 */
export async function withClientOnCard(reading: Reading, open: OpenTalk | undefined): Promise<Reading> {
  const isOfOther =
    open?.person.role === "practitioner" && reading.questions.some(({ names }) => !names.some(isClient));
  if (!isOfOther || open === undefined || !pronoun.test(reading.said)) return reading;
  const clientId = await clientOnCard(open);
  if (clientId === undefined) return reading;
  const name: NameSaid = { ...span, kind: "client", ids: [clientId], polarity: "wanted" };
  const questions = reading.questions.map((question) =>
    question.names.some(isClient) ? question : { ...question, names: [...question.names, name] },
  );
  return { ...reading, questions };
}

const pronoun = /\b(?:he|she|they|him|her|them|his|hers|their|theirs)\b/;

function isClient({ kind }: NameSaid): boolean {
  return kind === "client";
}
