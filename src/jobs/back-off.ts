import type { Scheduler } from "../clock.ts";
import { hourMs } from "../domain/units.ts";

/** The delay before attempt `attempt + 1`: 2^attempt seconds with jitter, at most an hour. */
export function backOffMs(attempt: number, { random }: Pick<Scheduler, "random">): number {
  return Math.min(hourMs, 2 ** attempt * 1000) * (0.5 + random() / 2);
}
