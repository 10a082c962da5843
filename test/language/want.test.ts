import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { fitSlots, isExact, type Want } from "../../src/language/when/want.ts";
import { parseWhen } from "../../src/language/when/when.ts";
import { now } from "./reading.ts";

const zone = now.zone;
const from = DateTime.fromISO("2026-03-04T00:00", { zone });
/** A start every half hour, day and night, for two weeks. */
const everyHalfHour = Array.from({ length: 14 * 48 }, (_, index) => from.toMillis() + index * 1_800_000);

/** The first and last of the starts that fit, and how many, on the person's clock. */
function fitting(text: string, starts: readonly number[] = everyHalfHour): string {
  const want = parseWhen(text, now)?.want;
  const found = want === undefined ? [] : fitSlots(want, starts, now);
  const say = (startMs: number | undefined) =>
    startMs === undefined ? "" : DateTime.fromMillis(startMs, { zone }).toFormat("ccc d HH:mm");
  return found.length < 3 ? found.map(say).join(", ") : `${say(found[0])} … ${say(found.at(-1))} (${found.length})`;
}

describe("free starts that satisfy a want, those gone by left out", () => {
  test.each([
    ["today", "Wed 4 10:30 … Wed 4 23:30 (27)"],
    ["tomorrow at 3pm", "Thu 5 15:00"],
    ["at 3pm", "Wed 4 15:00 … Tue 17 15:00 (14)"],
    ["Friday morning", "Fri 6 07:00 … Fri 6 11:30 (10)"],
    ["between 2 and 4 on Thursday", "Thu 5 14:00 … Thu 5 15:30 (4)"],
    ["after 11pm tomorrow", "Thu 5 23:00, Thu 5 23:30"],
    ["before 7am on Friday", "Fri 6 00:00 … Fri 6 06:30 (14)"],
    ["10 or 11 on Friday", "Fri 6 10:00, Fri 6 11:00"],
    ["Tuesday at 3 or Thursday at 4", "Thu 5 16:00, Tue 10 15:00"],
    ["next week, mornings, not Monday or Friday", "Tue 10 07:00 … Sun 15 11:30 (50)"],
    ["the latest on Friday", "Fri 6 23:30 … Fri 6 00:00 (48)"],
    ["weekends at noon", "Sat 7 12:00 … Sun 15 12:00 (4)"],
    ["tomorrow from 10pm to 1am", "Thu 5 22:00 … Fri 6 00:30 (6)"],
    ["not before 11pm tomorrow", "Thu 5 23:00, Thu 5 23:30"],
    ["2020-01-01", ""],
  ])("%s: %s", (text, expected) => {
    expect(fitting(text)).toBe(expected);
  });
});

test("a window searches: three o'clock is no start, so four is found and nothing is rounded (G1)", () => {
  const four = [from.plus({ hours: 16 }).toMillis()];
  expect(fitting("today between 3 and 5", four)).toBe("Wed 4 16:00");
  expect(fitting("today at 3", four)).toBe("");
});

test("“Wednesday” on a Wednesday is today, and a week later only once nothing is free today (G5)", () => {
  const [today, nextWeek] = [from.plus({ hours: 15 }).toMillis(), from.plus({ days: 7, hours: 15 }).toMillis()];
  expect(fitting("Wednesday", [today, nextWeek])).toBe("Wed 4 15:00");
  expect(fitting("Wednesday", [nextWeek])).toBe("Wed 11 15:00");
  expect(fitting("Wednesday at 3pm", [nextWeek])).toBe("Wed 11 15:00");
});

test("times said in a zone are found in that zone (G8)", () => {
  expect(fitting("tomorrow at 6pm London time")).toBe("Thu 5 13:00");
});

test("exact is one clock time on one date", () => {
  const exact = (text: string) => {
    const want = parseWhen(text, now)?.want;
    return want !== undefined && isExact(want);
  };
  expect(["Friday at 3pm", "tomorrow at noon", "in 2 hours", "2026-04-01 15:00"].map(exact)).not.toContain(false);
  expect(["at 3pm", "Friday", "Friday afternoon", "10 or 11 on Friday", "Tuesdays at 3"].map(exact)).not.toContain(
    true,
  );
});

describe("days on which clocks change", () => {
  const place = (zone: string, nowIso: string) => ({ zone, nowMs: DateTime.fromISO(nowIso, { zone }).toMillis() });
  const starts = (zone: string, date: string) => {
    const midnight = DateTime.fromISO(date, { zone });
    const minutes = midnight.plus({ days: 1 }).diff(midnight, "minutes").minutes;
    return Array.from({ length: minutes / 30 }, (_, index) => midnight.toMillis() + index * 1_800_000);
  };
  const found = (text: string, zone: string, date: string, nowIso: string) => {
    const at = place(zone, nowIso);
    const want = parseWhen(text, at)?.want as Want; // every text here has a time
    return fitSlots(want, starts(zone, date), at).map((startMs) =>
      DateTime.fromMillis(startMs, { zone }).toFormat("HH:mm ZZ"),
    );
  };

  test.each([
    // New York skips 02:00–03:00 on 8 March: the first valid minute after is meant.
    ["Sunday at 2:30am", "America/New_York", "2026-03-08", "2026-03-04T10:00", ["03:00 -04:00"]],
    ["Sunday at 3:30pm", "America/New_York", "2026-03-08", "2026-03-04T10:00", ["15:30 -04:00"]],
    ["April 1 at 3pm", "America/New_York", "2026-04-01", "2026-03-04T10:00", ["15:00 -04:00"]],
    // Lisbon goes forward at 01:00 on 29 March and back on 25 October, when 01:30 comes twice.
    ["29 March at 1:30am", "Europe/Lisbon", "2026-03-29", "2026-03-20T10:00", ["02:00 +01:00"]],
    ["25 October at 1:30am", "Europe/Lisbon", "2026-10-25", "2026-10-20T10:00", ["01:30 +01:00", "01:30 +00:00"]],
    ["25 October at 10", "Europe/Lisbon", "2026-10-25", "2026-10-20T10:00", ["10:00 +00:00"]],
    // Lord Howe moves by half an hour only: 02:00–02:30 is skipped on 4 October.
    ["4 October at 2:00am", "Australia/Lord_Howe", "2026-10-04", "2026-10-01T10:00", ["02:30 +11:00"]],
    ["4 October at 9", "Australia/Lord_Howe", "2026-10-04", "2026-10-01T10:00", ["09:00 +11:00"]],
    // Kolkata is half an hour off and never changes.
    ["tomorrow at 9:30", "Asia/Kolkata", "2026-03-05", "2026-03-04T10:00", ["09:30 +05:30"]],
  ])("%s in %s", (text, zone, date, nowIso, expected) => {
    expect(found(text, zone, date, nowIso)).toEqual(expected);
  });
});
