import { z } from "zod";
import { dateOfDay, dayOfDate } from "../domain/local-date.ts";
import { weekdays } from "../domain/practice.ts";
import { dayMs } from "../domain/units.ts";
import { resolveLocal } from "../domain/zone.ts";
import { given } from "../given.ts";
import { fitSlots, isExact, type Want } from "../language/when/want.ts";
import type { When } from "../language/when/when.ts";
import { dateOf } from "../words/instants.ts";

/** When a session is wanted: one reading of the words, or a few. No readings: the words named no time. */
export interface WantedTimes {
  readonly readings: readonly Want[];
  /** The first reading is what most people mean: it is taken, and the other one offered beside it. */
  readonly firstIsUsual?: true;
  /** The next session is wanted: of several times that fit a part of one day, the first (D0.9). */
  readonly takesFirst?: true;
}

/** The words named no time. */
export const noTimes: WantedTimes = { readings: [] };

const windows = z.array(z.object({ fromMinutes: z.number(), toMinutes: z.number() })).readonly();
const days = z.array(z.object({ from: z.string(), to: z.string(), windows: windows.exactOptional() })).readonly();
const daysOfWeek = z.array(z.enum(weekdays)).readonly();

const want: z.ZodType<Want> = z.object({
  days: days.exactOptional(),
  weekdays: daysOfWeek.exactOptional(),
  windows: windows.exactOptional(),
  not: z
    .array(
      z.object({
        days: days.exactOptional(),
        weekdays: daysOfWeek.exactOptional(),
        windows: windows.exactOptional(),
      }),
    )
    .readonly()
    .exactOptional(),
  exact: z.object({ date: z.string().exactOptional(), minutes: z.number() }).exactOptional(),
  otherwise: days.exactOptional(),
  open: z.enum(["after", "before"]).exactOptional(),
  minutes: z.number().exactOptional(),
  order: z.enum(["earliest", "latest", "any"]),
  zone: z.string().exactOptional(),
  certainty: z.number(),
});

/** Wanted times as contexts, events and inputs carry them. */
export const wantedTimes: z.ZodType<WantedTimes> = z.object({
  readings: z.array(want).readonly(),
  firstIsUsual: z.literal(true).exactOptional(),
  takesFirst: z.literal(true).exactOptional(),
});

/** Reads wanted times as version 1 of the flows kept them: JSON in a text, empty for none. */
export function timesInText(text: unknown): WantedTimes | undefined {
  if (typeof text !== "string" || text === "") return undefined;
  return wantedTimes.safeParse(JSON.parse(text)).data;
}

/** The same times on one date, where the words named none: "4pm instead" is about the day one is talking of. */
export function onDay(times: WantedTimes, date: string): WantedTimes {
  const readings = times.readings.map((want): Want => {
    if (want.days !== undefined || want.weekdays !== undefined || want.exact?.date !== undefined) return want;
    if (want.exact !== undefined) return { ...want, exact: { ...want.exact, date } };
    return { ...want, days: [{ from: date, to: dateOfDay(dayOfDate(date) + 1) }] };
  });
  return { ...times, readings };
}

/** What was read of a time, as wanted times. */
export function timesSaid({ want, ambiguous }: When): WantedTimes {
  if (ambiguous === undefined) return { readings: [want] };
  // "Next Tuesday" is the coming one to most; the date is said on the card, and the other one is a tap away.
  return { readings: ambiguous.readings, ...(ambiguous.kind === "next-week" ? { firstIsUsual: true } : {}) };
}

/** On which other clock a chosen start was said: of the reading it fits, or of the only one that named a zone. */
export function zoneSaid(times: WantedTimes | undefined, startsAtMs: number): string | undefined {
  const named = (times?.readings ?? []).flatMap(({ zone, ...want }) => (zone === undefined ? [] : [{ ...want, zone }]));
  const fitting = named.find(
    (want) => fitSlots(want, [startsAtMs], { zone: want.zone, nowMs: startsAtMs - 1 }).length > 0,
  );
  return (fitting ?? (named.length === 1 ? named[0] : undefined))?.zone;
}

interface Place {
  readonly zone: string;
  readonly nowMs: number;
}

/** How wanted times meet the free ones. */
export type TimesAnswer =
  | { type: "slot.chosen"; startsAtMs: number; otherMs?: number }
  | { type: "day.chosen"; day: string }
  | { type: "fits.found" }
  | { type: "fits.none"; startsAtMs: number };

/**
 * Matches wanted times with the free ones: one start, a day, a handful to choose from, or none, which leads to the
 * nearest. Undefined where no times are wanted.
 */
export function answerToTimes(times: WantedTimes, starts: readonly number[], at: Place): TimesAnswer | undefined {
  const { readings } = times;
  if (readings.length === 0) return undefined;
  const free = readings.filter((want) => fitSlots(want, starts, at).length > 0);
  const [first, second] = free;
  if (first === undefined) return { type: "fits.none", startsAtMs: anchorOf(readings[0], at) };
  const fits = fitSlots(first, starts, at);
  const [startsAtMs] = fits;
  if (startsAtMs !== undefined && fits.length === 1 && isExact(first) && (second === undefined || times.firstIsUsual)) {
    const [otherMs] = second === undefined ? [] : fitSlots(second, starts, at);
    return { type: "slot.chosen", startsAtMs, ...given({ otherMs }) };
  }
  // "My next session Tuesday after 3": the first of them, and the one after it a tap away.
  if (startsAtMs !== undefined && times.takesFirst && namesPartOfDay(first) && second === undefined) {
    const [, otherMs] = fits;
    return { type: "slot.chosen", startsAtMs, ...given({ otherMs }) };
  }
  // A day and nothing more: that day's card is the answer, with the other days in its strip.
  if (startsAtMs !== undefined && namesOnlyDay(first) && (second === undefined || times.firstIsUsual)) {
    return { type: "day.chosen", day: dateOf(startsAtMs, at.zone) };
  }
  return { type: "fits.found" };
}

/** The free starts that satisfy any of the readings, each once: of a usual reading first, else in time. */
export function fitsOf(times: WantedTimes, starts: readonly number[], at: Place): readonly number[] {
  const found = [...new Set(times.readings.flatMap((want) => fitSlots(want, starts, at)))];
  if (times.firstIsUsual) return found;
  const latest = times.readings.some((want) => want.order === "latest");
  return found.sort((a, b) => (latest ? b - a : a - b));
}

function namesOnlyDay(want: Want): boolean {
  return namesOneDay(want) && !hasHours(want) && want.not === undefined && want.order === "any";
}

function namesPartOfDay(want: Want): boolean {
  return namesOneDay(want) && hasHours(want);
}

function namesOneDay({ days }: Want): boolean {
  const [day, ...more] = days ?? [];
  if (day === undefined || more.length > 0) return false;
  return Date.parse(`${day.to}T00:00Z`) - Date.parse(`${day.from}T00:00Z`) === dayMs;
}

function hasHours({ days, windows, exact }: Want): boolean {
  return windows !== undefined || exact !== undefined || days?.[0]?.windows !== undefined;
}

/** About when a want is, for offering what is nearest to it. */
function anchorOf(want: Want | undefined, { zone, nowMs }: Place): number {
  const date = want?.exact?.date ?? want?.days?.[0]?.from ?? dateOf(nowMs, zone);
  const window = want?.days?.[0]?.windows?.[0] ?? want?.windows?.[0];
  const minutes = Math.min(1439, want?.exact?.minutes ?? window?.fromMinutes ?? 12 * 60);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return Math.max(nowMs, resolveLocal(want?.zone ?? zone, `${date}T${clock}`, "start"));
}
