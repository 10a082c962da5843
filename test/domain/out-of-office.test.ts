import { describe, expect, test } from "vitest";
import { outOfOfficeAt } from "../../src/domain/out-of-office.ts";
import { at } from "../support/slot-question.ts";

const august = { from: "2026-08-03T00:00", to: "2026-08-17T00:00", message: "Back on 17 August." };

describe("time off", () => {
  const schedule = { timezone: "Europe/Lisbon", outOfOffice: [august] };

  test("applies from its first instant until before its last, in the practitioner's wall time", () => {
    expect(outOfOfficeAt(schedule, at("2026-08-03T00:00"))).toBe(august);
    expect(outOfOfficeAt(schedule, at("2026-08-17T00:00") - 1)).toBe(august);
    expect(outOfOfficeAt(schedule, at("2026-08-03T00:00") - 1)).toBeUndefined();
    expect(outOfOfficeAt(schedule, at("2026-08-17T00:00"))).toBeUndefined();
  });

  test("of two overlapping ones the one with a message for clients comes first", () => {
    const silent = { from: "2026-08-01T00:00", to: "2026-09-01T00:00" };
    const both = { ...schedule, outOfOffice: [silent, august] };
    expect(outOfOfficeAt(both, at("2026-08-10T12:00"))).toBe(august);
    expect(outOfOfficeAt(both, at("2026-08-20T12:00"))).toBe(silent);
  });

  test("D3.2 an absence over a repeated hour covers both of its readings", () => {
    const night = { from: "2026-11-01T01:00", to: "2026-11-01T01:30" };
    const newYork = { timezone: "America/New_York", outOfOffice: [night] };
    expect(outOfOfficeAt(newYork, at("2026-11-01T01:00-04:00"))).toBe(night);
    expect(outOfOfficeAt(newYork, at("2026-11-01T01:29-05:00"))).toBe(night);
    expect(outOfOfficeAt(newYork, at("2026-11-01T01:30-05:00"))).toBeUndefined();
  });
});
