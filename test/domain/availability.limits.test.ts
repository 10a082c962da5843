import { describe, expect, test } from "vitest";
import { listSlots, whyNotFree } from "../../src/domain/availability.ts";
import { at, hours, shown, slotQuestion } from "../support/slot-question.ts";

describe("D3.5 notice, horizon and limits", () => {
  test("D3.5 a start exactly at the end of the notice may be booked, one a millisecond earlier may not", () => {
    const question = slotQuestion({ now: "2026-03-01T22:00", offering: { minimumNoticeMinutes: 720 } });
    expect(shown(listSlots(question))).toEqual(["10:00", "10:30", "11:00"]);
    const later = { ...question, nowMs: question.nowMs + 1 };
    expect(shown(listSlots(later))).toEqual(["10:30", "11:00"]);
    expect(whyNotFree(later, at("2026-03-02T10:00"))).toMatchObject({ because: "too-soon" });
  });

  test("D3.5 the notice is elapsed time, also across a DST change", () => {
    // Lisbon's clocks go from 01:00 to 02:00 on 29 March: from 20:00 to 09:00 it is twelve hours, not thirteen.
    const question = slotQuestion({
      now: "2026-03-28T20:00",
      from: "2026-03-29T00:00",
      to: "2026-03-30T00:00",
      offering: { minimumNoticeMinutes: 720 },
    });
    expect(shown(listSlots(question, 1))).toEqual(["09:00"]);
    expect(shown(listSlots({ ...question, nowMs: question.nowMs + 60_000 }, 1))).toEqual(["09:30"]);
  });

  test("D3.5 a start may be at any time of the horizon's last local date, and not after", () => {
    const question = slotQuestion({
      now: "2026-03-01T23:30",
      to: "2026-03-10T00:00",
      schedule: { hours: [hours("23:00", "24:00"), hours("00:00", "01:00")] },
      offering: { horizonDays: 2 },
    });
    expect(shown(listSlots(question), "Europe/Lisbon", "d HH:mm")).toEqual([
      "2 00:00",
      "2 23:00",
      "3 00:00",
      "3 23:00",
    ]);
    expect(whyNotFree(question, at("2026-03-04T00:00"))).toMatchObject({ because: "too-far" });
  });

  test("D3.5 the horizon counts the practitioner's dates", () => {
    // 12:30 UTC on 1 March is already 2 March in Auckland.
    const zone = "Pacific/Auckland";
    const question = slotQuestion({
      zone,
      now: "2026-03-01T12:30Z",
      from: "2026-03-02T00:00",
      to: "2026-03-09T00:00",
      offering: { horizonDays: 1 },
      schedule: { hours: [hours("09:00", "10:00")] },
    });
    expect(shown(listSlots(question), zone, "d HH:mm")).toEqual(["2 09:00", "3 09:00"]);
  });

  test("D3.5 a day at its limit offers no more starts", () => {
    const question = slotQuestion({
      schedule: { limits: { perDay: 2 }, hours: [hours("09:00", "10:00")] },
      to: "2026-03-04T00:00",
      counted: ["2026-03-02T15:00", "2026-03-02T16:00", "2026-03-03T15:00"],
    });
    expect(shown(listSlots(question), "Europe/Lisbon", "ccc HH:mm")).toEqual(["Tue 09:00"]);
    expect(whyNotFree(question, at("2026-03-02T09:00"))).toEqual({ because: "full", per: "day" });
  });

  test("D3.5 limits count in the practitioner's zone: a late evening session belongs to the local date", () => {
    const zone = "America/New_York";
    const limits = { perDay: 1 };
    // 01:30 UTC on Tuesday is Monday evening in New York.
    const question = slotQuestion({
      zone,
      schedule: { limits, hours: [hours("09:00", "10:00")] },
      to: "2026-03-04T00:00",
      counted: ["2026-03-03T01:30Z"],
    });
    expect(shown(listSlots(question), zone, "ccc HH:mm")).toEqual(["Tue 09:00"]);
  });

  test("D3.5 a week begins on the practice's first day", () => {
    const range = { from: "2026-03-07T00:00", to: "2026-03-10T00:00", now: "2026-03-01T00:00" };
    const schedule = { limits: { perWeek: 1 }, hours: [hours("09:00", "10:00")] };
    const asked = (weekStartsOn: "mon" | "sun") =>
      shown(
        listSlots(slotQuestion({ ...range, schedule, weekStartsOn, counted: ["2026-03-04T09:00"] })),
        "Europe/Lisbon",
        "ccc d",
      );
    expect(asked("mon")).toEqual(["Mon 9"]);
    expect(asked("sun")).toEqual(["Sun 8", "Mon 9"]);
  });

  test("D3.5 a month at its limit offers nothing until the next", () => {
    const schedule = { limits: { perMonth: 2 }, hours: [hours("09:00", "10:00")] };
    const question = slotQuestion({
      schedule,
      from: "2026-03-30T00:00",
      to: "2026-04-02T00:00",
      counted: ["2026-03-02T09:00", "2026-03-10T09:00", "2026-04-20T09:00"],
    });
    expect(shown(listSlots(question), "Europe/Lisbon", "d LLL")).toEqual(["1 Apr"]);
  });

  test("D3.5 an hour's limit counts clock hours", () => {
    const schedule = { limits: { perHour: 1 }, hours: [hours("09:00", "12:00")] };
    const question = slotQuestion({
      schedule,
      offering: { durationMinutes: 15, incrementMinutes: 15 },
      counted: ["2026-03-02T09:45", "2026-03-02T11:00"],
    });
    expect(shown(listSlots(question))).toEqual(["10:00", "10:15", "10:30", "10:45"]);
  });

  test("D3.5 an hour is one of the practitioner's clock, also where it begins at half past in UTC", () => {
    const zone = "Asia/Kolkata";
    const question = slotQuestion({
      zone,
      schedule: { limits: { perHour: 1 }, hours: [hours("09:00", "11:00")] },
      offering: { durationMinutes: 30 },
      counted: ["2026-03-02T09:30"],
    });
    expect(shown(listSlots(question), zone)).toEqual(["10:00", "10:30"]);
  });

  test("D3.5 the two 01:00 hours of an autumn night count separately", () => {
    const zone = "America/New_York";
    const question = slotQuestion({
      zone,
      now: "2026-11-01T00:00",
      from: "2026-11-01T00:00",
      to: "2026-11-02T00:00",
      schedule: { limits: { perHour: 1 }, hours: [hours("01:00", "03:00")] },
      counted: ["2026-11-01T01:30-04:00"],
    });
    expect(shown(listSlots(question), zone, "HH:mm ZZZZ")).toEqual(["01:00 EST", "01:30 EST", "02:00 EST"]);
  });

  test("D3.5 a limit of zero offers nothing", () => {
    expect(listSlots(slotQuestion({ schedule: { limits: { perDay: 0 } } }))).toEqual([]);
  });
});
