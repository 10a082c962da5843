import { dayOfDate, minutesOfTime, positiveRemainder } from "../../domain/local-date.ts";
import { absencesOf } from "../../domain/out-of-office.ts";
import { type HoursRule, type Practitioner, type Schedule, type Weekday, weekdays } from "../../domain/practice.ts";
import { type OpenWindow, workingDays } from "../../domain/working-hours.ts";
import { localDayOf, offsetMsAt } from "../../domain/zone.ts";
import { given } from "../../given.ts";
import { type Span, type WeekWindow, weekHours } from "../../words/hours.ts";
import { questionWords } from "../../words/questions.ts";
import { withAbsences } from "../practice/absences.ts";
import type { Answerer, Asked, Asker } from "./asked.ts";
import { bookNext } from "./services.ts";

const dayMs = 86_400_000;
const minutesADay = 1440;

/** When the practice is open, or one of its practitioners is in: on the days asked about, else in an ordinary week. */
export const answerOpeningHours: Answerer = async (asker, asked) => {
  const { span } = asked;
  const people = await peopleMeant(asker, asked);
  const texts = people.map((one) => ({
    name: one.name,
    text: span === undefined ? weekText(asker, one.schedule) : daysText(asker, one.schedule, span),
  }));
  // Practitioners with the same hours share a line.
  const lines = [...Map.groupBy(texts, ({ text }) => text)].map(([text, same]) =>
    questionWords.hoursOf(
      same.map(({ name }) => name),
      text,
    ),
  );
  return { sentences: [questionWords.lines(lines)], ...bookNext(asker) };
};

/** Named practitioners; else a practitioner's own hours; else everybody's. */
async function peopleMeant({ actor, books, practice, nowMs }: Asker, asked: Asked): Promise<readonly Practitioner[]> {
  const all = await books.people.listPractitioners(practice.id);
  const own = actor.kind === "practitioner" ? [actor.practitionerId] : all.map(({ id }) => id);
  const ids = asked.practitioners.length > 0 ? asked.practitioners : own;
  return withAbsences(
    books,
    all.filter(({ id }) => ids.includes(id)),
    nowMs,
  );
}

/** The windows of the days asked about, and the message of an absence that closes them. */
function daysText(asker: Asker, schedule: Schedule, span: Span): string {
  const { practice, reader } = asker;
  const windows = openIn(schedule, practice.weekStartsOn, span);
  if (windows.length > 0) return questionWords.openThen(windows, reader);
  const message = absencesOf(schedule)
    .filter(({ startsAtMs, endsAtMs }) => startsAtMs < span.toMs && endsAtMs > span.fromMs)
    .map(({ outOfOffice }) => outOfOffice.message)
    .find((text) => text !== undefined);
  return questionWords.closedThen(span, message, reader);
}

/** An ordinary week on the asker's clock, and on the practitioner's where it differs now (D7.6). */
function weekText({ practice, reader, nowMs }: Asker, schedule: Schedule): string {
  const windows = weekOf(schedule, practice.weekStartsOn, nowMs);
  if (windows.length === 0) return questionWords.noHours;
  const aheadMs = offsetMsAt(reader.zone, nowMs) - offsetMsAt(schedule.timezone, nowMs);
  const own = { ...reader, zone: schedule.timezone };
  const there = { zone: schedule.timezone, text: weekHours(windows, practice.weekStartsOn, own) };
  if (aheadMs === 0) return questionWords.week({ ...there, zone: reader.zone });
  const shifted = windows.map((window) => later(window, aheadMs / 60_000));
  return questionWords.week({ zone: reader.zone, text: weekHours(shifted, practice.weekStartsOn, reader) }, there);
}

/** A window on a clock that is so many minutes ahead. */
function later(window: WeekWindow, minutes: number): WeekWindow {
  const fromMinutes = window.fromMinutes + minutes;
  const days = Math.floor(fromMinutes / minutesADay);
  const day = weekdays[positiveRemainder(weekdays.indexOf(window.day) + days, 7)] ?? window.day;
  const length = window.toMinutes - window.fromMinutes;
  const start = fromMinutes - days * minutesADay;
  return { ...window, day, fromMinutes: start, toMinutes: start + length };
}

/** The weekly windows, those that overlap joined. */
function weekOf(schedule: Schedule, weekStartsOn: Weekday, nowMs: number): readonly WeekWindow[] {
  const today = localDayOf(schedule.timezone, nowMs);
  const windows = schedule.hours.flatMap((rule) => {
    const { everyWeeks, since } = rule;
    const isWeekly = everyWeeks === 1 && (since === undefined || dayOfDate(since) <= today);
    return rule.days.map((day): WeekWindow => {
      const times = { day, fromMinutes: minutesOfTime(rule.from), toMinutes: minutesOfTime(rule.to) };
      if (isWeekly) return times;
      const nextMs = firstOpening({ ...schedule, hours: [{ ...rule, days: [day] }] }, weekStartsOn, nowMs);
      return { ...times, everyWeeks, ...given({ nextMs }) };
    });
  });
  const isPlain = ({ everyWeeks }: WeekWindow) => everyWeeks === undefined;
  return [...windows.filter((one) => !isPlain(one)), ...joined(windows.filter(isPlain))];
}

/** When a rule opens next, at most a year ahead. */
function firstOpening(schedule: Schedule, weekStartsOn: Weekday, nowMs: number): number | undefined {
  const span = { fromMs: nowMs, toMs: nowMs + 366 * dayMs };
  return openIn({ ...schedule, overrides: [], outOfOffice: [] }, weekStartsOn, span)[0]?.startsAtMs;
}

function joined(windows: readonly WeekWindow[]): readonly WeekWindow[] {
  const apart: WeekWindow[] = [];
  for (const window of windows.toSorted((a, b) => a.fromMinutes - b.fromMinutes)) {
    const place = apart.findIndex(({ day, toMinutes }) => day === window.day && window.fromMinutes <= toMinutes);
    const before = apart[place];
    if (before === undefined) apart.push(window);
    else apart[place] = { ...before, toMinutes: Math.max(before.toMinutes, window.toMinutes) };
  }
  return apart;
}

/** The open windows of a schedule in a span, whatever they are limited to, without time off. */
export function openIn(schedule: Schedule, weekStartsOn: Weekday, { fromMs, toMs }: Span): readonly OpenWindow[] {
  const plain = {
    ...schedule,
    hours: schedule.hours.map(unlimited),
    overrides: schedule.overrides.map(({ date, hours }) => ({
      date,
      hours: hours.map(({ from, to }) => ({ from, to })),
    })),
  };
  // Every window is open to every service and method now, so which one is asked for makes no difference.
  const offering = { serviceId: "", methodKind: "video" } as const;
  const days = [...workingDays({ schedule: plain, weekStartsOn, offering }, fromMs, toMs)];
  const absences = absencesOf(schedule);
  return days
    .flatMap(({ windows }) => windows)
    .flatMap((window) =>
      absences.reduce<readonly OpenWindow[]>((left, away) => left.flatMap((one) => without(one, away)), [window]),
    )
    .map(({ startsAtMs, endsAtMs }) => ({
      startsAtMs: Math.max(startsAtMs, fromMs),
      endsAtMs: Math.min(endsAtMs, toMs),
    }))
    .filter(({ startsAtMs, endsAtMs }) => startsAtMs < endsAtMs);
}

/** The parts of a window before and after an absence. */
function without({ startsAtMs, endsAtMs }: OpenWindow, away: OpenWindow): readonly OpenWindow[] {
  return [
    { startsAtMs, endsAtMs: Math.min(endsAtMs, away.startsAtMs) },
    { startsAtMs: Math.max(startsAtMs, away.endsAtMs), endsAtMs },
  ].filter((part) => part.startsAtMs < part.endsAtMs);
}

/** A rule without the methods, services and places it is limited to. */
function unlimited({ days, everyWeeks, since, from, to }: HoursRule): HoursRule {
  return { days, everyWeeks, from, to, ...given({ since }) };
}
