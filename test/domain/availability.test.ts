import { describe, expect, test } from "vitest";
import { listSlots, nearestSlots, whyNotFree } from "../../src/domain/availability.ts";
import { defaultPolicies } from "../../src/domain/policy.ts";
import { at, busy, hours, shown, slotQuestion } from "../support/slot-question.ts";

describe("D3.7 a single start is checked by the same rules", () => {
  const question = slotQuestion();

  test("D3.7 a start off the grid is refused, however near", () => {
    const nine = at("2026-03-02T09:00");
    expect(whyNotFree(question, nine)).toBeUndefined();
    for (const near of [nine - 1, nine + 1, nine + 0.5, nine + 60_000, nine + 15 * 60_000]) {
      expect(whyNotFree(question, near)).toBeDefined();
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE, 9e15, -1])(
    "D3.7 %d is not a start",
    (startsAtMs) => {
      expect(
        whyNotFree({ ...question, fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }, startsAtMs),
      ).toBeDefined();
      expect(whyNotFree(question, startsAtMs)).toEqual({ because: "unknown" });
    },
  );

  test("D3.7 a start outside the queried range is refused, because its claims were not loaded", () => {
    expect(whyNotFree(question, at("2026-03-03T09:00"))).toEqual({ because: "unknown" });
    expect(whyNotFree({ ...question, toMs: at("2026-03-04T00:00") }, at("2026-03-03T09:00"))).toBeUndefined();
  });

  test("D3.7 an endless or reversed range is answered", () => {
    const endless = {
      ...slotQuestion({ offering: { horizonDays: 1 } }),
      fromMs: Number.NEGATIVE_INFINITY,
      toMs: Number.POSITIVE_INFINITY,
    };
    expect(listSlots(endless)).toHaveLength(5);
    expect(listSlots({ ...question, toMs: question.fromMs - 1 })).toEqual([]);
    expect(listSlots({ ...question, fromMs: Number.NaN })).toEqual([]);
  });

  test("D3.7 of several refusals the clock's comes first, then hours, claims and limits", () => {
    const start = at("2026-03-02T09:00");
    const everything = slotQuestion({
      now: "2026-03-02T08:00",
      schedule: { hours: [hours("14:00", "15:00")], limits: { perDay: 0 } },
      offering: { minimumNoticeMinutes: 720, horizonDays: -1 },
      busy: [busy("2026-03-02T08:00", "2026-03-02T10:00")],
    });
    const noticed = { ...everything, offering: { ...everything.offering, minimumNoticeMinutes: 0 } };
    const near = { ...noticed, offering: { ...noticed.offering, horizonDays: 60 } };
    const open = { ...near, schedule: { ...near.schedule, hours: [hours("09:00", "10:00")] } };
    const free = { ...open, busy: [] };
    const unlimited = { ...free, schedule: { ...free.schedule, limits: {} } };
    expect(whyNotFree(everything, start)?.because).toBe("too-soon");
    expect(whyNotFree(noticed, start)?.because).toBe("too-far");
    expect(whyNotFree(near, start)?.because).toBe("before-hours");
    expect(whyNotFree(open, start)?.because).toBe("booked");
    expect(whyNotFree(free, start)?.because).toBe("full");
    expect(whyNotFree(unlimited, start)).toBeUndefined();
  });
});

describe("D3.9 defaults", () => {
  test("D3.9 half-hour steps, twelve hours' notice, sixty days ahead", () => {
    expect(defaultPolicies).toEqual({
      minimumNoticeMinutes: 720,
      horizonDays: 60,
      incrementMinutes: 30,
      cancellation: { windowMinutes: 1440, late: "forfeit", feeMinor: 0, reasonRequired: true, maxReschedules: 3 },
      requests: { respondWithinMinutes: 1440, holdMinutes: 10 },
    });
  });
});

describe("the first and the nearest starts", () => {
  test("a limit of two returns the first two, a limit of zero none", () => {
    expect(shown(listSlots(slotQuestion(), 2))).toEqual(["09:00", "09:30"]);
    expect(listSlots(slotQuestion(), 0)).toEqual([]);
  });

  test("D4.3 the three nearest to a lost time are in order of time", () => {
    const slots = listSlots(slotQuestion({ schedule: { hours: [hours("09:00", "13:00")] } }));
    expect(shown(nearestSlots(slots, at("2026-03-02T10:40"), 3))).toEqual(["10:00", "10:30", "11:00"]);
  });

  test("D4.3 of two equally near the earlier is offered, and fewer when there are fewer", () => {
    const slots = [at("2026-03-02T09:00"), at("2026-03-02T10:00")];
    expect(shown(nearestSlots(slots, at("2026-03-02T09:30"), 1))).toEqual(["09:00"]);
    expect(nearestSlots(slots, at("2026-03-02T09:30"), 3)).toEqual(slots);
    expect(nearestSlots([], 0, 3)).toEqual([]);
    expect(nearestSlots(slots, 0, 0)).toEqual([]);
  });
});
