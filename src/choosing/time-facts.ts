import type { Turn } from "../conversation/flow.ts";
import { nearestSlots } from "../domain/availability.ts";
import { outOfOfficeAt } from "../domain/out-of-office.ts";
import type { Practitioner } from "../domain/practice.ts";
import { dayMs } from "../domain/units.ts";
import { localDateOf } from "../domain/zone.ts";
import { given } from "../given.ts";
import { fitSlots } from "../language/when/want.ts";
import type { Reader } from "../words/instants.ts";
import { wantedWords } from "../words/wanted.ts";
import { fitsOf, noTimes, type WantedTimes } from "./times.ts";
import { type TimesSearch, type Why, whyNotAt, whyNotWanted } from "./why-not-free.ts";

/** Times on one page, and days in the strip above them. */
const timesAPage = 12;
const daysAStrip = 5;

/** The free starts to choose from, and how they are shown. */
export interface FreeStarts {
  readonly service: string;
  /** In order. */
  readonly starts: readonly number[];
  readonly reader: Reader;
  readonly practitioners: readonly Practitioner[];
  readonly nowMs: number;
  readonly progress?: { readonly now: number; readonly of: number };
}

export interface TimesFacts {
  readonly service: string;
  readonly progress?: { readonly now: number; readonly of: number };
  readonly reader: Reader;
  /** The practitioner's zone, where it differs. */
  readonly otherZone?: string;
  /** The free days around the one shown. `starts` holds the first free time of each. */
  readonly days: readonly { readonly day: string; readonly firstMs: number; readonly shown: boolean }[];
  readonly earlierDay?: string;
  readonly laterDay?: string;
  /** The free day after the one shown. */
  readonly nextDay?: string;
  readonly times: readonly number[];
  readonly page: number;
  readonly hasMore: boolean;
  /** The first free time, where it is more than a week away (case 25). */
  readonly nextFreeMs?: number;
  /** The practitioner's own note about an absence. */
  readonly away?: string;
}

/**
 * Free times by day, in the zone they are shown in. Days without free times are left out. `shown`: the day and page to
 * show.
 */
export function timesFacts(
  offering: FreeStarts,
  wanted: { readonly day?: string | undefined; readonly page: number },
): TimesFacts {
  const { starts, reader, practitioners, nowMs, service, progress } = offering;
  const byDay = Map.groupBy(starts, (ms) => localDateOf(reader.zone, ms));
  const days = [...byDay.keys()];
  const shown =
    wanted.day !== undefined && byDay.has(wanted.day)
      ? wanted.day
      : (days.find((one) => one >= (wanted.day ?? "")) ?? days[0]);
  const at = days.indexOf(shown ?? "");
  const stripAt = Math.floor(Math.max(at, 0) / daysAStrip) * daysAStrip;
  const strip = days.slice(stripAt, stripAt + daysAStrip);
  const all = byDay.get(shown ?? "") ?? [];
  const page = Math.min(wanted.page, Math.max(0, Math.ceil(all.length / timesAPage) - 1));
  const earlierDay = days[stripAt - daysAStrip];
  const laterDay = days[stripAt + daysAStrip];
  const nextDay = days[at + 1];
  const [first] = starts;
  const [only, ...more] = practitioners;
  const away = only === undefined || more.length > 0 ? undefined : awayMessage(only, nowMs, first);
  const zones = new Set(practitioners.map((one) => one.schedule.timezone));
  const [otherZone] = zones.size === 1 ? zones : [];
  return {
    service,
    reader,
    days: strip.map((one) => ({ day: one, firstMs: byDay.get(one)?.[0] ?? 0, shown: one === shown })),
    times: all.slice(page * timesAPage, (page + 1) * timesAPage),
    page,
    hasMore: all.length > (page + 1) * timesAPage,
    ...given({ progress, otherZone, earlierDay, laterDay, nextDay, away }),
    ...(first !== undefined && first > nowMs + 7 * dayMs ? { nextFreeMs: first } : {}),
  };
}

/** A practitioner's absence before the first free time. */
function awayMessage({ schedule }: Practitioner, nowMs: number, firstFreeMs: number | undefined): string | undefined {
  const until = firstFreeMs ?? nowMs + 60 * dayMs;
  for (let atMs = nowMs; atMs < until; atMs += dayMs) {
    const message = outOfOfficeAt(schedule, atMs)?.message;
    if (message !== undefined) return message;
  }
  return undefined;
}

export interface NearestFacts {
  readonly service: string;
  /** True: the time was asked for in words. False: it was offered before and is no longer free. */
  readonly said: boolean;
  /** The wanted times as the desk understood them (W7). */
  readonly understood: string;
  /** Why the time is not free (D3.10). Absent: there are several causes, or it is free again. */
  readonly why?: Why;
  readonly side: "client" | "practitioner";
  readonly times: readonly number[];
  readonly reader: Reader;
}

/**
 * The three nearest times instead of one that is not free, and why it is not (D4.3, D3.10). `said`: it was asked for in
 * words.
 */
export async function nearestFacts(
  { service, starts, reader }: FreeStarts,
  wanted: { readonly wantedMs: number; readonly said?: WantedTimes; readonly search: TimesSearch | undefined },
  turn: Turn,
): Promise<NearestFacts> {
  const { wantedMs, said, search } = wanted;
  const why =
    said === undefined ? await whyNotAt(turn, search, wantedMs) : await whyNotWanted(turn, search, said, reader.zone);
  return {
    service,
    said: said !== undefined,
    understood: understoodOf(said, reader),
    side: turn.actor.kind === "practitioner" ? "practitioner" : "client",
    times: nearestSlots(starts, wantedMs, 3),
    reader,
    ...given({ why }),
  };
}

/** How many of the times that fit the words are offered at once. */
const mostFits = 9;

export interface FitsFacts {
  readonly service: string;
  readonly progress?: { readonly now: number; readonly of: number };
  readonly reader: Reader;
  readonly times: readonly number[];
  readonly more: boolean;
  /** The wanted times as the desk understood them (W7). */
  readonly understood: string;
  /** The words have several readings. */
  readonly ambiguous: boolean;
  /** The other zone in which a time was said. */
  readonly saidIn: readonly { readonly startsAtMs: number; readonly zone: string }[];
}

/**
 * The free times that fit the words, each with its day. Where the words have several readings, those of all readings.
 */
export function fitsFacts(offering: FreeStarts, times: WantedTimes = noTimes): FitsFacts {
  const { service, starts, reader, nowMs, progress } = offering;
  const fits = fitsOf(times, starts, { zone: reader.zone, nowMs });
  return {
    service,
    reader,
    times: spread(fits, reader.zone),
    more: fits.length > mostFits,
    understood: understoodOf(times, reader),
    ambiguous: times.readings.length > 1 && times.firstIsUsual !== true,
    saidIn: times.readings
      .flatMap(({ zone, ...want }) => {
        const fitting = zone === undefined ? [] : fitSlots({ ...want, zone }, starts, { zone: reader.zone, nowMs });
        return zone === undefined ? [] : fitting.slice(0, 1).map((startsAtMs) => ({ startsAtMs, zone }));
      })
      .sort((a, b) => a.startsAtMs - b.startsAtMs),
    ...given({ progress }),
  };
}

/**
 * The wanted times in words, as the desk understood them. Blank where several readings are offered or no time was said.
 */
export function understoodOf(times: WantedTimes = noTimes, { locale }: Reader): string {
  const [first, ...more] = times.readings;
  return first === undefined || more.length > 0 ? "" : wantedWords(first, locale);
}

/** A few of many times, spread over the days: the first of each day, in the given order. */
function spread(fits: readonly number[], zone: string): readonly number[] {
  if (fits.length <= mostFits) return fits;
  const days = [...Map.groupBy(fits, (ms) => localDateOf(zone, ms)).values()].slice(0, mostFits);
  const aDay = Math.floor(mostFits / days.length);
  const kept = new Set(days.flatMap((one) => one.slice(0, aDay)));
  return fits.filter((ms) => kept.has(ms));
}
