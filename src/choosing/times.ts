import { z } from "zod";
import { dateOfDay, dayOfDate } from "../domain/local-date.ts";
import { weekdays } from "../domain/practice.ts";
import { dayMs } from "../domain/units.ts";
import { resolveLocal } from "../domain/zone.ts";
import { given } from "../given.ts";
import { fitSlots, isExact, type Want } from "../language/when/want.ts";
import type { When } from "../language/when/when.ts";
import { dateOf } from "../words/instants.ts";

/** When a session is wanted: one reading of the words, or a few. No readings: the words name no time. */
export interface WantedTimes {
  readonly readings: readonly Want[];
  /** The first reading is the usual one. It is used, and the other one is offered beside it. */
  readonly firstIsUsual?: true;
  /** The next session is wanted: if several times fit within a part of one day, the first one is used (D0.9). */
  readonly takesFirst?: true;
}

/** The words name no time. */
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

/** Wanted times as contexts, events and inputs store them. */
export const wantedTimes: z.ZodType<WantedTimes> = z.object({
  readings: z.array(want).readonly(),
  firstIsUsual: z.literal(true).exactOptional(),
  takesFirst: z.literal(true).exactOptional(),
});

/** Reads wanted times as version 1 of the flows stored them: JSON in a text, empty for none. */
export function timesInText(text: unknown): WantedTimes | undefined {
  if (typeof text !== "string" || text === "") return undefined;
  return wantedTimes.safeParse(JSON.parse(text)).data;
}

/** The same times on one date, where the words name none: "4pm instead" means the day the talk is about. */
export function onDay(times: WantedTimes, date: string): WantedTimes {
  const readings = times.readings.map((want): Want => {
    if (want.days !== undefined || want.weekdays !== undefined || want.exact?.date !== undefined) return want;
    if (want.exact !== undefined) return { ...want, exact: { ...want.exact, date } };
    return { ...want, days: [{ from: date, to: dateOfDay(dayOfDate(date) + 1) }] };
  });
  return { ...times, readings };
}

/** The times that were read, as wanted times. */
export function timesSaid({ want, ambiguous }: When): WantedTimes {
  if (ambiguous === undefined) return { readings: [want] };
  // Most people mean the coming Tuesday by "next Tuesday". The card shows the date and offers the other one.
  return { readings: ambiguous.readings, ...(ambiguous.kind === "next-week" ? { firstIsUsual: true } : {}) };
}

/**
 * The other zone in which a chosen start was said: that of the reading it fits, or of the only reading that names a
 * zone.
 */
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

/** The result of matching wanted times with free ones. */
export type TimesAnswer =
  | { type: "slot.chosen"; startsAtMs: number; otherMs?: number }
  | { type: "day.chosen"; day: string }
  | { type: "fits.found" }
  | { type: "fits.none"; startsAtMs: number };

/**
 * Matches wanted times with the free ones. The result is one start, a day, a few starts to choose from, or none, for
 * which the nearest are offered. Undefined: no times are wanted.
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
  // "My next session Tuesday after 3": takes the first fitting time, and offers the one after it.
  if (startsAtMs !== undefined && times.takesFirst && namesPartOfDay(first) && second === undefined) {
    const [, otherMs] = fits;
    return { type: "slot.chosen", startsAtMs, ...given({ otherMs }) };
  }
  // Only a day was named: the card of that day is the answer, with the other days in its strip.
  if (startsAtMs !== undefined && namesOnlyDay(first) && (second === undefined || times.firstIsUsual)) {
    return { type: "day.chosen", day: dateOf(startsAtMs, at.zone) };
  }
  return { type: "fits.found" };
}

/**
 * The free starts that fit any of the readings, without duplicates: first those of a usual reading, then in order of
 * time.
 */
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

/** Roughly when a want is, for offering the nearest times. */
function anchorOf(want: Want | undefined, { zone, nowMs }: Place): number {
  const date = want?.exact?.date ?? want?.days?.[0]?.from ?? dateOf(nowMs, zone);
  const window = want?.days?.[0]?.windows?.[0] ?? want?.windows?.[0];
  const minutes = Math.min(1439, want?.exact?.minutes ?? window?.fromMinutes ?? 12 * 60);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return Math.max(nowMs, resolveLocal(want?.zone ?? zone, `${date}T${clock}`, "start"));
}
