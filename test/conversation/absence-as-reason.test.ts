import { describe, expect, test } from "vitest";
import { decide } from "../../src/conversation/hear.ts";
import { read } from "../../src/language/reading.ts";

const moment = { nowMs: Date.parse("2026-03-02T08:00:00Z"), zone: "Europe/Lisbon", locale: "en-GB" };

describe("a practitioner's absence", () => {
  const field = { takesAnswers: true, hasField: true };
  const buttons = { takesAnswers: true, hasField: false };
  const stepsFor = (text: string, open: typeof field | undefined) =>
    decide(read(text, { role: "practitioner" }, moment), open, "practitioner");

  test.each(["I am away that morning", "I'm sick", "I'm off on Friday"])(
    "“%s” is the text of an open field",
    (text) => {
      expect(stepsFor(text, field)).toContain("field text");
      expect(stepsFor(text, field)).not.toContain("act");
    },
  );

  test.each([buttons, undefined])("is time off where no field is open", (open) => {
    expect(stepsFor("I am away on Friday", open)).toContain("act");
  });

  test("an order to block time stays an order beside an open field", () => {
    expect(stepsFor("block Friday afternoon", field)).toContain("act");
    expect(stepsFor("block Friday afternoon", field)).not.toContain("field text");
  });
});
