import { DateTime, IANAZone } from "luxon";
import { describe, expect, test } from "vitest";
import {
  dateOfDay,
  dayOfDate,
  isDate,
  minutesOfTime,
  monthOfDay,
  weekdayOfDay,
  weekOfDay,
} from "../../src/domain/local-date.ts";
import { weekdays } from "../../src/domain/practice.ts";
import {
  endOfLocalDay,
  localDateOf,
  minutesOfDayAt,
  offsetMsAt,
  resolveLocal,
  startOfLocalDay,
  stretchAt,
} from "../../src/domain/zone.ts";

const hourMs = 3_600_000;
const zones = [
  "America/New_York",
  "Europe/Lisbon",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Cairo",
  "Asia/Beirut",
  "Africa/Casablanca",
  "Atlantic/Azores",
  "Asia/Kolkata",
  "Australia/Adelaide",
  "Pacific/Chatham",
  "UTC",
];

describe("D3.2 a wall time becomes an instant", () => {
  test("D3.2 an ordinary time has one instant, whichever edge it is", () => {
    expect(resolveLocal("Europe/Lisbon", "2026-07-01T09:30", "start")).toBe(Date.parse("2026-07-01T08:30Z"));
    expect(resolveLocal("Europe/Lisbon", "2026-07-01T09:30", "end")).toBe(Date.parse("2026-07-01T08:30Z"));
    expect(resolveLocal("Asia/Kolkata", "2026-07-01T09:30", "start")).toBe(Date.parse("2026-07-01T04:00Z"));
  });

  test("D3.2 a skipped time moves forward to the first valid instant", () => {
    const jump = Date.parse("2026-03-08T07:00Z");
    for (const time of ["02:00", "02:30", "02:59", "03:00"]) {
      expect(resolveLocal("America/New_York", `2026-03-08T${time}`, "start")).toBe(jump);
      expect(resolveLocal("America/New_York", `2026-03-08T${time}`, "end")).toBe(jump);
    }
    expect(resolveLocal("America/New_York", "2026-03-08T01:59", "end")).toBe(jump - 60_000);
  });

  test("D3.2 of a time that occurs twice a start uses the earlier, an end the later", () => {
    expect(resolveLocal("America/New_York", "2026-11-01T01:30", "start")).toBe(Date.parse("2026-11-01T05:30Z"));
    expect(resolveLocal("America/New_York", "2026-11-01T01:30", "end")).toBe(Date.parse("2026-11-01T06:30Z"));
    expect(resolveLocal("Australia/Lord_Howe", "2026-04-05T01:45", "start")).toBe(Date.parse("2026-04-04T14:45Z"));
    expect(resolveLocal("Australia/Lord_Howe", "2026-04-05T01:45", "end")).toBe(Date.parse("2026-04-04T15:15Z"));
  });

  test("D3.2 24:00 is the first instant of the next date", () => {
    expect(resolveLocal("America/Santiago", "2026-09-05T24:00", "end")).toBe(Date.parse("2026-09-06T04:00Z"));
    expect(resolveLocal("Atlantic/Azores", "2026-10-24T24:00", "end")).toBe(Date.parse("2026-10-25T00:00Z"));
  });

  test.each(["2026-02-30T10:00", "2026-3-01T10:00", "2026-03-01T24:01", "2026-03-01T10:60", "2026-03-01", "", "today"])(
    "%s is not a wall time",
    (text) => {
      expect(() => resolveLocal("Europe/Lisbon", text, "start")).toThrow(RangeError);
    },
  );

  test("an unknown zone or an invalid instant is a bug of the caller", () => {
    expect(() => localDateOf("Europe/Atlantis", 0)).toThrow(RangeError);
    expect(() => localDateOf("Europe/Lisbon", Number.NaN)).toThrow(RangeError);
    expect(() => localDateOf("Europe/Lisbon", Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

describe("local dates", () => {
  test("a date is the one on the zone's own calendar", () => {
    expect(localDateOf("Pacific/Auckland", Date.parse("2026-03-01T20:00Z"))).toBe("2026-03-02");
    expect(localDateOf("America/New_York", Date.parse("2026-03-01T04:59Z"))).toBe("2026-02-28");
  });

  test("where midnight is skipped a date begins at 01:00, and the date before ends there", () => {
    for (const [zone, eve, date, first] of [
      ["America/Santiago", "2026-09-05", "2026-09-06", "2026-09-06T04:00Z"],
      ["Africa/Cairo", "2026-04-23", "2026-04-24", "2026-04-23T22:00Z"],
      ["Asia/Beirut", "2026-03-28", "2026-03-29", "2026-03-28T22:00Z"],
    ] as const) {
      expect(startOfLocalDay(zone, date)).toBe(Date.parse(first));
      expect(endOfLocalDay(zone, eve)).toBe(Date.parse(first));
      expect(endOfLocalDay(zone, date) - startOfLocalDay(zone, date)).toBe(23 * hourMs);
    }
  });

  test("where midnight occurs twice a date begins at the earlier", () => {
    expect(startOfLocalDay("Atlantic/Azores", "2026-10-25")).toBe(Date.parse("2026-10-25T00:00Z"));
    expect(endOfLocalDay("Atlantic/Azores", "2026-10-25") - startOfLocalDay("Atlantic/Azores", "2026-10-25")).toBe(
      25 * hourMs,
    );
  });

  test("a date missing in the zone is empty: Samoa had no 30 December 2011", () => {
    expect(startOfLocalDay("Pacific/Apia", "2011-12-30")).toBe(endOfLocalDay("Pacific/Apia", "2011-12-30"));
  });

  test.each(zones)(
    "every date of four years in %s begins where the one before ends, and contains its own noon",
    (zone) => {
      for (let day = dayOfDate("2025-01-01"); day < dayOfDate("2029-01-01"); day += 1) {
        const date = dateOfDay(day);
        expect(endOfLocalDay(zone, dateOfDay(day - 1))).toBe(startOfLocalDay(zone, date));
        expect(localDateOf(zone, startOfLocalDay(zone, date))).toBe(date);
        expect(localDateOf(zone, startOfLocalDay(zone, date) - 1)).toBe(dateOfDay(day - 1));
        expect(localDateOf(zone, resolveLocal(zone, `${date}T12:00`, "start"))).toBe(date);
      }
    },
  );
});

describe("offsets", () => {
  test.each(zones)("%s: the table gives luxon's offset every nine hours of five years", (zone) => {
    const luxonZone = IANAZone.create(zone);
    for (let atMs = Date.parse("2025-01-01T00:00Z"); atMs < Date.parse("2030-01-01T00:00Z"); atMs += 9 * hourMs) {
      expect(offsetMsAt(zone, atMs)).toBe(luxonZone.offset(atMs) * 60_000);
    }
  });

  test("a DST change is known to the millisecond", () => {
    const jump = Date.parse("2026-03-29T01:00Z");
    expect(offsetMsAt("Europe/Lisbon", jump - 1)).toBe(0);
    expect(offsetMsAt("Europe/Lisbon", jump)).toBe(hourMs);
    expect(stretchAt("Europe/Lisbon", jump).fromMs).toBe(jump);
    expect(stretchAt("Europe/Lisbon", jump - 1).untilMs).toBe(jump);
  });
});

describe("dates as day numbers", () => {
  test("every date of forty years has luxon's weekday and month, and survives a round trip", () => {
    let date = DateTime.utc(2000, 1, 1);
    for (let day = dayOfDate("2000-01-01"); day < dayOfDate("2040-01-01"); day += 1) {
      expect(dateOfDay(day)).toBe(date.toISODate());
      expect(dayOfDate(dateOfDay(day))).toBe(day);
      expect(weekdays.indexOf(weekdayOfDay(day)) + 1).toBe(date.weekday);
      expect(monthOfDay(day)).toBe(date.year * 12 + date.month);
      date = date.plus({ days: 1 });
    }
  });

  test("days before 1970 have their weekday too", () => {
    expect(weekdayOfDay(dayOfDate("1969-07-20"))).toBe("sun");
  });

  test("a week begins on the requested day", () => {
    const sunday = dayOfDate("2026-03-01");
    expect(weekOfDay(sunday, "mon")).toBe(weekOfDay(sunday - 6, "mon"));
    expect(weekOfDay(sunday, "mon")).toBe(weekOfDay(sunday + 1, "mon") - 1);
    expect(weekOfDay(sunday, "sun")).toBe(weekOfDay(sunday + 6, "sun"));
    expect(weekOfDay(sunday, "sun")).toBe(weekOfDay(sunday - 1, "sun") + 1);
  });

  test.each(["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-01", "2026-04-01T00:00"])(
    "%s is not a date",
    (date) => {
      expect(() => dayOfDate(date)).toThrow(RangeError);
    },
  );

  test("the time of day follows the zone's clocks, also before 1970", () => {
    const at = (iso: string, zone: string) => minutesOfDayAt(zone, Date.parse(iso));
    expect(at("2026-03-08T06:59:59Z", "America/New_York")).toBe(119);
    expect(at("2026-03-08T07:00:00Z", "America/New_York")).toBe(180);
    expect(at("1969-12-31T23:30:00Z", "UTC")).toBe(23 * 60 + 30);
    expect(at("2026-03-02T00:00:00Z", "Asia/Kolkata")).toBe(5 * 60 + 30);
  });

  test.each([
    ["2028-02-29", true],
    ["2026-02-29", false],
    ["0099-01-01", false],
    ["2026-1-1", false],
    ["", false],
  ])("%j is a date: %s", (text, is) => expect(isDate(text)).toBe(is));

  test("a wall time runs to 24:00", () => {
    expect(minutesOfTime("00:00")).toBe(0);
    expect(minutesOfTime("24:00")).toBe(1440);
    expect(() => minutesOfTime("9:00")).toThrow(RangeError);
  });
});
