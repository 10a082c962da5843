import { describe, expect, test } from "vitest";
import { type Cause, commonCause } from "../../src/domain/common-cause.ts";

const closed: Cause = { because: "closed-day" };
const booked: Cause = { because: "booked" };
const soon: Cause = { because: "too-soon", noticeMinutes: 720 };
const closing = (lastMs: number): Cause => ({ because: "after-hours", lastMs, runsOver: false });

describe("D3.10 the one cause of several practitioners or starts", () => {
  const cases: readonly (readonly [string, readonly Cause[], Cause | undefined])[] = [
    ["none of none", [], undefined],
    ["the same cause is the common one", [booked, booked], booked],
    ["whoever does not work that day does not count", [closed, booked, closed], booked],
    ["nobody works that day", [closed, closed], closed],
    ["hours count only where nothing else is in the way", [closing(5), booked], booked],
    ["a day off does not hide another one's closing time", [closed, closing(5)], closing(5)],
    ["the same closing time is named", [closing(5), closing(5)], closing(5)],
    ["different closing times are not", [closing(5), closing(9)], { because: "after-hours", runsOver: false }],
    [
      "of time off with and without a word only the time off",
      [{ because: "away", message: "Back soon." }, { because: "away" }],
      { because: "away" },
    ],
    ["booked in several ways is booked", [booked, { because: "held" }, { because: "too-close" }], booked],
    ["what has passed and what is too soon is too soon", [{ because: "past" }, soon], soon],
    ["two causes are none", [soon, booked], { because: "several" }],
    [
      "limits of different periods are none",
      [
        { because: "full", per: "day" },
        { because: "full", per: "week" },
      ],
      { because: "several" },
    ],
    ["before and after hours are none", [{ because: "before-hours", firstMs: 1 }, closing(5)], { because: "several" }],
    [
      "the later end of the horizon counts",
      [
        { because: "too-far", lastMs: 5 },
        { because: "too-far", lastMs: 9 },
      ],
      { because: "too-far", lastMs: 9 },
    ],
  ];

  test.each(cases)("D3.10 %s", (_name, causes, common) => {
    expect(commonCause(causes)).toEqual(common);
    expect(commonCause(causes.toReversed())).toEqual(common);
  });
});
