import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { formatMistake } from "../../src/practice-file/mistake.ts";
import { toDomain } from "../../src/practice-file/plan.ts";
import { type PracticeFileReading, readPracticeFile } from "../../src/practice-file/read.ts";
import { example, fileOf } from "./example.ts";

/**
 * The invariants of any result: a valid file can be mapped, a refusal has at least one mistake, each a complete line.
 */
function expectAnAnswer(reading: PracticeFileReading): void {
  if (reading.ok) return void toDomain(reading.file);
  expect(reading.mistakes.length).toBeGreaterThan(0);
  for (const mistake of reading.mistakes) {
    expect(formatMistake(mistake)).toMatch(/^[^\n\r\u202e]+: [^\n\r\u202e]+\. Allowed: [^\n\r\u202e]+\.$/);
    expect(formatMistake(mistake)).not.toMatch(/undefined|NaN|\[object|Invalid input/);
  }
}

type Place = readonly (string | number)[];

function placesIn(value: unknown, path: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, child]) =>
      placesIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** The content with one value replaced, or removed where the new value is undefined. */
function changed(value: unknown, path: Place, put: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return put;
  if (Array.isArray(value)) return value.map((entry: unknown, at) => (at === step ? changed(entry, rest, put) : entry));
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([key, entry]) => [key, key === step ? changed(entry, rest, put) : entry]),
  );
}

const content = fileOf(example);
const places = placesIn(content);

const anything = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    [],
    {},
    0,
    -1,
    1e300,
    "24:00",
    "2026-02-30",
    "maya",
    "__proto__",
    [null],
    { id: "x" },
    "{room}",
  ),
  fc.string({ unit: "grapheme" }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
);

describe("reading never throws and always returns a result", () => {
  test("for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => expectAnAnswer(readPracticeFile(text))),
      { numRuns: 150 },
    );
  });

  test("for text made of YAML syntax characters", () => {
    const signs = fc.constantFrom(
      "practice",
      "services",
      "id",
      ":",
      ": ",
      "- ",
      "\n",
      "\n  ",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "!",
      '"',
      "'",
      "|",
      ">",
      "?",
      "#",
      "---\n",
      "%",
      ",",
      "1",
      "~",
      "<<",
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 40 }), (parts) => expectAnAnswer(readPracticeFile(parts.join("")))),
      { numRuns: 100 },
    );
  });

  test("for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => expectAnAnswer(readPracticeFile(input))),
      { numRuns: 100 },
    );
  });

  test("for the example with any piece removed or repeated", () => {
    const cut = fc.tuple(fc.nat(example.length), fc.nat(80), fc.boolean());
    fc.assert(
      fc.property(cut, ([from, length, twice]) => {
        const piece = example.slice(from, from + length);
        expectAnAnswer(
          readPracticeFile(example.slice(0, from) + (twice ? piece + piece : "") + example.slice(from + length)),
        );
      }),
      { numRuns: 100 },
    );
  });

  test("for the example with up to three random values replaced, with the same result each time", () => {
    const edits = fc.array(fc.tuple(fc.constantFrom(...places), anything), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(edits, (all) => {
        // Removed content has no text.
        const edited = all.reduce<unknown>((value, [path, put]) => changed(value, path, put), content) ?? null;
        const text = stringify(edited, { aliasDuplicateObjects: false });
        const reading = readPracticeFile(text);
        expectAnAnswer(reading);
        expect(readPracticeFile(text)).toEqual(reading);
      }),
      { numRuns: 100 },
    );
  });

  test("a large file of mistakes is read in time", () => {
    const clients = Array.from({ length: 8000 }, (_, at) => `  - { id: C${at}, nmae: x, colour: ${at}, email: "" }`);
    const reading = readPracticeFile(`${example.split("clients:")[0]}clients:\n${clients.join("\n")}\n`);
    expect(reading.ok ? 0 : reading.mistakes.length).toBe(8000 * 4);
  });
});
