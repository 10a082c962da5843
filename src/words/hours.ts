import type { Weekday } from "../domain/practice.ts";
import { clockTime, dateOf, type Reader, shortDay, slotLabel, zoneName } from "./instants.ts";

/** A stretch of time [fromMs, toMs). */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A weekly window in minutes of its weekday; `toMinutes` may lie on the next day. */
export interface WeekWindow {
  readonly day: Weekday;
  readonly fromMinutes: number;
  readonly toMinutes: number;
  /** Every how many weeks it opens; absent: every week. */
  readonly everyWeeks?: number;
  /** The next day it opens, where it does not open in each week from now on. */
  readonly nextMs?: number;
}

/** "on Fri 6 Mar", "on Fri 6 Mar, 12:00–17:00", "from Mon 2 Mar to Sun 8 Mar". */
export function onSpan({ fromMs, toMs }: Span, reader: Reader): string {
  const first = shortDay(fromMs, reader);
  const last = shortDay(toMs - 1, reader);
  if (first !== last) return `from ${first} to ${last}`;
  const isWhole = [fromMs, toMs].every((ms) => dateOf(ms - 1, reader.zone) !== dateOf(ms, reader.zone));
  return isWhole ? `on ${first}` : `on ${first}, ${clockLabels(fromMs, toMs, reader)}`;
}

/** "15:00–15:50", with offsets where the clock shows a time twice. */
export function clockLabels(startsAtMs: number, endsAtMs: number, reader: Reader): string {
  return `${slotLabel(startsAtMs, reader)}–${slotLabel(endsAtMs, reader)}`;
}

/** "a, b and c". */
export function list(names: readonly string[], word: "and" | "or" = "and"): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** A short list; `more` lines are left out of it. */
export function linesOf(lines: readonly string[], more = 0): string {
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}

/** Groups by the reader's date, earliest first. */
export function byDay<Timed extends { readonly startsAtMs: number }>(
  all: readonly Timed[],
  reader: Reader,
): readonly (readonly [day: string, readonly Timed[]])[] {
  const groups = Map.groupBy(all, ({ startsAtMs }) => dateOf(startsAtMs, reader.zone));
  return [...groups.values()].map((ones) => [shortDay(ones[0]?.startsAtMs ?? 0, reader), ones]);
}

const weekdays: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const dayNames: Readonly<Record<Weekday, string>> = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
};

/** "Mon–Fri 09:00–12:00 and 13:00–17:00; Sat 10:00–13:00 (every other week, next on Sat 14 Mar)". */
export function weekHours(windows: readonly WeekWindow[], weekStartsOn: Weekday, reader: Reader): string {
  const first = weekdays.indexOf(weekStartsOn);
  const days = [...weekdays.slice(first), ...weekdays.slice(0, first)];
  const perDay = days.map((day) => {
    const own = windows.filter((window) => window.day === day).sort((a, b) => a.fromMinutes - b.fromMinutes);
    return { day, text: own.map((window) => windowText(window, reader)).join(" and ") };
  });
  const groups: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const [place, { day, text }] of perDay.entries()) {
    const group = groups.at(-1);
    if (text === "") continue;
    if (group?.text === text && group.last === perDay[place - 1]?.day) group.last = day;
    else groups.push({ first: day, last: day, text });
  }
  const names = Map.groupBy(groups, ({ text }) => text);
  return [...names].map(([text, ranges]) => `${ranges.map(rangeName).join(", ")} ${text}`).join("; ");
}

function rangeName({ first, last }: { readonly first: Weekday; readonly last: Weekday }): string {
  return first === last ? dayNames[first] : `${dayNames[first]}–${dayNames[last]}`;
}

function windowText({ fromMinutes, toMinutes, everyWeeks = 1, nextMs }: WeekWindow, reader: Reader): string {
  const clock = `${wallTime(fromMinutes, reader)}–${wallTime(toMinutes, reader)}`;
  const next = nextMs === undefined ? undefined : shortDay(nextMs, reader);
  if (everyWeeks === 1) return next === undefined ? clock : `${clock} (from ${next})`;
  const rhythm = everyWeeks === 2 ? "every other week" : `every ${everyWeeks} weeks`;
  return `${clock} (${rhythm}${next === undefined ? "" : `, next on ${next}`})`;
}

function wallTime(minutes: number, { locale }: Reader): string {
  return clockTime(minutes * 60_000, { zone: "UTC", locale });
}

/** "Lisbon time". */
export function zoneTimeName(zone: string): string {
  return `${zoneName(zone)} time`;
}
