import { createRequire } from "node:module";
import { expect, test } from "vitest";
import type { AdaptiveCard } from "../../adapters/teams/adaptive-card.ts";
import { hostConfig } from "../../adapters/teams/host-config.ts";
import { bytesOf, limits } from "../../adapters/teams/limits.ts";
import { plainFallback } from "../../adapters/teams/plain-message.ts";
import { toAdaptiveCard } from "../../adapters/teams/render.ts";
import { cardFaults } from "../support/teams/card-checks.ts";
import { cardViolations } from "../support/teams/card-violations.ts";
import { everyView } from "./views.ts";

// Its ESM files are written for bundlers and do not load in Node; its single-file build does.
const renderer: typeof import("adaptivecards") = createRequire(import.meta.url)(
  "adaptivecards/dist/adaptivecards.min.js",
);

test("T18 every view satisfies all rules, and the official renderer reports no warning", async () => {
  const views = await everyView();
  const wrong = (judge: (card: AdaptiveCard) => readonly string[]) =>
    views.flatMap(({ name, card }) => judge(toAdaptiveCard(card, at)).map((what) => `${name}: ${what}`));
  expect(views.length).toBeGreaterThan(20);
  expect(wrong(cardViolations)).toEqual([]);
  // Also validates it against the official schema, if present.
  expect(wrong(cardFaults)).toEqual([]);
  expect(wrong((card) => (bytesOf(card) < limits.messageBytes ? [] : [`${bytesOf(card)} bytes`]))).toEqual([]);
  expect(wrong((card) => /"type":"(Table|Media|Carousel)"/.exec(JSON.stringify(card))?.slice(1) ?? [])).toEqual([]);
  expect(wrong((card) => titlesOf(card).filter((title, index, all) => all.indexOf(title) !== index))).toEqual([]);
  expect(wrong(complaints)).toEqual([]);
  const said = views.map(({ card }) => plainFallback(card));
  expect(said.filter(({ text }) => text.trim() === "")).toEqual([]);
  expect(said.filter(({ suggestedActions }) => (suggestedActions?.actions.length ?? 0) > 3)).toEqual([]);
});

const at = { talkId: "tk_0123456789abcdef", revision: 12 };

function titlesOf({ body }: AdaptiveCard): readonly string[] {
  return body.flatMap((element) => (element.type === "ActionSet" ? element.actions.map(({ title }) => title) : []));
}

/** The official renderer's warnings for a card. */
function complaints(card: AdaptiveCard): readonly string[] {
  const context = new renderer.SerializationContext(renderer.Versions.v1_5);
  const read = new renderer.AdaptiveCard();
  read.hostConfig = new renderer.HostConfig(hostConfig.light);
  read.parse(structuredClone(card), context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...events, ...read.validateProperties().validationEvents.map(({ message }) => message)];
}
