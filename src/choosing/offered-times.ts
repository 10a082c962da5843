import { dateOfDay, dayOfDate } from "../domain/local-date.ts";
import { localDayOf, minutesOfDayAt } from "../domain/zone.ts";
import { selectOffered } from "../language/intent/reference.ts";
import { type Reading, saysYes } from "../language/reading.ts";
import type { Want } from "../language/when/want.ts";
import type { Reader } from "../words/instants.ts";
import type { WantedTimes } from "./times.ts";

/** The times a card offers, in the order shown, and the day after the one shown. */
export interface Shown {
  readonly times: readonly number[];
  readonly reader: Reader;
  readonly nextDay?: string;
}

/** The offered time that the words choose. A plain yes chooses the only offered time. */
export function chosenAmong(reading: Reading, { times, reader }: Shown, nowMs: number): number | undefined {
  const chosen = selectOffered(reading.said, { offered: times, nowMs, zone: reader.zone });
  if (chosen !== undefined && "index" in chosen) return times[chosen.index];
  const [only, ...more] = times;
  return more.length === 0 && saysYes(reading, "book") ? only : undefined;
}

/** The message with its weekday resolved among the offered times: "the Wednesday one" is the Wednesday offered (W7). */
export function amongOffered(reading: Reading, { times, reader }: Shown): Reading {
  const { when } = reading;
  const [day, ...more] = when?.want.days ?? [];
  if (when === undefined || day?.byWeekday !== true || more.length > 0 || when.ambiguous !== undefined) return reading;
  const said = dayOfDate(day.from);
  const offered = times.map((ms) => localDayOf(reader.zone, ms));
  const meant = offered.find((one) => one % 7 === said % 7);
  if (meant === undefined || offered.includes(said)) return reading;
  const [from, to] = [dateOfDay(meant), dateOfDay(meant + 1)];
  const { exact } = when.want;
  const want = { ...when.want, days: [{ ...day, from, to }], ...(exact?.date && { exact: { ...exact, date: from } }) };
  return { ...reading, when: { ...when, want } };
}

/**
 * Both times that "5" may mean: the fifth time and five o'clock. The desk then asks. Undefined: "5" means one time at
 * most.
 */
export function doubtAmong(text: string, { times, reader }: Shown, nowMs: number): WantedTimes | undefined {
  const said = /^\s*(\d{1,2})\s*[.!?]?\s*$/.exec(text)?.[1];
  const place = times[Number(said) - 1];
  if (said === undefined || place === undefined) return undefined;
  const clock = selectOffered(said, { offered: times, nowMs, zone: reader.zone });
  const places = clock === undefined ? [] : "index" in clock ? [clock.index] : clock.indices;
  const meant = [...new Set([place, ...places.flatMap((at) => times[at] ?? [])])];
  return meant.length < 2 ? undefined : { readings: meant.map((startsAtMs) => exactly(startsAtMs, reader.zone)) };
}

/** A start as a person would type it. */
export function exactly(startsAtMs: number, zone: string): Want {
  const day = localDayOf(zone, startsAtMs);
  const date = dateOfDay(day);
  const minutes = minutesOfDayAt(zone, startsAtMs);
  const days = [{ from: date, to: dateOfDay(day + 1) }];
  return { days, exact: { date, minutes }, order: "any", certainty: 0.5 };
}
