import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeWant, shiftWant } from "../../src/language/when/merge.ts";
import { readShift } from "../../src/language/when/shifts.ts";
import type { Want } from "../../src/language/when/want.ts";
import { parseWhen, type When } from "../../src/language/when/when.ts";
import { dayPhrases } from "./phrases/days.ts";
import { hourPhrases } from "./phrases/hours.ts";
import { inWords, now } from "./reading.ts";

/** Reads a text that is known to hold a time. */
function heard(text: string): When {
  const when = parseWhen(text, now);
  if (when === undefined) throw new Error(`No time in “${text}”`);
  return when;
}

const merged = (...texts: readonly string[]) => {
  const [first, ...others] = texts.map(heard);
  const want = others.reduce((before, said) => mergeWant(before, said), first?.want as Want); // every row has a first text
  return inWords({ want, rest: "" });
};

describe("W7: new words add to what was wanted, replace the same slot, or exclude", () => {
  test.each([
    ["wednesday after 3", "actually thursday instead", "2026-03-05 15:00-24:00 after"],
    ["any day next week except wednesday", "not in the morning", "2026-03-09..2026-03-15 not(wed) not(07:00-12:00)"],
    ["friday afternoon", "actually from 3", "2026-03-06 15:00-24:00 after"],
    ["friday afternoon", "at 3", "2026-03-06 15:00"],
    ["friday", "at 3pm", "2026-03-06 15:00"],
    ["at 3pm", "on friday", "2026-03-06 15:00"],
    ["friday at 3", "at 4 rather", "2026-03-06 16:00"],
    ["friday evening", "at 8", "2026-03-06 20:00"],
    ["friday after 3", "before 5", "2026-03-06 15:00-17:00"],
    ["next week", "friday", "2026-03-13"],
    ["next week", "tuesday or thursday in the morning", "2026-03-10 | 2026-03-12 07:00-12:00"],
    ["next month", "a friday", "2026-04-01..2026-04-30 fri"],
    ["next week", "this friday", "2026-03-06"],
    ["tuesday or thursday", "not tuesday", "2026-03-05 not(tue)"],
    ["friday morning", "not in the morning", "2026-03-06 not(07:00-12:00)"],
    ["next week, not monday", "ok monday then", "2026-03-09"],
    ["friday at 3", "for 90 minutes", "2026-03-06 15:00 90min"],
    ["after friday", "on the 12th", "2026-03-12"],
    ["3pm London time", "on friday", "2026-03-06 15:00 Europe/London"],
  ])("%s + %s = %s", (before, said, expected) => {
    expect(merged(before, said)).toBe(expected);
  });

  const texts = [...dayPhrases, ...hourPhrases]
    .flatMap(({ phrases }) => phrases.filter(([, expected]) => expected !== "nothing"))
    .map(([text]) => text);

  test("the day said last is the day wanted, whatever was wanted before", () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), (text) => {
        const want = mergeWant(heard(text).want, heard("2026-05-20 at 15:00"));
        expect(want.exact).toEqual({ date: "2026-05-20", minutes: 900 });
      }),
    );
  });

  test("saying the same again changes nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), (text) => {
        const said = heard(text);
        const once = mergeWant(said.want, said);
        expect(mergeWant(once, said)).toEqual(once);
      }),
    );
  });
});

describe("W7: a shift moves what was wanted", () => {
  test.each([
    ["friday at 3pm", "same day but an hour later", "2026-03-06 16:00"],
    ["friday at 3pm", "30 minutes earlier", "2026-03-06 14:30"],
    ["friday at 3pm", "a week later", "2026-03-13 15:00"],
    ["friday at 11pm", "2 hours later", "2026-03-07 01:00"],
    ["friday between 2 and 4", "an hour later", "2026-03-06 15:00-17:00"],
    ["friday", "two days later", "2026-03-08"],
    ["31 march at 10", "a month later", "2026-04-30 10:00"],
  ])("%s, %s: %s", (before, said, expected) => {
    const shift = readShift(said.replace("two", "2"));
    expect(shift && inWords({ want: shiftWant(heard(before).want, shift), rest: "" })).toBe(expected);
  });
});
