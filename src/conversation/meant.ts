import type { Talk } from "../../db/store.ts";
import { type Card, eventButtons } from "../cards/card.ts";
import type { Talks } from "../cards/talks.ts";
import type { Route } from "./flow.ts";
import type { Delivered } from "./inbound.ts";
import { type Person, strangerAt } from "./person.ts";
import { restoreSnapshot } from "./snapshot.ts";
import { startTalk } from "./talking.ts";
import type { Receiving } from "./turns.ts";

type WhoChoice = NonNullable<Talks["who"]["choices"]>[number];

/** A person who has been silent for longer than this is not in the middle of answering a card. */
const answeringMs = 600_000;
/** How many cards back `wasAnswering` searches. */
const looksBack = 20;

/** A talk to begin, and the person who begins it. */
export interface MeantTalk {
  readonly person: Person;
  readonly route: Route;
}

/**
 * The person a talk belongs to, if the chat user still is that person. A stranger's talk stays theirs after they become
 * one.
 */
export function personOf(receiving: Receiving, talk: Talk): Person | undefined {
  const meant = receiving.people.find((person) => isOf(person, talk));
  return meant ?? (talk.role === "stranger" ? strangerAt(receiving.inbound.from) : undefined);
}

export function isOf(person: Person, talk: Talk | undefined): boolean {
  return talk?.practiceId === person.practice.id && talk.role === person.role && talk.personId === person.personId;
}

/**
 * One chat user may be several people (D7.2, case 26). Returns the candidate whose talk is the newest, or the only
 * candidate. Otherwise it begins the talk that asks. A route with its own `as` is never asked about.
 */
export async function meant(
  receiving: Receiving,
  candidates: readonly MeantTalk[],
  newest: Talk | undefined,
): Promise<MeantTalk | undefined> {
  const [first, ...others] = candidates;
  if (first === undefined || others.length === 0 || first.route.as !== undefined) return first;
  const remembered = candidates.find(({ person }) => isOf(person, newest));
  return remembered ?? { person: strangerAt(receiving.inbound.from), route: whoRoute(candidates) };
}

/** Asks which of the people is meant. It keeps no words, only the ids and times that each person's reading gave. */
function whoRoute(candidates: readonly MeantTalk[]): Route {
  const choices = candidates.flatMap(({ person, route }): WhoChoice[] =>
    person.role === "stranger"
      ? []
      : [{ practiceId: person.practice.id, role: person.role, talk: { flow: route.flow, input: route.input } }],
  );
  return { flow: "who", input: { type: "who", choices } };
}

/** Whether a card asks for an input, a choice or consent. */
export function asks(card: Card): boolean {
  const wants = card.parts.some(
    (part) => part.type === "inputs" || (part.type === "buttons" && part.role === "choices"),
  );
  return wants || eventButtons(card).some(({ style }) => style === "primary");
}

/** Whether the card that the person was looking at, before the newest one came, still waits for their words. */
export async function wasAnswering(
  { books, parts, nowMs, lastSeenAtMs = 0 }: Receiving,
  newest: Talk,
): Promise<boolean> {
  if (lastSeenAtMs < nowMs - answeringMs) return false;
  const talks = await books.talks.listForAddress(newest.address, looksBack);
  const inHand = talks.find((talk) => talk.id !== newest.id && talk.updatedAtMs <= lastSeenAtMs);
  const flow = inHand === undefined ? undefined : parts.flows[inHand.flow];
  if (inHand === undefined || flow === undefined || inHand.ended || !asks(inHand.card)) return false;
  const state = String(restoreSnapshot(flow, inHand)?.value);
  return [flow.hears, flow.field, flow.answers].some((by) => by?.[state] !== undefined);
}

/** Begins what was asked for in a new message, and closes a transient card above it. */
export async function beginMeant(
  receiving: Receiving,
  { person, route: asked }: MeantTalk,
  newest: Talk | undefined,
): Promise<Delivered> {
  const passing = newest !== undefined && !newest.ended && receiving.parts.flows[newest.flow]?.passing === true;
  return startTalk(receiving, person, asked, passing ? { insteadOf: newest } : {});
}
