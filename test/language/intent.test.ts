import { describe, expect, test } from "vitest";
import { understand } from "../../src/language/intent/intent.ts";
import { answerPhrases, intentPhrases } from "./phrases/intents.ts";

describe.each(Object.entries(intentPhrases))("%s", (intent, texts) => {
  test.each(texts)("%s", (text) => {
    expect(understand(text).intent).toBe(intent);
  });
});

describe.each(answerPhrases)("while asked (%s): %s", (pending, intent, texts) => {
  test.each(texts)("%s", (text) => {
    expect(understand(text, { pending }).intent).toBe(intent);
  });
});

test.each([
  "yes but later",
  "ok what about 4pm",
  "ok wait",
  "sure, but on Friday",
  "yes at 4pm",
  "ok is it online?",
  "good morning",
  "fine, maybe",
  "yes if Ana is there",
  "ok cancel",
  "how does this work?",
  "that's all",
  "not sure",
  "I don't think so",
])("“%s” is no clear yes", (text) => {
  expect(understand(text, { pending: "confirm" }).intent).not.toBe("affirm");
});

test("what somebody tells of themselves does not stand in the way of booking", () => {
  expect(understand("I had a panic attack, can I see you today?").intent).toBe("book");
});

test("bare words that may undo something are not sure enough to act on (G10)", () => {
  expect(understand("cancel")).toEqual({ intent: "cancel", certainty: 0.65 });
  expect(understand("asdfgh").certainty).toBeLessThan(0.7);
});
