import { type CardEvent, eventButtons, type InputValues, isLive } from "../../src/cards/card.ts";
import { type Dice, oneOf } from "./dice.ts";
import { type Person, people } from "./practice.ts";
import type { Shown } from "./services.ts";
import type { World } from "./world.ts";

/** Words that people type, with and without sense where they stand. */
const words: Readonly<Record<"client" | "practitioner" | "anybody", readonly string[]>> = {
  client: [
    "book",
    "book talk",
    "book a talk on tuesday at 9",
    "book duo with jonas",
    "quick on wednesday",
    "my bookings",
    "cancel my session",
    "can't make tuesday, please cancel",
    "move my session to wednesday at 10",
    "plan my package",
    "withdraw request",
    "message my practitioner",
  ],
  practitioner: [
    "who's waiting?",
    "my sessions",
    "confirm",
    "confirm all",
    "decline ana",
    "decline",
    "approve",
    "propose wednesday 10",
    "propose thursday 9 to ben",
    "cancel my session with cleo",
    "move my session with ana to thursday at 10",
    "block thursday morning",
    "today",
  ],
  anybody: [
    "1",
    "2",
    "yes",
    "no",
    "undo",
    "not that one",
    "running 10 min late",
    "back",
    "help",
    "hm",
    "🤷",
    "x".repeat(3_000),
  ],
};

const values: Readonly<Record<string, readonly string[]>> = {
  reason: ["", "Away", "I am ill"],
  message: ["See you then", ""],
};

/** What happens next in the world, in a line. */
export type Act = { readonly says: string; readonly run: (world: World) => Promise<void> };

/** Throws acts. People mostly stay with what they are doing. */
export function actsOf(dice: Dice): (world: World, lastMs: number) => Act {
  let person: Person = people[0];
  return (world, lastMs) => {
    if (dice(3) === 0) person = oneOf(people, dice) ?? person;
    const throwAt = dice(100);
    if (throwAt < 54) return goOn(world, person, dice);
    if (throwAt < 60) return press(world, person, dice);
    if (throwAt < 74) return say(person, wordsOf(person, dice));
    if (throwAt < 76 && person.role === "client") return pay(world, person);
    if (throwAt < 77) return repeat(dice(1_000));
    if (throwAt < 88) return wait(world.time.nowMs() < lastMs ? (oneOf(waits, dice) ?? 1) : 1);
    if (throwAt < 92) return weather(oneOf(["stormy", "stormy", "hanging"] as const, dice) ?? "stormy");
    if (throwAt < 95) return crash(dice(12));
    if (throwAt < 98) return open(person);
    return removeMessage(world, person, dice);
  };
}

/** Minutes. From `lastMs` on no long time passes any more. */
const waits = [1, 1, 1, 2, 2, 10, 10, 61, 61, 240, 1_440];

function wordsOf({ role }: Person, dice: Dice): string {
  return oneOf(dice(3) === 0 ? words.anybody : words[role], dice) ?? "";
}

/** The main choices of the newest live card, filled in correctly: how most people use it. */
function goOn(world: World, person: Person, dice: Dice): Act {
  const chat = world.services.chat(person.platform, person.user);
  const live = chat.filter(({ card }) => isLive(card));
  if (payLinks(world, person).length > 0 && dice(3) === 0) return pay(world, person);
  // Practitioners also work through older requests.
  const card = dice(4) === 0 ? oneOf(live, dice) : live.at(-1);
  const onward = (card?.card.parts ?? []).flatMap((part) =>
    part.type === "inputs" ? [part.submit] : part.type === "buttons" && part.role !== "navigation" ? part.buttons : [],
  );
  const main = onward.find(({ style }) => style === "primary" || style === "danger");
  const chosen = dice(3) > 0 ? (main ?? oneOf(onward, dice)) : oneOf(onward, dice);
  if (card === undefined || chosen === undefined || !("event" in chosen.action))
    return say(person, wordsOf(person, dice));
  return pressing(person, card, chosen.label, chosen.action.event, filledIn(card, dice));
}

/** Any button of any message, also of outdated ones. */
function press(world: World, person: Person, dice: Dice): Act {
  const chat = world.services.chat(person.platform, person.user);
  const message = oneOf(chat.slice(-6), dice);
  const button = message && oneOf(eventButtons(message.card), dice);
  if (message === undefined || button === undefined) return open(person);
  return pressing(person, message, button.label, button.action.event, filledIn(message, dice));
}

function pressing(person: Person, message: Shown, label: string, event: CardEvent, filled: InputValues): Act {
  const { talkId, revision } = message;
  return {
    says: `${person.user} presses “${label}” on ${talkId}:${revision}`,
    run: async (world) => world.send(person, { type: "press", talkId, seenRevision: revision, event, values: filled }),
  };
}

function filledIn({ card }: Shown, dice: Dice): InputValues {
  const inputs = card.parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
  return Object.fromEntries(
    inputs.map(({ id, options }) => [id, oneOf(options ?? values[id] ?? ["walk", ""], dice) ?? ""]),
  );
}

/** A client opens the newest pay link in their chat, or types if there is none. */
function pay(world: World, person: Person): Act {
  const token = payLinks(world, person).at(-1);
  if (token === undefined) return say(person, "my bookings");
  return { says: `${person.user} opens the pay link and pays`, run: async ({ pay: open }) => open(token) };
}

/** The tokens of the pay links in a chat, oldest first. */
function payLinks({ services }: World, { platform, user }: Person): readonly string[] {
  return services
    .chat(platform, user)
    .flatMap(({ card }) => card.parts)
    .flatMap((part) => (part.type === "buttons" ? part.buttons : []))
    .flatMap(({ action }) => ("url" in action ? (/\/pay\/([\w-]+)$/.exec(action.url)?.slice(1) ?? []) : []));
}

function say(person: Person, text: string): Act {
  return {
    says: `${person.user} says “${text.slice(0, 60)}”`,
    run: async (world) => world.send(person, { type: "text", text }),
  };
}

function open(person: Person): Act {
  return { says: `${person.user} opens the chat`, run: async (world) => world.send(person, { type: "opened" }) };
}

function repeat(at: number): Act {
  return { says: `a platform sends input ${at} again`, run: async (world) => world.repeat(at) };
}

function wait(minutes: number): Act {
  return { says: `${minutes} minutes pass`, run: (world) => passTime(world, minutes * 60_000) };
}

function weather(to: "calm" | "stormy" | "hanging"): Act {
  return { says: `the services are ${to}`, run: async (world) => world.services.setWeather(to) };
}

/** After `steps` more steps of what is under way. */
function crash(steps: number): Act {
  return {
    says: `the process is killed after ${steps} steps`,
    run: async (world) => {
      for (let step = 0; step < steps; step += 1) await world.time.runOne();
      await world.crash();
    },
  };
}

function removeMessage(world: World, { platform, user }: Person, dice: Dice): Act {
  const message = oneOf(world.services.chat(platform, user), dice);
  return {
    says: `${user} deletes a message`,
    run: async ({ services }) => message && services.remove(platform, user, message.id),
  };
}

/** Lets this time pass. What is under way, timers and retries run at their own instants. */
export async function passTime(world: World, ms: number): Promise<void> {
  const { time } = world;
  const untilMs = time.nowMs() + ms;
  for (;;) {
    while (await time.runOne());
    const nextMs = Math.min(time.nextMs(), nextDueMs(world));
    if (nextMs > untilMs) break;
    // What is due and not yet done is looked at again after a nap.
    time.moveTo(nextMs > time.nowMs() ? nextMs : time.nowMs() + 1_000);
  }
  time.moveTo(untilMs);
  while (await time.runOne());
}

/** The instant at which the desk has its next work; infinite without any. */
function nextDueMs(world: World): number {
  const due = world
    .books()
    .prepare(
      `select min(at) from (select min(max(due_at_ms, leased_until_ms)) as at from timers
       union all select min(due_at_ms) from outbox_lanes)`,
    )
    .pluck()
    .get() as number | null; // one aggregate
  return due ?? Number.POSITIVE_INFINITY;
}
