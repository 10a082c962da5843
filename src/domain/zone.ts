import { IANAZone } from "luxon";
import { dateOfDay, dayOfDate, minutesOfTime, positiveRemainder } from "./local-date.ts";
import { dayMs, minuteMs, minutesPerDay, weekMs } from "./units.ts";

/** The span of a zone's history computed at once, about a year. */
const chunkMs = 52 * weekMs;

/** An interval [fromMs, untilMs) in which a zone has one offset from UTC. Neighbours may share theirs. */
export interface ZoneStretch {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
}

/** Whether a wall time begins or ends an interval; decides between the two readings of a repeated hour (D3.2). */
export type Edge = "start" | "end";

/** Cache per zone and chunk; the offsets of one version of the time zone data never change. */
const chunksByZone = new Map<string, Map<number, readonly ZoneStretch[]>>();

/** The interval of constant offset around an instant. Throws a RangeError for an unknown zone or an invalid instant. */
export function stretchAt(zone: string, atMs: number): ZoneStretch {
  const chunk = Math.floor(atMs / chunkMs);
  const stretches = chunksByZone.get(zone)?.get(chunk) ?? loadChunk(zone, chunk);
  let index = stretches.length - 1;
  while (index > 0 && atMs < (stretches[index]?.fromMs ?? 0)) index -= 1;
  // A chunk is never empty: loadChunk ends with its last stretch.
  return stretches[index] as ZoneStretch;
}

/** A zone's offset from UTC at an instant, in milliseconds. */
export function offsetMsAt(zone: string, atMs: number): number {
  return stretchAt(zone, atMs).offsetMs;
}

/** The local date, as a day number, on the zone's calendars at an instant. */
export function localDayOf(zone: string, atMs: number): number {
  return Math.floor((atMs + offsetMsAt(zone, atMs)) / dayMs);
}

/** The time of day on the zone's clocks at an instant, in whole minutes since midnight: 0 to 1439. */
export function minutesOfDayAt(zone: string, atMs: number): number {
  return Math.floor(positiveRemainder(atMs + offsetMsAt(zone, atMs), dayMs) / minuteMs);
}

/** The local date, `YYYY-MM-DD`, on the zone's calendars at an instant. */
export function localDateOf(zone: string, atMs: number): string {
  return dateOfDay(localDayOf(zone, atMs));
}

/** The first instant of a local date `YYYY-MM-DD`: 01:00 where midnight is skipped, the earlier midnight where it comes twice. */
export function startOfLocalDay(zone: string, date: string): number {
  return startOfDayMs(zone, dayOfDate(date));
}

/** The end of a local date `YYYY-MM-DD`, exclusive: the first instant of the next date. */
export function endOfLocalDay(zone: string, date: string): number {
  return startOfDayMs(zone, dayOfDate(date) + 1);
}

/** `startOfLocalDay` for a day number. */
export function startOfDayMs(zone: string, day: number): number {
  return resolveWall(zone, day * dayMs, "start");
}

/**
 * The instant of a local wall time `YYYY-MM-DDTHH:MM` (D3.2). A time that clocks skip moves forward to the first valid
 * instant; of a time that comes twice, a start takes the earlier and an end the later. `T24:00` is the end of its date.
 * Throws a RangeError for text that is no wall time.
 */
export function resolveLocal(zone: string, wallTime: string, edge: Edge): number {
  const [date = "", time = ""] = wallTime.split("T");
  return resolveTimeOfDay(zone, dayOfDate(date), minutesOfTime(time), edge);
}

/** `resolveLocal` for a day number and minutes since its midnight; 1440 is the first instant of the next date. */
export function resolveTimeOfDay(zone: string, day: number, minutes: number, edge: Edge): number {
  // Where midnight comes twice, the later one would add an hour of the next date to the evening.
  if (minutes === minutesPerDay) return startOfDayMs(zone, day + 1);
  return resolveWall(zone, day * dayMs + minutes * minuteMs, edge);
}

/** `wallMs` is the wall time read as if it were UTC. */
function resolveWall(zone: string, wallMs: number, edge: Edge): number {
  // No zone is a day away from UTC, so every instant with this wall time lies within a day of it.
  const last = wallMs + dayMs;
  let stretch = stretchAt(zone, wallMs - dayMs);
  if (stretch.untilMs > last) return wallMs - stretch.offsetMs;

  let earliest: number | undefined;
  let latest: number | undefined;
  for (; stretch.fromMs <= last; stretch = stretchAt(zone, stretch.untilMs)) {
    const instant = wallMs - stretch.offsetMs;
    if (instant >= stretch.untilMs) continue;
    // A result before its own stretch was skipped by the clocks; the stretch starts at the first valid instant after
    // it.
    earliest ??= Math.max(instant, stretch.fromMs);
    if (instant >= stretch.fromMs) latest = instant;
  }
  // The loop covers a day beyond the wall time, so it met a stretch that contains it.
  const start = earliest as number;
  return edge === "end" ? (latest ?? start) : start;
}

function loadChunk(zone: string, chunk: number): readonly ZoneStretch[] {
  const luxonZone = IANAZone.create(zone);
  if (!luxonZone.isValid) throw new RangeError(`Not a time zone: ${zone}`);
  if (!Number.isFinite(chunk)) throw new RangeError("Not an instant");
  const offsetAt = (atMs: number) => Math.round(luxonZone.offset(atMs) * minuteMs);
  const stretches = [...findStretches(offsetAt, chunk * chunkMs, (chunk + 1) * chunkMs)];
  const chunks = chunksByZone.get(zone) ?? new Map<number, readonly ZoneStretch[]>();
  chunksByZone.set(zone, chunks.set(chunk, stretches));
  return stretches;
}

/** Samples the offset once a week, because each look-up is slow: no zone changes its clocks twice within a week. */
function* findStretches(offsetAt: (atMs: number) => number, fromMs: number, untilMs: number): Generator<ZoneStretch> {
  let begunMs = fromMs;
  let offsetMs = offsetAt(fromMs);
  for (let weekStartMs = fromMs; weekStartMs < untilMs; weekStartMs += weekMs) {
    const nextOffsetMs = offsetAt(weekStartMs + weekMs);
    if (nextOffsetMs === offsetMs) continue;
    const changeMs = findChange(offsetAt, weekStartMs, weekStartMs + weekMs);
    // A change on the border belongs to the next chunk.
    if (changeMs < untilMs) {
      yield { fromMs: begunMs, untilMs: changeMs, offsetMs };
      begunMs = changeMs;
      offsetMs = nextOffsetMs;
    }
  }
  yield { fromMs: begunMs, untilMs, offsetMs };
}

/** The first instant of the new offset, by bisection; the offsets at both ends differ. */
function findChange(offsetAt: (atMs: number) => number, fromMs: number, untilMs: number): number {
  const before = offsetAt(fromMs);
  let same = fromMs;
  let changed = untilMs;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetAt(middle) === before) same = middle;
    else changed = middle;
  }
  return changed;
}
