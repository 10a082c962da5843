import { describe, expect, test } from "vitest";
import { buttonOf, type Card, type CardEvent } from "../../src/cards/card.ts";
import { typedPress } from "../../src/conversation/typed-press.ts";

const button = buttonOf<CardEvent>();

/** A review card: its first action books. */
const review: Card = {
  summary: "Please check",
  title: "Please check",
  parts: [
    {
      type: "buttons",
      role: "actions",
      buttons: [button("Confirm & book", { type: "agreed" }, "primary"), button("Change time", { type: "changed" })],
    },
  ],
};

describe("the button that typed words name", () => {
  test.each<[text: string, type: string | undefined]>([
    ["confirm and book", "agreed"],
    ["Change time.", "changed"],
    ["2", "changed"],
    ["the second", "changed"],
    ["1", undefined],
    ["the first one", undefined],
    ["3", undefined],
  ])("W3: “%s”, where a yes would press the first button → %s", (text, type) => {
    expect(typedPress(review, text, { type: "agreed" })?.event.type).toBe(type);
  });

  test("a number presses the first action of a card that asks for no consent", () => {
    expect(typedPress(review, "1")).toEqual({ event: { type: "agreed" }, by: "place" });
  });
});
