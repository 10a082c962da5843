import type { Delivered } from "../../src/conversation/inbound.ts";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { eventsOn, type PagePerson, type Shown } from "./page-person.ts";

/** A change that the desk acknowledged: HTTP 200 with a card that confirms it. */
export interface Acknowledged {
  readonly what: "requested" | "booked" | "withdrawn" | "confirmed" | "declined";
  readonly user: string;
  readonly talkId: string;
}

/** The behaviour of a person in the crowd. */
export interface Behaviour {
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly stopped: () => boolean;
  readonly acknowledged: (what: Acknowledged) => void;
}

/** Books repeatedly, always one of the first three free times. Withdraws every fourth request. */
export async function liveAsClient(client: PagePerson, life: Behaviour): Promise<void> {
  let shown: Shown = {};
  while (!life.stopped()) shown = await nextStep(client, shown, life);
}

async function nextStep(client: PagePerson, shown: Shown, life: Behaviour): Promise<Delivered> {
  const anyOf = (type: string, first = Number.POSITIVE_INFINITY) => {
    const events = eventsOn(shown, type).slice(0, first);
    return events[Math.floor(life.random() * events.length)];
  };
  const submit = anyOf("booking.submitted");
  if (submit !== undefined) return noting(client, life, await client.press(shown, submit));
  const agree = anyOf("withdrawal.agreed");
  if (agree !== undefined) return noting(client, life, await client.press(shown, agree));
  const withdraw = anyOf("withdrawal.asked");
  if (withdraw !== undefined && life.random() < 0.25) return client.press(shown, withdraw);
  const lead = shown.card?.title === bookWords.taken || eventsOn(shown, "another.wanted").length === 0;
  const choice =
    anyOf("service.chosen") ?? anyOf("practitioner.chosen") ?? (lead ? anyOf("slot.chosen", 3) : undefined);
  return choice === undefined ? client.say("book") : client.press(shown, choice);
}

function noting(client: PagePerson, life: Behaviour, answer: Delivered): Delivered {
  const { card, talkId } = answer;
  const what = saidTo(card?.title);
  if (what !== undefined && talkId !== undefined) life.acknowledged({ what, user: client.user, talkId });
  return answer;
}

/** What a card's title tells the client. A card of a later state implies that the request was made. */
export function saidTo(title: string | undefined): Acknowledged["what"] | undefined {
  switch (title) {
    case bookWords.withdrawnTitle:
      return "withdrawn";
    case bookWords.confirmedTitle:
      return "booked";
    case bookWords.waitingTitle:
    case bookWords.declinedTitle:
    case bookWords.expiredTitle:
      return "requested";
    default:
      return undefined;
  }
}

/** Answers every request on their screen, three of four with Confirm. */
export async function liveAsPractitioner(
  practitioner: PagePerson,
  life: Behaviour,
  pause: () => Promise<unknown>,
): Promise<void> {
  const answered = new Set<string>();
  while (!life.stopped()) {
    for (const shown of await practitioner.chat()) {
      if (shown.talkId === undefined || answered.has(shown.talkId)) continue;
      if (eventsOn(shown, "confirm.chosen").length === 0) continue;
      answered.add(shown.talkId);
      await answer(practitioner, shown, life);
      if (life.stopped()) return;
    }
    await pause();
  }
}

async function answer(practitioner: PagePerson, shown: Shown, life: Behaviour): Promise<void> {
  const wanted = life.random() < 0.75 ? "confirm.chosen" : "decline.chosen";
  const first = await practitioner.press(shown, { type: wanted });
  const asked = eventsOn(first, "decline.agreed")[0];
  const last = asked === undefined ? first : await practitioner.press(first, asked);
  const { title } = last.card ?? {};
  const what =
    title === reviewWords.confirmedTitle ? "confirmed" : title === reviewWords.declinedTitle ? "declined" : undefined;
  if (what !== undefined && last.talkId !== undefined)
    life.acknowledged({ what, user: practitioner.user, talkId: last.talkId });
}

/** Random numbers in [0, 1), deterministic per seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
