import { describe, expect, test } from "vitest";
import { route } from "../../src/conversation/router.ts";
import { parseTimeOff } from "../../src/language/when/time-off.ts";
import { notOwnTime, ownTimePhrases, practitionerPhrases } from "./phrases/own-time.ts";
import { now } from "./reading.ts";

describe("a practitioner's words about their own time", () => {
  test.each(ownTimePhrases)("%s", (text, order, ...readings) => {
    const said = parseTimeOff(text, now);
    expect(said?.order).toBe(order);
    expect(said?.readings.map((stretches) => stretches.map(({ from, to }) => `${from}/${to}`).join(" "))).toEqual(
      readings,
    );
  });

  test.each(notOwnTime)("“%s” is about something else", (text) => {
    expect(parseTimeOff(text, now)).toBeUndefined();
  });

  test("a day of every week is the practice's hours, not time off", () => {
    expect(parseTimeOff("block Fridays", now)).toEqual({ order: "block", readings: [], everyWeek: true });
  });

  test("a stretch that is past is no time, one that has begun begins now", () => {
    expect(parseTimeOff("block today from 8am to 9am", now)).toEqual({ order: "block", readings: [] });
    expect(parseTimeOff("block today from 9 to 11", now)?.readings).toEqual([
      [{ from: "2026-03-04T10:00", to: "2026-03-04T11:00" }],
    ]);
  });
});

describe.each(practitionerPhrases)("$title", ({ opens, texts }) => {
  test.each(texts)("%s", (text) => {
    const asked = route(text, { ...now, role: "practitioner" });
    expect(`${asked?.flow} ${asked?.input.type}`).toBe(opens);
  });
});

test("no client's words touch anybody's time", () => {
  for (const [text] of ownTimePhrases) expect(route(text, { ...now, role: "client" })?.flow).not.toBe("absence");
});
