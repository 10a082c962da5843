import { DateTime } from "luxon";
import rrule from "rrule";
import { getSlots } from "slot-calculator";
import type { SlotQuestion } from "../../src/domain/availability.ts";

const { datetime, RRule } = rrule;
const minuteMs = 60_000;
const long = { mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday" } as const;

/**
 * The same result with luxon, as a careful programmer writes it: luxon for each day and window edge only, integers for
 * the starts in between, busy intervals sorted once and swept once.
 */
export function carefulLuxonSlots({ schedule, offering, busy, fromMs, toMs, nowMs }: SlotQuestion): number[] {
  const durationMs = offering.durationMinutes * minuteMs;
  const earliestMs = Math.max(fromMs, nowMs + offering.minimumNoticeMinutes * minuteMs);
  const taken = busy
    .map((one) => ({
      from: one.startsAtMs - Math.max(offering.bufferAfterMinutes, one.bufferBeforeMinutes) * minuteMs,
      until: one.endsAtMs + Math.max(offering.bufferBeforeMinutes, one.bufferAfterMinutes) * minuteMs,
    }))
    .sort((a, b) => a.from - b.from);
  const overrides = new Map(schedule.overrides.map((one) => [one.date, one.hours]));
  const slots: number[] = [];
  let next = 0;
  let day = DateTime.fromMillis(fromMs, { zone: schedule.timezone }).startOf("day");
  for (; day.toMillis() < toMs; day = day.plus({ days: 1 })) {
    const name = day.setLocale("en").toFormat("ccc").toLowerCase();
    const hours =
      overrides.get(day.toISODate() ?? "") ?? schedule.hours.filter(({ days }) => days.some((one) => one === name));
    for (const { from, to } of hours) {
      const [opens, closes] = [from, to].map((time) =>
        day.set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) }).toMillis(),
      );
      const lastMs = (closes ?? 0) - durationMs;
      for (let ms = opens ?? 0; ms <= lastMs; ms += offering.incrementMinutes * minuteMs) {
        if (ms < earliestMs || ms >= toMs) continue;
        while (next < taken.length && (taken[next]?.until ?? 0) <= ms) next += 1;
        if ((taken[next]?.from ?? Number.POSITIVE_INFINITY) >= ms + durationMs) slots.push(ms);
      }
    }
  }
  return slots;
}

/** slot-calculator as documented; it supports neither overrides nor a step shorter than the session. */
export function slotCalculatorSlots({ schedule, offering, busy, fromMs, toMs }: SlotQuestion): number {
  const { availableSlots } = getSlots({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    duration: offering.durationMinutes,
    outputTimezone: schedule.timezone,
    availability: Object.values(long).flatMap((day) =>
      schedule.hours.map(({ from, to }) => ({ day, from, to, timezone: schedule.timezone })),
    ),
    unavailability: busy.map(({ startsAtMs, endsAtMs }) => ({
      from: new Date(startsAtMs).toISOString(),
      to: new Date(endsAtMs).toISOString(),
    })),
  });
  return availableSlots.length;
}

/** rrule expands the starts only, without removing any. */
export function rruleStarts({ schedule, offering, fromMs, toMs }: SlotQuestion): number {
  const from = new Date(fromMs);
  const dtstart = datetime(from.getUTCFullYear(), from.getUTCMonth() + 1, from.getUTCDate());
  const minutes = Array.from({ length: 60 / offering.incrementMinutes }, (_, n) => n * offering.incrementMinutes);
  const rule = new RRule({
    freq: RRule.WEEKLY,
    byweekday: [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR],
    byhour: [9, 10, 11, 13, 14, 15, 16],
    byminute: minutes,
    bysecond: [0],
    tzid: schedule.timezone,
    dtstart,
  });
  return rule.between(from, new Date(toMs)).length;
}
