import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise } from "../../src/language/normalise.ts";
import { readTimes } from "../../src/language/when/when.ts";
import { scopePhrases } from "./phrases/scope.ts";
import { wishPhrases } from "./phrases/wishes.ts";
import { inWords, now } from "./reading.ts";

const read = (text: string, locale = "en-GB") => readTimes(normalise(text), { ...now, locale });
const covered = (text: string) => {
  const said = normalise(text);
  return read(text).spans.map(({ from, to }) => said.slice(from, to));
};

describe("W6: the places times were read from", () => {
  test.each([
    ["can I come tomorrow at 3pm with Ana please", ["tomorrow at 3pm"]],
    ["saturday evening with Nora", ["saturday evening"]],
    ["good morning, is friday free?", ["friday"]],
    ["move my friday session to monday 3pm", ["friday", "monday 3pm"]],
    ["6PMtoday", ["6pmtoday"]],
    ["book march 10 for Ben", ["march 10"]],
    ["push it back 2 days", ["2 days"]],
    ["hello", []],
  ])("%s: %j", (text, expected) => {
    expect(covered(text)).toEqual(expected);
  });

  test("are ranges of the text, in order and apart", () => {
    const texts = [...scopePhrases, ...wishPhrases].flatMap(({ phrases }) => phrases.map(([text]) => text));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...texts), { maxLength: 4 }), (parts) => {
        const said = normalise(parts.join(". "));
        const { spans } = readTimes(said, now);
        let end = -1;
        for (const { from, to } of spans) {
          expect(from).toBeGreaterThan(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(said.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe("W8: dates and clock times that do not exist", () => {
  test.each([
    ["30 feb", "nothing", "30 feb", "no-date", "2027-02-28"],
    ["31 april at 3pm", "nothing", "31 april", "no-date", "2026-04-30 15:00"],
    ["april 31st", "nothing", "april 31st", "no-date", "2026-04-30"],
    ["31/4 at 10", "nothing", "31/4", "no-date", "2026-04-30 10:00"],
    ["29 feb 2027", "nothing", "29 feb 2027", "no-date", "2027-02-28"],
    ["friday at 25:00", "2026-03-06", "25:00", "no-clock", "2026-03-06 24:00"],
    ["10:75", "nothing", "10:75", "no-clock", "10:59"],
  ])("%s", (text, expected, said, why, nearest) => {
    const { when, impossible } = read(text);
    expect(inWords(when)).toBe(expected);
    expect(
      impossible.map((item) => [item.said, item.why, item.nearest && inWords({ want: item.nearest, rest: "" })]),
    ).toEqual([[said, why, nearest]]);
  });

  test("a date gone by is told apart", () => {
    expect(read("12 march 2019").impossible).toEqual([{ said: "12 march 2019", why: "past" }]);
  });

  test("another date in the message still counts", () => {
    expect(inWords(read("31 april or 3 may").when)).toBe("2026-05-03");
  });
});

describe("W8: what was not understood is handed over", () => {
  test.each([
    ["after easter", ["after easter"]],
    ["a friday after my exams", ["after my exams"]],
    ["during half term", ["during half term"]],
    ["on the 45th", ["on the 45th"]],
    ["the day before my birthday", ["the day before my birthday"]],
    ["before i forget, friday?", []],
    ["after all, monday works", []],
    ["friday after 3 with Ana", []],
    ["by video please", []],
    ["I'd like to book a massage", []],
  ])("%s: %j", (text, expected) => {
    expect(read(text).unread).toEqual(expected);
  });
});

describe("W12: a further session in the same message", () => {
  test.each([
    ["thursday at 3pm and another one the week after", "2026-03-05 15:00", ["2026-03-12 15:00"]],
    ["thursday at 3pm and another one at 5", "2026-03-05 15:00", ["2026-03-05 17:00"]],
    ["thursday at 3 and another the next day", "2026-03-05 15:00", ["2026-03-06 15:00"]],
    ["monday at 10, and another one two weeks later on friday", "2026-03-09 10:00", ["2026-03-27 10:00"]],
    [
      "monday at 10, another one on tuesday and one more on friday at 4",
      "2026-03-09 10:00",
      ["2026-03-10 10:00", "2026-03-06 16:00"],
    ],
    ["add another appointment for tuesday of next week", "2026-03-10", []],
    ["another day, friday maybe", "2026-03-06", []],
  ])("%s", (text, first, further) => {
    const times = read(text);
    expect(inWords(times.when)).toBe(first);
    expect(times.further.map(inWords)).toEqual(further);
  });
});
