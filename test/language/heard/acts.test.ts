import { describe, expect, test } from "vitest";
import { actsInWords, clientSays, practitionerSays } from "./practice.ts";

/** What is typed, and its acts in a line. */
type Rows = readonly (readonly [text: string, acts: string])[];

const clientRows: Rows = [
  ["cancel talk", "cancel talk"],
  ["cancel nutrition coaching", "cancel coaching"],
  ["please cancel my physio on friday", "cancel physio 2026-03-06"],
  ["cancel friday's", "cancel 2026-03-06"],
  ["could you move my friday session to monday at 3pm", "move 2026-03-06 > 2026-03-09 15:00"],
  ["i want my massage cancelled", "cancel massage"],
  ["i'd like to book a follow-up with maya", "book follow-up maya"],
  ["an evening chat, please", "book evening-chat"],
  ["withdraw my request", "withdraw"],
  ["cancel my request", "withdraw"],
  ["i'm running 10 minutes late", "be late"],
  ["delete my data", "delete data"],
  ["can you show me my sessions", "list"],
  ["something else please", "other options"],
  ["i'd rather not say", "skip"],
  ["help", "help"],
  ["menu", "menu"],
];

const practitionerRows: Rows = [
  ["decline ben", "decline ben"],
  ["say no to ben", "decline ben"],
  ["reject ben's request", "decline ben"],
  ["confirm ana", "confirm ana"],
  ["confirm them all", "confirm all"],
  ["propose thursday at 10 to ana", "propose ana 2026-03-05 10:00"],
  ["book cleo for a follow up friday 10", "book cleo follow-up 2026-03-06 10:00"],
  ["give ana the spring reset", "give package ana spring-reset"],
  ["block friday afternoon", "block 2026-03-06"],
  ["invite cleo", "invite cleo"],
  ["my clients", "list people"],
  ["requests", "list requests"],
  ["deactivate cleo", "deactivate cleo"],
  ["turn ben down", "decline ben"],
  ["turn it down", "decline"],
  ["i can't take ben", "decline ben"],
  ["offer ben thursday 4pm or friday 9am instead", "propose ben 2026-03-05"],
  ["remind ben", "message ben"],
  ["remind ben to bring the form", 'message ben : "bring the form"'],
  ["running late 15 mins", "be late"],
];

describe("W2: the verb of a message", () => {
  test.each(clientRows)("W2: a client types %s", (text, acts) => {
    expect(actsInWords(text, clientSays(text))).toBe(acts);
  });

  test.each(practitionerRows)("W2: a practitioner types %s", (text, acts) => {
    expect(actsInWords(text, practitionerSays(text))).toBe(acts);
  });

  const reported: readonly string[] = [
    "why did you cancel my session",
    "how do i cancel",
    "i booked a massage yesterday",
    "what happens if i cancel my session",
    "my booking",
  ];
  test.each(reported)("W2: %s orders no cancellation and no booking", (text) => {
    const verbs = clientSays(text)
      .acts.filter(({ certainty }) => certainty >= 0.65)
      .map(({ verb }) => verb);
    expect(verbs).not.toContain("cancel");
    expect(verbs).not.toContain("book");
  });

  const elsewhere: readonly string[] = [
    "book me a flight to lisbon",
    "cancel my netflix subscription",
    "set an alarm for 7",
    "order a pizza",
    "move 100 dollars to savings",
    "book a table for two at 8",
    "remind me to call mum",
  ];
  test.each(elsewhere)("W2: %s is other business", (text) => {
    expect(actsInWords(text, clientSays(text))).toBe("");
  });

  const refused: Rows = [
    ["don't cancel my session", "not cancel"],
    ["please do not move my massage", "not move massage ? > ?"],
  ];
  test.each(refused)("W6: %s is an act not to be done", (text, acts) => {
    expect(actsInWords(text, clientSays(text)).replace(" ? > ?", "")).toBe(acts.replace(" ? > ?", ""));
  });
});

describe("reasons and content", () => {
  const rows: Rows = [
    ["decline ben, i am away that day", 'decline ben because "i am away that day"'],
    ["cancel everything on friday, i'm sick", 'cancel all 2026-03-06 because "i\'m sick"'],
    ["decline ben because I have a Training", 'decline ben because "I have a Training"'],
  ];
  test.each(rows)("W2: %s keeps its reason", (text, acts) => {
    expect(actsInWords(text, practitionerSays(text))).toBe(acts);
  });

  const messages: Rows = [
    ["Tell Maya I might be a bit late on Friday", 'message maya : "I might be a bit late on Friday"'],
    ["message Nora: please cancel my session!", 'message nora : "please cancel my session!"'],
    ["let maya know that u r great", 'message maya : "u r great"'],
    ["i want to talk to a person", "message"],
  ];
  test.each(messages)("W10: %s is passed on as it was typed, and orders nothing", (text, acts) => {
    expect(actsInWords(text, clientSays(text))).toBe(acts);
  });
});

describe("inability", () => {
  const alone: Rows = [
    ["I can't make Friday", "cannot 2026-03-06"],
    ["can't make it on friday", "cannot 2026-03-06"],
    ["friday doesn't work anymore", "cannot 2026-03-06"],
    ["I won't be able to come to my massage on friday", "cannot massage 2026-03-06"],
    ["something came up", "cannot"],
  ];
  test.each(alone)("W5: %s names the thing", (text, acts) => {
    expect(actsInWords(text, clientSays(text))).toBe(acts);
  });

  const ordered: Rows = [
    ["I'm away Friday, please cancel", 'cancel 2026-03-06 because "I\'m away Friday"'],
    ["can't do Friday, please cancel", 'cancel 2026-03-06 because "can\'t do Friday"'],
  ];
  test.each(ordered)("W5: %s cancels what it names", (text, acts) => {
    expect(actsInWords(text, clientSays(text))).toBe(acts);
  });
});

describe("two requests", () => {
  const rows: Rows = [
    ["cancel friday's and book me tuesday at 4 instead", "move 2026-03-06 > 2026-03-03 16:00"],
    ["cancel my massage and book a follow-up on thursday", "move"],
    ["cancel my massage. also tell maya thanks", 'cancel massage; message maya : "thanks"'],
  ];
  test.each(rows)("W12: %s", (text, acts) => {
    expect(actsInWords(text, clientSays(text))).toMatch(acts);
  });
});
