import type { Weekday } from "../domain/practice.ts";

interface Hours {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

interface Days {
  readonly from: string;
  readonly to: string;
  readonly windows?: readonly Hours[];
}

/** When a session is wanted: local dates [from, to) and minutes since midnight, as the language layer reads them. */
export interface WantedSaid {
  readonly days?: readonly Days[];
  readonly weekdays?: readonly Weekday[];
  readonly windows?: readonly Hours[];
  readonly exact?: { readonly date?: string; readonly minutes: number };
  readonly not?: readonly Omit<WantedSaid, "not" | "exact">[];
}

/** "Thursday 5 March, after 15:00, not Friday": what was understood, so that a misreading is seen (W7). Blank for any time. */
export function wantedWords(want: WantedSaid, locale: string): string {
  const { not = [], exact } = want;
  const days = want.days ?? (exact?.date === undefined ? [] : [{ from: exact.date, to: nextDate(exact.date) }]);
  const windows = exact === undefined ? (want.windows ?? sharedHours(days)) : [exactly(exact.minutes)];
  const refused = not.map((one) => wantedWords(one, locale)).filter((text) => text !== "");
  return [
    orList(days.map((one) => daysWords(one, locale))),
    orList((want.weekdays ?? []).map((day) => `${names[day]}s`)),
    orList(windows.map(hoursWords)),
    ...refused.map((text) => `not ${text}`),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

const names: Readonly<Record<Weekday, string>> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

function exactly(minutes: number): Hours {
  return { fromMinutes: minutes, toMinutes: minutes };
}

function sharedHours(days: readonly Days[]): readonly Hours[] {
  const [first, ...others] = days.map(({ windows }) => JSON.stringify(windows));
  return first !== undefined && others.every((one) => one === first) ? (days[0]?.windows ?? []) : [];
}

function daysWords({ from, to }: Days, locale: string): string {
  const last = new Date(Date.parse(to) - 86_400_000);
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const first = new Date(from);
  return first.getTime() === last.getTime() ? plain(format.format(first)) : plain(format.formatRange(first, last));
}

/** "Thursday, 5 March" of some versions of the formatter. */
function plain(text: string): string {
  return text.replaceAll(",", "").replaceAll(/\s+/g, " ");
}

function hoursWords({ fromMinutes, toMinutes }: Hours): string {
  if (fromMinutes === toMinutes) return `at ${clock(fromMinutes)}`;
  if (toMinutes >= 1440) return `after ${clock(fromMinutes)}`;
  return fromMinutes <= 0 ? `before ${clock(toMinutes)}` : `${clock(fromMinutes)}–${clock(toMinutes)}`;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function nextDate(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}

function orList(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} or ${parts.at(-1)}`;
}
