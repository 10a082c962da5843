import { describe, expect, test } from "vitest";
import { consentIn, decide, type OpenCard, readsAsText, type Step, saysNo } from "../../src/conversation/hear.ts";
import type { ConsentTo } from "../../src/language/intent/consent.ts";
import { clientSays, practitionerSays } from "../language/heard/practice.ts";

const field: OpenCard = { takesAnswers: true, hasField: true };
const choice: OpenCard = { takesAnswers: true, hasField: false };
const crossed: OpenCard = { takesAnswers: false, hasField: true };

/** The steps that are tried for a message, without those that any message is tried as. */
function steps(text: string, open: OpenCard | undefined, role: "client" | "practitioner"): readonly Step[] {
  const always: readonly Step[] = ["button", "exact field value", "not understood"];
  const reading = role === "client" ? clientSays(text) : practitionerSays(text);
  return decide(reading, open, role).filter((step) => !always.includes(step));
}

describe("the order in which the meanings of a message are tried", () => {
  test.each<[text: string, open: OpenCard | undefined, steps: readonly Step[]]>([
    ["I want to kill myself", field, ["distress"]],
    ["I want to end it all, cancel friday", undefined, ["distress"]],
    ["cancel friday", undefined, ["act"]],
    ["cancel friday", field, ["answer", "act"]],
    ["how much is it?", choice, ["question"]],
    ["how much is it?", field, ["question"]],
    ["what is free on thursday?", choice, ["answer", "act"]],
    ["more energy in the mornings", field, ["answer", "field text"]],
    ["I can't sleep", field, ["answer", "field text"]],
    ["my back hurts", field, ["answer", "field text"]],
    ["my back hurts", choice, ["answer"]],
    ["she is my sister", field, ["answer", "field text"]],
    ["reason: my back hurts", field, ["labelled text", "answer", "field text"]],
    ["friday at 10", undefined, ["wish"]],
    ["friday at 10", field, ["answer", "wish"]],
    ["I wake at 5 every night", field, ["answer", "field text"]],
    ["book me a taxi for friday", undefined, []],
    ["thank you", field, ["answer", "small talk"]],
    ["thank you", undefined, ["small talk"]],
    ["friday at 10", crossed, ["wish"]],
    ["hm", undefined, []],
    ["2", choice, ["answer"]],
    ["the first", choice, ["answer"]],
    ["block friday", field, ["answer"]],
    ["block friday", undefined, []],
    ["👍👍👍", undefined, []],
    ["", undefined, []],
    ["I feel dizzy today", undefined, []],
    ["is the friday session still on", choice, ["answer"]],
    ["call friday off", undefined, ["act"]],
    ["917 555 0134", undefined, []],
  ])("W1: a client types “%s”", (text, open, expected) => {
    expect(steps(text, open, "client")).toEqual(expected);
  });

  test.each<[text: string, open: OpenCard | undefined, steps: readonly Step[]]>([
    // A practitioner's message in distress may be about a client.
    ["she says she wants to kill herself, decline ben", undefined, ["act"]],
    ["decline ben", field, ["answer", "act"]],
    ["cleo is moving to Porto", field, ["answer"]],
    ["I'm away that morning", field, ["answer", "field text"]],
    ["I'm away that morning", undefined, ["act"]],
    ["no, ben's", choice, ["other person", "answer", "wish"]],
    ["not ana, ben", field, ["other person", "answer", "wish"]],
    ["put: I am sorry, the room is taken", field, ["labelled text", "answer", "field text"]],
    ["put: I am sorry, the room is taken", choice, ["answer"]],
    ["she is always late", field, ["answer"]],
    ["he did not pay", field, ["answer"]],
    ["I can't see her again", field, ["answer"]],
    ["my daughter is ill, she needs me", field, ["answer", "field text"]],
    ["no, ben's", undefined, ["wish"]],
    ["no, ben's", crossed, ["wish"]],
    ["tomorrow", undefined, ["wish"]],
    ["when is ana's next session?", field, ["question", "wish"]],
  ])("W1: a practitioner types “%s”", (text, open, expected) => {
    expect(steps(text, open, "practitioner")).toEqual(expected);
  });

  test.each([
    "more energy in the mornings",
    "I had a massage last year",
    "Maya told me to come",
    "I don't eat meat",
    "yes, on the left",
  ])("W4: “%s” can be the text of a client's field", (text) => {
    expect(readsAsText(clientSays(text))).toBe(true);
  });

  test.each(["cancel physio", "what does it cost?", "physio", "friday at 10", "thanks", "don't cancel it", "help"])(
    "W4: “%s” is no text of a client's field",
    (text) => {
      expect(readsAsText(clientSays(text))).toBe(false);
    },
  );

  test.each(["ben told me he is moving", "decline ben", "who's coming on thursday?"])(
    "W4: “%s” is no text of a practitioner's field",
    (text) => {
      expect(readsAsText(practitionerSays(text))).toBe(false);
    },
  );
});

describe("a field whose text is for another person", () => {
  test.each([
    "no dont, i just wanted to see if it is possible",
    "sorry I meant the other one",
    "does she have a package",
    "wait",
    "actually I feel better",
    "on second thought I'll come",
    "hm",
  ])("W4: does not take “%s”", (text) => {
    expect(readsAsText(clientSays(text), true)).toBe(false);
  });

  test.each(["I have a cold", "sorry, my child is ill", "I really can't come", "my train is late"])(
    "W4: takes “%s”",
    (text) => {
      expect(readsAsText(clientSays(text), true)).toBe(true);
    },
  );
});

describe("what a message answers to a card that asks for consent", () => {
  test.each<[text: string, to: ConsentTo, answer: ReturnType<typeof consentIn>]>([
    ["yes", "cancel", "yes"],
    ["yes, cancel it", "cancel", "yes"],
    ["go for it", "book", "yes"],
    ["go for it", "cancel", "insufficient"],
    ["no problem", "decline", "insufficient"],
    ["yes I have a question", "book", undefined],
    ["sure, give me a minute", "book", undefined],
    ["no", "cancel", "no"],
    ["no, keep it", "cancel", "no"],
    ["never mind", "cancel", "no"],
    ["don't cancel it", "cancel", "no"],
    ["undo", "cancel", "no"],
    ["no, not yet. keep waiting", "withdraw", "no"],
    ["cancel", "cancel", "insufficient"],
    ["wonderful, thank you so much!", "book", "insufficient"],
    ["decline it", "confirm", undefined],
    ["sorry I meant confirm", "confirm", undefined],
    ["sorry, I meant yes", "confirm", undefined],
    ["great, what does it cost?", "book", undefined],
  ])("W3: “%s” to a card that would %s", (text, to, answer) => {
    expect(consentIn(clientSays(text), to)).toBe(answer);
  });

  test("W3: a no with more to say is no answer", () => {
    expect(saysNo(clientSays("no, friday at 10"), "cancel")).toBe(false);
  });
});
