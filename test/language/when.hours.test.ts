import { describe, expect, test } from "vitest";
import { reading } from "./reading.ts";

// Read on Wednesday 4 March 2026 at ten in the morning in New York, with opening hours of 07:00 to 21:00.
describe("clock times", () => {
  test.each([
    ["3pm", "15:00"],
    ["3 pm", "15:00"],
    ["3 p.m.", "15:00"],
    ["3p", "15:00"],
    ["3:30", "15:30"],
    ["3.30pm", "15:30"],
    ["3:30 p", "15:30"],
    ["15:30", "15:30"],
    ["15.30", "15:30"],
    ["15h30", "15:30"],
    ["15h", "15:00"],
    ["at 3", "15:00"],
    ["@ 4", "16:00"],
    ["around 4", "16:00"],
    ["3ish", "15:00"],
    ["3 o'clock", "15:00"],
    ['3 o"clock', "15:00"],
    ["half past 3", "15:30"],
    ["half 4", "16:30"],
    ["quarter to 6", "17:45"],
    ["a quarter past nine", "09:15"],
    ["10 past 4", "16:10"],
    ["ten to five", "16:50"],
    ["20 minutes past 3", "15:20"],
    ["five minutes to noon", "11:55"],
    ["noon", "12:00"],
    ["midday", "12:00"],
    ["12 noon", "12:00"],
    ["midnight", "24:00"],
    ["at 1030", "10:30"],
    ["0900", "09:00"],
    ["seven thirty pm", "19:30"],
    ["5", "17:00"],
    ["5?", "17:00"],
    ["at 12", "12:00"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("hours with a part of the day", () => {
  test.each([
    ["9 in the morning", "09:00"],
    ["half past 3 in the afternoon", "15:30"],
    ["8 in the evening", "20:00"],
    ["morning 10", "10:00"],
    ["afternoon 3", "15:00"],
    ["tomorrow night at 8", "2026-03-05 20:00"],
    ["at 3:30 tomorrow afternoon", "2026-03-05 15:30"],
    ["friday night at 8", "2026-03-06 20:00"],
    ["this evening at 6:45", "2026-03-04 18:45"],
    ["tonight at 8", "2026-03-04 20:00"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("stretches of the clock", () => {
  test.each([
    ["between 2 and 4", "14:00-16:00"],
    ["between 12:30 and 2 tomorrow", "2026-03-05 12:30-14:00"],
    ["from 3 to 5", "15:00-17:00"],
    ["3-5", "15:00-17:00"],
    ["3-5pm", "15:00-17:00"],
    ["3:30 to 6 PM", "15:30-18:00"],
    ["9 to 5", "09:00-17:00"],
    ["10am until 2", "10:00-14:00"],
    ["11 to 1", "11:00-13:00"],
    ["2pm - 4pm", "14:00-16:00"],
    ["8am until 6", "08:00-18:00"],
    ["10-12 on Friday", "2026-03-06 10:00-12:00"],
    ["friday 8-8:15am", "2026-03-06 08:00-08:15"],
    ["wed 2-5pm", "2026-03-04 14:00-17:00 else 2026-03-11"],
    ["10 to 11 tomorrow", "2026-03-05 10:00-11:00"],
    ["Monday from 10 till 12:30", "2026-03-09 10:00-12:30"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("one end only", () => {
  test.each([
    ["after 3", "15:00-24:00 after"],
    ["after 3pm on Friday", "2026-03-06 15:00-24:00 after"],
    ["before noon", "00:00-12:00 before"],
    ["before 11 on Friday", "2026-03-06 00:00-11:00 before"],
    ["by 5", "00:00-17:00 before"],
    ["until 4 tomorrow", "2026-03-05 00:00-16:00 before"],
    ["no later than 4", "00:00-16:00 before"],
    ["not before 10", "10:00-24:00 after"],
    ["not after 6", "00:00-18:00 before"],
    ["no earlier than 2:30", "14:30-24:00 after"],
    ["3pm or later", "15:00-24:00 after"],
    ["4 or later", "16:00-24:00 after"],
    ["3pm onwards", "15:00-24:00 after"],
    ["after 2 but before 5", "14:00-17:00"],
    ["before 10 or after 4", "00:00-10:00,16:00-24:00"],
    ["between 9 and 11 or after 4", "09:00-11:00,16:00-24:00 after"],
    ["after Friday", "2026-03-07..2027-03-07 after"],
    ["before the 20th", "2026-03-04..2026-03-19 before"],
    ["by Friday", "2026-03-04..2026-03-06 before"],
    ["until the 20th", "2026-03-04..2026-03-20 before"],
    ["from Monday", "2026-03-09..2027-03-09 after"],
    ["starting Monday", "2026-03-09..2027-03-09 after"],
    ["from next week on", "2026-03-09..2027-03-09 after"],
    ["before Tuesday 5pm", "2026-03-10 00:00-17:00 before"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("parts of the day", () => {
  test.each([
    ["this morning", "2026-03-04 07:00-12:00"],
    ["tomorrow morning", "2026-03-05 07:00-12:00"],
    ["tuesday in the evening", "2026-03-10 17:00-21:00"],
    ["late afternoon on Friday", "2026-03-06 15:00-17:30"],
    ["early morning", "07:00-09:00"],
    ["mid-morning", "09:30-11:00"],
    ["evenings", "17:00-21:00"],
    ["this afternoon", "2026-03-04 12:00-17:00"],
    ["tonight", "2026-03-04 18:00-24:00"],
    ["at lunchtime", "11:30-13:30"],
    ["over lunch", "11:30-13:30"],
    ["after lunch", "13:30-24:00 after"],
    ["after work on Thursday", "2026-03-05 17:00-24:00 after"],
    ["before work", "00:00-09:00 before"],
    ["first thing", "07:00-08:00"],
    ["first thing on Monday morning", "2026-03-09 07:00-08:00"],
    ["end of the day", "18:00-21:00"],
    ["tomorrow am", "2026-03-05 07:00-12:00"],
    ["Friday pm", "2026-03-06 12:00-17:00"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("order and length", () => {
  test.each([
    ["as soon as possible", "earliest"],
    ["asap", "earliest"],
    ["the earliest you have", "earliest"],
    ["first available", "earliest"],
    ["earliest on Friday", "2026-03-06 earliest"],
    ["the latest on Friday", "2026-03-06 latest"],
    ["any time next week", "2026-03-09..2026-03-15"],
    ["anytime Thursday", "2026-03-05"],
    ["for 30 minutes on Friday", "2026-03-06 30min"],
    ["an hour tomorrow", "2026-03-05 60min"],
    ["for an hour and a half on Monday at 2", "2026-03-09 14:00 90min"],
    ["a 45 minute session next week", "2026-03-09..2026-03-15 45min"],
    ["90 min", "90min"],
    ["1 hour 30 minutes", "90min"],
    ["half an hour", "30min"],
    ["½ hour tomorrow", "2026-03-05 30min"],
    ["2h on Thursday", "2026-03-05 120min"],
    ["in 2 hours", "2026-03-04 12:00"],
    ["in half an hour", "2026-03-04 10:30"],
    ["20 minutes from now", "2026-03-04 10:20"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});
