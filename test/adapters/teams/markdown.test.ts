import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeMarkdown, markdownLines } from "../../../adapters/teams/markdown.ts";
import { asShown } from "../../support/teams/adaptive-card.ts";

test.each([
  ["*_[x](http://evil.example)", "\\*\\_\\[x\\]\\(http://evil.example)"],
  ["Tue 3 Mar, 15:00–15:50 (Lisbon)", "Tue 3 Mar, 15:00–15:50 (Lisbon)"],
  ["# not a title", "\\# not a title"],
  ["> not a quote", "\\> not a quote"],
  ["- not a list", "\\- not a list"],
  ["+351 900 000 000", "\\+351 900 000 000"],
  ["1. not a list", "1\\. not a list"],
  ["2) neither", "2\\) neither"],
  ["1.5 hours", "1.5 hours"],
  ["well-known, 2 + 2 > 3", "well-known, 2 + 2 > 3"],
  ["<at>Maya</at>", "\\<at>Maya\\</at>"],
  ["&lt;b&gt; & co", "\\&lt;b\\&gt; & co"],
  ["{{DATE(2026-03-02T08:00:00Z,LONG)}}", "{\\{DATE(2026-03-02T08:00:00Z,LONG)}}".replace("{\\{", "\\{{")],
  ["~~out~~ `code`", "\\~~out\\~~ \\`code\\`"],
  ["a_b*c", "a\\_b\\*c"],
])("T15 a name such as %s is shown as written", (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
  expect(asShown(escaped)).toBe(text);
});

test("T15 any line is shown as written, except outer spaces and control characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."*_[]()`~#-+>|!<&;{}\\= 1.aé") }), (line) => {
      const escaped = escapeMarkdown(line);
      expect(asShown(escaped)).toBe(line.trim());
      expect(escaped).not.toMatch(/(?<!\\)(?:\\\\)*[*_[\]<`]/);
    }),
    { numRuns: 2_000 },
  );
});

test("lines are separated and empty ones removed", () => {
  expect(markdownLines("Dear Ana,\r\n\r\n- one\n \u200b\nBest")).toEqual(["Dear Ana,", "\\- one", "Best"]);
});
