import { describe, expect, test } from "vitest";
import { actsInWords, practitionerSays } from "./practice.ts";

describe("a message that only names a person", () => {
  test.each([
    "no, ben's",
    "ben's",
    "I meant ben",
    "sorry, I meant ben's request",
    "not ana, ben",
    "ben's, not ana's",
    "ben, not ana",
    "no, not ana's but ben's",
    "wrong person, ben please",
    "oops, the one for ben",
    "ben instead",
  ])("W4: “%s” means Ben", (text) => {
    const { isOnlyPerson, names } = practitionerSays(text);
    expect(isOnlyPerson).toBe(true);
    expect(names.filter(({ polarity }) => polarity === "wanted").flatMap(({ ids }) => ids)).toEqual(["ben"]);
  });

  test.each([
    "no",
    "not ana",
    "no, ben is ill",
    "decline ben",
    "ben's email",
    "is it ben",
    "ben at 3",
    "ana and ben",
    "when is ben's next session?",
    "tell ben I am late",
  ])("W4: “%s” says something else", (text) => {
    expect(practitionerSays(text).isOnlyPerson).toBe(false);
  });

  test.each([
    ["sorry I meant confirm", "confirm"],
    ["I meant decline ben", "decline ben"],
    ["no I mean cancel it", "cancel"],
    ["I didn't mean to cancel it", "not cancel"],
  ])("W2: “%s” corrects the verb", (text, acts) => {
    expect(actsInWords(text, practitionerSays(text))).toBe(acts);
  });
});
