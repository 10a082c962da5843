import type { Talk } from "../../db/store.ts";
import { type Card, type CardEvent, eventButtons, type Input, type InputValues, isLive } from "../../src/cards/card.ts";
import { restoreSnapshot } from "../../src/conversation/snapshot.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { chatBreaches } from "./card-rules.ts";
import type { Seen, TestDesk } from "./desk.ts";
import { seededDice } from "./dice.ts";
import { beginMap, type Explored } from "./explored.ts";
import { everyFlow } from "./flow-graph.ts";
import { placeOf } from "./place.ts";

/** The result of pressing everything. */
export interface Wandered {
  /** The states in which talks rested, such as `book.choosingTime`. */
  readonly rested: ReadonlySet<string>;
  /** All rule violations; empty if there are none. */
  readonly breaches: readonly string[];
}

interface Choice {
  readonly message: Seen;
  readonly event: CardEvent;
  readonly place: string;
  /** Whether the button does more than navigate. */
  readonly leadsOn: boolean;
}

type Dice = (sides: number) => number;

const words = [
  "book",
  "bookings",
  "past sessions",
  "help",
  "home",
  "back",
  "hm",
  "1",
  "confirm",
  "skip",
  "a".repeat(5000),
];
const answers: Readonly<Record<Input["kind"], readonly string[]>> = {
  short_text: ["Mediterranean", ""],
  long_text: ["More energy", ""],
  choice: ["Other", "No", "Pizza"],
  choices: ["English, German"],
  number: ["42", "many"],
  date: ["2026-03-31", "soon"],
  phone: ["+351 912 345 678", "none"],
  yes_no: ["yes", "perhaps"],
  consent: ["yes", ""],
};

/**
 * Explores a desk: people press and type, always on the shortest known path to an unpressed button, while the clock moves
 * on. Deterministic per seed. Every card is checked; each of its buttons must be accepted by its machine, and every press
 * must succeed, without a refusal or a stale answer.
 */
export async function wander(
  desk: TestDesk,
  walk: { users: readonly string[]; steps: number; seed: number },
): Promise<Wandered> {
  const dice = seededDice(walk.seed);
  const rested = new Set<string>();
  const explored = beginMap();
  const breaches: string[] = [];
  for (let step = 0; step < walk.steps && breaches.length === 0; step++) {
    const user = walk.users[step % walk.users.length] ?? "";
    const choices = await choicesOf(desk, user, explored);
    if (step % 40 === 39) await desk.advance(new Date(desk.clock.now() + (1 + dice(26)) * 3_600_000).toISOString());
    else if (choices.length === 0 || dice(8) === 0) await desk.say(user, words[dice(words.length)] ?? "");
    else breaches.push(...(await press(desk, user, nearest(choices, explored, dice), { explored, dice })));
    for (const person of walk.users) breaches.push(...chatBreaches(desk.chat(person).slice(-6)));
    const talks = (await desk.talks(user)).slice(0, 6);
    for (const talk of talks) rested.add(placeOf(talk));
    breaches.push(...talks.flatMap(rejectedButtons));
  }
  return { rested, breaches };
}

async function choicesOf(desk: TestDesk, user: string, explored: Explored): Promise<readonly Choice[]> {
  const talks = new Map((await desk.talks(user)).map((talk) => [talk.id, talk]));
  return desk.chat(user).flatMap((message): Choice[] => {
    const talk = talks.get(message.talkId);
    if (talk === undefined || !isLive(message.card)) return [];
    const place = placeOf(talk);
    const about = message.card.parts.flatMap((part) =>
      part.type === "buttons" && part.role === "navigation" ? part.buttons.map(({ label }) => label) : [],
    );
    return eventButtons(message.card).map(({ label, action: { event } }) => {
      explored.saw(place, event.type);
      return { message, event, place, leadsOn: !about.includes(label) };
    });
  });
}

/** One of the choices on the shortest path to an unpressed button; if none is known, one on the newest card that does more than navigate. */
function nearest(choices: readonly Choice[], explored: Explored, dice: Dice): Choice | undefined {
  const distances = choices.map(({ place, event }) => explored.distance(place, event.type));
  const least = Math.min(...distances);
  if (least < Number.POSITIVE_INFINITY)
    return oneOf(
      choices.filter((_, at) => distances[at] === least),
      dice,
    );
  const newest = choices.filter(({ message }) => message === choices.at(-1)?.message);
  const onwards = newest.filter(({ leadsOn }) => leadsOn);
  return oneOf(onwards.length > 0 && dice(8) > 0 ? onwards : newest, dice);
}

function oneOf<Thing>(things: readonly Thing[], dice: Dice): Thing | undefined {
  return things[dice(things.length)];
}

async function press(
  desk: TestDesk,
  user: string,
  choice: Choice | undefined,
  { explored, dice }: { explored: Explored; dice: Dice },
): Promise<readonly string[]> {
  if (choice === undefined) return [];
  const { message, event, place } = choice;
  const { talkId, revision, card } = message;
  const delivered = await desk.forge(user, { talkId, revision, event, values: filledIn(card, dice) });
  const now = (await desk.talks(user)).find(({ id }) => id === (delivered.talkId ?? talkId));
  explored.pressed(place, event.type, now === undefined ? place : placeOf(now));
  const what = `${user} pressed ${event.type} in ${place}`;
  // A person who was deactivated meanwhile can press nothing.
  const isOut = delivered.refused === conversationWords.noLonger && (await wasDeactivated(desk, user));
  if (delivered.refused !== undefined && !isOut) return [`${what} and was refused: ${delivered.refused}`];
  return delivered.stale === true ? [`${what} and the card was old`] : [];
}

async function wasDeactivated(desk: TestDesk, user: string): Promise<boolean> {
  const [talk] = await desk.talks(user);
  return talk !== undefined && (await desk.store.read.identities.listDeactivated(talk.address)).length > 0;
}

function filledIn(card: Card, dice: Dice): InputValues {
  const inputs = card.parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
  const wrong = dice(3) === 0;
  return Object.fromEntries(
    inputs.map(({ id, kind, options = [answers[kind][0] ?? ""] }) => {
      const may = wrong ? answers[kind] : options;
      return [id, may[dice(may.length)] ?? ""];
    }),
  );
}

/** Buttons of a talk's card whose events its machine does not accept. Those that ask for another talk are not for it. */
function rejectedButtons(talk: Talk): readonly string[] {
  const { flow: name, card, ended } = talk;
  const flow = everyFlow.find((one) => one.name === name);
  const restored = flow === undefined ? undefined : restoreSnapshot(flow, talk);
  if (ended || restored === undefined) return ended ? [] : [`the talk of ${name} cannot be taken up again`];
  return eventButtons(card)
    .filter(({ action }) => action.event.type !== "ask" && !restored.can(action.event))
    .map(({ label }) => `“${label}” does nothing in ${name}.${String(restored.value)}`);
}
