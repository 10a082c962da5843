import { describe, expect, test } from "vitest";
import { reading } from "./reading.ts";

// Read on Wednesday 4 March 2026 at ten in the morning in New York.
describe("lists", () => {
  test.each([
    ["Monday or Tuesday", "2026-03-09 | 2026-03-10"],
    ["Mon, Thu or Fri", "2026-03-09 | 2026-03-05 | 2026-03-06"],
    ["mon/thu/fri", "2026-03-09 | 2026-03-05 | 2026-03-06"],
    ["Monday and Tuesday afternoons", "2026-03-09 12:00-17:00 | 2026-03-10 12:00-17:00"],
    ["Tuesday or Thursday afternoon", "2026-03-10 12:00-17:00 | 2026-03-05 12:00-17:00"],
    ["Tuesday afternoon or Thursday morning", "2026-03-10 12:00-17:00 | 2026-03-05 07:00-12:00"],
    ["saturday morning or sunday", "2026-03-07 07:00-12:00 | 2026-03-08"],
    ["Tuesday at 3 or Thursday at 4", "2026-03-10 15:00 | 2026-03-05 16:00"],
    ["Tue 2-4 or Thu 10-12", "2026-03-10 14:00-16:00 | 2026-03-05 10:00-12:00"],
    ["10 or 11", "10:00,11:00"],
    ["10, 11 or 12 on Friday", "2026-03-06 10:00,11:00,12:00"],
    ["Tuesday 3pm or 4pm", "2026-03-10 15:00,16:00"],
    ["Monday to Wednesday", "2026-03-09..2026-03-11"],
    ["any morning next week", "2026-03-09..2026-03-15 07:00-12:00"],
    ["any time after 3 on weekdays next week", "2026-03-09..2026-03-15 mon,tue,wed,thu,fri 15:00-24:00 after"],
    ["I'm free Tuesday and Thursday after 2", "2026-03-10 14:00-24:00 | 2026-03-05 14:00-24:00 after"],
    ["the week of April 6, any afternoon", "2026-04-06..2026-04-12 12:00-17:00"],
    ["this week? afternoons are best", "2026-03-02..2026-03-08 12:00-17:00"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("what is not wanted", () => {
  test.each([
    ["not Friday", "not(fri)"],
    ["not on Friday", "not(fri)"],
    ["not this Friday", "not(2026-03-06)"],
    ["any day but Friday", "not(fri)"],
    ["anything but mornings", "not(07:00-12:00)"],
    ["except Tuesday", "not(tue)"],
    ["next week except Monday", "2026-03-09..2026-03-15 not(mon)"],
    ["next week but not Tuesday", "2026-03-09..2026-03-15 not(tue)"],
    ["next week, not Monday or Friday", "2026-03-09..2026-03-15 not(mon) not(fri)"],
    ["not in the morning", "not(07:00-12:00)"],
    ["no mornings", "not(07:00-12:00)"],
    ["Friday doesn't work", "not(fri)"],
    ["Mondays don't work for me", "not(mon)"],
    ["Saturday isn't going to work for me", "not(sat)"],
    ["I can't do Tuesday", "not(tue)"],
    ["I can't make Thursday afternoon", "not(thu 12:00-17:00)"],
    ["I'm away until the 15th", "not(2026-03-04..2026-03-15)"],
    ["not today", "not(2026-03-04)"],
    ["not tomorrow, Friday", "not(2026-03-05)"],
    ["Friday, not Thursday", "2026-03-06 not(thu)"],
    ["4 instead of 3", "16:00 not(15:00)"],
    ["Tuesday rather than Monday", "2026-03-10 not(mon)"],
    ["3pm is too early", "not(15:00)"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("sentences", () => {
  test.each([
    ["can I see Dr Lee next Thursday afternoon?", "2026-03-12 12:00-17:00 ? next-week: 2026-03-05 12:00-17:00"],
    ["Book a follow-up with Dr Lee on Thursday at 3pm please", "2026-03-05 15:00"],
    ["hi, can I book 60 min with Ana on the 9th at half past two", "2026-03-09 14:30 60min"],
    ["I'd like to come in sometime next week, preferably in the morning", "2026-03-09..2026-03-15 07:00-12:00"],
    ["Do you have anything on the 12th after 4?", "2026-03-12 16:00-24:00 after"],
    ["could we do Friday at 4 instead?", "2026-03-06 16:00"],
    ["is 2:30 on Thursday free?", "2026-03-05 14:30"],
    ["none of these, after 4", "16:00-24:00 after"],
    ["mornings only", "07:00-12:00"],
    ["Thursday of next week, the big room. 3PM to 6PM", "2026-03-12 15:00-18:00"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("no time at all", () => {
  test.each([
    ["book my next package session", "nothing"],
    ["I need 3 appointments", "nothing"],
    ["I have 2 kids", "nothing"],
    ["it's for 2 people", "nothing"],
    ["my number is 555 1234", "nothing"],
    ["call me at 555-1234", "nothing"],
    ["24/7", "nothing"],
    ["50% off", "nothing"],
    ["$30", "nothing"],
    ["dose of 5 mg", "nothing"],
    ["section 4.2", "nothing"],
    ["I may be late", "nothing"],
    ["I sat down", "nothing"],
    ["may I ask what this is for?", "nothing"],
    ["good morning", "nothing"],
    ["have a great week!", "nothing"],
    ["one on one", "nothing"],
    ["1:1", "nothing"],
    ["we met at one of the events", "nothing"],
    ["30 min later", "nothing"],
    ["an hour earlier", "nothing"],
    ["the same day", "nothing"],
    ["hello", "nothing"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});
