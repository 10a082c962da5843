import { describe, expect, test } from "vitest";
import { dayPhrases } from "./phrases/days.ts";
import { doubtPhrases } from "./phrases/doubts.ts";
import { hourPhrases } from "./phrases/hours.ts";
import { wishPhrases } from "./phrases/wishes.ts";
import { reading } from "./reading.ts";

// Read on Wednesday 4 March 2026 at ten in the morning in New York, with opening hours of 07:00 to 21:00.
describe.each([...dayPhrases, ...hourPhrases, ...wishPhrases, ...doubtPhrases])("$title", ({ phrases }) => {
  test.each(phrases)("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});
