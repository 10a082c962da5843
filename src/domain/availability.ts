import { type Limits, limitsOf } from "./limits.ts";
import { absencesOf } from "./out-of-office.ts";
import type { MethodKind, Schedule, Weekday } from "./practice.ts";
import { startRuns } from "./start-runs.ts";
import { takenStarts, takenStartsOf } from "./taken-starts.ts";
import { minuteMs } from "./units.ts";
import { localDayOf, startOfDayMs } from "./zone.ts";

/** What must fit into the schedule: a service by one method, with every override applied. */
export interface Offering {
  readonly serviceId: string;
  readonly methodKind: MethodKind;
  readonly locationId?: string;
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly incrementMinutes: number;
  readonly minimumNoticeMinutes: number;
  readonly horizonDays: number;
}

/** An interval [startsAtMs, endsAtMs) in which the practitioner is busy, and the buffers around it. */
export interface Busy {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
}

/** Everything availability depends on: the same question gives the same answer. */
export interface SlotQuestion {
  readonly nowMs: number;
  /** Only starts in [fromMs, toMs) are considered. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly schedule: Schedule;
  readonly weekStartsOn: Weekday;
  readonly offering: Offering;
  /** Claims that touch the range widened by the longest buffer; any order. */
  readonly busy: readonly Busy[];
  /** Starts of the sessions that count towards the limits, for at least every local month the range touches. */
  readonly countedStartsAtMs: readonly number[];
  /** The limits of the package that pays, and the starts that count towards them (D6.2). */
  readonly packageRule?: { readonly limits: Schedule["limits"]; readonly countedStartsAtMs: readonly number[] };
}

/**
 * Why a start is not available. Of several reasons the first of: `too-soon`, `too-late` (the clock alone decides),
 * `outside-hours` (also off the grid, or not an instant), `taken` (also out of office), `limit-reached`.
 */
export type SlotRefusal = "outside-hours" | "too-soon" | "too-late" | "taken" | "limit-reached";
export type SlotDecision = { readonly ok: true } | { readonly ok: false; readonly refusal: SlotRefusal };

/**
 * The starts a client may choose, epoch ms, ascending, at most `most` of them (D3.1–D3.5): exactly those `decideSlot`
 * accepts. Throws a RangeError for a schedule or an offering that import would have refused.
 */
export function listSlots(question: SlotQuestion, most = Number.POSITIVE_INFINITY): number[] {
  const range = bookableRange(question);
  if (!(range.fromMs < range.toMs)) return [];
  const incrementMs = question.offering.incrementMinutes * minuteMs;
  const taken = takenStarts(busyOf(question), question.offering, range);
  const limits = allLimits(question);
  const slots: number[] = [];
  // Runs and taken intervals are both sorted, so one pointer passes each taken interval once. If the interval at the
  // pointer has not begun, no later one has.
  let next = 0;
  for (const run of startRuns(question, range)) {
    if (limits.isDayFull(run.day)) continue;
    let startsAtMs = run.firstMs;
    while (startsAtMs <= run.lastMs) {
      if (slots.length >= most) return slots;
      let block = taken[next];
      while (block !== undefined && block.untilMs <= startsAtMs) block = taken[++next];
      if (block !== undefined && block.fromMs <= startsAtMs) {
        startsAtMs += Math.ceil((block.untilMs - startsAtMs) / incrementMs) * incrementMs;
        continue;
      }
      if (!limits.isHourFull(startsAtMs)) slots.push(startsAtMs);
      startsAtMs += incrementMs;
    }
  }
  return slots;
}

/**
 * Whether one start, epoch ms, may be booked: exactly when `listSlots` of the same question lists it (D3.7). Refuses a
 * start outside [fromMs, toMs) as `outside-hours`, because the question holds no claims there.
 */
export function decideSlot(question: SlotQuestion, startsAtMs: number): SlotDecision {
  if (!Number.isSafeInteger(startsAtMs)) return refused("outside-hours");
  if (!(question.fromMs <= startsAtMs && startsAtMs < question.toMs)) return refused("outside-hours");
  if (startsAtMs < earliestStartMs(question.nowMs, question.offering)) return refused("too-soon");
  if (startsAtMs >= horizonEndMs(question)) return refused("too-late");

  const [run] = startRuns(question, { fromMs: startsAtMs, toMs: startsAtMs + 1 });
  if (run === undefined) return refused("outside-hours");

  const isTaken = busyOf(question).some((busy) => {
    const taken = takenStartsOf(busy, question.offering);
    return taken !== undefined && taken.fromMs <= startsAtMs && startsAtMs < taken.untilMs;
  });
  if (isTaken) return refused("taken");

  const limits = allLimits(question);
  if (limits.isDayFull(run.day) || limits.isHourFull(startsAtMs)) return refused("limit-reached");
  return { ok: true };
}

/** The earliest start the minimum notice allows, epoch ms, inclusive; a start before it is too soon (D3.5). */
export function earliestStartMs(
  nowMs: number,
  { minimumNoticeMinutes }: Pick<Offering, "minimumNoticeMinutes">,
): number {
  return nowMs + minimumNoticeMinutes * minuteMs;
}

/** The `count` slots nearest to an instant, epoch ms, ascending; of two equally near the earlier one (D4.3). */
export function nearestSlots(slots: readonly number[], aroundMs: number, count: number): number[] {
  return slots
    .toSorted((a, b) => Math.abs(a - aroundMs) - Math.abs(b - aroundMs) || a - b)
    .slice(0, Math.max(0, count))
    .sort((a, b) => a - b);
}

/** The practitioner's limits and the package's, both in the practitioner's zone. */
function allLimits({ schedule, weekStartsOn, countedStartsAtMs, packageRule }: SlotQuestion): Limits {
  const own = limitsOf(schedule, weekStartsOn, countedStartsAtMs);
  if (packageRule === undefined) return own;
  const { timezone } = schedule;
  const taken = limitsOf({ timezone, limits: packageRule.limits }, weekStartsOn, packageRule.countedStartsAtMs);
  return { ...own, isDayFull: (day) => own.isDayFull(day) || taken.isDayFull(day) };
}

/** The part of the question's range that notice and horizon allow (D3.5). */
function bookableRange(question: SlotQuestion): { readonly fromMs: number; readonly toMs: number } {
  return {
    fromMs: Math.ceil(Math.max(question.fromMs, earliestStartMs(question.nowMs, question.offering))),
    toMs: Math.min(question.toMs, horizonEndMs(question)),
  };
}

/** The end of the last bookable local date, exclusive. */
function horizonEndMs({ nowMs, offering, schedule }: SlotQuestion): number {
  return startOfDayMs(schedule.timezone, localDayOf(schedule.timezone, nowMs) + offering.horizonDays + 1);
}

/** Time out of office is busy time without buffers (D3.3). */
function busyOf({ schedule, busy }: SlotQuestion): readonly Busy[] {
  if (schedule.outOfOffice.length === 0) return busy;
  const absent = absencesOf(schedule).map(({ startsAtMs, endsAtMs }) => {
    return { startsAtMs, endsAtMs, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 };
  });
  return [...busy, ...absent];
}

function refused(refusal: SlotRefusal): SlotDecision {
  return { ok: false, refusal };
}
