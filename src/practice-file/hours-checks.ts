import { type Draft, present, unreadable } from "./draft.ts";
import { isEndTime, isStartTime } from "./fields.ts";
import { type FilePath, type Finding, quote } from "./mistake.ts";
import { repeatedFindings } from "./repeated.ts";

type Practitioner = NonNullable<NonNullable<Draft["practitioners"]>[number]>;

/** Hours, overrides and absences that contradict themselves. */
export function hoursFindings(draft: Draft): Finding[] {
  return present(draft.practitioners).flatMap(([at, practitioner]) => {
    const path = ["practitioners", at];
    return [
      ...weeklyFindings(path, practitioner),
      ...overrideFindings(path, practitioner),
      ...awayFindings(path, practitioner),
    ];
  });
}

function weeklyFindings(path: FilePath, { hours }: Practitioner): Finding[] {
  return present(hours).flatMap(([at, rule]) => {
    const here = [...path, "hours", at];
    const days = present(rule.days).map(([day, name]) => [[...here, "days", day], name.slice(0, 3)] as const);
    const needsSince = (rule.everyWeeks ?? 1) > 1 && rule.since === undefined && !unreadable(rule, "since");
    const unanchored = {
      path: [...here, "since"],
      problem: `is missing, but hours every ${rule.everyWeeks} weeks need a first week`,
      allowed: "a date of the first week, YYYY-MM-DD",
    };
    return [...orderFindings(here, rule), ...repeatedFindings(days, "day"), ...(needsSince ? [unanchored] : [])];
  });
}

function overrideFindings(path: FilePath, { overrides }: Practitioner): Finding[] {
  const dates = present(overrides).map(([at, { date }]) => [[...path, "overrides", at, "date"], date] as const);
  const orders = present(overrides).flatMap(([at, { hours }]) =>
    present(hours).flatMap(([position, window]) =>
      orderFindings([...path, "overrides", at, "hours", position], window),
    ),
  );
  return [...orders, ...repeatedFindings(dates, "date")];
}

interface Stretch {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

function orderFindings(path: FilePath, { from, to }: Stretch): Finding[] {
  if (from === undefined || to === undefined || !isStartTime(from) || !isEndTime(to) || from < to) return [];
  const problem = `${quote(to)} is not later than from (${quote(from)})`;
  return [{ path: [...path, "to"], problem, allowed: "a later time of the same day, up to 24:00" }];
}

function awayFindings(path: FilePath, { outOfOffice }: Practitioner): Finding[] {
  return present(outOfOffice).flatMap(([at, { from, to }]) => {
    // Both have the same shape, so they sort as text.
    if (from === undefined || to === undefined || from < to) return [];
    const problem = `${quote(to)} is not later than from (${quote(from)})`;
    return [{ path: [...path, "outOfOffice", at, "to"], problem, allowed: "a later date and time" }];
  });
}
