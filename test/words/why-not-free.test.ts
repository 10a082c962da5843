import { describe, expect, test } from "vitest";
import type { Cause } from "../../src/domain/common-cause.ts";
import { causeWords } from "../../src/words/why-not-free.ts";

const lisbon = { zone: "Europe/Lisbon", locale: "en-GB" };
const newYork = { zone: "America/New_York", locale: "en-US" };
const startsAtMs = Date.parse("2026-03-05T18:00Z");
const closing: Cause = { because: "after-hours", lastMs: Date.parse("2026-03-05T17:00Z"), runsOver: false };

describe("D3.10 a cause is one sentence in the reader's zone", () => {
  test.each([
    [lisbon, "Thursday 5 March at 18:00 is after closing: the last start is 17:00."],
    [newYork, "Thursday, March 5 at 1:00 PM is after closing: the last start is 12:00 PM."],
    [{ zone: "Asia/Kolkata", locale: "en-GB" }, "Thursday 5 March at 23:30 is after closing: the last start is 22:30."],
    [
      { zone: "Australia/Lord_Howe", locale: "en-GB" },
      "Friday 6 March at 05:00 is after closing: the last start is 04:00.",
    ],
  ])("D3.10 %o", (reader, sentence) => {
    expect(causeWords(closing, { startsAtMs, reader, side: "client" })).toBe(sentence);
  });

  test("D3.10 another start is named with its day where that is another one to the reader", () => {
    const reader = { zone: "Asia/Tokyo", locale: "en-GB" };
    const cause: Cause = { ...closing, lastMs: Date.parse("2026-03-05T14:00Z") };
    const late = { startsAtMs: Date.parse("2026-03-05T15:00Z"), reader, side: "client" } as const;
    expect(causeWords(cause, late)).toBe(
      "Friday 6 March at 00:00 is after closing: the last start is Thu 5 Mar, 23:00.",
    );
  });

  test("D3.10 of the two equal times of an autumn night the one is named that is meant", () => {
    const at = (iso: string) =>
      causeWords({ because: "booked" }, { startsAtMs: Date.parse(iso), reader: lisbon, side: "client" });
    expect(at("2026-10-25T00:30Z")).toBe("Sunday 25 October at 01:30 (GMT+1) is already booked.");
    expect(at("2026-10-25T01:30Z")).toBe("Sunday 25 October at 01:30 (GMT+0) is already booked.");
  });

  test("D3.10 a client reads nothing of whose time it is; a practitioner reads of their own block and its note", () => {
    const said = (cause: Cause, side: "client" | "practitioner") =>
      causeWords(cause, { startsAtMs, reader: lisbon, side });
    expect(said({ because: "away" }, "client")).toBe("Thursday 5 March at 18:00 is not available.");
    expect(said({ because: "away", message: "At a conference." }, "practitioner")).toBe(
      "Thursday 5 March at 18:00 is blocked: “At a conference.”",
    );
    expect(said({ because: "held" }, "client")).toBe(
      "Thursday 5 March at 18:00 is being booked by someone else right now.",
    );
    expect(said({ because: "own-session" }, "practitioner")).toBe(
      "Thursday 5 March at 18:00 is taken by another session.",
    );
  });

  test("D3.10 only a booking of the last minutes is said to be somebody else's of a moment ago", () => {
    const hours = { firstMs: startsAtMs, lastMs: startsAtMs, beforeMs: startsAtMs, afterMs: startsAtMs };
    const others: readonly Cause[] = [
      { because: "unknown" },
      { because: "several" },
      { because: "past" },
      { because: "too-soon", noticeMinutes: 720 },
      { because: "too-far", lastMs: startsAtMs },
      { because: "outside-package" },
      { because: "closed-day" },
      { because: "too-long" },
      { because: "not-by-method", allDay: true },
      { because: "not-at-location", allDay: false },
      { because: "not-this-service", allDay: true },
      { because: "before-hours", ...hours },
      closing,
      { because: "in-break", ...hours, runsInto: true },
      { because: "between-starts", ...hours },
      { because: "away" },
      { because: "booked" },
      { because: "own-session" },
      { because: "present-time" },
      { because: "too-close" },
      { because: "full", per: "day" },
      { because: "package-full", per: "week" },
      { because: "not-offered" },
    ];
    for (const cause of others) {
      for (const said of [{ startsAtMs }, {}]) {
        const sentence = causeWords(cause, { ...said, reader: lisbon, side: "client" });
        expect(sentence).not.toMatch(/someone else|somebody|just|moment ago|faster/);
        expect(sentence.split(/[.!?](?:\s|$)/).filter((part) => part !== "").length).toBeLessThanOrEqual(1);
      }
    }
    expect(causeWords({ because: "just-booked" }, { startsAtMs, reader: lisbon, side: "client" })).toMatch(
      /a moment ago/,
    );
  });
});
