import { limitsOf } from "./limits.ts";
import { dateOfDay, dayOfDate } from "./local-date.ts";
import type { PackageTemplate, Weekday } from "./practice.ts";
import { endOfLocalDay, localDayOf } from "./zone.ts";

/** A package assigned to a client (D6.1). */
export interface ClientPackage {
  readonly id: string;
  readonly practiceId: string;
  readonly clientId: string;
  readonly templateId: string;
  /** The first valid day, `YYYY-MM-DD` in the practice's zone. */
  readonly startsOn: string;
  /** The last valid day, inclusive; absent: it does not expire. */
  readonly expiresOn?: string;
  /** The template as it was when assigned, with the changes for this client (D6.1). */
  readonly frozen: PackageTemplate;
}

/** The last valid day of a package, `YYYY-MM-DD`; undefined: it does not expire. */
export function lastDayOf(startsOn: string, expiresAfterDays: number | undefined): string | undefined {
  return expiresAfterDays === undefined ? undefined : dateOfDay(dayOfDate(startsOn) + expiresAfterDays);
}

/** When a package ends, epoch ms: the end of its last day in the practice's zone; infinity if it does not expire. */
export function overAtMs({ expiresOn }: Pick<ClientPackage, "expiresOn">, practiceZone: string): number {
  return expiresOn === undefined ? Number.POSITIVE_INFINITY : endOfLocalDay(practiceZone, expiresOn);
}

/** Why a package cannot pay for a session (D6.3). Dates are `YYYY-MM-DD`. */
export type PackageProblem =
  | { readonly reason: "expired"; readonly on: string }
  | { readonly reason: "not-started"; readonly on: string }
  | { readonly reason: "none-left" }
  /** Absent `opensOn`: the limit holds until the package expires. */
  | { readonly reason: "limit-reached"; readonly per: "week" | "month"; readonly opensOn?: string };

/** The limits of a package and the sessions that count towards them, in the practitioner's zone (D3.5). */
export interface LimitRule {
  readonly limits: PackageTemplate["limits"];
  readonly countedStartsAtMs: readonly number[];
  readonly weekStartsOn: Weekday;
}

/** Everything the use of a package depends on. */
export interface PackageQuestion extends LimitRule {
  readonly held: Pick<ClientPackage, "startsOn" | "expiresOn">;
  /** Available credits of the services in question. */
  readonly available: number;
  readonly practiceZone: string;
  readonly practitionerZone: string;
}

/**
 * Why a package cannot pay for a session at a start, epoch ms; undefined: it can. Checked once, at the request (D6.4):
 * the package's days, then its credits, then its limits.
 */
export function problemAt(question: PackageQuestion, startsAtMs: number): PackageProblem | undefined {
  const bounds = boundsProblem(question, startsAtMs);
  if (bounds !== undefined) return bounds;
  if (question.available < 1) return { reason: "none-left" };
  const day = localDayOf(question.practitionerZone, startsAtMs);
  const per = fullPer(question, question.practitionerZone, day);
  return per === undefined ? undefined : reached(question, per, day);
}

/**
 * Whether a package can pay for a session on any day from today to `horizonDays` ahead: `problem` says why not.
 * `waits`: this week's or month's limit is reached, but a later day is within reach.
 */
export function problemNow(
  question: PackageQuestion,
  { nowMs, horizonDays }: { readonly nowMs: number; readonly horizonDays: number },
): { readonly problem?: PackageProblem; readonly waits?: PackageProblem & { readonly reason: "limit-reached" } } {
  const bounds = boundsProblem(question, nowMs);
  if (bounds !== undefined) return { problem: bounds };
  if (question.available < 1) return { problem: { reason: "none-left" } };
  const today = localDayOf(question.practitionerZone, nowMs);
  const per = fullPer(question, question.practitionerZone, today);
  if (per === undefined) return {};
  const waits = reached(question, per, today);
  const isInReach = waits.opensOn !== undefined && dayOfDate(waits.opensOn) <= today + horizonDays;
  return isInReach ? { waits } : { problem: waits };
}

function boundsProblem({ held, practiceZone }: PackageQuestion, atMs: number): PackageProblem | undefined {
  if (atMs >= overAtMs(held, practiceZone)) return { reason: "expired", on: held.expiresOn ?? "" };
  if (localDayOf(practiceZone, atMs) < dayOfDate(held.startsOn)) return { reason: "not-started", on: held.startsOn };
  return undefined;
}

/** The limit a local day has reached, the month before the week: a free day in a full month cannot be booked. */
function fullPer(rule: LimitRule, zone: string, day: number): "week" | "month" | undefined {
  const { perWeek, perMonth } = rule.limits;
  if (perMonth !== undefined && isFull(rule, zone, { perMonth }, day)) return "month";
  if (perWeek !== undefined && isFull(rule, zone, { perWeek }, day)) return "week";
  return undefined;
}

function isFull(rule: LimitRule, timezone: string, limits: PackageTemplate["limits"], day: number): boolean {
  return limitsOf({ timezone, limits }, rule.weekStartsOn, rule.countedStartsAtMs).fullPeriodOf(day) !== undefined;
}

/** A limit spans at most a month, but the following months may be full too. */
const looksAheadDays = 400;

function reached(question: PackageQuestion, per: "week" | "month", day: number) {
  const { practitionerZone, held } = question;
  const limits = limitsOf(
    { timezone: practitionerZone, limits: question.limits },
    question.weekStartsOn,
    question.countedStartsAtMs,
  );
  const last = held.expiresOn === undefined ? day + looksAheadDays : dayOfDate(held.expiresOn);
  let open = day + 1;
  while (open <= last && limits.fullPeriodOf(open) !== undefined) open += 1;
  const opensOn = open <= last ? { opensOn: dateOfDay(open) } : {};
  return { reason: "limit-reached", per, ...opensOn } as const;
}

/**
 * The events of a package its client is told about: assigned, one session left, expiring soon, extended (D8.5).
 */
export const packageNews = ["given", "last", "expiring", "extended"] as const;
export type PackageNews = (typeof packageNews)[number];
