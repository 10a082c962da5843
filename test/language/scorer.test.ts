import { describe, expect, test } from "vitest";
import { parse, parseMove, select, understand } from "./scorer.ts";

const frame = { reference: "2026-03-04T10:00:00-05:00", timezone: "America/New_York" };

describe("readings in the form evaluation sets compare", () => {
  test.each([
    ["Friday", { start: "2026-03-06T00:00:00.000-05:00", end: "2026-03-07T00:00:00.000-05:00", grain: "day" }],
    ["Friday at 3pm", { start: "2026-03-06T15:00:00.000-05:00", grain: "minute" }],
    ["after 3pm tomorrow", { start: "2026-03-05T15:00:00.000-05:00", grain: "minute", open: "after" }],
    ["before noon tomorrow", { end: "2026-03-05T12:00:00.000-05:00", grain: "minute", open: "before" }],
    ["90 minutes", { minutes: 90 }],
    ["hello", null],
  ])("%s", (text, expected) => {
    expect(parse(text, frame)).toEqual(expected);
  });

  test("moves, choices and intents", () => {
    expect(parseMove("move my Friday session to Monday", frame)).toMatchObject({
      from: { start: "2026-03-06T00:00:00.000-05:00" },
      to: { start: "2026-03-09T00:00:00.000-04:00" },
    });
    const offered = ["2026-03-05T10:00:00-05:00", "2026-03-05T14:00:00-05:00"];
    expect(select("the second one", { ...frame, offered })).toEqual({ index: 1 });
    expect(select("either", { ...frame, offered })).toEqual({ index: null });
    expect(understand("yes", { prevActs: ["CONFIRM"] }).intent).toBe("affirm");
    expect(understand("book a session", {}).intent).toBe("book");
  });
});
