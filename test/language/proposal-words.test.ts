import { describe, expect, test } from "vitest";
import { readProposed, readSuiting, suitingStarts } from "../../src/language/intent/proposal-words.ts";
import { instant } from "../support/clock.ts";

/** Monday 08:00 in Lisbon; Monday to Friday of two weeks, 09:00–17:00, a start each hour. */
const nowMs = instant("2026-03-02T08:00Z");
const zone = "Europe/Lisbon";
const starts = Array.from({ length: 14 }, (_, day) => day)
  .filter((day) => day % 7 < 5)
  .flatMap((day) => Array.from({ length: 8 }, (_, hour) => nowMs + (day * 24 + hour + 1) * 3_600_000));
const context = { nowMs, zone, locale: "en-GB", opensAt: "09:00", closesAt: "17:00" };
const short = (times: readonly number[]) => times.map((ms) => new Date(ms).toISOString().slice(8, 16)).join(" ");

describe("what a practitioner's words propose", () => {
  const read = (text: string) => {
    const said = readProposed(text, starts, { ...context, askedMs: instant("2026-03-04T10:00Z") });
    return said && [short(said.free), short(said.elsewhere)];
  };

  test.each([
    ["Thursday 10", "05T10:00", ""],
    ["Thursday 10 or 2", "05T10:00 05T14:00", ""],
    ["propose Thursday 10 or Friday 2 to Ana", "05T10:00 06T14:00", ""],
    ["propose thu at 10, 11 and 12", "05T10:00 05T11:00 05T12:00", ""],
    ["tomorrow after 3", "03T15:00 03T16:00", ""],
    ["Thursday", "05T09:00 05T10:00 05T11:00", ""],
    // A clock time alone is of the day that was asked for.
    ["at 2", "04T14:00", ""],
    // Not among the free ones: only after a warning.
    ["Thursday 10 or 18:00", "05T10:00", "05T18:00"],
    ["Saturday 10", "", "07T10:00"],
    ["Thursday 10:30", "", "05T10:30"],
    // What is past is no time to propose.
    ["today at 7am", "", ""],
  ])("%s", (text, free, elsewhere) => expect(read(text)).toEqual([free, elsewhere]));

  test("of several readings all free ones, three at the most", () => {
    const [free = ""] = read("3/4 at 10") ?? [];
    expect(free.split(" ").length).toBeLessThanOrEqual(3);
    expect(read("hm")).toBeUndefined();
    expect(read("propose something to Ana")).toBeUndefined();
  });
});

describe("what suits a client instead", () => {
  const turnedDownMs = [instant("2026-03-05T10:00Z"), instant("2026-03-05T11:00Z")];
  const suiting = (text: string) => {
    const said = readSuiting(text, context);
    return said && suitingStarts(said, starts, { zone, nowMs, turnedDownMs });
  };

  test.each([
    ["earlier", "02T09:00", "05T09:00"],
    ["something earlier please", "02T09:00", "05T09:00"],
    ["later", "05T12:00", "13T16:00"],
    ["Other days", "02T09:00", "13T16:00"],
    ["another day", "02T09:00", "13T16:00"],
    ["mornings only", "02T09:00", "13T11:00"],
    ["not before Friday", "06T09:00", "13T16:00"],
    ["next week", "09T09:00", "13T16:00"],
    ["earlier than 10", "02T09:00", "13T09:00"],
  ])("%s", (text, first, last) => {
    const found = suiting(text) ?? [];
    expect([short(found.slice(0, 1)), short(found.slice(-1))]).toEqual([first, last]);
    expect(found.filter((ms) => turnedDownMs.includes(ms))).toEqual([]);
  });

  test("other days are none of those that were proposed", () => {
    expect((suiting("other days") ?? []).some((ms) => short([ms]).startsWith("05"))).toBe(false);
  });

  test("words without a time suit nothing", () => {
    for (const text of ["hm", "no thanks", "", "I had a terrible week"]) expect(suiting(text), text).toBeUndefined();
  });
});
