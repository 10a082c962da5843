import { expect, test } from "vitest";
import { cut, lengthOf, limits } from "../../../adapters/slack/limits.ts";
import { inPieces } from "../../../adapters/slack/mrkdwn.ts";
import { toBlocks } from "../../../adapters/slack/render.ts";
import { buttonOf, type Card } from "../../../src/cards/card.ts";
import { violations } from "../../support/slack/violations.ts";
import { lettersOf, readIn } from "../../support/slack-text.ts";

const button = buttonOf();

const at = { talkId: "tk_1", revision: 1 };

test("a text is truncated at code points, with an ellipsis", () => {
  expect(cut("Follow-up", 9)).toBe("Follow-up");
  expect(cut("Follow-up", 6)).toBe("Follo…");
  expect(lengthOf(cut("🥑".repeat(100), 75))).toBe(75);
});

test("a long text continues in a second section without loss", () => {
  const text = "All of this & <more> is worth reading.\n".repeat(200);
  const { blocks } = toBlocks({ summary: "Long", title: "Long", parts: [{ type: "text", text }] }, at);
  expect(blocks.filter(({ type }) => type === "section").length).toBeGreaterThan(1);
  expect(lettersOf(readIn(blocks))).toContain(lettersOf(text));
});

test("no piece of a text ends within an escaped character", () => {
  const pieces = inPieces("&".repeat(2000), 99);
  expect(pieces.every((piece) => /^(&amp;)+$/.test(piece) && lengthOf(piece) <= 99)).toBe(true);
});

test("the last line announces what does not fit, and navigation is kept", () => {
  const times = Array.from({ length: 200 }, (_, n) => button(`Time ${n}`, { type: "slot.chosen", startsAtMs: n }));
  const card: Card = {
    summary: "When?",
    title: "When?",
    parts: [
      { type: "buttons", role: "choices", buttons: times },
      { type: "buttons", role: "navigation", buttons: [button("Back", { type: "went.back" })] },
    ],
  };
  const message = toBlocks(card, at);
  const shown = message.blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
  expect(violations(message)).toEqual([]);
  expect(readIn(message.blocks)).toContain("Back");
  expect(readIn(message.blocks.at(-1))).toBe(
    `${201 - shown.length} more buttons do not fit here. Type the name or the number of one to choose it.`,
  );
});

test("an overlong text ends in an ellipsis, and the last line says so", () => {
  const { blocks } = toBlocks({ summary: "x", title: "x", parts: [{ type: "text", text: "word ".repeat(9000) }] }, at);
  expect(readIn(blocks.at(-2))).toMatch(/…$/);
  expect(readIn(blocks.at(-1))).toBe("This message is longer than fits here, so the end of it is not shown.");
});

const text = (words: string) => ({ type: "mrkdwn", text: words });
const plain = (words: string) => ({ type: "plain_text", text: words });
const press = (more: object = {}) => ({ type: "button", action_id: "press:1", text: plain("Back"), ...more });
const field = (element: object) => ({ type: "input", block_id: "in:q", label: plain("Q"), element });
const radio = (...values: readonly string[]) => ({
  type: "radio_buttons",
  action_id: "input",
  options: values.map((value) => ({ text: plain(value), value })),
});

test.each<[string, unknown, RegExp]>([
  ["no blocks", [], /blocks is empty/],
  ["too many blocks", Array.from({ length: 51 }, () => ({ type: "divider" })), /has 51, at most 50/],
  ["a type the desk does not send", [{ type: "video" }], /does not send/],
  ["an empty text", [{ type: "section", text: text(" ") }], /text is empty/],
  ["an empty section", [{ type: "section" }], /neither text nor fields/],
  ["a long section", [{ type: "section", text: text("x".repeat(limits.sectionText + 1)) }], /at most 3000/],
  ["eleven fields", [{ type: "section", fields: Array.from({ length: 11 }, () => text("x")) }], /has 11, at most 10/],
  ["a header of mrkdwn", [{ type: "header", text: text("x") }], /not plain_text/],
  ["a long header", [{ type: "header", text: plain("x".repeat(151)) }], /at most 150/],
  ["a mention of everyone", [{ type: "section", text: text("<!channel> hello") }], /command of Slack/],
  ["a link with a misleading label", [{ type: "section", text: text("<https://a.example|b>") }], /command of Slack/],
  ["a mention in the notification", { text: "<!here> hello", blocks: [{ type: "divider" }] }, /command of Slack/],
  ["a long button", [{ type: "actions", elements: [press({ text: plain("x".repeat(76)) })] }], /at most 75/],
  ["a long value", [{ type: "actions", elements: [press({ value: "x".repeat(2001) })] }], /at most 2000/],
  ["an unknown style", [{ type: "actions", elements: [press({ style: "default" })] }], /style/],
  ["a duplicate action id", [{ type: "actions", elements: [press(), press()] }], /action_id press:1/],
  ["an unknown field", [{ type: "actions", elements: [press({ colour: "red" })] }], /unknown field colour/],
  [
    "a duplicate block id",
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "a" },
    ],
    /block_id a/,
  ],
  ["a text input among actions", [{ type: "actions", elements: [{ type: "plain_text_input" }] }], /cannot stand/],
  [
    "an image without alternative text",
    [{ type: "image", image_url: "https://a.example/b.png" }],
    /alt_text is missing/,
  ],
  ["eleven options", [field(radio(..."abcdefghijk"))], /has 11, at most 10/],
  ["a duplicate option", [field(radio("a", "a"))], /value in/],
  [
    "an unknown initial choice",
    [field({ ...radio("a"), initial_option: { text: plain("b"), value: "b" } })],
    /not an option/,
  ],
  ["an invalid date", [field({ type: "datepicker", action_id: "input", initial_date: "2026-02-31" })], /no date/],
  [
    "a form without a submit button",
    { type: "modal", title: plain("x"), blocks: [field(radio("a"))] },
    /submit is missing/,
  ],
  [
    "a form with a long title",
    { type: "modal", title: plain("x".repeat(25)), blocks: [{ type: "divider" }] },
    /at most 24/,
  ],
  ["a Home tab with a title", { type: "home", title: plain("x"), blocks: [{ type: "divider" }] }, /no title/],
  [
    "a message that is too long",
    Array.from({ length: 6 }, () => ({ type: "section", text: text("x".repeat(2900)) })),
    /characters of JSON/,
  ],
])("%s is detected", (_, given, fault) => {
  expect(violations(given).join("\n")).toMatch(fault);
});

test("a valid message, form and Home tab have no violations", () => {
  const blocks = [
    { type: "section", text: text("Hello &amp; welcome") },
    { type: "actions", elements: [press()] },
  ];
  expect(violations(blocks)).toEqual([]);
  expect(violations({ text: "Hello", blocks })).toEqual([]);
  expect(violations({ type: "home", blocks })).toEqual([]);
  expect(violations({ type: "modal", title: plain("A"), submit: plain("B"), blocks: [field(radio("a"))] })).toEqual([]);
});
