import { describe, expect, test } from "vitest";
import { merge, nothingWanted, type Wanted } from "../../../src/language/wanted.ts";
import { clientSays } from "./practice.ts";

function wantedAfter(...texts: readonly string[]): Wanted {
  return texts.reduce((wanted, text) => merge(wanted, clientSays(text)), nothingWanted);
}

describe("merging wishes", () => {
  test("W7: another day keeps the hours", () => {
    const [time] = wantedAfter("wednesday after 3", "actually thursday instead").times;
    expect(time).toMatchObject({ days: [{ from: "2026-03-05", to: "2026-03-06", windows: [{ fromMinutes: 900 }] }] });
  });

  test("W7: a refusal of hours keeps the week and the day ruled out", () => {
    const [time] = wantedAfter("any day next week except wednesday", "not in the morning").times;
    expect(time?.days).toEqual([{ from: "2026-03-09", to: "2026-03-16" }]);
    expect(time?.not).toHaveLength(2);
  });

  test("W7: a time adds to a service, a method and a person", () => {
    const wanted = wantedAfter("a massage by phone with maya", "thursday at 10");
    expect(wanted.services.wanted).toEqual(["massage"]);
    expect(wanted.methods.wanted).toEqual(["phone"]);
    expect(wanted.practitioners.wanted).toEqual(["maya"]);
    expect(wanted.times[0]?.exact).toEqual({ date: "2026-03-05", minutes: 600 });
  });

  test("W7: a name replaces the one of its kind", () => {
    const wanted = wantedAfter("massage with maya", "physio with nora");
    expect(wanted.services.wanted).toEqual(["physio"]);
    expect(wanted.practitioners.wanted).toEqual(["nora"]);
  });

  test("W7: a refusal takes a name back and stays", () => {
    const wanted = wantedAfter("video with nora", "anyone but nora, and not by video");
    expect(wanted.practitioners).toEqual({ wanted: [], unwanted: ["nora"] });
    expect(wanted.methods).toEqual({ wanted: [], unwanted: ["video"] });
    expect(wanted.anyone).toBe(true);
  });

  test("W7: wanting what was ruled out lifts the refusal", () => {
    expect(wantedAfter("not by video", "ok, video").methods).toEqual({ wanted: ["video"], unwanted: [] });
  });

  test("W7: words about nothing of the wish change nothing", () => {
    const wanted = wantedAfter("massage with maya on friday");
    expect(merge(wanted, clientSays("thank you"))).toEqual(wanted);
  });
});
