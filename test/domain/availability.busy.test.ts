import { describe, expect, test } from "vitest";
import { listSlots, whyNotFree } from "../../src/domain/availability.ts";
import { at, busy, hours, shown, slotQuestion } from "../support/slot-question.ts";

describe("D3.3 busy time", () => {
  const nine = { schedule: { hours: [hours("09:00", "13:00")] } };

  test("D3.3 a session may end where another starts and start where another ends", () => {
    const question = slotQuestion({ ...nine, busy: [busy("2026-03-02T10:00", "2026-03-02T11:00")] });
    expect(shown(listSlots(question))).toEqual(["09:00", "11:00", "11:30", "12:00"]);
  });

  test("D3.3 the gap between two sessions is the longer of the buffers that meet, not their sum", () => {
    const offering = { bufferBeforeMinutes: 20, bufferAfterMinutes: 30, incrementMinutes: 10 };
    const other = busy("2026-03-02T10:30", "2026-03-02T11:00", { bufferBeforeMinutes: 10, bufferAfterMinutes: 40 });
    // Before: max(our 30 after, its 10 before). After: max(its 40 after, our 20 before).
    expect(shown(listSlots(slotQuestion({ ...nine, offering, busy: [other] })))).toEqual([
      "09:00",
      "11:40",
      "11:50",
      "12:00",
    ]);
  });

  test("D3.3 another session's longer buffer counts as much as the session's own", () => {
    const question = slotQuestion({
      ...nine,
      offering: { incrementMinutes: 15 },
      busy: [busy("2026-03-02T10:30", "2026-03-02T11:00", { bufferBeforeMinutes: 15, bufferAfterMinutes: 15 })],
    });
    expect(shown(listSlots(question))).toEqual(["09:00", "09:15", "11:15", "11:30", "11:45", "12:00"]);
  });

  test("D3.3 buffers may overlap as long as no buffer reaches a session", () => {
    const offering = { bufferAfterMinutes: 30, durationMinutes: 60 };
    const question = slotQuestion({
      ...nine,
      offering,
      busy: [busy("2026-03-02T10:30", "2026-03-02T11:00", { bufferBeforeMinutes: 30 })],
    });
    expect(whyNotFree(question, at("2026-03-02T09:00"))).toBeUndefined();
  });

  test("D3.3 overlapping claims in any order are merged", () => {
    const claims = [
      busy("2026-03-02T11:00", "2026-03-02T11:30"),
      busy("2026-03-02T09:00", "2026-03-02T12:00"),
      busy("2026-03-02T09:30", "2026-03-02T10:00"),
    ];
    expect(shown(listSlots(slotQuestion({ ...nine, busy: claims })))).toEqual(["12:00"]);
  });

  test("D3.3 an empty busy interval takes nothing", () => {
    const question = slotQuestion({
      busy: [busy("2026-03-02T10:00", "2026-03-02T10:00", { bufferBeforeMinutes: 30 })],
    });
    expect(shown(listSlots(question))).toEqual(["09:00", "09:30", "10:00", "10:30", "11:00"]);
  });

  test("D3.3 time off is busy without buffers of its own, in the practitioner's wall time", () => {
    const schedule = { ...nine.schedule, outOfOffice: [{ from: "2026-03-02T10:30", to: "2026-03-02T11:00" }] };
    expect(shown(listSlots(slotQuestion({ schedule })))).toEqual(["09:00", "09:30", "11:00", "11:30", "12:00"]);
    const withBuffers = slotQuestion({ schedule, offering: { bufferAfterMinutes: 30 } });
    expect(shown(listSlots(withBuffers))).toEqual(["09:00", "11:00", "11:30", "12:00"]);
    expect(whyNotFree(withBuffers, at("2026-03-02T09:30"))).toEqual({ because: "away" });
  });
});

describe("D3.4 the grid of starts", () => {
  test("D3.4 starts step by the increment from the window's start and the session ends inside the window", () => {
    const question = slotQuestion({ schedule: { hours: [hours("09:10", "11:15")] } });
    expect(shown(listSlots(question))).toEqual(["09:10", "09:40", "10:10"]);
  });

  test("D3.4 a session may fill its window to the minute", () => {
    expect(shown(listSlots(slotQuestion({ schedule: { hours: [hours("09:00", "10:00")] } })))).toEqual(["09:00"]);
    expect(listSlots(slotQuestion({ schedule: { hours: [hours("09:00", "09:59")] } }))).toEqual([]);
  });

  test("D3.4 buffers may extend beyond the window's edge", () => {
    const offering = { bufferBeforeMinutes: 45, bufferAfterMinutes: 45 };
    expect(shown(listSlots(slotQuestion({ schedule: { hours: [hours("09:00", "10:00")] }, offering })))).toEqual([
      "09:00",
    ]);
  });

  test("D3.4 but not over a claim beyond the edge", () => {
    const offering = { bufferAfterMinutes: 45 };
    const question = slotQuestion({
      schedule: { hours: [hours("09:00", "10:00")] },
      offering,
      busy: [busy("2026-03-02T10:30", "2026-03-02T11:00")],
    });
    expect(listSlots(question)).toEqual([]);
  });

  test("case 24 a 45-minute service on a 30-minute grid keeps the grid around a claim", () => {
    const offering = { durationMinutes: 45 };
    expect(shown(listSlots(slotQuestion({ offering })))).toEqual(["09:00", "09:30", "10:00", "10:30", "11:00"]);
    const claimed = slotQuestion({ offering, busy: [busy("2026-03-02T09:30", "2026-03-02T10:15")] });
    expect(shown(listSlots(claimed))).toEqual(["10:30", "11:00"]);
  });

  test("case 24 buffers longer than the increment take several steps of the grid", () => {
    const offering = { durationMinutes: 45, bufferBeforeMinutes: 40, bufferAfterMinutes: 40 };
    const claimed = slotQuestion({
      schedule: { hours: [hours("08:00", "14:00")] },
      offering,
      busy: [busy("2026-03-02T10:30", "2026-03-02T11:15", { bufferBeforeMinutes: 40, bufferAfterMinutes: 40 })],
    });
    expect(shown(listSlots(claimed))).toEqual(["08:00", "08:30", "09:00", "12:00", "12:30", "13:00"]);
  });

  test("D3.4 an increment or a duration that is not positive is a bug of the caller", () => {
    expect(() => listSlots(slotQuestion({ offering: { incrementMinutes: 0 } }))).toThrow(RangeError);
    expect(() => listSlots(slotQuestion({ offering: { durationMinutes: -5 } }))).toThrow(RangeError);
  });
});
