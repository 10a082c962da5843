import fc from "fast-check";
import type { Busy, SlotQuestion } from "../../src/domain/availability.ts";
import { type HoursRule, type Schedule, type Window, weekdays } from "../../src/domain/practice.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Zones with the dates, in UTC, around which their DST changes in 2026; two zones have none. */
const nights: Readonly<Record<string, readonly string[]>> = {
  "America/New_York": ["2026-03-08", "2026-11-01"],
  "Europe/Lisbon": ["2026-03-29", "2026-10-25"],
  "Australia/Lord_Howe": ["2026-04-04", "2026-10-03"], // by half an hour
  "America/Santiago": ["2026-04-05", "2026-09-06"], // no midnight in spring, 23:00 twice in autumn
  "Africa/Cairo": ["2026-04-23", "2026-10-29"], // the same, on a Friday
  "Asia/Beirut": ["2026-03-28", "2026-10-24"],
  "Atlantic/Azores": ["2026-03-29", "2026-10-25"], // no midnight in spring, midnight twice in autumn
  "Asia/Kolkata": ["2026-06-10"],
  "Australia/Adelaide": ["2026-04-04", "2026-10-03"],
};

/** A random question about three or four days; half of them around a DST change. */
export const randomQuestion: fc.Arbitrary<SlotQuestion> = fc
  .tuple(
    fc.constantFrom(...Object.keys(nights)),
    fc.nat(1),
    fc.oneof(fc.constant(0), fc.integer({ min: -40, max: 40 })),
  )
  .chain(([zone, which, daysAway]) => {
    const dates = nights[zone] ?? [];
    const aroundMs = Date.parse(`${dates[which % dates.length]}T00:00Z`) + daysAway * dayMs;
    return questionAround(zone, aroundMs);
  });

function questionAround(zone: string, aroundMs: number): fc.Arbitrary<SlotQuestion> {
  const instant = (minDays: number, maxDays: number) =>
    fc.integer({ min: minDays * 288, max: maxDays * 288 }).map((fives) => aroundMs + fives * 5 * minuteMs);
  return fc.record({
    nowMs: instant(-4, 0),
    fromMs: instant(-2, 0),
    toMs: instant(1, 2),
    weekStartsOn: fc.constantFrom(...weekdays),
    schedule: schedule(zone, aroundMs),
    offering: fc.record({
      serviceId: fc.constantFrom("first-visit", "follow-up"),
      methodKind: fc.constantFrom("video", "phone"),
      durationMinutes: fc.constantFrom(15, 30, 45, 50, 60, 90),
      bufferBeforeMinutes: fc.constantFrom(0, 0, 10, 45),
      bufferAfterMinutes: fc.constantFrom(0, 0, 15, 40),
      incrementMinutes: fc.constantFrom(10, 15, 20, 25, 30, 45, 60, 90),
      minimumNoticeMinutes: fc.constantFrom(0, 0, 30, 720, 1440),
      horizonDays: fc.integer({ min: 0, max: 12 }),
    }),
    busy: fc.array(busyNear(instant(-2, 3)), { maxLength: 8 }),
    countedStartsAtMs: fc.array(fc.oneof(instant(-1, 1), instant(-8, 8)), { maxLength: 16 }),
  });
}

function busyNear(instant: fc.Arbitrary<number>): fc.Arbitrary<Busy> {
  return fc
    .record({
      startsAtMs: instant,
      // External calendars use seconds and milliseconds.
      aMomentMs: fc.constantFrom(0, 0, 0, -1, 1, 1000),
      minutes: fc.constantFrom(0, 20, 30, 50, 60, 240),
      bufferBeforeMinutes: fc.constantFrom(0, 10, 30),
      bufferAfterMinutes: fc.constantFrom(0, 10, 30),
    })
    .map(({ aMomentMs, minutes, ...rest }) => {
      const startsAtMs = rest.startsAtMs + aMomentMs;
      return { ...rest, startsAtMs, endsAtMs: startsAtMs + minutes * minuteMs };
    });
}

function schedule(zone: string, aroundMs: number): fc.Arbitrary<Schedule> {
  const date = (days: number) => new Date(aroundMs + days * dayMs).toISOString().slice(0, 10);
  const nearDate = fc.integer({ min: -2, max: 3 }).map(date);
  const rule: fc.Arbitrary<HoursRule> = fc
    .record({
      window,
      days: fc.oneof(fc.constant(weekdays), fc.subarray([...weekdays], { minLength: 1 })),
      everyWeeks: fc.constantFrom(1, 1, 1, 2, 3),
      since: seldom(fc.integer({ min: -40, max: 2 }).map(date)),
    })
    .map(({ window, since, ...rest }) => ({ ...window, ...rest, ...(since === undefined ? {} : { since }) }));
  const away = fc
    .tuple(nearDate, timeOfDay, nearDate, timeOfDay)
    .map(([from, fromTime, to, toTime]) => ({ from: `${from}T${fromTime}`, to: `${to}T${toTime}` }));
  return fc.record({
    timezone: fc.constant(zone),
    hours: fc.array(rule, { minLength: 1, maxLength: 4 }),
    overrides: fc.array(fc.record({ date: nearDate, hours: fc.array(window, { maxLength: 2 }) }), { maxLength: 2 }),
    outOfOffice: seldom(fc.array(away, { maxLength: 2 })).map((some) => some ?? []),
    limits: seldom(
      fc.record(
        { perHour: limit(1, 2), perDay: limit(1, 3), perWeek: limit(3, 9), perMonth: limit(5, 13) },
        { requiredKeys: [] },
      ),
    ).map((some) => some ?? {}),
  });
}

function limit(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

/** Present in one of four cases. */
function seldom<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Half of the times are between midnight and five, when DST changes. */
const timeOfDay: fc.Arbitrary<string> = fc
  .oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 287 }))
  .map((fives) => clockTime(fives * 5));

/** One in ten is empty, because it ends before it starts. */
const window: fc.Arbitrary<Window> = fc
  .record({
    times: fc.tuple(
      timeOfDay,
      fc.oneof({ weight: 3, arbitrary: timeOfDay }, { weight: 1, arbitrary: fc.constant("24:00") }),
    ),
    isEmpty: fc.nat(9).map((one) => one === 0),
    methods: seldom(fc.constantFrom(["video"] as const, ["phone"] as const)),
    services: seldom(fc.constantFrom(["follow-up"], ["first-visit"])),
  })
  .map(({ times: [one, other], isEmpty, methods, services }) => ({
    from: isEmpty === one < other ? other : one,
    to: isEmpty === one < other ? one : other,
    ...(methods === undefined ? {} : { methods }),
    ...(services === undefined ? {} : { services }),
  }));

function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
