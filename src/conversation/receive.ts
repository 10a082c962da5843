import type { Books, ReadBooks, Talk } from "../../db/store.ts";
import type { UncheckedTalk } from "../cards/talks.ts";
import type { News } from "../desk/telling/news.ts";
import { queueTab } from "../desk/telling/tabs.ts";
import { given } from "../given.ts";
import { ownWords } from "../language/own-words.ts";
import { type Reading, read } from "../language/reading.ts";
import { laneOf } from "../ports/messenger.ts";
import { conversationWords } from "../words/conversation.ts";
import { advance } from "./advance.ts";
import { checkTalk } from "./check-talk.ts";
import type { EngineParts } from "./engine.ts";
import type { Flow, Route } from "./flow.ts";
import type { Delivered, Inbound, InboundBody } from "./inbound.ts";
import { beginMeant, isOf, type MeantTalk, meant, personOf } from "./meant.ts";
import { queueHint } from "./outgoing.ts";
import { type Person, peopleAt, strangerAt } from "./person.ts";
import { latest, press, type Received } from "./press.ts";
import { say } from "./say.ts";
import { restoreSnapshot } from "./snapshot.ts";
import { restart, settle, startTalk, stepOf } from "./talking.ts";
import { type Receiving, turnOfNoTalk } from "./turns.ts";
import { isTheirs } from "./unreadable.ts";
import { hearingOf } from "./vocabulary.ts";

/** How many cards of a chat are searched for a newer one about the same booking. */
const looksBack = 20;

/**
 * Receives one inbound, inside its transaction. The first write locks the identity's row, which serializes one person's
 * inbounds. The second claims the inbound's id, so a redelivery only gets the present card. `remark`: a sentence above the
 * card that answers.
 */
export async function receive(parts: EngineParts, books: Books, sent: Inbound, remark?: string): Promise<Received> {
  const inbound = withOwnWords(sent);
  const nowMs = parts.clock.now();
  // Errands do not count as activity of the person.
  const isTheirs = inbound.body.type !== "news" && inbound.body.type !== "start";
  const [before, isNew] = await Promise.all([
    books.identities.beginTurn(inbound.from, inbound.profile, isTheirs ? nowMs : undefined),
    books.inbox.claim(inbound.id, parts.clock.realNow()),
    books.identities.memberships(inbound.from), // prefetch: warms the per-transaction cache
  ]);
  if (!isNew) return present(books, inbound);
  const people = await peopleAt(books, inbound.from, before);
  const receiving: Receiving = {
    parts,
    books,
    inbound,
    people,
    nowMs,
    realNowMs: parts.clock.realNow(),
    readings: await readingsOf(books, people, inbound.body, nowMs),
    ...given({
      lastSeenAtMs: before.lastSeenAtMs,
      remark: remark ?? remarkOn(parts, inbound, people),
    }),
  };
  const received = await hear(receiving, inbound.body);
  if (received.delivered.talkId !== undefined) await books.inbox.setTalk(inbound.id, received.delivered.talkId);
  return received;
}

/** The inbound without the parts of its text that quote other people. */
function withOwnWords(inbound: Inbound): Inbound {
  const { body } = inbound;
  return body.type === "text" ? { ...inbound, body: { ...body, text: ownWords(body.text) } } : inbound;
}

/** What is said above the answer to typed words: about a file, or about a record of theirs that cannot be read. */
function remarkOn({ store }: EngineParts, { body, from }: Inbound, people: readonly Person[]): string | undefined {
  if (body.type !== "text") return undefined;
  if (body.hasFile) return conversationWords.noFiles;
  return store.metUnreadable().some((row) => isTheirs(row, from, people)) ? conversationWords.unreadable : undefined;
}

/** The typed message as each person reads it: their names, zone and locale differ. */
async function readingsOf(
  books: Books,
  people: readonly Person[],
  body: InboundBody,
  nowMs: number,
): Promise<ReadonlyMap<Person, Reading>> {
  const readings = new Map<Person, Reading>();
  if (body.type !== "text") return readings;
  for (const person of people) {
    const { vocabulary, moment } = await hearingOf(books, person, nowMs);
    readings.set(person, read(body.text, vocabulary, moment));
  }
  return readings;
}

async function hear(receiving: Receiving, body: InboundBody): Promise<Received> {
  switch (body.type) {
    case "press":
      return press(receiving, body);
    case "text":
      return { delivered: await say(receiving, body.text), outcome: "ok" };
    case "opened":
      return { delivered: await open(receiving, body.sinceMs), outcome: "ok" };
    case "news":
      return { delivered: await news(receiving, body), outcome: "ok" };
    case "ask":
      return ask(receiving, body);
    case "tab":
      return { delivered: await showTab(receiving), outcome: "ok" };
    case "mention":
      await queueHint(receiving.books, { to: receiving.inbound.from, place: body.place }, receiving.realNowMs);
      return { delivered: {}, outcome: "ok" };
    case "start": {
      const person =
        body.role === "stranger"
          ? strangerAt(receiving.inbound.from)
          : receiving.people.find((one) => one.practice.id === body.practiceId && one.role === body.role);
      const asked = checkTalk(receiving.parts.flows, body);
      if (person === undefined || asked === undefined) return { delivered: {}, outcome: "refused" };
      const isDue = await receiving.parts.flows[asked.flow]?.isDue?.(asked.input, turnOfNoTalk(receiving, person));
      if (isDue === false) return { delivered: {}, outcome: "ok" };
      return { delivered: await startTalk(receiving, person, asked, {}), outcome: "ok" };
    }
    default:
      return body satisfies never;
  }
}

/** Answers a redelivery with the present card of its talk. */
async function present(books: Books, inbound: Inbound): Promise<Received> {
  const talkId = (await books.inbox.find(inbound.id))?.talkId;
  const talk = talkId === undefined ? undefined : await latest(books, talkId);
  const isTheirs = talk !== undefined && laneOf(talk.address) === laneOf(inbound.from);
  const delivered = isTheirs ? { talkId: talk.id, revision: talk.revision, card: talk.card } : {};
  return { delivered, outcome: "duplicate" };
}

/** A talk begun from outside the chat. A person without the rights, or an unknown talk, gets the menu. */
async function ask(receiving: Receiving, unchecked: UncheckedTalk): Promise<Received> {
  const newest = await receiving.books.talks.newest(receiving.inbound.from);
  const asked = checkTalk(receiving.parts.flows, unchecked);
  const flow = asked && receiving.parts.flows[asked.flow];
  const able = receiving.people.filter(({ role }) => flow?.mayBeAsked === true && flow.roles.includes(role));
  const route: Route = asked === undefined || able.length === 0 ? menu : asked;
  const candidates = (able.length === 0 ? receiving.people : able).map((person): MeantTalk => ({ person, route }));
  const wanted = await meant(receiving, candidates, newest);
  if (wanted === undefined) return { delivered: {}, outcome: "refused" };
  return { delivered: await beginMeant(receiving, wanted, newest), outcome: "ok" };
}

const menu: Route = { flow: "home", input: { type: "menu" } };

async function showTab(receiving: Receiving): Promise<Delivered> {
  const { books, nowMs, inbound, people } = receiving;
  await books.identities.openTab(inbound.from, nowMs);
  const [person] = people;
  if (person !== undefined) await queueTab(turnOfNoTalk(receiving, person), person.practice.id, inbound.from);
  return {};
}

async function open(receiving: Receiving, sinceMs = 0): Promise<Delivered> {
  const newest = await receiving.books.talks.newest(receiving.inbound.from);
  const isGreeted = newest !== undefined && newest.updatedAtMs >= sinceMs;
  if (isGreeted && receiving.people.some((one) => isOf(one, newest))) return {};
  const candidates = receiving.people.map((person): MeantTalk => ({ person, route: menu }));
  const wanted = await meant(receiving, candidates, newest);
  return wanted === undefined ? {} : startTalk(receiving, wanted.person, wanted.route, {});
}

async function news(receiving: Receiving, body: { talkId: string; event: News }): Promise<Delivered> {
  const talk = await receiving.books.talks.find(body.talkId);
  if (talk === undefined || talk.ended) return {};
  const person = personOf(receiving, talk);
  const flow: Flow | undefined = receiving.parts.flows[talk.flow];
  if (person === undefined || flow === undefined) return {};
  const snapshot = restoreSnapshot(flow, talk);
  if (snapshot === undefined) return restart(receiving, person, talk, "post");
  if (!snapshot.can(body.event)) return {};
  const step = stepOf(receiving, person, flow, talk, {});
  const next = await advance(flow, snapshot, body.event, step.turn);
  const calls = flow.isLoud(body.event, String(snapshot.value), String(next.value));
  const isLoud = calls && !(await isToldBelow(receiving.books, talk));
  return settle(receiving, step, next, { how: isLoud ? "post" : "repaint" });
}

/** Whether a newer card of the same flow about the same booking already shows the news in this chat. */
async function isToldBelow(books: Pick<ReadBooks, "talks">, talk: Talk): Promise<boolean> {
  const newer = (await books.talks.listForAddress(talk.address, looksBack)).filter(
    ({ cardOrder }) => cardOrder > talk.cardOrder,
  );
  return newer.some(
    ({ flow, aboutBookingId }) =>
      flow === talk.flow && aboutBookingId !== undefined && aboutBookingId === talk.aboutBookingId,
  );
}
