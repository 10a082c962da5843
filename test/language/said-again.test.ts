import { describe, expect, test } from "vitest";
import { consentIn } from "../../src/conversation/hear.ts";
import { clientSays } from "./heard/practice.ts";

/** The days and clock time of a message, and of a further session. */
function times(text: string): readonly (string | number | undefined)[] {
  const { when, further } = clientSays(text);
  return [when, ...further.map((one) => one)].flatMap((one) => {
    const { days, exact } = one?.want ?? {};
    return [exact?.date ?? days?.map(({ from }) => from).join("+"), exact && exact.minutes / 60].filter(
      (part) => part !== undefined,
    );
  });
}

describe("words around a time", () => {
  test.each<[string, readonly (string | number)[]]>([
    ["physio at 5... sorry, i mean 3", [15]],
    ["at 5 sorry, i mean 3", [15]],
    ["at 5, no, 4", [16]],
    ["10th of march of course", ["2026-03-10"]],
    ["on friday of course!", ["2026-03-06"]],
    ["the 16th and on the 23rd", ["2026-03-16+2026-03-23"]],
  ])("W8: “%s” → %j", (text, expected) => {
    expect(times(text)).toEqual(expected);
  });
});

describe("one session for each day", () => {
  test.each<[string, readonly (string | number)[]]>([
    ["one on the 16th and one on the 23rd", ["2026-03-16", "2026-03-23"]],
    ["book one on the 16th at 10 and the other one on the 23rd", ["2026-03-16", 10, "2026-03-23", 10]],
    ["one on the 16th", ["2026-03-16"]],
    ["friday or one on saturday", ["2026-03-06+2026-03-07"]],
    ["at one on friday", ["2026-03-06", 13]],
  ])("W12: “%s” → %j", (text, expected) => {
    expect(times(text)).toEqual(expected);
  });
});

describe("whether it happened", () => {
  test.each(["did that book it?", "is it booked?", "so did it go through?", "am i booked?"])(
    "W3: “%s” is no yes to the card that asks",
    (text) => {
      expect(consentIn(clientSays(text), "book")).toBe("insufficient");
    },
  );
  test("W3: “yes, book it” is", () => {
    expect(consentIn(clientSays("yes, book it"), "book")).toBe("yes");
  });
});
