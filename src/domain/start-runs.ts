import type { Offering } from "./availability.ts";
import { positiveRemainder } from "./local-date.ts";
import { minuteMs } from "./units.ts";
import { type OpenWindow, type WorkingHoursOf, workingDays } from "./working-hours.ts";
import { stretchAt } from "./zone.ts";

/** Possible starts of one local date: `firstMs` and every increment after it, up to `lastMs`. */
export interface StartRun {
  readonly day: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What the grid of starts depends on, except the range. */
export interface GridOf extends WorkingHoursOf {
  readonly offering: Offering;
}

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * All possible starts in [fromMs, toMs) that the hours alone allow, in order (D3.4).
 *
 * Starts step in local time: an instant of the window is a start when the clock then shows the window's start plus or
 * minus whole increments, and the session ends by the window's end. So a time that comes twice is offered twice, and
 * after a change of clocks starts keep to the same wall times even when the clocks moved by half an increment. A window
 * whose own start is skipped begins, and counts its increments, at the first valid instant.
 *
 * Throws a RangeError for an increment or a duration that is not positive.
 */
export function* startRuns(grid: GridOf, range: Range): Generator<StartRun> {
  const { incrementMinutes, durationMinutes } = grid.offering;
  if (!(incrementMinutes > 0 && durationMinutes > 0)) throw new RangeError("Increment and duration must be positive");
  for (const { day, windows } of workingDays(grid, range.fromMs, range.toMs)) {
    for (const window of windows) yield* runsIn(window, day, grid, range);
  }
}

function* runsIn(window: OpenWindow, day: number, grid: GridOf, range: Range): Generator<StartRun> {
  const zone = grid.schedule.timezone;
  const incrementMs = grid.offering.incrementMinutes * minuteMs;
  const untilMs = Math.min(range.toMs, window.endsAtMs - grid.offering.durationMinutes * minuteMs + 1);
  let fromMs = Math.max(range.fromMs, window.startsAtMs);
  if (fromMs >= untilMs) return;

  const originWallMs = window.startsAtMs + stretchAt(zone, window.startsAtMs).offsetMs;
  // One stretch of constant offset per iteration; usually there is one.
  while (fromMs < untilMs) {
    const stretch = stretchAt(zone, fromMs);
    const firstMs = fromMs + positiveRemainder(originWallMs - stretch.offsetMs - fromMs, incrementMs);
    const lastMs = Math.min(untilMs, stretch.untilMs) - 1;
    if (firstMs <= lastMs) yield { day, firstMs, lastMs };
    fromMs = stretch.untilMs;
  }
}
