import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/language/reading.ts";
import { clientSays, practitionerSays } from "./practice.ts";

type Rows = readonly (readonly [text: string, question: string])[];

function asked({ questions }: Reading): string {
  return questions
    .map(({ about, names, when }) =>
      [about, ...names.map(({ ids }) => ids.join("/")), ...(when ? ["@"] : [])].join(" "),
    )
    .join("; ");
}

describe("questions", () => {
  const clients: Rows = [
    ["how much is a first visit?", "price first-visit"],
    ["what does it cost", "price"],
    ["how long is a massage", "length massage"],
    ["how long will it take?", "length"],
    ["where is it?", "place"],
    ["who is it with?", "with whom"],
    ["how do i join the call", "how to join"],
    ["when is my next session?", "when"],
    ["is it covered by my package?", "covered"],
    ["how many sessions do i have left", "package left"],
    ["what do i owe you", "owed"],
    ["do i have to pay now?", "owed"],
    ["how can i pay", "how to pay"],
    ["what's your cancellation policy", "cancellation"],
    ["can i still cancel that later?", "cancellation"],
    ["what services do you offer", "services"],
    ["are you open on saturday?", "opening hours @"],
    ["what days is maya in?", "opening hours maya"],
    ["are you a robot?", "machine"],
    ["what do you know about me", "what is kept"],
    ["which time zone is that", "zone"],
  ];
  const statuses: Rows = [
    ["is my thursday thing confirmed yet?", "reply @"],
    ["is friday confirmed", "reply @"],
    ["has dr maya lee confirmed my request?", "reply maya"],
    ["has my request been accepted?", "reply"],
    ["is that accepted as payment?", "unknown"],
  ];
  test.each(statuses)("W9: a client asks what became of it: %s", (text, question) => {
    expect(asked(clientSays(text))).toBe(question);
  });
  test.each(clients)("W9: a client asks %s", (text, question) => {
    expect(asked(clientSays(text))).toBe(question);
  });

  const practitioners: Rows = [
    ["when is ana's next session", "when ana"],
    ["who's coming on thursday?", "day @"],
    ["whats tomorrow", "day @"],
    ["show me wednesday to friday", "day @"],
    ["how full is thursday", "day @"],
    ["what does my week look like", "day @"],
    ["am i free friday afternoon", "free times @"],
    ["how many sessions this week", "count @"],
    ["how many has ana left", "package left ana"],
    ["ana's email", "contact details ana"],
    ["what did ana book last time", "last session ana"],
    ["who is waiting", "waiting"],
    ["who has not paid", "unpaid"],
    ["who owes me", "unpaid"],
    ["did ana pay", "unpaid ana"],
    ["has ana paid for friday?", "unpaid ana @"],
    ["any reply?", "reply"],
    ["has ben answered yet", "reply ben"],
    ["has anyone replied", "reply"],
    ["the rest of my day", "day"],
    ["what's the rest of my day like", "day"],
    ["who comes at 10", "day @"],
    ["who's first tomorrow", "day @"],
    ["is anyone coming at 3", "day @"],
    ["when am i done today", "day @"],
    ["anything tomorrow", "day @"],
    ["is ben coming", "when ben"],
    ["does ana come tomorrow", "when ana @"],
    ["did ana cancel", "when ana"],
    ["what does ben want", "when ben"],
    ["how many today", "count @"],
    ["how many do i have on thursday", "count @"],
    ["does ana have a package", "package left ana"],
    ["which package has ana", "package left ana"],
    ["how much did i earn this month", "not kept @"],
    ["how many no-shows", "not kept"],
    ["how long has ben been my client", "not kept ben"],
  ];
  test.each(practitioners)("W9: a practitioner asks %s", (text, question) => {
    expect(asked(practitionerSays(text))).toBe(question);
  });

  const elsewhere: readonly string[] = [
    "how long does rice take",
    "where is the eiffel tower",
    "what's the price of gold",
  ];
  test.each(elsewhere)("W9: %s is a question, and about no business of the desk", (text) => {
    expect(asked(clientSays(text))).toBe("unknown");
  });

  test("W9: a question orders nothing", () => {
    expect(clientSays("can i still cancel that later?").acts).toEqual([]);
    expect(clientSays("how do i move my session").acts).toEqual([]);
  });
});
