import { describe, expect, test } from "vitest";
import { mergeTimes } from "../../../src/language/times.ts";
import type { Want } from "../../../src/language/when/want.ts";
import { clientSays } from "./practice.ts";

function timesAfter(...texts: readonly string[]): readonly Want[] {
  return texts.reduce<readonly Want[]>((times, text) => mergeTimes(times, clientSays(text).when), []);
}

describe("merging the times of a wish", () => {
  test("W7: another day keeps the hours", () => {
    const [time] = timesAfter("wednesday after 3", "actually thursday instead");
    expect(time).toMatchObject({ days: [{ from: "2026-03-05", to: "2026-03-06", windows: [{ fromMinutes: 900 }] }] });
  });

  test("W7: a refusal of hours keeps the week and the day ruled out", () => {
    const [time] = timesAfter("any day next week except wednesday", "not in the morning");
    expect(time?.days).toEqual([{ from: "2026-03-09", to: "2026-03-16" }]);
    expect(time?.not).toHaveLength(2);
  });

  test("W7: a day and an hour replace an open day", () => {
    expect(timesAfter("some day next week", "thursday at 10")[0]?.exact).toMatchObject({ minutes: 600 });
  });

  test("W7: words about no time change nothing", () => {
    const times = timesAfter("massage with maya on friday");
    expect(mergeTimes(times, clientSays("thank you").when)).toEqual(times);
  });
});
