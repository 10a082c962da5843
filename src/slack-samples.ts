import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMetrics } from "../adapters/metrics/prometheus.ts";
import { openStore, type Store, type Talk } from "../db/store.ts";
import { flows } from "../flows/index.ts";
import { type Card, type CardEvent, eventButtons, type Input, type InputValues } from "./cards/card.ts";
import { type Clock, openClock } from "./clock.ts";
import { type Engine, openEngine } from "./conversation/engine.ts";
import { importDemo } from "./demo.ts";
import { openLog } from "./log.ts";
import type { Address } from "./ports/messenger.ts";
import type { Sample } from "./slack-tools.ts";
import { newRingKey, openVault } from "./vault.ts";

/** Enough steps for every person of the demo practice to press every button they see. */
const steps = 300;
const mostOfOneState = 3;
const publicUrl = "https://desk.example.com";
const words = ["menu", "book", "bookings", "today", "what's waiting?", "help", "book a follow-up next week"];
const answers: Readonly<Record<Input["kind"], string>> = {
  short_text: "Mediterranean",
  long_text: "More energy in the mornings",
  choice: "Other",
  choices: "Other",
  number: "42",
  date: "1990-05-17",
  phone: "+351 912 345 678",
  yes_no: "yes",
  consent: "yes",
};

/**
 * Sample cards: plays a demo practice in which every person presses each button once, and keeps the cards per state.
 * Runs on a temporary database and sends nothing.
 */
export async function sampleCards(): Promise<readonly Sample[]> {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-"));
  const store = await openStore({
    url: `file:${join(folder, "samples.db")}`,
    vault: openVault([newRingKey("samples")]),
  });
  try {
    const clock = openClock();
    const engine = openEngine({
      store,
      clock,
      flows,
      publicUrl,
      log: openLog({ level: "silent" }),
      metrics: openMetrics(),
      // As in Slack: sensitive questions are answered on the form page.
      channels: new Map([["page", { asksSensitiveInline: false }]]),
      nudge: () => {},
    });
    await importDemo({ store, clock, publicUrl, platforms: ["page"] });
    return await walk({ store, clock, engine });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Played {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: Engine;
}

async function walk(played: Played): Promise<readonly Sample[]> {
  const { store, engine, clock } = played;
  const people = (await store.pagePeople.list()).filter(({ bound }) => bound);
  const users = [...people.map(({ user }) => user), "a-stranger"];
  const found = new Map<string, Card[]>();
  const pressed = new Set<string>();
  for (let step = 0; step < steps; step += 1) {
    const from: Address = { platform: "page", workspace: "local", user: users[step % users.length] ?? "" };
    const inbound = { id: `sample:${step}`, receivedAtMs: clock.now(), from };
    const press = nextPress(await store.read.talks.listForAddress(from, 8), pressed);
    const said = words[Math.floor(step / users.length) % words.length] ?? "menu";
    await engine.deliver({ ...inbound, body: press ?? { type: "text", text: said } });
    for (const talk of await store.read.talks.listForAddress(from, 4)) keep(found, talk);
    const tab = await engine.drawTab(from);
    if (tab !== undefined) keepCard(found, "tab", tab);
  }
  return [...found].flatMap(([name, cards]) => cards.map((card, at) => ({ name: `${name} ${at + 1}`, card })));
}

function nextPress(talks: readonly Talk[], pressed: Set<string>) {
  for (const talk of talks.filter(({ ended }) => !ended)) {
    for (const { label, action } of eventButtons(talk.card)) {
      const key = `${talk.personId} ${placeOf(talk)} ${action.event.type} ${label}`;
      if (pressed.has(key)) continue;
      pressed.add(key);
      return pressOf(talk, action.event);
    }
  }
  return undefined;
}

function pressOf({ id, revision, card }: Talk, event: CardEvent) {
  return { type: "press", talkId: id, seenRevision: revision, event, values: filledIn(card) } as const;
}

function filledIn(card: Card): InputValues {
  const inputs = card.parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
  return Object.fromEntries(inputs.map(({ id, kind, options }) => [id, options?.[0] ?? answers[kind]]));
}

function keep(found: Map<string, Card[]>, talk: Talk): void {
  keepCard(found, placeOf(talk), talk.card);
}

function keepCard(found: Map<string, Card[]>, name: string, card: Card): void {
  const cards = found.get(name) ?? [];
  const layout = layoutOf(card);
  if (cards.length < mostOfOneState && cards.every((one) => layoutOf(one) !== layout))
    found.set(name, [...cards, card]);
}

function layoutOf(card: Card): string {
  return card.parts.map((part) => `${part.type}${part.type === "buttons" ? part.buttons.length : ""}`).join(" ");
}

function placeOf({ flow, snapshot }: Talk): string {
  const { state } = JSON.parse(snapshot) as { state: string }; // written by conversation/snapshot.ts
  return `${flow}/${state}`;
}
