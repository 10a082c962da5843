import { describe, expect, test } from "vitest";
import type { ConsentTo } from "../../../src/language/intent/consent.ts";
import { saysYes } from "../../../src/language/reading.ts";
import { clientSays } from "./practice.ts";

/** A clear yes, whatever it is said to. */
const plain: readonly string[] = [
  "yes",
  "yes please",
  "yep",
  "sure",
  "ok",
  "go ahead",
  "do it",
  "yes, thank you so much",
  "👍",
  "of course",
  "definitely",
];
/** Consent to book or confirm; for the rest the desk asks again. */
const lukewarm: readonly string[] = [
  "go for it",
  "no problem",
  "i don't mind",
  "why not",
  "sounds good",
  "that works",
  "fine by me",
  "looks good to me",
  "great",
];
/** No consent to anything. */
const none: readonly string[] = [
  // Words beside a yes that turn it round.
  "sure I'll be there",
  "yes I'll be there",
  "ok, still on",
  "yes I need it",
  "yes please, I want it",
  "ok I will make it",
  "sure, see you then",
  "sure, he can come",
  "yes I can do it",
  "ok I have time",
  "yes I will see her",
  "yes he is still here",
  "ok she has it already",
  "ok too much",
  "ok that is too many",
  "ok 👎",
  "wonderful, thank you so much",
  "perfect, thank you",
  "yes i have a question",
  "sure, give me a minute",
  "sounds good, i'll let you know",
  "great, what does it cost?",
  "perfect, i will ask my wife",
  "yes but not on friday",
  "ok maybe later",
  "yes, at 5",
  "yes with nora",
  "yes if it is free",
  "no",
  "nope, thanks",
  "not now",
  "don't",
  "yes, don't book it",
  "thanks",
  "hello",
  "",
  "sure thing, my bus is late",
];

const undoable: readonly ConsentTo[] = ["book", "confirm", "move", "accept"];
const final: readonly ConsentTo[] = ["cancel", "decline", "send", "pay", "delete", "withdraw"];

describe("saying yes", () => {
  test.each(plain)("W3: %s agrees to anything", (text) => {
    expect([...undoable, ...final].filter((to) => saysYes(clientSays(text), to))).toEqual([...undoable, ...final]);
  });

  test.each(lukewarm)("W3: %s agrees to book and confirm, and to nothing that cannot be undone", (text) => {
    expect([...undoable, ...final].filter((to) => saysYes(clientSays(text), to))).toEqual(undoable);
  });

  test.each(none)("W3: %s agrees to nothing", (text) => {
    expect([...undoable, ...final].filter((to) => saysYes(clientSays(text), to))).toEqual([]);
  });

  const byVerb: readonly (readonly [string, ConsentTo, boolean])[] = [
    ["yes, cancel it", "cancel", true],
    ["yes, book it", "book", true],
    ["yes, cancel it", "book", false],
    ["yes, book it", "cancel", false],
    ["cancel it", "cancel", true],
    ["book it", "book", true],
    ["cancel physio", "cancel", false],
  ];
  test.each(byVerb)("W3: %s to %s", (text, to, agrees) => {
    expect(saysYes(clientSays(text), to)).toBe(agrees);
  });
});
