import { describe, expect, test } from "vitest";
import { listSlots } from "../../src/domain/availability.ts";
import { hours, shown, slotQuestion } from "../support/slot-question.ts";

describe("D3.1 the hours of a local date", () => {
  test("D3.1 weekly hours use the practitioner's weekday, not UTC's", () => {
    // Sunday 20:00 UTC is already Monday in Auckland.
    const zone = "Pacific/Auckland";
    const schedule = { hours: [hours("09:00", "10:00", { days: ["mon"] })] };
    const slots = listSlots(slotQuestion({ zone, schedule, from: "2026-03-01T00:00", to: "2026-03-08T00:00" }));
    expect(shown(slots, zone, "ccc HH:mm")).toEqual(["Mon 09:00"]);
    expect(shown(slots, "utc", "ccc HH:mm")).toEqual(["Sun 20:00"]);
  });

  test("D3.1 a date override replaces the weekly hours and never merges with them", () => {
    const schedule = { overrides: [{ date: "2026-03-02", hours: [{ from: "14:00", to: "15:30" }] }] };
    expect(shown(listSlots(slotQuestion({ schedule })))).toEqual(["14:00", "14:30"]);
  });

  test("D3.1 an override without hours closes the day", () => {
    expect(listSlots(slotQuestion({ schedule: { overrides: [{ date: "2026-03-02", hours: [] }] } }))).toEqual([]);
  });

  test("D3.1 an override with hours for another method closes the day to this one", () => {
    const schedule = {
      overrides: [{ date: "2026-03-02", hours: [{ from: "14:00", to: "16:00", methods: ["phone"] as const }] }],
    };
    expect(listSlots(slotQuestion({ schedule }))).toEqual([]);
  });

  test("D3.1 of several overrides for one date the last wins", () => {
    const overrides = [
      { date: "2026-03-02", hours: [{ from: "14:00", to: "16:00" }] },
      { date: "2026-03-02", hours: [{ from: "18:00", to: "19:00" }] },
    ];
    expect(shown(listSlots(slotQuestion({ schedule: { overrides } })))).toEqual(["18:00"]);
  });

  test("D3.1 hours for some methods, services or locations are open to those only", () => {
    const schedule = {
      hours: [
        hours("08:00", "09:00", { methods: ["phone"] }),
        hours("10:00", "11:00", { services: ["follow-up"] }),
        hours("12:00", "13:00", { locations: ["quay"] }),
        hours("14:00", "15:00", { methods: ["video", "in_person"], services: ["first-visit"] }),
      ],
    };
    const asked = (offering: Parameters<typeof slotQuestion>[0] & object) =>
      shown(listSlots(slotQuestion({ schedule, ...offering })));
    expect(asked({})).toEqual(["14:00"]);
    expect(asked({ offering: { methodKind: "phone" } })).toEqual(["08:00"]);
    expect(asked({ offering: { serviceId: "follow-up" } })).toEqual(["10:00"]);
    expect(asked({ offering: { methodKind: "in_person", locationId: "quay" } })).toEqual(["12:00", "14:00"]);
    expect(asked({ offering: { methodKind: "in_person", locationId: "hill" } })).toEqual(["14:00"]);
  });

  test("D3.1 biweekly hours count from the week of their first date, and do not apply before that date", () => {
    // Saturday 7 March 2026; its week begins on Monday 2 March, or on Sunday 1 March where weeks begin on Sunday.
    const schedule = {
      hours: [hours("10:00", "11:00", { days: ["sun", "thu", "sat"], everyWeeks: 2, since: "2026-03-07" })],
    };
    const range = { from: "2026-03-01T00:00", to: "2026-03-30T00:00", now: "2026-02-28T12:00" };
    expect(shown(listSlots(slotQuestion({ schedule, ...range })), "Europe/Lisbon", "ccc d")).toEqual([
      "Sat 7",
      "Sun 8",
      "Thu 19",
      "Sat 21",
      "Sun 22",
    ]);
    expect(
      shown(listSlots(slotQuestion({ schedule, ...range, weekStartsOn: "sun" })), "Europe/Lisbon", "ccc d"),
    ).toEqual(["Sat 7", "Sun 15", "Thu 19", "Sat 21", "Sun 29"]);
  });

  test("D3.1 the biweekly count does not shift at the new year or a DST change", () => {
    const schedule = { hours: [hours("10:00", "11:00", { days: ["sat"], everyWeeks: 3, since: "2025-12-20" })] };
    const slots = listSlots(
      slotQuestion({
        schedule,
        now: "2025-12-01T00:00",
        from: "2025-12-01T00:00",
        to: "2026-04-20T00:00",
        offering: { horizonDays: 365 },
      }),
    );
    expect(shown(slots, "Europe/Lisbon", "d LLL")).toEqual(["20 Dec", "10 Jan", "31 Jan", "21 Feb", "14 Mar", "4 Apr"]);
  });

  test("D3.1 windows that overlap or touch are merged: a session may span them, starts count from the first", () => {
    const schedule = { hours: [hours("11:10", "12:00"), hours("09:10", "10:00"), hours("10:00", "11:20")] };
    expect(shown(listSlots(slotQuestion({ schedule })))).toEqual(["09:10", "09:40", "10:10", "10:40"]);
  });

  test("D3.1 separate windows each have their own grid", () => {
    const schedule = { hours: [hours("09:00", "10:00"), hours("10:15", "11:45")] };
    expect(shown(listSlots(slotQuestion({ schedule })))).toEqual(["09:00", "10:15", "10:45"]);
  });

  test("D3.1 hours until 24:00 end at midnight, and no session crosses it", () => {
    const schedule = { hours: [hours("22:30", "24:00"), hours("00:00", "01:00")] };
    const slots = listSlots(slotQuestion({ schedule, to: "2026-03-04T00:00" }));
    expect(shown(slots, "Europe/Lisbon", "ccc HH:mm")).toEqual([
      "Mon 00:00",
      "Mon 22:30",
      "Mon 23:00",
      "Tue 00:00",
      "Tue 22:30",
      "Tue 23:00",
    ]);
  });

  test("D3.1 a window that ends before it starts is empty", () => {
    expect(listSlots(slotQuestion({ schedule: { hours: [hours("22:00", "06:00")] } }))).toEqual([]);
  });
});
