import type { AnyMachineSnapshot } from "xstate";
import type { ReadBooks, Talk } from "../../db/store.ts";
import { eventButtons } from "../cards/card.ts";
import { sameEvent } from "../cards/card-event.ts";
import { readAsk, type UncheckedTalk } from "../cards/talks.ts";
import { actorName } from "../desk/actor.ts";
import { laneOf } from "../ports/messenger.ts";
import { conversationWords } from "../words/conversation.ts";
import { advance } from "./advance.ts";
import { checkTalk } from "./check-talk.ts";
import type { Flow } from "./flow.ts";
import type { Delivered, InboundBody } from "./inbound.ts";
import { personOf } from "./meant.ts";
import { queueRepaint } from "./outgoing.ts";
import type { Person } from "./person.ts";
import { restoreSnapshot } from "./snapshot.ts";
import { drawn, restart, settle, startTalk, stepOf } from "./talking.ts";
import type { Receiving } from "./turns.ts";

type Outcome = "ok" | "duplicate" | "stale" | "refused";
export interface Received {
  readonly delivered: Delivered;
  readonly outcome: Outcome;
}

/** A press on a card. It is executed if the event is on the present card; otherwise the answer is that card. */
export async function press(receiving: Receiving, body: InboundBody & { type: "press" }): Promise<Received> {
  const { books, parts, inbound } = receiving;
  const pressed = await books.talks.find(body.talkId);
  if (pressed === undefined || laneOf(pressed.address) !== laneOf(inbound.from)) {
    return refuse(receiving, body.talkId, conversationWords.notYours);
  }
  const talk = await latestOf(books, pressed);
  const person = personOf(receiving, talk);
  if (person === undefined) return refuse(receiving, talk.id, conversationWords.noLonger);
  if (talk.ended || talk.id !== pressed.id || body.seenRevision !== talk.revision) return stale(receiving, talk);

  const flow = parts.flows[talk.flow];
  const snapshot = flow === undefined ? undefined : restoreSnapshot(flow, talk);
  if (flow === undefined || snapshot === undefined) {
    return { delivered: await restart(receiving, person, talk, "repaint"), outcome: "ok" };
  }
  // Only an event on the card may be pressed. This is stricter than a schema of events.
  const { card } = await upToDate(receiving, person, flow, snapshot, talk);
  const offered = eventButtons(card).some(({ action }) => sameEvent(action.event, body.event));
  const asked = offered ? readAsk(body.event) : undefined;
  if (asked !== undefined) return beginBelow(receiving, person, talk, asked);
  const step = stepOf(receiving, person, flow, talk, body.values ?? {});
  if (!offered && talk.version < flow.version) {
    const delivered = await settle(receiving, step, snapshot, { how: "repaint" });
    return { delivered: { ...delivered, stale: true, refused: conversationWords.updated }, outcome: "stale" };
  }
  if (!offered || !snapshot.can(body.event)) return refuse(receiving, talk.id, conversationWords.notOnCard);

  const next = await advance(flow, snapshot, body.event, step.turn);
  return { delivered: await settle(receiving, step, next, { how: "repaint" }), outcome: "ok" };
}

/** A button that the engine added below a card. Another talk begins, and the card stays open. */
async function beginBelow(receiving: Receiving, person: Person, talk: Talk, asked: UncheckedTalk): Promise<Received> {
  const route = checkTalk(receiving.parts.flows, asked);
  if (route === undefined || receiving.parts.flows[route.flow]?.roles.includes(person.role) !== true)
    return refuse(receiving, talk.id, conversationWords.notOnCard);
  return { delivered: await startTalk(receiving, person, route, {}), outcome: "ok" };
}

/**
 * The talk with a card of the present version. A card of an earlier version may offer events that the machine no longer
 * takes.
 */
export async function upToDate(
  receiving: Receiving,
  person: Person,
  flow: Flow,
  snapshot: AnyMachineSnapshot,
  talk: Talk,
): Promise<Talk> {
  if (talk.version === flow.version) return talk;
  const { turn } = stepOf(receiving, person, flow, talk, {});
  return { ...talk, card: await drawn(receiving, flow, snapshot, turn) };
}

async function stale(receiving: Receiving, talk: Talk): Promise<Received> {
  await queueRepaint(receiving.books, talk, receiving.realNowMs);
  return {
    delivered: {
      talkId: talk.id,
      revision: talk.revision,
      card: talk.card,
      stale: true,
      refused: conversationWords.old,
    },
    outcome: "stale",
  };
}

async function refuse(receiving: Receiving, subject: string, refused: string): Promise<Received> {
  const { books, people, inbound } = receiving;
  const [person] = people;
  await books.audit.add({
    practiceId: person?.practice.id ?? "",
    atMs: receiving.nowMs,
    actor: person === undefined ? "nobody" : actorName(person.actor),
    action: "press.refused",
    subject,
    place: laneOf(inbound.from),
  });
  return { delivered: { refused }, outcome: "refused" };
}

/** The talk that now owns this talk's message: itself, or the one that replaced it. */
export async function latest(books: Pick<ReadBooks, "talks">, talkId: string): Promise<Talk | undefined> {
  const talk = await books.talks.find(talkId);
  return talk && latestOf(books, talk);
}

async function latestOf(books: Pick<ReadBooks, "talks">, first: Talk): Promise<Talk> {
  let talk = first;
  for (let hops = 0; talk.replacedBy !== undefined && hops < 100; hops++) {
    const next = await books.talks.find(talk.replacedBy);
    if (next === undefined) break;
    talk = next;
  }
  return talk;
}
