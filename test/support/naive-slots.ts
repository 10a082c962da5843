import { DateTime, IANAZone, type Zone } from "luxon";
import type { Busy, SlotQuestion } from "../../src/domain/availability.ts";
import { type Weekday, type Window, weekdays } from "../../src/domain/practice.ts";

/*
 * An independent implementation of availability on luxon, simple and slow: it iterates over wall times and evaluates every
 * rule for every start. It shares only types with src/domain.
 */

interface Stretch {
  readonly start: DateTime;
  readonly end: DateTime;
}

/** The expected result of `listSlots`. */
export function naiveSlots(question: SlotQuestion): number[] {
  const zone = zoneNamed(question.schedule.timezone);
  const found: number[] = [];
  let date = DateTime.fromMillis(question.fromMs, { zone: "utc" }).startOf("day").minus({ days: 1 });
  for (; date.toMillis() < question.toMs + 86_400_000; date = date.plus({ days: 1 })) {
    for (const window of windowsOn(question, date, zone)) {
      for (const start of startsIn(question, window, date, zone)) {
        if (isAllowed(question, start, zone)) found.push(start.toMillis());
      }
    }
  }
  return found.sort((a, b) => a - b);
}

/** `date` is a local date, represented as midnight UTC. */
function windowsOn(question: SlotQuestion, date: DateTime, zone: Zone): Stretch[] {
  const stretches = timesOn(question, date)
    .filter((window) => isFor(window, question))
    .filter((window) => window.from < window.to)
    .map((window) => ({ start: edgeOf(window.from, date, zone, "start"), end: edgeOf(window.to, date, zone, "end") }))
    .filter((stretch) => stretch.start < stretch.end);
  return joinAll(stretches);
}

function timesOn({ schedule, weekStartsOn }: SlotQuestion, date: DateTime): readonly Window[] {
  const override = schedule.overrides.findLast((one) => one.date === date.toISODate());
  if (override !== undefined) return override.hours;
  return schedule.hours.filter((rule) => {
    if (!rule.days.includes(weekdayOf(date))) return false;
    const since = DateTime.fromISO(rule.since ?? "1970-01-01", { zone: "utc" });
    if (rule.since !== undefined && date < since) return false;
    const apartMs = weekStart(date, weekStartsOn).toMillis() - weekStart(since, weekStartsOn).toMillis();
    return (apartMs / (7 * 86_400_000)) % rule.everyWeeks === 0;
  });
}

function isFor(window: Window, { offering }: SlotQuestion): boolean {
  return (
    (window.methods?.includes(offering.methodKind) ?? true) &&
    (window.services?.includes(offering.serviceId) ?? true) &&
    (window.locations?.includes(offering.locationId ?? "nowhere") ?? true)
  );
}

function edgeOf(time: string, date: DateTime, zone: Zone, edge: "start" | "end"): DateTime {
  // 24:00 is the next date's 00:00.
  if (time === "24:00") return edgeOf("00:00", date.plus({ days: 1 }), zone, "start");
  return instantOf(DateTime.fromISO(`${date.toISODate()}T${time}`, { zone: "utc" }), zone, edge);
}

/** `wall` is a wall time, represented in UTC. */
function instantOf(wall: DateTime, zone: Zone, edge: "start" | "end"): DateTime {
  const readings = readingsOf(wall, zone);
  // This wall time does not exist because of a DST change: try the next minute.
  if (readings.length === 0) return instantOf(wall.plus({ minutes: 1 }), zone, "start");
  return (edge === "start" ? readings[0] : readings.at(-1)) as DateTime;
}

/** All instants at which the zone's clocks show the wall time: zero, one or two. */
function readingsOf(wall: DateTime, zone: Zone): DateTime[] {
  const local = wall.setZone(zone, { keepLocalTime: true });
  // For a wall time that does not exist, luxon returns a later one.
  if (local.hour !== wall.hour || local.minute !== wall.minute) return [];
  return local.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
}

function joinAll(stretches: readonly Stretch[]): Stretch[] {
  for (const one of stretches) {
    for (const other of stretches) {
      if (one !== other && one.start <= other.end && other.start <= one.end) {
        const rest = stretches.filter((stretch) => stretch !== one && stretch !== other);
        return joinAll([
          ...rest,
          { start: DateTime.min(one.start, other.start), end: DateTime.max(one.end, other.end) },
        ]);
      }
    }
  }
  return [...stretches];
}

/** Iterates over the wall times at whole increments from the window's start, on its local date. */
function startsIn({ offering }: SlotQuestion, window: Stretch, date: DateTime, zone: Zone): DateTime[] {
  const incrementMs = offering.incrementMinutes * 60_000;
  const starts: DateTime[] = [];
  let wallMs = window.start.setZone("utc", { keepLocalTime: true }).toMillis();
  while (wallMs >= date.toMillis()) wallMs -= incrementMs;
  for (; wallMs < date.toMillis() + 86_400_000; wallMs += incrementMs) {
    for (const start of readingsOf(DateTime.fromMillis(wallMs, { zone: "utc" }), zone)) {
      const endsAtMs = start.toMillis() + offering.durationMinutes * 60_000;
      if (start >= window.start && endsAtMs <= window.end.toMillis()) starts.push(start);
    }
  }
  return starts;
}

function isAllowed(question: SlotQuestion, start: DateTime, zone: Zone): boolean {
  const { offering } = question;
  const now = DateTime.fromMillis(question.nowMs, { zone });
  if (start.toMillis() < question.fromMs || start.toMillis() >= question.toMs) return false;
  if (start.toMillis() - question.nowMs < offering.minimumNoticeMinutes * 60_000) return false;
  const lastDate = DateTime.fromISO(now.toFormat("yyyy-MM-dd"), { zone: "utc" }).plus({ days: offering.horizonDays });
  if (start.toFormat("yyyy-MM-dd") > lastDate.toFormat("yyyy-MM-dd")) return false;
  return !isTaken(question, start, zone) && !isLimited(question, start, zone);
}

function isTaken({ offering, busy, schedule }: SlotQuestion, start: DateTime, zone: Zone): boolean {
  const away = schedule.outOfOffice.map(({ from, to }) => ({
    startsAtMs: instantOf(DateTime.fromISO(from, { zone: "utc" }), zone, "start").toMillis(),
    endsAtMs: instantOf(DateTime.fromISO(to, { zone: "utc" }), zone, "end").toMillis(),
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
  }));
  const session = {
    startsAtMs: start.toMillis(),
    endsAtMs: start.toMillis() + offering.durationMinutes * 60_000,
    bufferBeforeMinutes: offering.bufferBeforeMinutes,
    bufferAfterMinutes: offering.bufferAfterMinutes,
  };
  return [...busy, ...away]
    .filter((other) => other.startsAtMs < other.endsAtMs)
    .some((other) => reaches(session, other) || reaches(other, session));
}

/** Whether `core` overlaps `other` including its buffers. */
function reaches(core: Busy, other: Busy): boolean {
  const fromMs = other.startsAtMs - other.bufferBeforeMinutes * 60_000;
  const untilMs = other.endsAtMs + other.bufferAfterMinutes * 60_000;
  return core.startsAtMs < untilMs && fromMs < core.endsAtMs;
}

function isLimited({ schedule, weekStartsOn, countedStartsAtMs }: SlotQuestion, start: DateTime, zone: Zone): boolean {
  const together = (nameOf: (at: DateTime) => string | null) =>
    countedStartsAtMs.filter((at) => nameOf(DateTime.fromMillis(at, { zone })) === nameOf(start)).length;
  const { perHour, perDay, perWeek, perMonth } = schedule.limits;
  const weekOf = (at: DateTime) =>
    weekStart(DateTime.fromISO(at.toFormat("yyyy-MM-dd"), { zone: "utc" }), weekStartsOn).toISODate();
  return (
    (perHour !== undefined && together((at) => at.toFormat("yyyy-MM-dd HH ZZ")) >= perHour) ||
    (perDay !== undefined && together((at) => at.toISODate()) >= perDay) ||
    (perWeek !== undefined && together(weekOf) >= perWeek) ||
    (perMonth !== undefined && together((at) => at.toFormat("yyyy-MM")) >= perMonth)
  );
}

function weekdayOf(date: DateTime): Weekday {
  return weekdays[date.weekday - 1] as Weekday;
}

function weekStart(date: DateTime, weekStartsOn: Weekday): DateTime {
  return weekdayOf(date) === weekStartsOn ? date : weekStart(date.minus({ days: 1 }), weekStartsOn);
}

const zones = new Map<string, Zone>();

/** luxon's zone with cached offsets. Computing them takes nearly all of the time. */
function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const luxonZone = IANAZone.create(name);
  const offsets = new Map<number, number>();
  const offset = (atMs: number) => {
    const minutes = offsets.get(atMs) ?? luxonZone.offset(atMs);
    offsets.set(atMs, minutes);
    return minutes;
  };
  const zone: Zone = Object.create(luxonZone, { offset: { value: offset } });
  zones.set(name, zone);
  return zone;
}
