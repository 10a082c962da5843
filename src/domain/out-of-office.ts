import type { OutOfOffice, Schedule } from "./practice.ts";
import { resolveLocal } from "./zone.ts";

/** An absence as instants [startsAtMs, endsAtMs). */
export interface Absence {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly outOfOffice: OutOfOffice;
}

/** The practitioner's absences as instants, epoch ms (D3.2, D3.3), in the order of the schedule. */
export function absencesOf(schedule: Pick<Schedule, "timezone" | "outOfOffice">): readonly Absence[] {
  return schedule.outOfOffice.map((outOfOffice) => ({
    startsAtMs: resolveLocal(schedule.timezone, outOfOffice.from, "start"),
    endsAtMs: resolveLocal(schedule.timezone, outOfOffice.to, "end"),
    outOfOffice,
  }));
}

/** The absence that contains an instant, epoch ms; of several the first with a message for clients. Undefined: none. */
export function outOfOfficeAt(
  schedule: Pick<Schedule, "timezone" | "outOfOffice">,
  atMs: number,
): OutOfOffice | undefined {
  const present = absencesOf(schedule)
    .filter((absence) => absence.startsAtMs <= atMs && atMs < absence.endsAtMs)
    .map((absence) => absence.outOfOffice);
  return present.find((outOfOffice) => outOfOffice.message !== undefined) ?? present[0];
}

/** A stretch of wall time `YYYY-MM-DDTHH:MM`, [from, to). */
export type WallStretch = Pick<OutOfOffice, "from" | "to">;

/** A stretch without another one: zero, one or two pieces. */
export function withoutStretch({ from, to }: WallStretch, cut: WallStretch): readonly WallStretch[] {
  if (cut.to <= from || to <= cut.from) return [{ from, to }];
  return [...(from < cut.from ? [{ from, to: cut.from }] : []), ...(cut.to < to ? [{ from: cut.to, to }] : [])];
}
