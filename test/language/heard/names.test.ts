import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/language/reading.ts";
import { clientSays, practitionerSays } from "./practice.ts";

function named({ names, methods, anyone }: Reading): string {
  const sign = (polarity: "wanted" | "unwanted") => (polarity === "unwanted" ? "-" : "");
  return [
    ...(anyone ? ["anyone"] : []),
    ...names.map(({ ids, polarity }) => `${sign(polarity)}${ids.join("/")}`),
    ...methods.map(({ kind, polarity }) => `${sign(polarity)}${kind}`),
  ].join(" ");
}

describe("names", () => {
  const polarity: readonly (readonly [string, string])[] = [
    ["anyone but nora", "anyone -nora"],
    ["anybody except maya please", "anyone -maya"],
    ["not nora", "-nora"],
    ["not nora or maya", "-nora -maya"],
    ["not nora, maya", "-nora maya"],
    ["phone not video", "phone -video"],
    ["phone, not video", "phone -video"],
    ["video or phone but not in person", "video phone -in_person"],
    ["maya instead of nora", "maya -nora"],
    ["not by video but by phone", "-video phone"],
    ["video doesn't work for me", "-video"],
  ];
  test.each(polarity)("W6: %s has polarity", (text, expected) => {
    expect(named(clientSays(text))).toBe(expected);
  });

  const whole: readonly (readonly [string, string])[] = [
    ["saturday evening", ""],
    ["saturday evening then", ""],
    ["the evening chat on saturday evening", "evening-chat"],
    ["chat", "chat"],
    ["first visit", "first-visit"],
    ["the first one", ""],
    ["nutrition", "first-visit/follow-up/coaching"],
    ["nutrition coaching", "coaching"],
    ["followup with dr lee", "follow-up maya"],
    ["sometime in spring", ""],
    ["the spring reset", "spring-reset"],
    ["folow-up", "follow-up"],
    ["message", ""],
  ];
  test.each(whole)("W6: %s matches a distinctive word or the whole name", (text, expected) => {
    expect(named(clientSays(text))).toBe(expected);
  });

  test("W6: the time of a sentence is read beside its names", () => {
    const { when, names } = clientSays("the evening chat on saturday evening");
    expect(when?.want.days?.[0]?.from).toBe("2026-03-07");
    expect(names.map(({ ids }) => ids)).toEqual([["evening-chat"]]);
  });

  test("W6: function words are no slips of names", () => {
    expect(named(practitionerSays("i have been there"))).toBe("");
    expect(named(practitionerSays("been waiting long"))).toBe("");
  });

  test("W1: a client cannot name another client", () => {
    expect(named(clientSays("tell ben i said hi"))).toBe("");
  });
});

describe("names of nobody here", () => {
  test.each<[string, string | undefined]>([
    ["massage with Dr House on thursday at 10", "Dr House"],
    ["book me with sarah on friday", "sarah"],
    ["massage for Ben on thursday", "Ben"],
    ["book ben for thursday", "ben"],
    ["book reiki on thursday", "reiki"],
    ["book me a taxi for friday", "taxi"],
    ["massage with Dr Maya Lee on thursday", undefined],
    ["massage with nora on thursday", undefined],
    ["massage with me on thursday", undefined],
    ["massage for Friday", undefined],
    ["physio with video on thursday", undefined],
    ["book physio with my doctor", undefined],
    ["book an appointment on thursday", undefined],
    ["I was with pain all night", undefined],
  ])("W8: “%s” names %s", (text, name) => {
    expect(clientSays(text).unknownName).toBe(name);
  });

  test("W8: a practitioner's words name their clients, so nothing is looked for", () => {
    expect(practitionerSays("book Zoe for thursday").unknownName).toBeUndefined();
  });
});
