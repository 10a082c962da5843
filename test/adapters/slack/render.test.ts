import fc from "fast-check";
import { expect, test } from "vitest";
import { drawSlack } from "../../../adapters/slack/draw.ts";
import { fieldErrors, toModal } from "../../../adapters/slack/modal.ts";
import { readPress, readTabPress, writePress } from "../../../adapters/slack/press.ts";
import { toBlocks, toHome } from "../../../adapters/slack/render.ts";
import { buttonOf, type Card, eventButtons, type Input } from "../../../src/cards/card.ts";
import { randomCard, randomEvent } from "../../support/random-card.ts";
import { violations } from "../../support/slack/violations.ts";
import { announcesOmission, lettersOf, readIn, wordsOf } from "../../support/slack-text.ts";

const button = buttonOf();

const at = { talkId: "tk_1", revision: 7 };
const send = button("Continue", { type: "answers.given" });

function card(parts: Card["parts"], more: Partial<Card> = {}): Card {
  return { summary: "When suits you?", title: "When suits you?", parts, ...more };
}

function question(id: string, more: Partial<Input> = {}): Input {
  return { id, label: `About ${id}`, kind: "short_text", required: false, ...more };
}

test("Slack accepts any card as a message, as a form and as the Home tab (S6)", () => {
  fc.assert(
    fc.property(randomCard, (any) => {
      const modal = toModal(any, at);
      const shown = [toBlocks(any, at), toHome(any), ...(modal === undefined ? [] : [modal])];
      expect(shown.flatMap(violations)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("no text written by a person becomes a command or a link in Slack (S21)", () => {
  fc.assert(
    fc.property(randomCard, (any) => {
      const { text, blocks } = toBlocks(any, at);
      const mrkdwn = [text, ...mrkdwnIn([blocks, toModal(any, at)])].join("\n");
      expect(mrkdwn).not.toMatch(/<!|<@|<#|<http|<|>/);
      expect(drawSlack({ text, blocks }).replace(ownTag, "")).not.toContain("<");
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["(https://desk.example.com/pay/a_b)_*", "https://desk.example.com/pay/a_b", ")_*"],
  ["See https://desk.example.com/about.", "https://desk.example.com/about", "."],
  ["*https://desk.example.com/x?y=1*", "https://desk.example.com/x?y=1", "*"],
  ["<https://evil.example|harbour.example>", "https://evil.example", "|harbour.example>"],
])("in the rendering of %s only the address becomes a link", (text, link, after) => {
  const html = drawSlack(toBlocks(card([{ type: "text", text }]), at)).replace(/&#(\d+);/g, (_, code) =>
    String.fromCharCode(Number(code)),
  );
  expect(html).toContain(`<span class="slack-link">${link}</span>${after}`);
});

test("any card is rendered completely, or its last line says that it is not", () => {
  fc.assert(
    fc.property(randomCard, (any) => {
      const { blocks } = toBlocks(any, at);
      const read = starless(readIn([blocks, toModal(any, at)]));
      const missing = wordsOf(any).filter((words) => !read.includes(starless(words)));
      expect(missing.length === 0 || announcesOmission(blocks)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("a button's value is read back with its event, talk and revision", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^tk_[a-z0-9]{1,30}$/), fc.nat(), randomEvent, (talkId, revision, event) => {
      expect(readPress(writePress({ talkId, revision }, event) ?? "")).toEqual({ talkId, revision, event });
    }),
  );
});

test.each([
  ["nothing", ""],
  ["null", "null"],
  ["a list", "[]"],
  ["half of an object", "{"],
  ["without an event", '{"t":"tk_1","r":7}'],
  ["without a talk", '{"t":"","r":7,"e":{"type":"a"}}'],
  ["with a negative revision", '{"t":"tk_1","r":-1,"e":{"type":"a"}}'],
  ["with a fractional revision", '{"t":"tk_1","r":1.5,"e":{"type":"a"}}'],
  ["with an event without a type", '{"t":"tk_1","r":7,"e":{}}'],
  ["with an event nested too deep", `{"t":"tk_1","r":7,"e":{"type":"a","deep":${"[".repeat(9)}${"]".repeat(9)}}}`],
  ["with an unknown field", '{"t":"tk_1","r":7,"e":{"type":"a"},"more":1}'],
  ["that is too long", `{"t":"tk_1","r":7,"e":{"type":"${"a".repeat(9000)}"}}`],
])("a value that the desk did not write is not a press: %s", (_, value) => {
  expect(readPress(value)).toBe(undefined);
});

test("a button of the Home tab carries its event and no talk", () => {
  const event = { type: "ask", flow: "book", as: "book" };
  const home = toHome(card([{ type: "buttons", role: "actions", buttons: [button("Book", event)] }]));
  const [pressed] = pressable(home.blocks);
  expect(pressed?.action_id).toMatch(/^ask:\d+$/);
  expect(readTabPress(pressed?.value ?? "")).toEqual(event);
  expect(readPress(pressed?.value ?? "")).toBe(undefined);
});

test("every button is in the message and carries its own event, twelve in rows that fit a phone", () => {
  const times = Array.from({ length: 12 }, (_, n) => button(`${n + 8}:00`, { type: "slot.chosen", startsAtMs: n }));
  const shown = card([{ type: "buttons", role: "choices", buttons: times }]);
  const { blocks } = toBlocks(shown, at);
  expect(blocks.flatMap((block) => (block.type === "actions" ? [block.elements.length] : []))).toEqual([4, 4, 4]);
  expect(pressable(blocks).map(({ value }) => readPress(value ?? "")?.event)).toEqual(
    eventButtons(shown).map(({ action }) => action.event),
  );
});

test("the present choice has a mark that screen readers read", () => {
  const day = { ...button("Tue 3 Mar", { type: "day.chosen" }), selected: true as const };
  const [shown] = pressable(toBlocks(card([{ type: "buttons", role: "switch", buttons: [day] }]), at).blocks);
  expect(shown?.text?.text).toBe("✓ Tue 3 Mar");
  expect(shown?.accessibility_label).toBe("Tue 3 Mar, selected");
});

test("a title too long for a button is in full above it", () => {
  const title = `Follow-up with ${"Wilhelmina ".repeat(9)}`.trim();
  const { blocks } = toBlocks(
    card([{ type: "buttons", role: "choices", buttons: [button(title, { type: "a" })] }]),
    at,
  );
  expect(readIn(blocks)).toContain(title);
});

test("up to three questions are asked in the message, more in a form opened by a button", () => {
  const asked = (count: number) =>
    card([{ type: "inputs", inputs: Array.from({ length: count }, (_, n) => question(`q${n}`)), submit: send }]);
  const few = toBlocks(asked(3), at).blocks;
  expect(few.filter(({ type }) => type === "input")).toHaveLength(3);
  expect(pressable(few).map(({ action_id }) => action_id)).toEqual([expect.stringMatching(/^press:/)]);
  const many = toBlocks(asked(4), at).blocks;
  expect(many.filter(({ type }) => type === "input")).toHaveLength(0);
  const [opens] = pressable(many);
  expect(opens?.action_id).toMatch(/^form:/);
  expect(opens?.text?.text).toBe("Fill in the form");
  const modal = toModal(asked(4), at);
  expect(modal?.blocks).toHaveLength(4);
  expect(readPress(modal?.private_metadata ?? "")).toEqual(readPress(opens?.value ?? ""));
});

test("entered values survive a repaint: block and action keep their ids (S22)", () => {
  const asked = (text: string) =>
    card([
      { type: "text", text },
      { type: "inputs", inputs: [question("goal")], submit: send },
    ]);
  const ids = (revision: number) =>
    toBlocks(asked(`${revision}`), { ...at, revision }).blocks.flatMap((block) =>
      block.type === "input" ? [block.block_id, block.element.action_id] : [],
    );
  expect(ids(8)).toEqual(ids(7));
});

test("a card without questions opens no form", () => {
  expect(toModal(card([{ type: "text", text: "Too late" }]), at)).toBe(undefined);
});

test("the reason for a rejected answer is at its own field, or at the first one if its field is missing", () => {
  const modal = toModal(card([{ type: "inputs", inputs: [question("a"), question("b")], submit: send }]), at);
  expect(fieldErrors({ b: "This is not a date." })).toEqual({ "in:b": "This is not a date." });
  expect(fieldErrors({ b: "No.", gone: "Please answer." }, modal?.blocks)).toEqual({
    "in:b": "No.",
    "in:a": "Please answer.",
  });
});

test("the notification is the summary, without mentions (S5, S21)", () => {
  expect(toBlocks(card([], { summary: "Ana <!channel> & co" }), at).text).toBe("Ana &lt;!channel&gt; &amp; co");
});

/** Removes the renderer's own emphasis. */
function starless(text: string): string {
  return lettersOf(text).replaceAll("*", "");
}

/** The only tags and attributes allowed in a picture. */
const ownTag = /<\/?(p|div|span|b|i|br|small|hr)( class="[a-z -]+")?( aria-hidden="true")?>/g;

interface Pressable {
  readonly action_id?: string;
  readonly value?: string;
  readonly text?: { readonly text: string };
  readonly accessibility_label?: string;
}

function pressable(blocks: readonly { readonly type: string }[]): readonly Pressable[] {
  return blocks.flatMap((block) =>
    "elements" in block && block.type === "actions" ? (block.elements as Pressable[]) : [],
  ); // from our own renderer
}

function mrkdwnIn(shown: unknown): readonly string[] {
  if (Array.isArray(shown)) return shown.flatMap(mrkdwnIn);
  if (typeof shown !== "object" || shown === null) return [];
  if ("type" in shown && shown.type === "mrkdwn" && "text" in shown) return [String(shown.text)];
  return Object.values(shown).flatMap(mrkdwnIn);
}
