import type { Busy, SlotQuestion } from "../../src/domain/availability.ts";
import { type DateOverride, weekdays } from "../../src/domain/practice.ts";
import { seeded } from "../support/crowd-life.ts";
import { at, hours, slotQuestion } from "../support/slot-question.ts";

const zone = "America/New_York";
export const nowMs = at("2026-03-01T12:00", zone);
const dayMs = 86_400_000;
const minuteMs = 60_000;
const workdays = weekdays.slice(0, 5);

/** Every third day of the 60 has other hours: closed and an afternoon, alternating. */
const overrides: readonly DateOverride[] = Array.from({ length: 20 }, (_, n) => ({
  date: new Date(nowMs + n * 3 * dayMs).toISOString().slice(0, 10),
  hours: n % 2 === 0 ? [] : [{ from: "12:00", to: "18:00" }],
}));

/** Sessions of 50 min with 10 min of rest, anywhere in the `days` from now on, the same in every run, sorted. */
export function bookingsAnywhere(count: number, days: number): readonly Busy[] {
  const random = seeded(1);
  const minutes = Array.from({ length: count }, () => Math.floor(random() * days * 1440)).sort((a, b) => a - b);
  return minutes.map((minute) => session(nowMs + minute * minuteMs));
}

/** The same, spread evenly over the `days` from an instant, so that one practitioner can have them all. */
export function bookingsInTurn(count: number, fromMs: number, days: number): readonly Busy[] {
  const apartMinutes = Math.floor((days * 1440) / count);
  return Array.from({ length: count }, (_, n) => session(fromMs + n * apartMinutes * minuteMs));
}

function session(startsAtMs: number): Busy {
  return { startsAtMs, endsAtMs: startsAtMs + 50 * minuteMs, bufferBeforeMinutes: 0, bufferAfterMinutes: 10 };
}

/**
 * A 50-minute service every 15 min with a day's notice in New York, Mon–Fri 9–12 and 13–17 with 20 overrides, for the
 * `days` after the notice. Only sessions that reach into the window are busy, as the index returns them.
 */
export function workload(days: number, bookings: readonly Busy[]): SlotQuestion {
  const fromMs = nowMs + dayMs;
  const toMs = fromMs + days * dayMs;
  return {
    ...slotQuestion({
      zone,
      schedule: {
        hours: [hours("09:00", "12:00", { days: workdays }), hours("13:00", "17:00", { days: workdays })],
        overrides,
      },
      offering: {
        durationMinutes: 50,
        incrementMinutes: 15,
        minimumNoticeMinutes: 1440,
        bufferAfterMinutes: 10,
        horizonDays: 90,
      },
    }),
    nowMs,
    fromMs,
    toMs,
    busy: bookings.filter((one) => one.endsAtMs > fromMs - 2 * dayMs && one.startsAtMs < toMs + 2 * dayMs),
  };
}
