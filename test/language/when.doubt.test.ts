import { describe, expect, test } from "vitest";
import { parseWhen } from "../../src/language/when/when.ts";
import { inWords, now, reading } from "./reading.ts";

describe("a bare hour is the one inside opening hours (G4)", () => {
  test.each([
    ["at 9", "09:00", "17:00", "09:00"],
    ["at 4", "09:00", "17:00", "16:00"],
    ["at 7", "07:00", "13:00", "07:00"],
    ["at 7", "12:00", "20:00", "19:00"],
    ["at 8:30", "13:00", "21:00", "20:30"],
    ["4-6", "14:00", "20:00", "16:00-18:00"],
    ["8-9", "08:00", "18:00", "08:00-09:00"],
  ])("%s, open %s to %s: %s", (text, opensAt, closesAt, expected) => {
    expect(reading(text, { opensAt, closesAt })).toBe(expected);
  });

  test("both fit: both are asked for", () => {
    expect(reading("friday at 6", { opensAt: "06:00" })).toBe("2026-03-06 18:00 ? am-pm: 2026-03-06 06:00");
  });

  test("neither fits: both are asked for", () => {
    expect(reading("at 5", { opensAt: "09:00", closesAt: "16:00" })).toBe("17:00 ? am-pm: 05:00");
  });

  test("an hour of today that is gone is the later one", () => {
    const evening = { nowMs: Date.parse("2026-03-04T13:30:00Z") };
    expect(reading("today at 8", evening)).toBe("2026-03-04 20:00");
  });
});

test.each([
  ["tomorrow morning", "2026-03-05 09:00-12:00"],
  ["tomorrow afternoon", "2026-03-05 12:00-17:00"],
  ["tomorrow evening", "2026-03-05 17:00-20:00"],
  ["tomorrow at lunchtime", "2026-03-05 11:30-13:30"],
])("%s lies within hours from 09:00 to 20:00 (G3)", (text, expected) => {
  expect(reading(text, { opensAt: "09:00", closesAt: "20:00" })).toBe(expected);
});

describe("3/4 (G6)", () => {
  test.each([
    ["3/4", "en-US", "2026-03-04 ? day-month: 2026-04-03"],
    ["3/4", "en-GB", "2026-04-03 ? day-month: 2026-03-04"],
    ["3/4", "pt-PT", "2026-04-03 ? day-month: 2026-03-04"],
    ["6/5 at 15:30", "en-GB", "2026-05-06 15:30 ? day-month: 2026-06-05 15:30"],
    ["4/1", "en-US", "2026-04-01"],
    ["13/4", "en-US", "2026-04-13"],
    ["4/13", "en-GB", "2026-04-13"],
    ["5/5", "en-US", "2026-05-05"],
    ["Tuesday 3/10", "en-US", "2026-03-10"],
    ["Tue 10/3", "en-GB", "2026-03-10"],
    ["3.4.", "en-US", "2026-04-03"],
    ["24.4. at 9", "de-DE", "2026-04-24 09:00"],
    ["12.03.2026 14:30", "de-DE", "2026-03-12 14:30"],
  ])("%s in %s: %s", (text, locale, expected) => {
    expect(reading(text, { locale })).toBe(expected);
  });

  test("is asked about only where both days can be booked", () => {
    expect(reading("6/5", { locale: "en-GB", horizonDays: 60 })).toBe("2026-05-06");
  });
});

describe("what is past is not meant (G7)", () => {
  test.each([
    ["Wednesday", "2026-03-04 else 2026-03-11"],
    ["Wednesday at 9am", "2026-03-11 09:00"],
    ["Wednesday at 3pm", "2026-03-04 15:00 else 2026-03-11"],
    ["Wednesday morning before 9", "2026-03-11 07:00-09:00 before"],
    ["on the 3rd", "2026-04-03"],
    ["March 3", "2027-03-03"],
    ["mid March", "2026-03-11..2026-03-21"],
    ["5 March 2020", "nothing"],
  ])("on Wednesday 4 March at ten: %s → %s", (text, expected) => {
    expect(reading(text)).toBe(expected);
  });
});

test("the day is the one on the person's own calendar", () => {
  const lateInNewYork = Date.parse("2026-03-05T03:30:00Z");
  expect(reading("tomorrow at 9", { nowMs: lateInNewYork })).toBe("2026-03-05 09:00");
  expect(reading("tomorrow at 9", { nowMs: lateInNewYork, zone: "Europe/Lisbon" })).toBe("2026-03-06 09:00");
  expect(reading("tomorrow at 9", { nowMs: lateInNewYork, zone: "Pacific/Kiritimati" })).toBe("2026-03-06 09:00");
});

test("certainty falls where something is open", () => {
  expect(parseWhen("Friday at 3pm", now)?.want.certainty).toBeGreaterThan(0.7);
  expect(parseWhen("at 8", now)?.want.certainty).toBeLessThan(0.7);
});

test.each([
  ["book a follow-up with Dr Lee on Thursday at 3pm", "book a follow-up with dr lee"],
  ["next Tuesday afternoon, deep tissue please", "deep tissue please"],
  ["can I come between 2 and 4 tomorrow?", "can i come?"],
  ["mornings only", ""],
  ["a 45 minute massage next week", "a massage"],
  ["Friday 3-5pm with Ana, by video", "with ana, by video"],
])("the rest of “%s” is “%s”", (text, rest) => {
  expect(parseWhen(text, now)?.rest).toBe(rest);
});

test("a reading is plain JSON", () => {
  const when = parseWhen("Tuesday or Thursday afternoon next week, not before 2, 30 minutes", now);
  expect(JSON.parse(JSON.stringify(when))).toEqual(when);
  expect(inWords(when)).not.toBe("nothing");
});
