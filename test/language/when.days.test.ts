import { describe, expect, test } from "vitest";
import { reading } from "./reading.ts";

// Read on Wednesday 4 March 2026 at ten in the morning in New York.
describe("days near today", () => {
  test.each([
    ["today", "2026-03-04"],
    ["later today", "2026-03-04"],
    ["tomorrow", "2026-03-05"],
    ["tomorrow's", "2026-03-05"],
    ["the day after tomorrow", "2026-03-06"],
    ["the next day", "2026-03-05"],
    ["in 3 days", "2026-03-07"],
    ["in a couple of days", "2026-03-06"],
    ["in a week", "2026-03-11"],
    ["in two weeks", "2026-03-18"],
    ["a fortnight from now", "2026-03-18"],
    ["in 6 weeks", "2026-04-15"],
    ["a week from today", "2026-03-11"],
    ["today or tomorrow", "2026-03-04 | 2026-03-05"],
    ["tomorrow or the day after", "2026-03-05 | 2026-03-06"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("weekdays", () => {
  test.each([
    ["Friday", "2026-03-06"],
    ["on friday", "2026-03-06"],
    ["this friday", "2026-03-06"],
    ["coming Monday", "2026-03-09"],
    ["Friday week", "2026-03-13"],
    ["a week on Tuesday", "2026-03-17"],
    ["a week from Friday", "2026-03-13"],
    ["Friday after next", "2026-03-13"],
    ["two Sundays from now", "2026-03-15"],
    ["Friday next week", "2026-03-13"],
    ["next week Friday", "2026-03-13"],
    ["next week on Thursday", "2026-03-12"],
    ["Thursday of next week", "2026-03-12"],
    ["Let's meet next week, maybe Thursday", "2026-03-12"],
    ["Sunday this week", "2026-03-08"],
    ["the Sunday after next Tuesday", "2026-03-15"],
    ["Mondays", "mon"],
    ["every Tuesday", "tue"],
    ["any Tuesday after 3", "tue 15:00-24:00 after"],
    ["Tuesdays and Thursdays", "tue,thu"],
    ["weekdays", "mon,tue,wed,thu,fri"],
    ["weekends only", "sat,sun"],
    ["on a weekend", "sat,sun"],
    ["any weekday morning", "mon,tue,wed,thu,fri 07:00-12:00"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("weeks, months and other stretches", () => {
  test.each([
    ["this week", "2026-03-02..2026-03-08"],
    ["next week", "2026-03-09..2026-03-15"],
    ["the week after next", "2026-03-16..2026-03-22"],
    ["next week or the week after", "2026-03-09..2026-03-15 | 2026-03-16..2026-03-22"],
    ["this week or next", "2026-03-02..2026-03-08 | 2026-03-09..2026-03-15"],
    ["this weekend", "2026-03-07..2026-03-08"],
    ["next weekend", "2026-03-14..2026-03-15"],
    ["next month", "2026-04-01..2026-04-30"],
    ["this month", "2026-03-01..2026-03-31"],
    ["in April", "2026-04-01..2026-04-30"],
    ["Can I come in May?", "2026-05-01..2026-05-31"],
    ["early next week", "2026-03-09..2026-03-11"],
    ["late next week", "2026-03-13..2026-03-15"],
    ["the rest of the week", "2026-03-04..2026-03-08"],
    ["later this week", "2026-03-04..2026-03-08"],
    ["early April", "2026-04-01..2026-04-10"],
    ["mid April", "2026-04-11..2026-04-20"],
    ["end of April", "2026-04-21..2026-04-30"],
    ["the end of the month", "2026-03-22..2026-03-31"],
    ["week of March 16", "2026-03-16..2026-03-22"],
    ["the week of the 23rd", "2026-03-23..2026-03-29"],
    ["the first week of April", "2026-04-06..2026-04-12"],
    ["within 10 days", "2026-03-04..2026-03-14"],
    ["in the next 3 days", "2026-03-05..2026-03-07"],
    ["the next two weeks", "2026-03-09..2026-03-22"],
    ["next week Tuesday to Thursday", "2026-03-10..2026-03-12"],
    ["for 3 days from the 10th", "2026-03-10..2026-03-12"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("days of the month", () => {
  test.each([
    ["the 13th", "2026-03-13"],
    ["on the 3rd", "2026-04-03"],
    ["I need the 12th please", "2026-03-12"],
    ["on 12 at 3", "2026-03-12 15:00"],
    ["the 1st of next month", "2026-04-01"],
    ["the 20th of this month", "2026-03-20"],
    ["Friday the 13th", "2026-03-13"],
    ["thursday 12th 3pm", "2026-03-12 15:00"],
    ["fri 13", "2026-03-13"],
    ["between the 9th and the 13th", "2026-03-09..2026-03-13"],
    ["from the 9th to the 13th of April", "2026-04-09..2026-04-13"],
    ["the second one", "nothing"],
    ["my first visit", "nothing"],
    ["at first", "nothing"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("written dates", () => {
  test.each([
    ["March 9", "2026-03-09"],
    ["9 March", "2026-03-09"],
    ["March 9th at 2", "2026-03-09 14:00"],
    ["9th of March, 14:00", "2026-03-09 14:00"],
    ["the ninth of march", "2026-03-09"],
    ["Mar. 9", "2026-03-09"],
    ["Sept 3", "2026-09-03"],
    ["May twenty-first", "2026-05-21"],
    ["3 Feb", "2027-02-03"],
    ["Feb 29", "2028-02-29"],
    ["2026-04-01", "2026-04-01"],
    ["2026-04-01 15:00", "2026-04-01 15:00"],
    ["April 1 at 3pm", "2026-04-01 15:00"],
    ["April 5th 2027", "2027-04-05"],
    ["13/4", "2026-04-13"],
    ["Mon 9 Mar 10:00", "2026-03-09 10:00"],
    ["today, March 4th", "2026-03-04"],
    ["March 9-13", "2026-03-09..2026-03-13"],
    ["9-13 March", "2026-03-09..2026-03-13"],
    ["March 9 to March 13", "2026-03-09..2026-03-13"],
    ["April 27th to the 3rd", "2026-04-27..2026-05-03"],
    ["12 March 2019", "nothing"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("weekdays of a month, days from a day", () => {
  test.each([
    ["first Tuesday of April", "2026-04-07"],
    ["the last Friday in March", "2026-03-27"],
    ["second Monday of next month", "2026-04-13"],
    ["third thursday of this month", "2026-03-19"],
    ["2 days after March 10", "2026-03-12"],
    ["a week after the 10th", "2026-03-17"],
    ["3 days from Tuesday", "2026-03-13"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

describe("slips of the finger", () => {
  test.each([
    ["tomorow", "2026-03-05"],
    ["tommorow at 3", "2026-03-05 15:00"],
    ["tmrw", "2026-03-05"],
    ["2moro at 3p", "2026-03-05 15:00"],
    ["wensday", "2026-03-04 else 2026-03-11"],
    ["weds arvo", "2026-03-04 12:00-17:00 else 2026-03-11"],
    ["teusday at 14h", "2026-03-10 14:00"],
    ["thrusday", "2026-03-05"],
    ["satruday mornign", "2026-03-07 07:00-12:00"],
    ["febuary 30", "nothing"],
    ["febuary 3", "2027-02-03"],
    ["nxt wk", "2026-03-09..2026-03-15"],
    ["thurs @ 4", "2026-03-05 16:00"],
    ["next mnth", "2026-04-01..2026-04-30"],
    ["sun at 2pm", "2026-03-08 14:00"],
    ["this sat", "2026-03-07"],
    ["firday moring", "2026-03-06 07:00-12:00"],
  ])("%s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});
