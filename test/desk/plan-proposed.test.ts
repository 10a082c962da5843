import { readFileSync } from "node:fs";
import fc from "fast-check";
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { checkSlot } from "../../src/desk/booking/slots.ts";
import { type PlanQuestion, proposePlan } from "../../src/desk/packages/plan.ts";
import { weekdays } from "../../src/domain/practice.ts";
import { instant } from "../support/clock.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";

const yaml = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8");
const practiceId = "packages";
const hour = 3_600_000;

async function wishOn(
  desk: TestDesk,
  rhythm: Partial<PlanQuestion["rhythm"]>,
  zone = "Europe/Lisbon",
): Promise<PlanQuestion> {
  const [held] = await desk.store.read.packages.listGrants(practiceId, "ana");
  return {
    clientId: "ana",
    clientPackageId: held?.id ?? "",
    serviceId: "follow-up",
    methodKey: "video",
    practitionerId: "maya",
    rhythm: { everyWeeks: 2, weekdays: ["tue"], minutes: 900, from: "2026-03-03", ...rhythm },
    zone,
    left: [],
    instead: new Map(),
  };
}

async function propose(desk: TestDesk, wish: PlanQuestion) {
  const practice = await desk.store.read.practices.get(practiceId);
  const plan = await proposePlan(desk.store.read, practice, wish, desk.clock.now());
  if (plan === undefined) throw new Error("there is no plan");
  return plan;
}

const wall = (ms: number, zone: string) => DateTime.fromMillis(ms, { zone }).toFormat("ccc HH:mm");

test("a weekly plan keeps its wall time in the client's zone while both sides change their clocks", async () => {
  const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice: yaml });
  const zone = "America/New_York";
  const plan = await propose(desk, await wishOn(desk, { everyWeeks: 1, minutes: 11 * 60 }, zone));
  expect(plan.dates.map(({ startsAtMs }) => startsAtMs && wall(startsAtMs, zone))).toEqual(Array(5).fill("Tue 11:00"));
  // New York goes ahead on 8 March, Lisbon on the 29th: in between they are an hour closer.
  expect(plan.dates.map(({ wantedMs }) => wall(wantedMs, "Europe/Lisbon").slice(4))).toEqual([
    "16:00",
    "15:00",
    "15:00",
    "15:00",
    "16:00",
  ]);
});

test("dates beyond the package's last day are left out, and the credits without a date are counted", async () => {
  const short = yaml.replace("expiresAfterDays: 120", "expiresAfterDays: 21");
  const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice: short });
  const plan = await propose(desk, await wishOn(desk, { everyWeeks: 1 }));
  expect(plan.dates).toHaveLength(3);
  expect(plan.beyond).toEqual([]);
  expect(plan.dateless).toBe(2);
});

test("a date being replaced keeps its week, and so does one that is left out", async () => {
  const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice: yaml });
  await desk.say("ben", "book a follow-up on 10 March at 15:00 without a package");
  await desk.press("ben", "Confirm & book");
  const wish = await wishOn(desk, { everyWeeks: 1 });
  const tenth = instant("2026-03-10T15:00:00Z");
  const open = (await propose(desk, wish)).dates.find(({ wantedMs }) => wantedMs === tenth);
  expect(open?.startsAtMs).toBe(undefined);
  expect(open?.number).toBe(2);
  expect(open?.nearest).toEqual([tenth - hour, tenth + hour, tenth + 2 * hour]);
  const without = await propose(desk, { ...wish, left: [tenth] });
  expect(without.dates.map(({ number }) => number)).toEqual([1, undefined, 2, 3, 4]);
});

const rhythms = fc.record({
  everyWeeks: fc.integer({ min: 1, max: 4 }),
  weekdays: fc.subarray([...weekdays], { minLength: 1 }),
  minutes: fc.integer({ min: 8 * 2, max: 18 * 2 }).map((halves) => halves * 30),
  from: fc.integer({ min: 2, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, "0")}`),
});
const schedules = fc.record({
  from: fc.integer({ min: 7, max: 11 }),
  long: fc.integer({ min: 1, max: 9 }),
  limits: fc.constantFrom("{}", "{ perDay: 1 }", "{ perWeek: 2 }", "{ perMonth: 3 }"),
  packageLimits: fc.constantFrom("{}", "{ perWeek: 1 }", "{ perMonth: 2 }", "{ perWeek: 2, perMonth: 3 }"),
  expires: fc.integer({ min: 10, max: 120 }),
  zone: fc.constantFrom("Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "America/Santiago"),
});

test("for any rhythm on any schedule every start is free, in rhythm and in order, and covered by a credit", async () => {
  await fc.assert(
    fc.asyncProperty(schedules, fc.array(rhythms, { minLength: 1, maxLength: 6 }), async (schedule, wished) => {
      const clock = (at: number) => `${String(Math.min(at, 23)).padStart(2, "0")}:00`;
      const practice = yaml
        .replace(
          'from: "09:00", to: "12:00"',
          `from: "${clock(schedule.from)}", to: "${clock(schedule.from + schedule.long)}"`,
        )
        .replace(', { days: [tue], from: "14:00", to: "18:00" }', "")
        .replace("    admin: true\n", `    admin: true\n    limits: ${schedule.limits}\n`)
        .replace("limits: { perWeek: 1 }", `limits: ${schedule.packageLimits}`)
        .replace("expiresAfterDays: 120", `expiresAfterDays: ${schedule.expires}`);
      const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice });
      for (const rhythm of wished) {
        const wish = await wishOn(desk, rhythm, schedule.zone);
        const plan = await propose(desk, wish);
        const starts = plan.dates.flatMap(({ startsAtMs }) => startsAtMs ?? []);
        expect(plan.dates.length + plan.beyond.length + plan.dateless).toBe(5);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        const { offer, method, practitioner } = plan;
        const found = await desk.store.read.practices.get(practiceId);
        const search = {
          practice: found,
          service: offer.service,
          method,
          clientId: "ana",
          clientPackageId: wish.clientPackageId,
          nowMs: desk.clock.now(),
        };
        const all = starts.map((startsAtMs) => ({
          startsAtMs,
          endsAtMs: startsAtMs + 50 * 60_000,
          bufferBeforeMinutes: 0,
          bufferAfterMinutes: 0,
        }));
        for (const startsAtMs of starts) {
          const besides = all.filter((one) => one.startsAtMs !== startsAtMs);
          expect(await checkSlot(desk.store.read, { ...search, besides }, practitioner, startsAtMs)).toBeUndefined();
          const local = DateTime.fromMillis(startsAtMs, { zone: schedule.zone });
          expect(rhythm.weekdays).toContain(weekdays[local.weekday - 1]);
          expect(local.hour * 60 + local.minute).toBe(rhythm.minutes);
          const first = DateTime.fromISO(rhythm.from, { zone: schedule.zone }).startOf("week");
          expect(Math.round(local.startOf("week").diff(first, "weeks").weeks) % rhythm.everyWeeks).toBe(0);
        }
        for (const { nearest } of plan.dates) {
          for (const startsAtMs of nearest) {
            const besides = all;
            expect(await checkSlot(desk.store.read, { ...search, besides }, practitioner, startsAtMs)).toBeUndefined();
          }
        }
      }
    }),
    { numRuns: 20 },
  );
});
