import { expect, test } from "vitest";
import { lastDayOf, type PackageQuestion, problemAt, problemNow } from "../../src/domain/package.ts";
import { instant } from "../support/clock.ts";

/** A package for March in Lisbon with five credits, and its bookings. */
function spring(but: Partial<PackageQuestion> = {}): PackageQuestion {
  return {
    held: { startsOn: "2026-03-01", expiresOn: "2026-03-31" },
    available: 5,
    limits: {},
    countedStartsAtMs: [],
    weekStartsOn: "mon",
    practiceZone: "Europe/Lisbon",
    practitionerZone: "Europe/Lisbon",
    ...but,
  };
}

const monday = instant("2026-03-02T08:00:00Z");
const booked = [instant("2026-03-03T10:00:00Z")];
const now = { nowMs: monday, horizonDays: 60 };

test("a package of 180 days granted on the first of January lasts until 30 June", () => {
  expect(lastDayOf("2026-01-01", 180)).toBe("2026-06-30");
  expect(lastDayOf("2026-01-01", undefined)).toBeUndefined();
});

test("D6.4: the session's start decides, to the end of the last day in the practice's zone", () => {
  expect(problemAt(spring(), instant("2026-03-31T23:59:00+01:00"))).toBeUndefined();
  expect(problemAt(spring(), instant("2026-04-01T00:00:00+01:00"))).toEqual({ reason: "expired", on: "2026-03-31" });
  expect(problemAt(spring(), instant("2026-02-28T23:59:00Z"))).toEqual({ reason: "not-started", on: "2026-03-01" });
});

test("D6.3: reasons come in order: over, not begun, none left, limit", () => {
  const none = { available: 0, limits: { perWeek: 1 }, countedStartsAtMs: booked };
  expect(problemNow(spring(none), now).problem).toEqual({ reason: "none-left" });
  expect(problemNow(spring(none), { ...now, nowMs: instant("2026-04-02T08:00:00Z") }).problem?.reason).toBe("expired");
  expect(problemNow(spring(none), { ...now, nowMs: instant("2026-02-02T08:00:00Z") }).problem?.reason).toBe(
    "not-started",
  );
});

test("D6.3: a full week opens again on the first day of the week, as the practice sets it", () => {
  const weekly = { limits: { perWeek: 1 }, countedStartsAtMs: booked };
  const full = { reason: "limit-reached", per: "week" };
  expect(problemAt(spring(weekly), instant("2026-03-06T10:00:00Z"))).toEqual({ ...full, opensOn: "2026-03-09" });
  expect(problemNow(spring(weekly), now)).toEqual({ waits: { ...full, opensOn: "2026-03-09" } });
  expect(problemAt(spring({ ...weekly, weekStartsOn: "sun" }), instant("2026-03-06T10:00:00Z"))).toEqual({
    ...full,
    opensOn: "2026-03-08",
  });
});

test("D6.3: it is unusable where it opens beyond the horizon, or not before it expires", () => {
  const weekly = { limits: { perWeek: 1 }, countedStartsAtMs: booked };
  expect(problemNow(spring(weekly), { ...now, horizonDays: 5 }).problem).toEqual({
    reason: "limit-reached",
    per: "week",
    opensOn: "2026-03-09",
  });
  const monthly = spring({ limits: { perMonth: 1 }, countedStartsAtMs: booked });
  expect(problemNow(monthly, now).problem).toEqual({ reason: "limit-reached", per: "month" });
});

test("D3.5: limits count in the practitioner's zone: late on Sunday in Lisbon is Monday in Kolkata", () => {
  const weekly = { limits: { perWeek: 1 }, countedStartsAtMs: [instant("2026-03-08T22:00:00Z")] };
  expect(problemAt(spring(weekly), instant("2026-03-06T10:00:00Z"))?.reason).toBe("limit-reached");
  const far = spring({ ...weekly, practitionerZone: "Asia/Kolkata" });
  expect(problemAt(far, instant("2026-03-06T10:00:00Z"))).toBeUndefined();
});
