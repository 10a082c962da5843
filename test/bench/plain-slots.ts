import type { SlotQuestion } from "../../src/domain/availability.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const weekday = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"] as const;
const offsets = new Map<number, number>();

/**
 * The minimum work for the bench's workload: integers, one offset a day, one sweep. Without limits, biweekly hours,
 * methods or DST changes; it is the floor against which the desk is measured.
 */
export function plainSlots({ schedule, offering, busy, fromMs, toMs }: SlotQuestion): number[] {
  const { durationMinutes, incrementMinutes, bufferAfterMinutes, bufferBeforeMinutes } = offering;
  const durationMs = durationMinutes * minuteMs;
  const taken: { from: number; until: number }[] = [];
  for (const one of busy) {
    const from = one.startsAtMs - Math.max(bufferAfterMinutes, one.bufferBeforeMinutes) * minuteMs - durationMs + 1;
    const until = one.endsAtMs + Math.max(bufferBeforeMinutes, one.bufferAfterMinutes) * minuteMs;
    taken.push({ from, until });
  }
  taken.sort((a, b) => a.from - b.from);
  const overrides = new Map(schedule.overrides.map(({ date, hours }) => [date, hours]));
  const slots: number[] = [];
  let next = 0;
  for (let day = Math.floor(fromMs / dayMs) - 1; day * dayMs < toMs + dayMs; day += 1) {
    const name = weekday[((day % 7) + 7) % 7];
    const date = overrides.size > 0 ? new Date(day * dayMs).toISOString().slice(0, 10) : "";
    const hours = overrides.get(date) ?? schedule.hours.filter(({ days }) => days.some((one) => one === name));
    const midnightMs = day * dayMs - offsetOf(schedule.timezone, day);
    for (const { from, to } of hours) {
      const lastMs = midnightMs + minutesOf(to) * minuteMs - durationMs;
      for (let ms = midnightMs + minutesOf(from) * minuteMs; ms <= lastMs; ms += incrementMinutes * minuteMs) {
        if (ms < fromMs || ms >= toMs) continue;
        while (next < taken.length && (taken[next]?.until ?? 0) <= ms) next += 1;
        if ((taken[next]?.from ?? Number.POSITIVE_INFINITY) > ms) slots.push(ms);
      }
    }
  }
  return slots;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The offset at that day's noon, cached: calling Intl is most of the work. */
function offsetOf(timezone: string, day: number): number {
  const known = offsets.get(day);
  if (known !== undefined) return known;
  const noonMs = day * dayMs + dayMs / 2;
  const shown = new Date(noonMs).toLocaleString("en-US", { timeZone: timezone, timeZoneName: "longOffset" });
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d+):(\d+)/.exec(shown) ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
  offsets.set(day, offset);
  return offset;
}
