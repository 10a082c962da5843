import { describe, expect, test } from "vitest";
import { findNamed, parseShift, selectOffered } from "../../src/language/intent/reference.ts";
import { choicePhrases, shiftPhrases } from "./phrases/choices.ts";
import { now } from "./reading.ts";

/** Thursday 10:00 and 14:30, Friday 10:00 and 17:00, in New York. */
const offered = ["2026-03-05T10:00", "2026-03-05T14:30", "2026-03-06T10:00", "2026-03-06T17:00"].map((start) =>
  Date.parse(`${start}-05:00`),
);

function chosen(text: string, starts: readonly number[] = offered): number | readonly number[] | undefined {
  const choice = selectOffered(text, { offered: starts, nowMs: now.nowMs, zone: now.zone });
  if (choice === undefined) return undefined;
  return "index" in choice ? choice.index : choice.indices;
}

describe("which of Thu 10:00, Thu 14:30, Fri 10:00, Fri 17:00", () => {
  test.each(choicePhrases)("%s → %i", (text, index) => {
    expect(chosen(text)).toBe(index);
  });

  test.each<[string, readonly number[]]>([
    ["10", [0, 2]],
    ["10 is better", [0, 2]],
    ["Friday", [2, 3]],
    ["tomorrow", [0, 1]],
    ["morning", [0, 2]],
    ["before noon", [0, 2]],
    ["on the 6th", [2, 3]],
  ])("%s fits several: %j", (text, indices) => {
    expect(chosen(text)).toEqual(indices);
  });

  test.each([
    "friday but not at 10 or 5",
    "none of these",
    "neither",
    "none of these, after 4",
    "something else",
    "other times please",
    "later",
    "earlier",
    "the first one is too early",
    "Thursday doesn't work",
    "Friday at 11",
    "Tuesday at 5",
    "next week",
    "in 2 weeks",
    "I have 2 kids",
    "the fifth one",
    "yes",
    "both work",
    "either is fine",
    "middle one",
    "hello",
    "",
  ])("“%s” chooses none", (text) => {
    expect(chosen(text)).toBeUndefined();
  });

  test("the middle of three, and the only one", () => {
    expect(chosen("the middle one", offered.slice(0, 3))).toBe(1);
    expect(chosen("tomorrow", offered.slice(0, 1))).toBe(0);
    expect(chosen("the first one", [])).toBeUndefined();
  });

  test("places are places in the list as shown, comparisons are in time", () => {
    const shownBackwards = offered.toReversed();
    expect(chosen("the first one", shownBackwards)).toBe(0);
    expect(chosen("the earliest", shownBackwards)).toBe(3);
  });
});

describe("shifts of the session that is named", () => {
  test.each(shiftPhrases)("%s → %j", (text, shift) => {
    expect(parseShift(text)).toEqual(shift);
  });

  test.each(["Tuesday at 3", "in 2 hours", "move it to 10h", "later", "for an hour", "move it to next Tuesday", ""])(
    "“%s” is none",
    (text) => {
      expect(parseShift(text)).toBeUndefined();
    },
  );
});

describe("names, word by word", () => {
  const services = [
    { id: "follow-up", names: ["Follow-up"] },
    { id: "initial", names: ["Initial consultation"] },
    { id: "deep", names: ["Deep tissue massage"] },
    { id: "sports", names: ["Sports massage"] },
    { id: "coach-60", names: ["Coaching 60 min"] },
    { id: "coach-90", names: ["Coaching 90 min"] },
    { id: "walk", names: ["Walk and talk"] },
  ];
  const people = [
    { id: "lee", names: ["Dr Hannah Lee", "Hannah", "Lee"] },
    { id: "sousa", names: ["Ana Sousa", "Ana", "Sousa"] },
    { id: "reis", names: ["Ana Reis", "Ana", "Reis"] },
    { id: "june", names: ["June Park", "June", "Park"] },
    { id: "brandao", names: ["João Brandão", "João", "Brandão"] },
    { id: "will", names: ["Will Green", "Will", "Green"] },
  ];

  test.each<[string, readonly string[], string]>([
    ["a follow-up please", ["follow-up"], "a - please"],
    ["book a followup", ["follow-up"], "book a"],
    ["folow up on friday", ["follow-up"], "on friday"],
    ["initial consultation", ["initial"], ""],
    ["intial consult tomorrow", ["initial"], "consult tomorrow"],
    ["massage", ["deep", "sports"], ""],
    ["sports masage tomorrow 3:30", ["sports"], "tomorrow 3:30"],
    ["deep tissue on 4/3 at 10am", ["deep"], "on 4/3 at 10am"],
    ["coaching", ["coach-60", "coach-90"], ""],
    ["coaching 90", ["coach-90"], ""],
    ["walk & talk", ["walk"], "&"],
    ["something on friday", [], "something on friday"],
    ["it is for the session", [], "it is for the session"],
  ])("the service in “%s”: %j", (text, ids, rest) => {
    expect(findNamed(text, services)).toEqual({ ids, rest });
  });

  test.each<[string, readonly string[]]>([
    ["with Dr Lee", ["lee"]],
    ["Hanah on Tuesday", ["lee"]],
    ["hannah lee", ["lee"]],
    ["see Ana", ["sousa", "reis"]],
    ["ana reis", ["reis"]],
    ["Anna Sousa", ["sousa"]],
    ["joao", ["brandao"]],
    ["Brandao tomorrow", ["brandao"]],
    ["with June on Friday", ["june"]],
    ["some time in june", []],
    ["with Will at 3", ["will"]],
    ["that will be fine", []],
    ["whoever is free", []],
    ["", []],
  ])("the person in “%s”: %j", (text, ids) => {
    expect(findNamed(text, people).ids).toEqual(ids);
  });
});

describe("starts outside of the usual hours", () => {
  const early = ["2026-03-06T05:00", "2026-03-06T06:00"].map((start) => Date.parse(`${start}-05:00`));

  test.each<[string, number | undefined]>([
    ["at 5", 0],
    ["friday but not at 5", 1],
    ["friday but not at 6", 0],
    ["friday but not at 5pm", undefined],
    ["friday but not at 5 or 6", undefined],
  ])("“%s” among 05:00 and 06:00 → %s", (text, index) => {
    const found = chosen(text, early);
    expect(typeof found === "number" ? found : undefined).toBe(index);
  });

  test("a bare hour that fits both halves of the day is excluded in both", () => {
    const both = ["2026-03-06T05:00", "2026-03-06T17:00", "2026-03-06T18:00"].map((start) =>
      Date.parse(`${start}-05:00`),
    );
    expect(chosen("friday but not at 5", both)).toBe(2);
  });
});
