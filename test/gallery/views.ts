import { readFileSync } from "node:fs";
import { type Card, closed, isLive, type SecretRef } from "../../src/cards/card.ts";
import { withCardValues } from "../../src/cards/secret.ts";
import type { Platform } from "../../src/ports/messenger.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { readKeptTalks } from "../support/kept-talks.ts";
import { placeOf } from "../support/place.ts";
import { wander } from "../support/wander.ts";
import { extremes } from "./extremes.ts";

/** A card as a state of a flow shows it. */
export interface View {
  /** Flow, state and a number, as in `book/choosingTime 2`. */
  readonly name: string;
  readonly card: Card;
}

interface Walk {
  readonly practice: string;
  readonly platform?: Platform;
  readonly users: readonly string[];
  readonly steps: number;
  readonly seed: number;
}

const walks: readonly Walk[] = [
  { practice: "lisbon", users: ["ana", "maya", "ben", "jonas", "nobody"], steps: 260, seed: 8 },
  { practice: "lisbon", platform: "slack", users: ["ana", "maya", "ben", "nobody"], steps: 60, seed: 5 },
  { practice: "wide", users: ["una", "ruth", "lou"], steps: 60, seed: 2 },
  { practice: "empty", users: ["ana", "maya"], steps: 10, seed: 3 },
  { practice: "idle", users: ["ana", "maya"], steps: 20, seed: 4 },
];

/** Views that random exploration may miss: typed or pressed in the practice Lisbon, one after the other. */
const script: readonly (readonly [who: string, what: string])[] = [
  ["maya", "today"],
  ["maya", "what's waiting?"],
  ["ana", "book a follow-up with Maya by video on 4 March at 10:00"],
  ["ana", "yes"],
  ["maya", "what's waiting?"],
  ["ana", "(My bookings)"],
  ["ana", "1"],
  ["ana", "(Withdraw request)"],
  ["ana", "(Keep it)"],
  ["clock", "2026-03-03T09:00+00:00"],
  ["ana", "book a follow-up with Maya by video on Friday before 11"],
  ["ana", "1"],
  ["ana", "yes"],
  ["maya", "confirm Ana"],
  ["maya", "(Confirm)"],
  ["clock", "2026-03-08T09:00+00:00"],
];

/**
 * Every view of every flow as random exploration of real desks reaches it, once for each layout; for unreached states,
 * the card of a golden talk. Then the same closed, then extreme cards. From a test only.
 */
export function everyView(): Promise<readonly View[]> {
  // Once for all tests of a file: the desks are closed with the first, the cards are plain data.
  collecting ??= collect();
  return collecting;
}

/** What a sender puts in for a link or code (R9). */
function exampleOf({ link }: SecretRef): string {
  return link === "code" ? "FD-7K3M-Q2XP" : `https://desk.example/${link}/3kXq9`;
}

let collecting: Promise<readonly View[]> | undefined;

async function collect(): Promise<readonly View[]> {
  const found = new Map<string, Card[]>();
  const layouts = new Set<string>();
  const keep: Collect = (place, card) => {
    const layout = `${place} ${layoutOf(card)}`;
    if (layouts.has(layout)) return;
    layouts.add(layout);
    found.set(place, [...(found.get(place) ?? []), withCardValues(card, exampleOf)]);
  };
  await playScript(keep);
  for (const walk of walks) await wander(await openWatched(walk, keep), walk);
  for (const { flow, state, card } of readKeptTalks())
    if (!found.has(`${flow}.${state}`)) keep(`${flow}.${state}`, card);
  const seen = [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([place, cards]) => named(place, cards));
  return [...seen, ...seen.filter(({ card }) => isLive(card)).map(closedView), ...extremes];
}

/** The resting states of talks, as in `book.choosingTime`, by the views' names. */
export function placesOf(views: readonly View[]): ReadonlySet<string> {
  return new Set(views.map(({ name }) => name.replace(/ .*/, "").replace("/", ".")));
}

function named(place: string, cards: readonly Card[]): readonly View[] {
  return cards.map((card, at) => ({ name: `${place.replace(".", "/")} ${at + 1}`, card }));
}

function closedView({ name, card }: View): View {
  return { name: `${name} closed`, card: closed(card) };
}

type Collect = (place: string, card: Card) => void;

/** A desk whose cards are collected when its talks are read. */
async function openWatched({ practice, platform }: Pick<Walk, "practice" | "platform">, collect: Collect) {
  const yaml = readFileSync(new URL(`../support/practices/${practice}.yaml`, import.meta.url), "utf8");
  const options = { now: "2026-03-02T08:00+00:00", practice: yaml };
  const desk = await openTestDesk(platform === undefined ? options : { ...options, platform });
  const watched: TestDesk = {
    ...desk,
    talks: async (user) => {
      const talks = await desk.talks(user);
      for (const talk of talks.slice(0, 6)) collect(placeOf(talk), talk.card);
      return talks;
    },
  };
  return watched;
}

async function playScript(collect: Collect): Promise<void> {
  const desk = await openWatched({ practice: "lisbon" }, collect);
  for (const [who, what] of script) {
    const label = /^\((.*)\)$/.exec(what)?.[1];
    if (who === "clock") await desk.advance(what);
    else if (label === undefined) await desk.say(who, what);
    else await desk.press(who, label);
    for (const person of ["ana", "maya"]) await desk.talks(person);
  }
}

/** A card's layout: equal for cards that differ only in names and times. */
function layoutOf(card: Card): string {
  const parts = card.parts.map((part) => {
    switch (part.type) {
      case "text":
      case "hint":
        return part.type;
      case "facts":
        return `${part.facts.length} facts`;
      case "buttons":
        return `${part.role} ${part.buttons.length}`;
      case "inputs":
        return `inputs ${part.inputs.map(({ kind, error, value }) => `${kind}${error ? "!" : ""}${value ? "=" : ""}`).join()}`;
      default:
        return part satisfies never;
    }
  });
  return [card.tone, card.step?.of, ...parts].join(" | ");
}
