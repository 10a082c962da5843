import { type HoursCause, hoursCause } from "./hours-cause.ts";
import { limitsOf, type Period } from "./limits.ts";
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
  /** The booking that claims it; absent: none does yet. */
  readonly bookingId?: string;
}

/** The package that pays for a session: its days [fromMs, toMs), its limits, and the starts that count towards them (D6.2). */
export interface PackageRule {
  readonly fromMs: number;
  readonly toMs: number;
  readonly limits: Schedule["limits"];
  readonly countedStartsAtMs: readonly number[];
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
  readonly packageRule?: PackageRule;
}

/** Why a start cannot be booked, with what the sentence about it needs. Instants are epoch ms. */
export type NotFree =
  /** Not an instant, or one outside [fromMs, toMs), where the question holds no claims. */
  | { readonly because: "unknown" }
  | { readonly because: "past" }
  | { readonly because: "too-soon"; readonly noticeMinutes: number }
  /** `lastMs`: the end of the last date that can be booked, inclusive. */
  | { readonly because: "too-far"; readonly lastMs: number }
  | { readonly because: "outside-package" }
  | HoursCause
  /** During time off; `message` is what the practitioner tells clients of it. */
  | { readonly because: "away"; readonly message?: string }
  /** Another session is held then; `bookingId`: the booking that claims the time. */
  | { readonly because: "booked"; readonly bookingId?: string }
  /** No session is held then, but one so near that the buffers do not fit. */
  | { readonly because: "too-close" }
  | { readonly because: "full"; readonly per: Period }
  | { readonly because: "package-full"; readonly per: Period };

/**
 * The starts a client may choose, epoch ms, ascending, at most `most` of them (D3.1–D3.5): exactly those for which
 * `whyNotFree` has no cause. Throws a RangeError for a schedule or an offering that import would have refused.
 */
export function listSlots(question: SlotQuestion, most = Number.POSITIVE_INFINITY): number[] {
  const range = bookableRange(question);
  if (!(range.fromMs < range.toMs)) return [];
  const incrementMs = question.offering.incrementMinutes * minuteMs;
  const taken = takenStarts([...question.busy, ...timeOff(question)], question.offering, range);
  const limits = allLimits(question);
  const isDayFull = (day: number) => limits.some(({ fullPeriodOf }) => fullPeriodOf(day) !== undefined);
  const slots: number[] = [];
  // Runs and taken intervals are both sorted, so one pointer passes each taken interval once. If the interval at the
  // pointer has not begun, no later one has.
  let next = 0;
  for (const run of startRuns(question, range)) {
    if (isDayFull(run.day)) continue;
    let startsAtMs = run.firstMs;
    while (startsAtMs <= run.lastMs) {
      if (slots.length >= most) return slots;
      let block = taken[next];
      while (block !== undefined && block.untilMs <= startsAtMs) block = taken[++next];
      if (block !== undefined && block.fromMs <= startsAtMs) {
        startsAtMs += Math.ceil((block.untilMs - startsAtMs) / incrementMs) * incrementMs;
        continue;
      }
      if (!limits.some(({ isHourFull }) => isHourFull(startsAtMs))) slots.push(startsAtMs);
      startsAtMs += incrementMs;
    }
  }
  return slots;
}

/**
 * Why one start, epoch ms, may not be booked; undefined exactly when `listSlots` of the same question lists it (D3.7, D3.10).
 * Of several causes the first of: the clock, the package's days, the hours, time off, other sessions, limits.
 */
export function whyNotFree(question: SlotQuestion, startsAtMs: number): NotFree | undefined {
  if (!Number.isSafeInteger(startsAtMs)) return { because: "unknown" };
  if (!(question.fromMs <= startsAtMs && startsAtMs < question.toMs)) return { because: "unknown" };
  return (
    rangeCause(question, startsAtMs) ??
    hoursCause(question, startsAtMs) ??
    timeOffCause(question, startsAtMs) ??
    claimsCause(question, startsAtMs) ??
    limitsCause(question, startsAtMs)
  );
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

/** The practitioner's limits, and the package's if one pays; both in the practitioner's zone. */
function allLimits({ schedule, weekStartsOn, countedStartsAtMs, packageRule }: SlotQuestion) {
  const own = limitsOf(schedule, weekStartsOn, countedStartsAtMs);
  if (packageRule === undefined) return [own];
  const rule = { timezone: schedule.timezone, limits: packageRule.limits };
  return [own, limitsOf(rule, weekStartsOn, packageRule.countedStartsAtMs)];
}

/** The part of the question's range that notice, horizon and the package's days allow (D3.5, D6.2). */
function bookableRange(question: SlotQuestion): { readonly fromMs: number; readonly toMs: number } {
  const { packageRule } = question;
  const earliestMs = earliestStartMs(question.nowMs, question.offering);
  return {
    fromMs: Math.ceil(Math.max(question.fromMs, earliestMs, packageRule?.fromMs ?? earliestMs)),
    toMs: Math.min(question.toMs, horizonEndMs(question), packageRule?.toMs ?? question.toMs),
  };
}

/** The end of the last bookable local date, exclusive. */
function horizonEndMs({ nowMs, offering, schedule }: SlotQuestion): number {
  return startOfDayMs(schedule.timezone, localDayOf(schedule.timezone, nowMs) + offering.horizonDays + 1);
}

/** Time out of office is busy time without buffers (D3.3). In the order of the schedule. */
function timeOff({ schedule }: SlotQuestion): readonly Busy[] {
  return absencesOf(schedule).map(({ startsAtMs, endsAtMs }) => {
    return { startsAtMs, endsAtMs, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 };
  });
}

function rangeCause(question: SlotQuestion, startsAtMs: number): NotFree | undefined {
  const { nowMs, offering, packageRule } = question;
  if (startsAtMs < earliestStartMs(nowMs, offering)) {
    if (startsAtMs < nowMs) return { because: "past" };
    return { because: "too-soon", noticeMinutes: offering.minimumNoticeMinutes };
  }
  const endMs = horizonEndMs(question);
  if (startsAtMs >= endMs) return { because: "too-far", lastMs: endMs - 1 };
  if (packageRule === undefined) return undefined;
  return packageRule.fromMs <= startsAtMs && startsAtMs < packageRule.toMs ? undefined : { because: "outside-package" };
}

function timeOffCause(question: SlotQuestion, startsAtMs: number): NotFree | undefined {
  const off = timeOff(question);
  const meant = question.schedule.outOfOffice.filter((_, at) => takes(off[at], question, startsAtMs));
  if (meant.length === 0) return undefined;
  const message = meant.find((one) => one.message !== undefined)?.message;
  return { because: "away", ...(message === undefined ? {} : { message }) };
}

function claimsCause(question: SlotQuestion, startsAtMs: number): NotFree | undefined {
  const taking = question.busy.filter((one) => takes(one, question, startsAtMs));
  if (taking.length === 0) return undefined;
  const endsAtMs = startsAtMs + question.offering.durationMinutes * minuteMs;
  const meant = taking.find((one) => one.startsAtMs < endsAtMs && startsAtMs < one.endsAtMs);
  if (meant === undefined) return { because: "too-close" };
  const { bookingId } = meant;
  return { because: "booked", ...(bookingId === undefined ? {} : { bookingId }) };
}

/** Whether a session at this start would touch something busy, buffers included. */
function takes(busy: Busy | undefined, { offering }: SlotQuestion, startsAtMs: number): boolean {
  const taken = busy === undefined ? undefined : takenStartsOf(busy, offering);
  return taken !== undefined && taken.fromMs <= startsAtMs && startsAtMs < taken.untilMs;
}

function limitsCause(question: SlotQuestion, startsAtMs: number): NotFree | undefined {
  const day = localDayOf(question.schedule.timezone, startsAtMs);
  const [own, ofPackage] = allLimits(question).map(({ fullPeriodOf, isHourFull }): Period | undefined => {
    return fullPeriodOf(day) ?? (isHourFull(startsAtMs) ? "hour" : undefined);
  });
  if (own !== undefined) return { because: "full", per: own };
  return ofPackage === undefined ? undefined : { because: "package-full", per: ofPackage };
}
