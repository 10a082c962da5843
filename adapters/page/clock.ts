import { z } from "zod";
import { minuteMs } from "../../src/domain/units.ts";

/** The longest single step, equal to the default booking horizon. */
const longestStepMinutes = 60 * 24 * 60;

/** `POST /page/clock`: whole minutes, forward only. */
export const advanceBody = z.strictObject({ minutes: z.int().min(1).max(longestStepMinutes) });

/** The desk's clock, as far as the page uses it. */
export interface DeskClock {
  /** The desk's time, epoch ms. */
  now(): number;
  advance(ms: number): void;
}

/** `GET /page/clock`: the data of the page's header. Instants are epoch ms. */
export interface ShownTime {
  readonly nowMs: number;
  /** Minutes until the next timer is due, as a step for the clock. Absent when no timer is set. */
  readonly nextInMinutes?: number;
}

/** The desk's time and the minutes until the next timer is due, at most 60 days. */
export function shownTime(nowMs: number, nextDueAtMs: number | undefined): ShownTime {
  if (nextDueAtMs === undefined) return { nowMs };
  const minutes = Math.ceil((nextDueAtMs - nowMs) / minuteMs);
  return { nowMs, nextInMinutes: Math.min(longestStepMinutes, Math.max(1, minutes)) };
}

/** Moves the desk's time forward. Timers that become due then run on their own. */
export function advanceBy(clock: DeskClock, { minutes }: z.infer<typeof advanceBody>): void {
  clock.advance(minutes * minuteMs);
}
