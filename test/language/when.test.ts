import { describe, expect, test } from "vitest";
import { dayPhrases } from "./phrases/days.ts";
import { doubtPhrases } from "./phrases/doubts.ts";
import { hourPhrases } from "./phrases/hours.ts";
import { scopePhrases } from "./phrases/scope.ts";
import { wishPhrases } from "./phrases/wishes.ts";
import { reading } from "./reading.ts";

/** Phrases whose numbers are read in the order of the locale. */
const byLocale = new Set(["13/4", "3/4"]);
const tables = [...dayPhrases, ...hourPhrases, ...scopePhrases, ...wishPhrases, ...doubtPhrases];

// Read on Wednesday 4 March 2026 at ten in the morning in New York, with opening hours of 07:00 to 21:00.
describe.each(["en-US", "en-GB"])("W8: in %s", (locale) => {
  describe.each(tables)("$title", ({ phrases }) => {
    test.each(phrases.filter(([text]) => locale === "en-US" || !byLocale.has(text)))("%s → %s", (text, expected) => {
      expect(reading(text, { locale })).toBe(expected);
    });
  });
});
