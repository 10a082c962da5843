import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asksToPlan, parseRecurrence, readRhythm } from "../../src/language/when/recurrence.ts";
import { instant } from "../support/clock.ts";

const context = {
  nowMs: instant("2026-03-02T08:00:00Z"),
  zone: "Europe/Lisbon",
  locale: "en-GB",
  opensAt: "09:00",
  closesAt: "18:00",
};
const clock = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe("words of a rhythm", () => {
  test.each([
    ["every other Tuesday at 3", 2, ["tue"], "15:00"],
    ["book my remaining sessions every other Tuesday at 3", 2, ["tue"], "15:00"],
    ["every second thursday 10am", 2, ["thu"], "10:00"],
    ["every two weeks on Friday at 9:30", 2, ["fri"], "09:30"],
    ["once a fortnight, wednesdays 14:00", 2, ["wed"], "14:00"],
    ["every 3 weeks, Monday at 11", 3, ["mon"], "11:00"],
    ["every third Monday at 11", 3, ["mon"], "11:00"],
    ["weekly, Tuesdays at 3", 1, ["tue"], "15:00"],
    ["every week on Monday at noon", 1, ["mon"], "12:00"],
    ["each Thursday", 1, ["thu"], undefined],
    ["Tuesdays and Fridays at 10", 1, ["tue", "fri"], "10:00"],
    ["fridays and tuesdays, 4pm", 1, ["tue", "fri"], "16:00"],
    ["every weekday at 9", 1, ["mon", "tue", "wed", "thu", "fri"], "09:00"],
    ["weekly", 1, [], undefined],
    ["every other week", 2, [], undefined],
    ["biweekly on Tuesdays at 3", undefined, ["tue"], "15:00"],
    ["every other wensday at 3pm", 2, ["wed"], "15:00"],
  ] as const)("“%s”", (text, everyWeeks, weekdays, time) => {
    const read = parseRecurrence(text, context);
    expect(read?.weekdays).toEqual(weekdays);
    expect(read?.everyWeeks).toBe(everyWeeks);
    expect(read?.minutes).toBe(time === undefined ? undefined : clock(time));
  });

  test("a part of the day is kept as hours", () => {
    const read = parseRecurrence("every week on Monday mornings", context);
    expect(read).toMatchObject({ everyWeeks: 1, weekdays: ["mon"] });
    expect(read?.minutes).toBe(undefined);
    expect(read?.window?.toMinutes).toBe(720);
  });

  test("the first day that is meant is kept apart from the rhythm", () => {
    expect(parseRecurrence("every other Tuesday at 3 starting 17 March", context)).toEqual({
      everyWeeks: 2,
      weekdays: ["tue"],
      minutes: clock("15:00"),
      from: "2026-03-17",
    });
    expect(parseRecurrence("weekly from next week, Tuesdays at 3", context)?.everyWeeks).toBe(1);
  });

  test.each(["Tuesday at 3", "next Tuesday", "tomorrow afternoon", "the second one", "book a follow-up", ""])(
    "“%s” is one session",
    (text) => expect(parseRecurrence(text, context)).toBe(undefined),
  );

  test("where a rhythm is asked for, a day and a time are of it, and how often is not said", () => {
    expect(readRhythm("Tuesday at 3", context)).toEqual({ weekdays: ["tue"], minutes: clock("15:00") });
    expect(readRhythm("10:30", context)).toEqual({ weekdays: [], minutes: clock("10:30") });
    expect(readRhythm("no idea", context)).toBe(undefined);
  });

  test("whatever is typed, it is read without an error", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: "grapheme" }), (text) => {
        readRhythm(text, context);
        readRhythm(`every ${text}`, context);
        asksToPlan(text, context);
      }),
    );
  });
});

describe("several sessions are to be planned", () => {
  test.each([
    "book my remaining sessions every other Tuesday at 3",
    "plan the rest of my Spring reset",
    "plan the rest",
    "schedule all my remaining sessions",
    "book the rest weekly",
    "book all my sessions on Tuesdays at 3",
    "can we do every other Tuesday at 3? I'd like to book them all",
    "I'd like to come every Tuesday at 3",
    "every other Tuesday at 3",
  ])("by “%s”", (text) => expect(asksToPlan(text.replace("?", ","), context)).toBe(true));

  test.each([
    "book my next session Tuesday at 3",
    "book a session for the rest of the week",
    "how many sessions do I have left?",
    "cancel all my sessions",
    "move my Tuesday session every week",
    "what's left of my package?",
    "my sessions",
    "book a follow-up next Tuesday at 3",
    "do you have Tuesdays?",
  ])("not by “%s”", (text) => expect(asksToPlan(text, context)).toBe(false));
});
