import { noTimes, onDay, timesSaid, type WantedTimes } from "../../src/choosing/times.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { dateOfDay, dayOfDate } from "../../src/domain/local-date.ts";
import { minuteMs } from "../../src/domain/units.ts";
import { localDateOf, minutesOfDayAt } from "../../src/domain/zone.ts";
import { type Move, parseMove } from "../../src/language/intent/move.ts";
import { parseShift, type Shift } from "../../src/language/intent/reference.ts";
import type { Want } from "../../src/language/when/want.ts";
import { parseWhen } from "../../src/language/when/when.ts";
import type { Wanted } from "./context.ts";

/** Words that say which session is to be moved and to when. */
export function readMove(text: string, turn: Turn): { readonly move: Move | undefined; readonly wanted?: Wanted } {
  const { nowMs, reader } = turn;
  const move = parseMove(text, { nowMs, zone: reader.zone, locale: reader.locale });
  if (move?.shift !== undefined) return { move, wanted: { shift: move.shift } };
  const times = move?.to === undefined ? noTimes : timesSaid(move.to);
  return { move, ...(times.readings.length === 0 ? {} : { wanted: { times } }) };
}

/** Words while times are offered: when else, or how much later; undefined: they say nothing of it. */
export function readWanted(text: string, turn: Turn, zone: string, day?: string): Wanted | undefined {
  const shift = parseShift(text);
  if (shift !== undefined) return { shift };
  const when = parseWhen(text, { nowMs: turn.nowMs, zone, locale: turn.reader.locale });
  if (when === undefined) return undefined;
  const said = timesSaid(when);
  return { times: day === undefined ? said : onDay(said, day) };
}

/** The wanted times of a session: "3pm" alone is about its own day, "an hour later" about its own time. */
export function timesWanted(wanted: Wanted | undefined, booking: Booking, zone: string): WantedTimes {
  if (wanted !== undefined && "shift" in wanted) return { readings: [shifted(booking, wanted.shift, zone)] };
  return onDay(wanted?.times ?? noTimes, localDateOf(zone, booking.startsAtMs));
}

/** Minutes are elapsed time; days, weeks and months keep the time on the clock. */
function shifted(booking: Booking, { minutes, days, weeks, months }: Shift, zone: string): Want {
  const atMs = booking.startsAtMs + (minutes ?? 0) * minuteMs;
  const day = dayOfDate(localDateOf(zone, atMs)) + (days ?? 0) + (weeks ?? 0) * 7;
  const date = months === undefined ? dateOfDay(day) : inMonths(dateOfDay(day), months);
  return { exact: { date, minutes: minutesOfDayAt(zone, atMs) }, order: "any", certainty: 1 };
}

/** The same date so many months on; the last day of a month that has no such date. */
function inMonths(date: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(dayOfMonth, last));
  return first.toISOString().slice(0, 10);
}
