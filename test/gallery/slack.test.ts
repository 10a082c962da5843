import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drawSlack } from "../../adapters/slack/draw.ts";
import { toModal } from "../../adapters/slack/modal.ts";
import { toBlocks, toHome } from "../../adapters/slack/render.ts";
import { eventButtons } from "../../src/cards/card.ts";
import { everyFlow } from "../support/flow-graph.ts";
import { notYet, passedThrough } from "../support/place.ts";
import { violations } from "../support/slack/violations.ts";
import { announcesOmission, lettersOf, readIn, wordsOf } from "../support/slack-text.ts";
import { everyView, placesOf, type View } from "./views.ts";

const at = { talkId: "tk_01jq8m2v7xk4n9t3c5d6e7f8g9", revision: 12 };
/** More content than one Slack message accepts. */
const tooMuch = ["extreme/tooManyTimes 1", "extreme/oneWord 1", "extreme/entities 1", "extreme/manyFacts 1"];

test("every resting state of every flow is in the gallery", async () => {
  const views = await everyView();
  keepForPictures(views);
  const places = placesOf(views);
  const states = everyFlow.flatMap(({ name, machine }) =>
    Object.keys(machine.states).map((state) => `${name}.${state}`),
  );
  expect(states.filter((state) => !places.has(state) && ![...passedThrough, ...notYet].includes(state))).toEqual([]);
});

test("Slack accepts every view of every flow and shows all its text (S6, S22)", async () => {
  const views = await everyView();
  expect(views.length).toBeGreaterThan(100);
  expect(views.flatMap(faultsOf)).toEqual([]);
});

/** The output folder, set by `npm run gallery`. */
function keepForPictures(views: readonly View[]): void {
  const folder = process.env.GALLERY_FOLDER;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "views.json"), JSON.stringify(views));
}

function faultsOf({ name, card }: View): readonly string[] {
  const message = toBlocks(card, at);
  const modal = toModal(card, at);
  const shown = [message, toHome(card), ...(modal === undefined ? [] : [modal])];
  const read = lettersOf(readIn([message.blocks, modal?.blocks]));
  const missing = wordsOf(card).filter((words) => !read.includes(lettersOf(words)));
  const isCut = missing.length > 0;
  const buttons = eventButtons(card).length;
  const pressed = message.blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
  return [
    ...shown.flatMap(violations),
    ...(tooMuch.includes(name) ? [] : missing.map((words) => `does not say “${words}”`)),
    ...(isCut && !announcesOmission(message.blocks) ? ["is cut without a word"] : []),
    ...(!isCut && pressed.length < buttons ? [`has ${pressed.length} buttons instead of ${buttons}`] : []),
    ...(shown.some((one) => /<(script|[!@])/i.test(drawSlack(one))) ? ["renders user input as markup"] : []),
  ].map((fault) => `${name}: ${fault}`);
}
