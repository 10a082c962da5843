import { describe, expect, test } from "vitest";
import { sureActs } from "../../../src/conversation/hear.ts";
import { clientSays, practitionerSays } from "./practice.ts";

const verbs = (text: string) => sureActs(clientSays(text)).map(({ verb }) => verb);

describe("D10.1: several sessions at once are planned", () => {
  test.each([
    "plan the rest of my Spring reset",
    "plan spring reset",
    "book all my sessions",
    "book my remaining sessions Tuesdays and Fridays at 10",
    "I'd like to come every Monday at 3",
    "can I come every Tuesday at 3?",
  ])("by “%s”", (text) => expect(verbs(text)[0]).toBe("plan"));

  test.each(["book my next session Tuesday at 3", "cancel all my sessions", "do you have Tuesdays?", "my sessions"])(
    "not by “%s”",
    (text) => expect(verbs(text)).not.toContain("plan"),
  );

  test("a practitioner plans nothing", () => {
    expect(practitionerSays("every other Tuesday at 3").rhythm).toBeUndefined();
  });
});

describe("W7: a rhythm and what it leaves out", () => {
  const rows: readonly (readonly [text: string, rhythm: object])[] = [
    ["every other Tuesday at 9 instead", { everyWeeks: 2, weekdays: ["tue"], minutes: 540 }],
    ["not on Wednesdays", { weekdays: [], notOn: ["wed"] }],
    ["Wednesdays don't work", { weekdays: [], notOn: ["wed"] }],
    ["skip Wednesdays and Fridays", { weekdays: [], notOn: ["wed", "fri"] }],
    ["Tuesdays, not Thursdays", { everyWeeks: 1, weekdays: ["tue"], notOn: ["thu"] }],
    ["I'd rather not do Fridays", { weekdays: [], notOn: ["fri"] }],
    ["not mornings", { weekdays: [], window: { fromMinutes: 720, toMinutes: 1440 } }],
    ["starting in April", { weekdays: [], from: "2026-04-01" }],
  ];
  test.each(rows)("“%s”", (text, rhythm) => expect(clientSays(text).rhythm).toEqual(rhythm));
});
