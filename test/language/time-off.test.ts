import { describe, expect, test } from "vitest";
import type { Verb } from "../../src/language/intent/act.ts";
import { read } from "../../src/language/reading.ts";
import { correctStretches, parseTimeOff } from "../../src/language/when/time-off.ts";
import { notOwnTime, ownTimePhrases } from "./phrases/own-time.ts";
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

  test.each([
    ["block 25:00 to 26:00", "block"],
    ["block Friday 25:00 to 26:00", "block"],
    ["block 30 Feb", "block"],
    ["off from 10 to 3 March", "away"],
    ["off 20 to 6 April", "away"],
  ])("W8: “%s” names a time that does not exist, so no time is taken instead", (text, order) => {
    expect(parseTimeOff(text, now)).toEqual({ order, readings: [] });
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

test("a colleague who is a client too is named in both ways", () => {
  const jonas = [{ id: "jonas", names: ["Jonas Weber"] }];
  const { acts } = read("block Jonas tomorrow", { role: "practitioner", clients: jonas, practitioners: jonas }, now);
  expect(acts.map(({ verb, object }) => [verb, object.names.map(({ kind }) => kind)])).toEqual([
    ["block", ["client", "practitioner"]],
  ]);
});

describe("a correction of a time", () => {
  const friday = [{ from: "2026-03-06T12:00", to: "2026-03-06T17:00" }];
  test.each([
    ["actually from 3", "2026-03-06T15:00/2026-03-06T17:00"],
    ["make it until 3", "2026-03-06T12:00/2026-03-06T15:00"],
    ["only until 3", "2026-03-06T12:00/2026-03-06T15:00"],
    ["actually from 6pm", "2026-03-06T18:00/2026-03-07T00:00"],
    ["actually Thursday", "2026-03-05T12:00/2026-03-05T17:00"],
  ])("“Friday afternoon”, “%s”", (text, expected) => {
    const { when } = read(text, { role: "practitioner" }, now);
    const readings = when === undefined ? [] : correctStretches(friday, when, now);
    expect(readings.map((stretches) => stretches.map(({ from, to }) => `${from}/${to}`).join(" "))).toEqual([expected]);
  });
});

test("no client's words touch anybody's time", () => {
  const own: readonly Verb[] = ["block", "be away", "be sick", "open time", "list time off"];
  for (const [text] of ownTimePhrases) {
    expect(read(text, { role: "client" }, now).acts.filter(({ verb }) => own.includes(verb))).toEqual([]);
  }
});
