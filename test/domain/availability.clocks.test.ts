import { describe, expect, test } from "vitest";
import { listSlots } from "../../src/domain/availability.ts";
import { at, hours, shown, slotQuestion } from "../support/slot-question.ts";

describe("D3.2 wall times and DST changes", () => {
  const zone = "America/New_York";
  const oneDay = (date: string, next: string) => ({
    zone,
    now: `${date}T00:00`,
    from: `${date}T00:00`,
    to: `${next}T00:00`,
  });
  const halfHour = { durationMinutes: 30 };

  test("case 1 in the spring gap a weekly 02:00–04:00 window is 03:00–04:00 new time", () => {
    const schedule = { hours: [hours("02:00", "04:00")] };
    const question = slotQuestion({ ...oneDay("2026-03-08", "2026-03-09"), schedule, offering: halfHour });
    expect(shown(listSlots(question), zone, "HH:mm ZZZZ")).toEqual(["03:00 EDT", "03:30 EDT"]);
  });

  test("case 1 a window that starts inside the gap counts its increments from the first valid instant", () => {
    const schedule = { hours: [hours("02:15", "04:30")] };
    const question = slotQuestion({ ...oneDay("2026-03-08", "2026-03-09"), schedule, offering: halfHour });
    expect(shown(listSlots(question), zone)).toEqual(["03:00", "03:30", "04:00"]);
  });

  test("case 1 a window that ends inside the gap ends at the DST change", () => {
    const schedule = { hours: [hours("01:00", "02:45")] };
    const question = slotQuestion({ ...oneDay("2026-03-08", "2026-03-09"), schedule, offering: halfHour });
    expect(shown(listSlots(question), zone)).toEqual(["01:00", "01:30"]);
  });

  test("case 1 a window wholly inside the gap is empty", () => {
    const schedule = { hours: [hours("02:00", "03:00")] };
    const question = slotQuestion({ ...oneDay("2026-03-08", "2026-03-09"), schedule, offering: halfHour });
    expect(listSlots(question)).toEqual([]);
  });

  test("case 2 in the autumn overlap both 01:30s are offered, an hour apart", () => {
    const schedule = { hours: [hours("01:00", "04:00")] };
    const slots = listSlots(slotQuestion({ ...oneDay("2026-11-01", "2026-11-02"), schedule, offering: halfHour }));
    expect(shown(slots, zone, "HH:mm ZZZZ")).toEqual([
      "01:00 EDT",
      "01:30 EDT",
      "01:00 EST",
      "01:30 EST",
      "02:00 EST",
      "02:30 EST",
      "03:00 EST",
      "03:30 EST",
    ]);
    expect(slots.map((slot) => (slot - (slots[0] ?? 0)) / 1_800_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("case 2 in the overlap a window's start uses the earlier 01:30, its end the later", () => {
    const starting = slotQuestion({
      ...oneDay("2026-11-01", "2026-11-02"),
      schedule: { hours: [hours("01:30", "02:30")] },
      offering: halfHour,
    });
    expect(shown(listSlots(starting), zone, "HH:mm ZZZZ")).toEqual([
      "01:30 EDT",
      "01:00 EST",
      "01:30 EST",
      "02:00 EST",
    ]);
    const ending = slotQuestion({
      ...oneDay("2026-11-01", "2026-11-02"),
      schedule: { hours: [hours("00:30", "01:30")] },
      offering: halfHour,
    });
    expect(shown(listSlots(ending), zone, "HH:mm ZZZZ")).toEqual(["00:30 EDT", "01:00 EDT", "01:30 EDT", "01:00 EST"]);
  });

  test("case 3 client and practitioner change clocks in different weeks: the practitioner's wall times stay", () => {
    // New York changed on 8 March 2026, Lisbon changes on 29 March.
    const question = slotQuestion({
      schedule: { hours: [hours("14:00", "15:00", { days: ["fri"] })] },
      from: "2026-03-02T00:00",
      to: "2026-04-05T00:00",
    });
    const slots = listSlots(question);
    expect(shown(slots, "Europe/Lisbon", "d LLL HH:mm")).toEqual([
      "6 Mar 14:00",
      "13 Mar 14:00",
      "20 Mar 14:00",
      "27 Mar 14:00",
      "3 Apr 14:00",
    ]);
    expect(shown(slots, "America/New_York")).toEqual(["09:00", "10:00", "10:00", "10:00", "09:00"]);
  });

  test("D3.2 Lord Howe changes by half an hour: starts keep the same wall times before and after", () => {
    const lordHowe = "Australia/Lord_Howe";
    const asked = (date: string, next: string) =>
      listSlots(
        slotQuestion({
          zone: lordHowe,
          now: `${date}T00:00`,
          from: `${date}T00:00`,
          to: `${next}T00:00`,
          schedule: { hours: [hours("00:00", "05:00")] },
          offering: { durationMinutes: 30, incrementMinutes: 60 },
        }),
      );
    // 02:00 becomes 02:30 on 4 October, so there is no 02:00; 02:00 becomes 01:30 on 5 April, so 01:00 occurs once.
    expect(shown(asked("2026-10-04", "2026-10-05"), lordHowe)).toEqual(["00:00", "01:00", "03:00", "04:00"]);
    expect(shown(asked("2026-04-05", "2026-04-06"), lordHowe)).toEqual(["00:00", "01:00", "02:00", "03:00", "04:00"]);
  });

  test.each([
    ["America/Santiago", "2026-09-06"],
    ["Africa/Cairo", "2026-04-24"],
    ["Asia/Beirut", "2026-03-29"],
  ])(
    "D3.2 in %s %s begins at 01:00: hours from midnight begin there, and the evening before ends there",
    (zone, date) => {
      const eveBefore = at(`${date}T01:00`, zone) - 2 * 3_600_000;
      const question = {
        ...slotQuestion({
          zone,
          now: "2026-03-01T00:00",
          to: `${date}T12:00`,
          schedule: { hours: [hours("00:00", "02:00"), hours("22:00", "24:00")] },
          offering: { horizonDays: 365 },
        }),
        fromMs: eveBefore,
      };
      expect(shown(listSlots(question), zone)).toEqual(["22:00", "22:30", "23:00", "01:00"]);
    },
  );

  test.each([
    ["America/Santiago", "2026-04-04"],
    ["Africa/Cairo", "2026-10-29"],
    ["Asia/Beirut", "2026-10-24"],
  ])("D3.2 in %s %s has 23:00 twice: both are offered, the last ends at the one midnight", (zone, date) => {
    const question = slotQuestion({
      zone,
      now: "2026-03-01T00:00",
      from: `${date}T12:00`,
      schedule: { hours: [hours("22:00", "24:00")] },
      offering: { horizonDays: 365, incrementMinutes: 60 },
    });
    const toMs = question.fromMs + 20 * 3_600_000;
    expect(shown(listSlots({ ...question, toMs }), zone)).toEqual(["22:00", "23:00", "23:00"]);
  });

  test("D3.2 where midnight occurs twice, hours until 24:00 end at the first and hours from 00:00 begin there", () => {
    const azores = "Atlantic/Azores";
    const question = slotQuestion({
      zone: azores,
      now: "2026-10-24T00:00",
      from: "2026-10-24T12:00",
      to: "2026-10-25T12:00",
      schedule: { hours: [hours("22:00", "24:00", { days: ["sat"] }), hours("00:00", "01:00", { days: ["sun"] })] },
    });
    expect(shown(listSlots(question), azores, "ccc HH:mm ZZ")).toEqual([
      "Sat 22:00 +00:00",
      "Sat 22:30 +00:00",
      "Sat 23:00 +00:00",
      "Sun 00:00 +00:00",
      "Sun 00:30 +00:00",
      "Sun 00:00 -01:00",
    ]);
  });

  test.each(["Asia/Kolkata", "Australia/Adelaide"])(
    "D3.2 %s has an offset of half an hour: hours follow it",
    (zone) => {
      expect(shown(listSlots(slotQuestion({ zone, schedule: { hours: [hours("09:00", "10:30")] } })), zone)).toEqual([
        "09:00",
        "09:30",
      ]);
    },
  );
});
