import type { Store } from "../../db/store.ts";
import type { Card } from "../cards/card.ts";
import type { Clock } from "../clock.ts";
import { cardToShow } from "../desk/secrets.ts";
import { dayMs } from "../domain/units.ts";
import { DeskError } from "../errors.ts";
import type { Log } from "../log.ts";
import { type Address, laneOf, type Platform } from "../ports/messenger.ts";
import type { Metrics } from "../ports/metrics.ts";
import { conversationWords } from "../words/conversation.ts";
import type { Flow } from "./flow.ts";
import { openIdentityQueue } from "./identity-queue.ts";
import type { Deliver, Delivered, Inbound } from "./inbound.ts";
import { isOf } from "./meant.ts";
import { peopleAt } from "./person.ts";
import { latest } from "./press.ts";
import { receive } from "./receive.ts";
import { lookingTurn } from "./turns.ts";

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly flows: Readonly<Record<string, Flow>>;
  readonly publicUrl: string;
  /** The address that mails are sent from. */
  readonly mailFrom?: string;
  /** Whether a payment provider is set up. */
  readonly takesPayments?: boolean;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The connected messengers, and whether each may ask sensitive questions inline. */
  readonly channels: ReadonlyMap<Platform, { readonly asksSensitiveInline: boolean }>;
  /** Called after each commit, because the outbox or the timers may have work. */
  readonly nudge: () => void;
}

export interface Engine {
  readonly deliver: Deliver;
  /** The current card of this talk's message. Undefined: the talk belongs to another person. */
  present(address: Address, talkId: string): Promise<TalkCard | undefined>;
  /** The app's standing page for this person. Undefined: no flow has one. */
  drawTab(address: Address): Promise<Card | undefined>;
  /** Whether this person's next words may be a sensitive answer, which a door must not store (D5.2). */
  expectsPrivateReply(address: Address): Promise<boolean>;
}

/** A talk's card, with the ids that a press on it carries. */
export interface TalkCard {
  readonly talkId: string;
  readonly revision: number;
  readonly card: Card;
}

/** A form that is older than this, or has this many newer cards below it, no longer waits for an answer. */
const formsOpenMs = dayMs;
const looksBack = 20;

/** What only a person does; the desk's own errands are never refused. */
function isPersons({ body }: Inbound): boolean {
  return body.type !== "news" && body.type !== "start";
}

/** Posts the menu below a sentence, in place of an answer. */
async function postMenu(parts: EngineParts, inbound: Inbound, sentence: string): Promise<Delivered> {
  const menu: Inbound = {
    id: `${inbound.id}:menu`,
    receivedAtMs: inbound.receivedAtMs,
    from: inbound.from,
    body: { type: "ask", flow: "home", input: { type: "menu" } },
  };
  const { delivered } = await parts.store.transaction((books) => receive(parts, books, menu, sentence));
  parts.nudge();
  return delivered;
}

/**
 * The menu, for a turn that failed while rows could not be read: a record that every turn of a person needs must not lock
 * them out (R2). Undefined: the turn failed for another reason, or the menu fails too.
 */
async function menuInstead(parts: EngineParts, inbound: Inbound, error: unknown): Promise<Delivered | undefined> {
  const isOutage = error instanceof DeskError && error.retryable;
  if (isOutage || !isPersons(inbound) || parts.store.metUnreadable().length === 0) return undefined;
  try {
    return await postMenu(parts, inbound, conversationWords.unreadable);
  } catch (cause) {
    parts.log.error({ event: "turn.menu-failed", platform: inbound.from.platform, error: cause });
    return undefined;
  }
}

/** One turn: a transaction that commits all of its effects or none. */
async function turn(parts: EngineParts, inbound: Inbound): Promise<Delivered> {
  const startedMs = parts.clock.realNow();
  const seconds = () => (parts.clock.realNow() - startedMs) / 1000;
  const { platform } = inbound.from;
  try {
    const { delivered, outcome } = await parts.store.transaction((books) => receive(parts, books, inbound));
    parts.metrics.turn(platform, outcome, seconds());
    parts.nudge();
    if (delivered.card === undefined) return delivered;
    const reader = { books: parts.store.read, publicUrl: parts.publicUrl };
    return { ...delivered, card: await cardToShow(reader, delivered.card) };
  } catch (error) {
    parts.metrics.turn(platform, "error", seconds());
    parts.log.error({ event: "turn.failed", platform, error });
    const instead = await menuInstead(parts, inbound, error);
    if (instead === undefined) throw error;
    return instead;
  }
}

/** The conversation. The turns of one chat user run one after the other, those of several at once. */
export function openEngine(parts: EngineParts): Engine {
  const show = (card: Card) => cardToShow({ books: parts.store.read, publicUrl: parts.publicUrl }, card);
  const turns = openIdentityQueue();
  /** Users whose flood is answered by a sentence that is not posted yet. */
  const answering = new Set<string>();

  /** Refuses an input of a flood. The first one queues the sentence that its sender reads after the rest. */
  function refuse(inbound: Inbound, user: string): Delivered {
    parts.metrics.turn(inbound.from.platform, "refused", 0);
    if (!answering.has(user)) {
      answering.add(user);
      parts.log.warn({ event: "turn.flood", platform: inbound.from.platform });
      turns
        .run(user, () => postMenu(parts, inbound, conversationWords.flood))
        .catch((error: unknown) => parts.log.error({ event: "turn.failed", error }))
        .finally(() => answering.delete(user));
    }
    return { refused: conversationWords.flood };
  }

  return {
    deliver: async (inbound) => {
      const user = laneOf(inbound.from);
      if (isPersons(inbound) && turns.isFull(user)) return refuse(inbound, user);
      return turns.run(user, () => turn(parts, inbound));
    },
    present: async (address, talkId) => {
      const talk = await latest(parts.store.read, talkId);
      if (talk === undefined || laneOf(talk.address) !== laneOf(address)) return undefined;
      return { talkId: talk.id, revision: talk.revision, card: await show(talk.card) };
    },
    drawTab: (address) => {
      const flow = Object.values(parts.flows).find(({ tab }) => tab !== undefined);
      return parts.store.transaction(async (books) => {
        const people = await peopleAt(books, address);
        const newest = await books.talks.newest(address);
        const person = people.find((one) => isOf(one, newest)) ?? people[0];
        return person && flow?.tab?.(lookingTurn(parts, books, address, person));
      });
    },
    expectsPrivateReply: async (address) => {
      // Every open form counts, because a notice may post a newer card while the person types the answer.
      const talks = await parts.store.read.talks.listForAddress(address, looksBack);
      const sinceMs = parts.clock.now() - formsOpenMs;
      return talks.some((talk) => !talk.ended && talk.card.privateReply === true && talk.updatedAtMs > sinceMs);
    },
  };
}
