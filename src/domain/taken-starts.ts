import type { Busy, Offering } from "./availability.ts";
import { minuteMs } from "./units.ts";

/** Starts [fromMs, untilMs), in whole milliseconds, at which a session would touch something busy. */
export interface TakenStarts {
  readonly fromMs: number;
  readonly untilMs: number;
}

type Length = Pick<Offering, "durationMinutes" | "bufferBeforeMinutes" | "bufferAfterMinutes">;

/**
 * The starts a busy interval removes from an offering (D3.3). Two sessions collide when the core of one touches the
 * other including its buffers; so the gap between them is the longer of the two buffers, not their sum. Undefined for a
 * busy interval of length 0.
 */
export function takenStartsOf(busy: Busy, offering: Length): TakenStarts | undefined {
  if (busy.endsAtMs <= busy.startsAtMs) return undefined;
  const gapBeforeMs = Math.max(busy.bufferBeforeMinutes, offering.bufferAfterMinutes) * minuteMs;
  const gapAfterMs = Math.max(busy.bufferAfterMinutes, offering.bufferBeforeMinutes) * minuteMs;
  // A session that ends exactly one gap before is free: the first taken start is one millisecond later.
  const fromMs = busy.startsAtMs - gapBeforeMs - offering.durationMinutes * minuteMs + 1;
  return { fromMs, untilMs: busy.endsAtMs + gapAfterMs };
}

/** The taken starts that touch [fromMs, toMs), by their beginning; they may overlap. */
export function takenStarts(
  busy: readonly Busy[],
  offering: Length,
  range: { readonly fromMs: number; readonly toMs: number },
): readonly TakenStarts[] {
  const found: TakenStarts[] = [];
  for (const one of busy) {
    const taken = takenStartsOf(one, offering);
    if (taken !== undefined && taken.fromMs < range.toMs && taken.untilMs > range.fromMs) found.push(taken);
  }
  return found.sort((a, b) => a.fromMs - b.fromMs);
}
