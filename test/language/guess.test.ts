import fc from "fast-check";
import { expect, test } from "vitest";
import { guessMeanings } from "../../src/language/intent/guess.ts";

test.each([
  ["I might not make it", "move"],
  ["hm, what about the thing with my session", "bookings"],
  ["slots?", "book"],
  ["credits?", "packages"],
])("a client's “%s” most likely means %s", (text, meaning) => {
  expect(guessMeanings(text, "client")[0]).toBe(meaning);
});

test.each([
  ["anything new", "requests"],
  ["lunch", "time-off"],
  ["who comes next", "today"],
])("a practitioner's “%s” most likely means %s", (text, meaning) => {
  expect(guessMeanings(text, "practitioner")[0]).toBe(meaning);
});

test("there are always three different meanings to choose from (G11)", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300, unit: "binary" }),
      fc.constantFrom("client" as const, "practitioner" as const),
      (text, role) => {
        expect(new Set(guessMeanings(text, role)).size).toBe(3);
      },
    ),
    { numRuns: 100 },
  );
});
