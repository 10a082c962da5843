import type { Talks } from "../../src/cards/talks.ts";
import type { Field, Heard, Turn } from "../../src/conversation/flow.ts";
import { isOfClient, sureActs, sureQuestion } from "../../src/conversation/hear.ts";
import { clientZone } from "../../src/desk/people/zones.ts";
import { findRelayTo } from "../../src/desk/telling/relay.ts";
import { dayOfDate } from "../../src/domain/local-date.ts";
import { resolveTimeOfDay } from "../../src/domain/zone.ts";
import { given } from "../../src/given.ts";
import type { Act, NameSaid } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { originalOf, type Span } from "../../src/language/span.ts";
import type { When } from "../../src/language/when/when.ts";
import { moment } from "../../src/words/instants.ts";
import { contactWords } from "../../src/words/people.ts";
import { listWritable } from "./facts.ts";
import { type ContactContext, type ContactEvent, longestDraft } from "./machine.ts";

type Input = Extract<Talks["contact"], { type: "contact" }>;

/** "Tell Maya I might be late": opens her card with the message filled in. */
export async function openOnMessage({ object, content }: Act, { said }: Reading, turn: Turn): Promise<Input> {
  const named = personsIn(object.names, turn);
  const [personId, ...more] = await writableAmong(named, turn);
  // A message for a person who cannot be written to must not reach another one.
  if (named.length > 0 && personId === undefined) return { type: "contact" };
  const draft = contentSaid(content, said, turn);
  return { type: "contact", ...given({ personId: more.length > 0 ? undefined : personId, draft }) };
}

/** "Please call me today" is itself the message. */
export function openOnCall(_act: Act, _reading: Reading, { said }: Turn): Input {
  return { type: "contact", ...given({ draft: said && draftOf(said) }) };
}

/**
 * "Book Cleo for a follow-up": a message to the client, because only clients book. Only for practitioners, and only if
 * exactly one client is named.
 */
export async function openOnBooking({ object }: Act, _reading: Reading, turn: Turn): Promise<Input | undefined> {
  const { actor, books, practice, reader } = turn;
  if (actor.kind !== "practitioner") return undefined;
  const [personId, ...more] = await writableAmong(personsIn(object.names, turn), turn);
  const client = personId && (await books.people.findClient(practice.id, personId));
  if (!client || more.length > 0) return undefined;
  const serviceId = object.names.find(({ kind }) => kind === "service")?.ids[0];
  const service = serviceId && (await books.catalogue.findService(practice.id, serviceId));
  const startsAtMs = startIn(object.when, reader.zone);
  const theirs = { ...reader, zone: await clientZone(books, practice, client) };
  const draft = contactWords.pleaseBook(
    service ? service.publicName : contactWords.aSession,
    startsAtMs === undefined ? undefined : moment(startsAtMs, theirs),
  );
  return { type: "contact", personId: client.id, draft, isBooking: true };
}

/** The instant that words name. Undefined: they lack a date or a clock time. */
function startIn(when: When | undefined, zone: string): number | undefined {
  const { exact, zone: saidIn } = when?.want ?? {};
  if (exact?.date === undefined) return undefined;
  return resolveTimeOfDay(saidIn ?? zone, dayOfDate(exact.date), exact.minutes, "start");
}

/** A name, typed instead of pressed. */
export async function hearPerson(reading: Reading, _context: ContactContext, turn: Turn): Promise<Heard<ContactEvent>> {
  if (sureActs(reading).length > 0) return undefined;
  const [personId, ...more] = await writableAmong(personsIn(reading.names, turn), turn);
  return personId === undefined || more.length > 0 ? undefined : { event: { type: "person.chosen", personId } };
}

/**
 * A message to the person on the card. It may contain that person's name, or a question that the desk does not answer.
 * With the name of another person or session it is something else.
 */
export async function hearMessage(reading: Reading, context: ContactContext, turn: Turn): Promise<Heard<ContactEvent>> {
  const personId = await writtenTo(context, turn);
  const isToOther = reading.names.some(({ ids }) => personId === undefined || !ids.includes(personId));
  const { actor } = turn;
  const isOfThem = actor.kind === "practitioner" && isOfClient(reading, actor.kind) && sureActs(reading).length === 0;
  if (isToOther || isOfThem || turn.said === undefined) return undefined;
  const [act, ...more] = sureActs(reading);
  if (act !== undefined) {
    if (act.verb === "call me") return { event: { type: "message.typed", message: draftOf(turn.said) } };
    const message =
      act.verb === "message" && more.length === 0 ? contentSaid(act.content, reading.said, turn) : undefined;
    return message === undefined ? undefined : { event: { type: "message.typed", message } };
  }
  const { names, questions, answer, rest } = reading;
  const isAnswer = answer !== undefined && rest.length > 0; // "Yes, on the left."
  const isMessage = (isAnswer || names.length + questions.length > 0) && sureQuestion(reading) === undefined;
  return isMessage ? { event: { type: "message.typed", message: draftOf(turn.said) } } : undefined;
}

/** Below a received message, a bare "yes", "no" or "thank you" is the reply. */
export async function hearReply(reading: Reading, context: ContactContext, turn: Turn): Promise<Heard<ContactEvent>> {
  const { acts, answer, smallTalk } = reading;
  if (acts.some(({ verb }) => verb === "stop")) return { event: { type: "went.back" } };
  const isReply = acts.length === 0 && (answer?.isAlone === true || smallTalk !== undefined);
  return isReply && turn.said !== undefined
    ? { event: { type: "message.typed", message: draftOf(turn.said) } }
    : hearMessage(reading, context, turn);
}

/** A message is shown on the card before it is sent (W4). */
export const messageField: Field<ContactContext, ContactEvent> = {
  takes: (text) => ({ event: { type: "message.typed", message: draftOf(text) } }),
};

async function writtenTo({ personId, relayId }: ContactContext, { books, actor }: Turn): Promise<string | undefined> {
  if (relayId === undefined) return personId;
  const relay = await findRelayTo(books, actor, relayId);
  return relay?.from === "client" ? relay.clientId : relay?.practitionerId;
}

/** The ids of the persons named on the other side: practitioners for a client, clients for a practitioner. */
export function personsIn(names: readonly NameSaid[], { actor }: Turn): readonly string[] {
  const other = actor.kind === "client" ? "practitioner" : "client";
  return names.filter(({ kind, polarity }) => kind === other && polarity === "wanted").flatMap(({ ids }) => ids);
}

async function writableAmong(ids: readonly string[], turn: Turn): Promise<readonly string[]> {
  return (await listWritable(turn)).map(({ id }) => id).filter((id) => ids.includes(id));
}

/** The text to pass on, as typed. */
function contentSaid(content: Span | undefined, said: string, turn: Turn): string | undefined {
  const text = content === undefined ? "" : originalOf(turn.said ?? said, said, content);
  return text === "" ? undefined : draftOf(text);
}

function draftOf(text: string): string {
  return text.slice(0, longestDraft);
}
