import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listSlots, type SlotQuestion, whyNotFree } from "../../src/domain/availability.ts";
import { randomQuestion } from "../support/random-question.ts";
import { at, busy, hours, slotQuestion } from "../support/slot-question.ts";

const minuteMs = 60_000;
const week = { from: "2026-03-02T00:00", to: "2026-03-09T00:00" };
const monday = (time: string) => at(`2026-03-02T${time}`);
const morning = { hours: [hours("09:00", "12:00")] };
const twoHalves = { hours: [hours("09:00", "12:00"), hours("14:00", "17:00")] };

/** Each cause with a question whose start on Monday 2 March 2026 it is true of, in Lisbon. */
const causes: readonly (readonly [string, SlotQuestion, string, object])[] = [
  ["a time that has passed", slotQuestion({ now: "2026-03-02T10:00" }), "09:00", { because: "past" }],
  [
    "a start inside the notice",
    slotQuestion({ now: "2026-03-02T08:00", offering: { minimumNoticeMinutes: 120 } }),
    "09:30",
    { because: "too-soon", noticeMinutes: 120 },
  ],
  [
    "a start beyond the horizon, with the last moment that can be booked",
    slotQuestion({ offering: { horizonDays: 0 } }),
    "09:00",
    { because: "too-far", lastMs: at("2026-03-02T00:00") - 1 },
  ],
  [
    "a start outside the package's days",
    {
      ...slotQuestion(),
      packageRule: { fromMs: monday("10:00"), toMs: monday("11:00"), limits: {}, countedStartsAtMs: [] },
    },
    "09:00",
    { because: "outside-package" },
  ],
  [
    "a day without weekly hours",
    slotQuestion({ schedule: { hours: [hours("09:00", "12:00", { days: ["tue"] })] } }),
    "09:00",
    { because: "closed-day" },
  ],
  [
    "a day that an override closes",
    slotQuestion({ schedule: { ...morning, overrides: [{ date: "2026-03-02", hours: [] }] } }),
    "09:00",
    { because: "closed-day" },
  ],
  [
    "a week that an every-other-week rule leaves out",
    slotQuestion({ schedule: { hours: [hours("09:00", "12:00", { everyWeeks: 2, since: "2026-02-23" })] } }),
    "09:00",
    { because: "closed-day" },
  ],
  [
    "a day with hours for another method",
    slotQuestion({ schedule: { hours: [hours("09:00", "12:00", { methods: ["phone"] })] } }),
    "09:00",
    { because: "not-by-method", allDay: true },
  ],
  [
    "a time with hours for another method",
    slotQuestion({ schedule: { hours: [hours("09:00", "12:00"), hours("14:00", "16:00", { methods: ["phone"] })] } }),
    "14:00",
    { because: "not-by-method", allDay: false },
  ],
  [
    "a day with hours at another place",
    slotQuestion({
      schedule: { hours: [hours("09:00", "12:00", { locations: ["harbour"] })] },
      offering: { methodKind: "in_person", locationId: "quay" },
    }),
    "09:00",
    { because: "not-at-location", allDay: true },
  ],
  [
    "a day with hours at a place, by video",
    slotQuestion({ schedule: { hours: [hours("09:00", "12:00", { locations: ["harbour"] })] } }),
    "09:00",
    { because: "not-by-method", allDay: true },
  ],
  [
    "a day with hours for another service",
    slotQuestion({ schedule: { hours: [hours("09:00", "12:00", { services: ["massage"] })] } }),
    "09:00",
    { because: "not-this-service", allDay: true },
  ],
  [
    "hours for another method and another service",
    slotQuestion({ schedule: { hours: [hours("09:00", "12:00", { methods: ["phone"], services: ["massage"] })] } }),
    "09:00",
    { because: "not-this-service", allDay: true },
  ],
  [
    "hours shorter than the session",
    slotQuestion({ schedule: { hours: [hours("09:00", "09:30")] } }),
    "09:00",
    { because: "too-long" },
  ],
  ["before opening", slotQuestion(), "08:00", { because: "before-hours", firstMs: monday("09:00") }],
  ["after closing", slotQuestion(), "18:00", { because: "after-hours", lastMs: monday("11:00"), runsOver: false }],
  [
    "too late to end by closing",
    slotQuestion(),
    "11:30",
    { because: "after-hours", lastMs: monday("11:00"), runsOver: true },
  ],
  [
    "in a break",
    slotQuestion({ schedule: twoHalves }),
    "13:00",
    { because: "in-break", beforeMs: monday("11:00"), afterMs: monday("14:00"), runsInto: false },
  ],
  [
    "into a break",
    slotQuestion({ schedule: twoHalves }),
    "11:30",
    { because: "in-break", beforeMs: monday("11:00"), afterMs: monday("14:00"), runsInto: true },
  ],
  [
    "off the grid",
    slotQuestion(),
    "09:10",
    { because: "between-starts", beforeMs: monday("09:00"), afterMs: monday("09:30") },
  ],
  [
    "time off without a word",
    slotQuestion({ schedule: { ...morning, outOfOffice: [{ from: "2026-03-02T10:00", to: "2026-03-02T11:00" }] } }),
    "09:30",
    { because: "away" },
  ],
  [
    "time off with a message for clients",
    slotQuestion({
      schedule: {
        ...morning,
        outOfOffice: [{ from: "2026-03-02T00:00", to: "2026-03-09T00:00", message: "Back on the 9th." }],
      },
    }),
    "09:30",
    { because: "away", message: "Back on the 9th." },
  ],
  [
    "another session",
    slotQuestion({ busy: [busy("2026-03-02T10:00", "2026-03-02T11:00", { bookingId: "bk1" })] }),
    "09:30",
    { because: "booked", bookingId: "bk1" },
  ],
  [
    "the gap to another session",
    slotQuestion({ busy: [busy("2026-03-02T10:00", "2026-03-02T11:00", { bufferBeforeMinutes: 15 })] }),
    "09:00",
    { because: "too-close" },
  ],
  ...(
    [
      ["perHour", "hour"],
      ["perDay", "day"],
      ["perWeek", "week"],
      ["perMonth", "month"],
    ] as const
  ).map(
    ([limit, per]) =>
      [
        `the limit per ${per}`,
        slotQuestion({ ...week, schedule: { ...morning, limits: { [limit]: 1 } }, counted: ["2026-03-02T09:30"] }),
        "09:00",
        { because: "full", per },
      ] as const,
  ),
  [
    "the package's limit per week",
    {
      ...slotQuestion(),
      packageRule: {
        fromMs: 0,
        toMs: Number.POSITIVE_INFINITY,
        limits: { perWeek: 1 },
        countedStartsAtMs: [at("2026-03-04T09:00")],
      },
    },
    "09:00",
    { because: "package-full", per: "week" },
  ],
];

describe("D3.10 a start that is not free has one cause", () => {
  test.each(causes)("D3.10 %s", (_name, question, time, cause) => {
    expect(whyNotFree(question, monday(time))).toEqual(cause);
    expect(listSlots(question)).not.toContain(monday(time));
  });

  test("D3.10 a start is offered exactly when it has no cause, at every fifth minute, DST nights included", () => {
    const zones = ["Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"];
    const withPackage = fc.record({
      fromMs: fc.integer({ min: -600, max: 600 }),
      toMs: fc.integer({ min: -600, max: 1200 }),
      perWeek: fc.constantFrom(1, 2, 9),
    });
    const met = new Set<string>();
    let offered = 0;
    fc.assert(
      fc.property(
        randomQuestion.filter(({ schedule }) => zones.includes(schedule.timezone)),
        fc.option(withPackage, { nil: undefined }),
        (asked, held) => {
          const question: SlotQuestion = {
            ...asked,
            ...(held && {
              packageRule: {
                fromMs: asked.fromMs + held.fromMs * 5 * minuteMs,
                toMs: asked.toMs + held.toMs * 5 * minuteMs,
                limits: { perWeek: held.perWeek },
                countedStartsAtMs: asked.countedStartsAtMs.slice(0, 2),
              },
            }),
          };
          const slots = new Set(listSlots(question));
          offered += slots.size;
          for (let ms = question.fromMs - 60 * minuteMs; ms < question.toMs + 60 * minuteMs; ms += 5 * minuteMs) {
            const cause = whyNotFree(question, ms);
            if (cause !== undefined) met.add(cause.because);
            expect(cause === undefined, new Date(ms).toISOString()).toBe(slots.has(ms));
          }
        },
      ),
      { numRuns: 150 },
    );
    // Guards the generator: causes that never come up prove nothing.
    expect(offered).toBeGreaterThan(300);
    expect(met.size).toBeGreaterThan(12);
  });

  test("D3.10 the starts a cause names are starts of the same date's hours", () => {
    fc.assert(
      fc.property(randomQuestion, fc.double({ min: 0, max: 1, noNaN: true }), (asked, share) => {
        const lengthMs = asked.toMs - asked.fromMs;
        const atMs = Math.floor((asked.fromMs + share * lengthMs) / minuteMs) * minuteMs;
        const cause = whyNotFree(asked, atMs);
        if (cause === undefined) return;
        const named = ["firstMs", "lastMs", "beforeMs", "afterMs"].flatMap((name) => {
          const ms = cause.because === "too-far" ? undefined : Reflect.get(cause, name);
          return typeof ms === "number" ? [ms] : [];
        });
        const hoursOnly: SlotQuestion = {
          ...asked,
          fromMs: atMs - 26 * 60 * minuteMs,
          toMs: atMs + 26 * 60 * minuteMs,
          nowMs: atMs - 30 * 60 * minuteMs,
          offering: { ...asked.offering, minimumNoticeMinutes: 0, horizonDays: 9 },
          schedule: { ...asked.schedule, outOfOffice: [], limits: {} },
          busy: [],
          countedStartsAtMs: [],
        };
        for (const ms of named) {
          expect(whyNotFree(hoursOnly, ms)).toBeUndefined();
          expect(ms).not.toBe(atMs);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
