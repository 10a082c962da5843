import { z } from "zod";
import { minuteMs } from "../../src/domain/units.ts";

/** The longest step the page lets time take at once: as far as anybody can book ahead by default. */
const longestStepMinutes = 60 * 24 * 60;

/** `POST /page/clock`: whole minutes forward; time never goes back. */
export const advanceBody = z.strictObject({ minutes: z.int().min(1).max(longestStepMinutes) });

/** The desk's clock as the page may use it: look, and move it on. */
export interface DeskClock {
  /** Epoch ms of the books' time. */
  now(): number;
  advance(ms: number): void;
}

/** `GET /page/clock`: what the header shows, in epoch ms. */
export interface ShownTime {
  readonly nowMs: number;
  /** Minutes until something of its own falls due, as a step the clock may take; absent when nothing waits. */
  readonly nextInMinutes?: number;
}

/** The desk's time, and how far it is to what is due next; more than 60 days are cut to 60. */
export function shownTime(nowMs: number, nextDueAtMs: number | undefined): ShownTime {
  if (nextDueAtMs === undefined) return { nowMs };
  const minutes = Math.ceil((nextDueAtMs - nowMs) / minuteMs);
  return { nowMs, nextInMinutes: Math.min(longestStepMinutes, Math.max(1, minutes)) };
}

/** Moves the books' time on; whatever falls due on the way then happens by itself. */
export function advanceBy(clock: DeskClock, { minutes }: z.infer<typeof advanceBody>): void {
  clock.advance(minutes * minuteMs);
}
