import { expect, test } from "vitest";
import { drawSlack } from "../../adapters/slack/draw.ts";
import { toModal } from "../../adapters/slack/modal.ts";
import { toBlocks, toHome } from "../../adapters/slack/render.ts";
import { violations } from "../../adapters/slack/validate.ts";
import { eventButtons } from "../../src/cards/card.ts";
import { lettersOf, readIn, saysWhatIsMissing, wordsOf } from "../support/slack-text.ts";
import { everyView, type View } from "./views.ts";

const at = { talkId: "tk_01jq8m2v7xk4n9t3c5d6e7f8g9", revision: 12 };
/** Made to be more than one message of Slack takes. */
const tooMuch = ["extreme/tooManyTimes 1", "extreme/oneWord 1", "extreme/entities 1", "extreme/manyFacts 1"];

test("every view of every flow is taken by Slack and says all its words there (S6, S22)", async () => {
  const views = await everyView();
  expect(views.length).toBeGreaterThan(100);
  expect(views.flatMap(faultsOf)).toEqual([]);
});

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
    ...(isCut && !saysWhatIsMissing(message.blocks) ? ["is cut without a word"] : []),
    ...(!isCut && pressed.length < buttons ? [`has ${pressed.length} buttons instead of ${buttons}`] : []),
    ...(shown.some((one) => /<(script|[!@])/i.test(drawSlack(one))) ? ["is drawn with what somebody wrote"] : []),
  ].map((fault) => `${name}: ${fault}`);
}
