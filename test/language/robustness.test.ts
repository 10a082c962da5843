import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guessMeanings } from "../../src/language/intent/guess.ts";
import { parseMove } from "../../src/language/intent/move.ts";
import { findNamed, parseShift, selectOffered } from "../../src/language/intent/reference.ts";
import { normalise } from "../../src/language/normalise.ts";
import { read } from "../../src/language/reading.ts";
import { parseTimeOff, readStretches } from "../../src/language/when/time-off.ts";
import { fitSlots } from "../../src/language/when/want.ts";
import { parseWhen, readTimes } from "../../src/language/when/when.ts";
import { now } from "./reading.ts";

const starts = Array.from({ length: 96 }, (_, index) => now.nowMs + index * 1_800_000);
const names = [
  { id: "a", names: ["Dr Hannah Lee", "Lee"] },
  { id: "b", names: ["Follow-up"] },
];

/** Everything that reads words, on one text. */
function readAll(text: string, zone = now.zone): void {
  const when = parseWhen(text, { ...now, zone });
  for (const want of when === undefined ? [] : [when.want, ...(when.ambiguous?.readings ?? [])])
    fitSlots(want, starts, { zone, nowMs: now.nowMs });
  const said = normalise(text);
  const { spans } = readTimes(said, { ...now, zone, locale: "en-GB" });
  expect(spans.every(({ from, to }) => from >= 0 && from < to && to <= said.length)).toBe(true);
  parseMove(text, { ...now, zone });
  selectOffered(text, { offered: starts.slice(0, 5), nowMs: now.nowMs, zone });
  parseShift(text);
  findNamed(text, names);
  read(text, { role: "client", packages: names }, { ...now, zone });
  read(text, { role: "practitioner", clients: names }, { ...now, zone });
  parseTimeOff(text, { ...now, zone });
  parseTimeOff(`block ${text}`, { ...now, zone });
  readStretches(text, { ...now, zone }, "away");
  guessMeanings(text, "client");
  guessMeanings(text, "practitioner");
}

const timeWords =
  "at on in from to until between and or not except next this last week monday tue friday tomorrow today morning pm am 3 3pm 15:30 13th 31st march 2/30 29.2. noon half past quarter hour minutes for every the first second any after before by - , . : ? ( ) <d0> <t1> o'clock 99 0 24:00 99:99 may sun ½ ET Tokyo".split(
    " ",
  );

describe("nothing ever throws (G2)", () => {
  test("whatever characters", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: "binary" }), (text) => readAll(text)),
      { numRuns: 150 },
    );
  });

  test("whatever heap of time words, in any zone", () => {
    const heap = fc.array(fc.constantFrom(...timeWords), { maxLength: 40 }).map((words) => words.join(" "));
    const zone = fc.constantFrom("America/New_York", "Europe/Lisbon", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
    fc.assert(fc.property(heap, zone, readAll), { numRuns: 300 });
  });

  test.each([
    "",
    " ",
    "\n\n",
    "\u0000",
    "😀".repeat(200),
    "ﷺ".repeat(300),
    "<d0> <t5> <w-1>",
    "\ud800",
    "'''",
    "1e9 days",
  ])("%j", (text) => {
    expect(() => readAll(text)).not.toThrow();
  });
});

test("a message is cut at 300 characters, however it unfolds (G2)", () => {
  expect(normalise("a".repeat(1000)).length).toBe(300);
  expect(normalise("ﷺ".repeat(300)).length).toBeLessThanOrEqual(300);
  expect(parseWhen(`${"x".repeat(300)} tomorrow`, now)).toBeUndefined();
});

test("marks cannot be forged", () => {
  expect(parseWhen("<d0> <t1>", now)).toBeUndefined();
});

const hostile = [
  "at 1 to 2 -",
  "1 day 2 hours 3 minutes ",
  "3pm ",
  "monday or ",
  "not friday ",
  "from from ",
  "the 1st of ",
  "1/2/",
  "half an hour and ",
  "between 1 and ",
  "an hour and a half ",
  "week of the ",
  "2 weeks after ",
  "1-2 january ",
  "what is my ",
  "my my my on ",
  "first second third ",
  "o'clock ",
  "to to",
  "a a a ",
  "1,",
  "((((",
  "in the morning ",
  "book cancel move ",
  "at 4, no, ",
  "monday or tuesday, ",
  "and another one ",
  "after the old oak ",
  "30 feb ",
];

/** Ms that reading this many characters of a repeated piece takes. */
function timeToRead(piece: string, characters: number): number {
  const text = piece.repeat(characters).slice(0, characters);
  const startedAt = performance.now();
  readTimes(normalise(text), { ...now, locale: "en-GB" });
  parseWhen(text, now);
  readTimes(normalise(text), { ...now, locale: "en-GB" });
  parseTimeOff(`block ${text}`, now);
  return performance.now() - startedAt;
}

// A pattern that backtracks without bound takes a power of the length. The ratio of two best times of one run holds on
// any machine: more rounds make both times better.
test.each(hostile)("twice as many characters of %j take at most ten times as long to read (G2)", (piece) => {
  let half = Number.POSITIVE_INFINITY;
  let whole = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 100 && (round < 3 || whole > 10 * half); round += 1) {
    half = Math.min(half, timeToRead(piece, 150));
    whole = Math.min(whole, timeToRead(piece, 300));
  }
  expect(whole / half).toBeLessThanOrEqual(10);
});
