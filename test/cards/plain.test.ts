import { describe, expect, test } from "vitest";
import { buttonOf, type Card, type CardPart, type Input } from "../../src/cards/card.ts";
import { toPlainText } from "../../src/cards/plain.ts";
import { cardWords } from "../../src/words/cards.ts";

const button = buttonOf();

function plain(...parts: CardPart[]): string[] {
  return toPlainText({ summary: "s", parts }, cardWords).split("\n");
}

function asked(input: Partial<Input>): string[] {
  const submit = button("Continue", { type: "given" });
  const whole: Input = { id: "q", label: "Phone", kind: "short_text", required: false, ...input };
  return plain({ type: "inputs", inputs: [whole], submit }).slice(0, -1);
}

describe("a card as text", () => {
  test("step and title come first, then each part in order", () => {
    const card: Card = {
      summary: "Follow-up: When suits you?",
      title: "When suits you?",
      step: { now: 3, of: 5 },
      tone: "waiting",
      parts: [
        { type: "text", text: "Maya is back on Monday." },
        {
          type: "facts",
          facts: [
            { label: "With", value: "Maya" },
            { label: "How", value: "Video" },
          ],
        },
        { type: "hint", text: "Times are in Lisbon time." },
      ],
    };
    expect(toPlainText(card, cardWords)).toBe(
      "Step 3 of 5 · When suits you?\nMaya is back on Monday.\nWith: Maya\nHow: Video\n– Times are in Lisbon time.",
    );
  });

  test("a card without a title begins with its first part", () => {
    expect(plain({ type: "text", text: "Hello" })).toEqual(["Hello"]);
  });

  test("buttons are in brackets, after their label; the present choice is marked", () => {
    const buttons = [
      button("Mon 2 Mar", { type: "day" }),
      { ...button("Tue 3 Mar", { type: "day" }), selected: true as const },
    ];
    expect(plain({ type: "buttons", role: "navigation", label: "Days", buttons })).toEqual([
      "Days: [Mon 2 Mar] [Tue 3 Mar] (selected)",
    ]);
  });

  test("a label equal to the title or the text above is omitted", () => {
    const buttons: CardPart = {
      type: "buttons",
      role: "choices",
      label: "With whom?",
      buttons: [button("Anyone", { type: "x" })],
    };
    expect(toPlainText({ summary: "s", title: "With whom?", parts: [buttons] }, cardWords)).toBe(
      "With whom?\n[Anyone]",
    );
    expect(plain({ type: "text", text: "With whom?" }, buttons)).toEqual(["With whom?", "[Anyone]"]);
  });

  test("a link shows its address, so that it can be opened from text", () => {
    const join = { label: "Join", action: { url: "https://meet.example/r" } };
    expect(plain({ type: "buttons", role: "actions", buttons: [join] })).toEqual(["[Join: https://meet.example/r]"]);
  });

  test.each<{ input: Partial<Input>; lines: string[] }>([
    { input: {}, lines: ["Phone: ____"] },
    { input: { value: "12 34" }, lines: ["Phone: 12 34"] },
    { input: { value: "" }, lines: ["Phone: ____"] },
    { input: { required: true }, lines: ["Phone (required): ____"] },
    { input: { kind: "long_text" }, lines: ["Phone: ____"] },
    { input: { kind: "number" }, lines: ["Phone (a number): ____"] },
    { input: { kind: "date", required: true }, lines: ["Phone (a date; required): ____"] },
    { input: { kind: "phone" }, lines: ["Phone (a phone number): ____"] },
    { input: { kind: "yes_no" }, lines: ["Phone (yes or no): ____"] },
    { input: { kind: "consent" }, lines: ["Phone (yes, to agree): ____"] },
    { input: { kind: "choice", options: ["A", "B"] }, lines: ["Phone (one of A, B): ____"] },
    { input: { kind: "choices", options: ["A", "B"] }, lines: ["Phone (one or more of A, B): ____"] },
    {
      input: { kind: "choices", options: ["A", "B"], value: ["A", "B"] },
      lines: ["Phone (one or more of A, B): A, B"],
    },
    { input: { kind: "choices", options: ["A", "B"], value: [] }, lines: ["Phone (one or more of A, B): ____"] },
    {
      input: { help: "With the country.", error: "This is too short." },
      lines: ["Phone: ____", "  – With the country.", "  ! This is too short."],
    },
  ])("an input shows what it accepts and its value: $lines", ({ input, lines }) => {
    expect(asked(input)).toEqual(lines);
  });

  test("the submit button comes after its questions", () => {
    const input: Input = { id: "q", label: "Phone", kind: "phone", required: false };
    expect(plain({ type: "inputs", inputs: [input], submit: button("Continue", { type: "given" }) }).at(-1)).toBe(
      "[Continue]",
    );
  });
});
