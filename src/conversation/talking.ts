import { isDeepStrictEqual } from "node:util";
import type { AnyMachineSnapshot } from "xstate";
import type { Books, Talk } from "../../db/store.ts";
import { type Button, type Card, type CardPart, closed, type InputValues, isLive } from "../cards/card.ts";
import { given } from "../given.ts";
import { newId } from "../ids.ts";
import { conversationWords } from "../words/conversation.ts";
import { beginTalk } from "./advance.ts";
import { checkTalk } from "./check-talk.ts";
import type { Flow, Route, Turn } from "./flow.ts";
import type { Delivered } from "./inbound.ts";
import { queueClosing, queuePost, queueRepaint } from "./outgoing.ts";
import { type Person, peopleAt, strangerAt } from "./person.ts";
import { wrapSnapshot } from "./snapshot.ts";
import { type Effects, type Receiving, turnOf } from "./turns.ts";

/** A talk with one event to handle. */
export interface Step {
  readonly flow: Flow;
  readonly person: Person;
  readonly talk: Talk;
  readonly turn: Turn;
  readonly effects: Effects;
}

/** Opens a talk as this person. */
export function stepOf(receiving: Receiving, person: Person, flow: Flow, talk: Talk, values: InputValues): Step {
  const effects: Effects = {};
  return { flow, person, talk, effects, turn: turnOf(receiving, person, talk.id, values, effects) };
}

/** How a card reaches its person. `post`: a new message, for typed words and news. `repaint`: in the pressed message. */
interface Manner {
  readonly how: "post" | "repaint";
  /** Sentences above the card. */
  readonly hint?: string;
  /** Buttons below the card that begin other talks. */
  readonly ways?: readonly Button[];
  /** The card answers words that were not understood. */
  readonly understood?: false;
}

/** Draws the talk's card, saves the talk, and queues the card. */
export async function settle(
  receiving: Receiving,
  step: Step,
  next: AnyMachineSnapshot,
  manner: Manner,
): Promise<Delivered> {
  const { talk, effects } = step;
  const { books, realNowMs } = receiving;
  if (effects.errors !== undefined) {
    // A press shows the errors at its fields. Typed words have no field, so the errors become a sentence.
    if (manner.how === "repaint")
      return { talkId: talk.id, revision: talk.revision, card: talk.card, errors: effects.errors };
    const hint = Object.values(effects.errors).join(" ");
    return settle(receiving, { ...step, effects: {} }, next, { how: "post", hint });
  }
  if (effects.begin?.where === "here") return handOver(receiving, step, next, effects.begin, manner);

  const card = answering(
    await drawn(receiving, step.flow, next, step.turn, withRemark(receiving, manner.hint)),
    manner,
  );
  // Where another talk begins below, that talk's card answers the typed words.
  const posts = manner.how === "post" && effects.begin === undefined;
  const stays = !posts && isDeepStrictEqual(card, talk.card);
  const changed: Talk = {
    ...talkAt(step.flow, next, talk),
    card,
    revision: stays ? talk.revision : talk.revision + 1,
    cardOrder: posts ? await books.talks.nextCardOrder(talk.address) : talk.cardOrder,
    updatedAtMs: receiving.nowMs,
  };
  const [saved] = await Promise.all([
    books.talks.save(changed, talk.revision),
    posts ? queuePost(books, changed, talk.card, realNowMs) : stays || queueRepaint(books, changed, realNowMs),
  ]);
  if (!saved) throw new Error("a talk changed under its lock");
  if (effects.begin !== undefined) return startTalk(receiving, step.person, effects.begin, {});
  return { talkId: changed.id, revision: changed.revision, card };
}

/**
 * The person who begins a talk. `as` names one of the chat user's people. Undefined: the chat user no longer is that
 * person.
 */
async function beginner(receiving: Receiving, person: Person, { as }: Route): Promise<Person | undefined> {
  if (as === undefined || (person.practice.id === as.practiceId && person.role === as.role)) return person;
  if (as.role === "stranger") return strangerAt(receiving.inbound.from);
  const people = await peopleAt(receiving.books, receiving.inbound.from);
  return people.find(({ practice, role }) => practice.id === as.practiceId && role === as.role);
}

/** Begins a talk: in a new message, in the message of the talk `inMessageOf`, or below that of `insteadOf`, which ends. */
export async function startTalk(
  receiving: Receiving,
  begunBy: Person,
  asked: Route,
  place: { readonly inMessageOf?: Talk; readonly insteadOf?: Talk; readonly hint?: string },
): Promise<Delivered> {
  const { books, inbound, parts, realNowMs } = receiving;
  const person = await beginner(receiving, begunBy, asked);
  if (person === undefined) {
    const menu: Route = { flow: "home", input: { type: "menu" } };
    return startTalk(receiving, strangerAt(inbound.from), menu, place);
  }
  const flow = parts.flows[asked.flow];
  const talkInput = checkTalk(parts.flows, asked)?.input;
  if (flow === undefined || talkInput === undefined || !flow.roles.includes(person.role))
    throw new Error(`no ${asked.flow} flow for a ${person.role} who asks for ${asked.input.type}`);
  const id = newId("tk");
  const effects: Effects = {};
  const turn = turnOf(receiving, person, id, {}, effects);
  const snapshot = await beginTalk(flow, talkInput, turn);
  // The talk began another one at once, so only the other one is shown.
  if (effects.begin !== undefined) return startTalk(receiving, person, effects.begin, place);
  const talk: Talk = {
    ...talkAt(flow, snapshot, {
      id,
      practiceId: person.practice.id,
      flow: flow.name,
      version: flow.version,
      address: inbound.from,
      role: person.role,
      personId: person.personId,
      revision: 1,
      cardOrder: await books.talks.nextCardOrder(inbound.from),
      updatedAtMs: receiving.nowMs,
    }),
    card: await drawn(receiving, flow, snapshot, turn, withRemark(receiving, place.hint)),
  };
  await books.talks.add(talk);
  if (place.inMessageOf !== undefined) {
    await books.messages.move(place.inMessageOf.id, id);
    await queueRepaint(books, talk, realNowMs);
  } else {
    if (place.insteadOf !== undefined) await putAway(books, place.insteadOf, { realNowMs });
    await queuePost(books, talk, undefined, realNowMs);
  }
  return { talkId: id, revision: talk.revision, card: talk.card };
}

/** Restarts a talk whose snapshot cannot be restored, and says so. Bookings are not changed. */
export async function restart(
  receiving: Receiving,
  person: Person,
  talk: Talk,
  how: "post" | "repaint",
  input = receiving.parts.flows[talk.flow]?.again?.(talk.aboutBookingId),
): Promise<Delivered> {
  const known = receiving.parts.flows[talk.flow];
  const hint =
    known !== undefined && talk.version < known.version ? conversationWords.restarted : conversationWords.lostPlace;
  const asked: Route =
    known === undefined || input === undefined
      ? { flow: "home", input: { type: "menu" } }
      : ({ flow: known.name, input } as Route); // a flow gives its own input
  receiving.parts.log.warn({ event: "talk.restarted", flow: talk.flow, talk: talk.id });
  const delivered = await startTalk(receiving, person, asked, {
    hint,
    ...(how === "repaint" ? { inMessageOf: talk } : {}),
  });
  await putAway(receiving.books, talk, {
    replacedBy: delivered.talkId ?? "",
    ...(how === "post" ? { realNowMs: receiving.realNowMs } : {}),
  });
  return delivered;
}

async function handOver(
  receiving: Receiving,
  step: Step,
  next: AnyMachineSnapshot,
  to: Route,
  manner: Manner,
): Promise<Delivered> {
  const here = manner.how === "repaint";
  const delivered = await startTalk(receiving, step.person, to, here ? { inMessageOf: step.talk } : {});
  const left: Talk = { ...talkAt(step.flow, next, step.talk), card: step.talk.card };
  await putAway(receiving.books, left, {
    replacedBy: delivered.talkId ?? "",
    ...(here ? {} : { realNowMs: receiving.realNowMs }),
  });
  return delivered;
}

/** Ends a talk. With `realNowMs` its message loses its buttons; without, the message now belongs to another talk. */
async function putAway(books: Books, talk: Talk, to: { replacedBy?: string; realNowMs?: number }): Promise<void> {
  const ended: Talk = {
    ...talk,
    card: closed(talk.card),
    ended: true,
    revision: talk.revision + 1,
    ...given({ replacedBy: to.replacedBy }),
  };
  if (!(await books.talks.save(ended, talk.revision))) throw new Error("a talk changed under its lock");
  if (to.realNowMs !== undefined && isLive(talk.card)) await queueClosing(books, ended, talk.card, to.realNowMs);
}

/** The talk's row for the machine's place. A talk whose machine has ended takes no more words or presses. */
function talkAt<Row>(flow: Flow, snapshot: AnyMachineSnapshot, row: Row) {
  const about = flow.about(snapshot.context);
  return {
    ...row,
    version: flow.version,
    snapshot: wrapSnapshot(snapshot),
    ended: snapshot.status === "done",
    ...given({ aboutBookingId: about }),
  };
}

function withRemark({ remark }: Receiving, hint: string | undefined): string | undefined {
  const said = [remark, hint].filter((one) => one !== undefined);
  return said.length === 0 ? undefined : said.join(" ");
}

/** The card, with the additions that answer typed words. */
function answering(card: Card, { ways = [], understood }: Manner): Card {
  const added = ways.length === 0 ? [] : [{ type: "buttons", role: "navigation", buttons: ways } as const];
  return { ...card, parts: [...card.parts, ...added], ...given({ understood }) };
}

export async function drawn(
  { people }: Receiving,
  flow: Flow,
  snapshot: AnyMachineSnapshot,
  turn: Turn,
  hint?: string,
): Promise<Card> {
  const scene = flow.scenes[String(snapshot.value)];
  if (scene === undefined) throw new Error(`the ${flow.name} flow shows nothing in ${String(snapshot.value)}`);
  const card = await scene.draw(snapshot.context, turn);
  const { practice } = turn;
  // A person in several practices must see which one a card belongs to.
  const isOneOfSeveral =
    practice.id !== "" && people.some((one) => one.role !== "stranger" && one.practice.id !== practice.id);
  const said: readonly CardPart[] = hint === undefined ? [] : [{ type: "text", text: hint }];
  const at: readonly CardPart[] = isOneOfSeveral ? [{ type: "hint", text: conversationWords.at(practice.name) }] : [];
  if (said.length + at.length === 0) return card;
  return { ...card, ...given({ summary: hint }), parts: [...said, ...card.parts, ...at] };
}
