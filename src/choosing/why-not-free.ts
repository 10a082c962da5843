import type { Turn } from "../conversation/flow.ts";
import { findMethod } from "../desk/booking/offers.ts";
import type { SlotSearch } from "../desk/booking/slots.ts";
import { causeAt, causeOfWish } from "../desk/booking/why-not-free.ts";
import { findMoveOffer, moveSearch } from "../desk/changes/move-offer.ts";
import type { Booking } from "../domain/booking.ts";
import type { Cause } from "../domain/common-cause.ts";
import { dayOfDate } from "../domain/local-date.ts";
import { methodKey } from "../domain/practice.ts";
import { dayMs, minuteMs } from "../domain/units.ts";
import { localDayOf, resolveTimeOfDay, startOfDayMs } from "../domain/zone.ts";
import { fitSlots, isExact, type Want } from "../language/when/want.ts";
import type { WantedTimes } from "./times.ts";

/** Why a time is not free: one start, or all that was wanted. */
export interface Why {
  readonly cause: Cause;
  readonly startsAtMs?: number;
}

/** A want over more days than these is not explained, because one cause hardly ever covers it. */
const mostDays = 31;
const sampleMs = 30 * minuteMs;

/** The times to choose from. `presentMs`: the present start of the session to be moved. */
export interface TimesSearch extends SlotSearch {
  readonly presentMs?: number;
}

/** The search for another time of a session. Undefined: its service, method or practitioner no longer exists. */
export async function moveTimesSearch(
  { books, practice, nowMs }: Turn,
  booking: Booking,
  key: string = methodKey(booking.frozen.method),
): Promise<TimesSearch | undefined> {
  const offer = await findMoveOffer(books, practice, booking);
  const method = offer && findMethod(offer.service, key);
  if (offer === undefined || method === undefined) return undefined;
  const search = moveSearch(practice, booking, offer, method, nowMs);
  return key === methodKey(booking.frozen.method) ? { ...search, presentMs: booking.startsAtMs } : search;
}

/**
 * Why a start is not free, for the person of this turn. Undefined: it is free. Without a search the session is no
 * longer offered.
 */
export async function whyNotAt(
  { books, actor }: Turn,
  search: TimesSearch | undefined,
  startsAtMs: number,
): Promise<Why | undefined> {
  if (search === undefined) return { cause: { because: "not-offered" }, startsAtMs };
  if (search.presentMs === startsAtMs) return { cause: { because: "present-time" }, startsAtMs };
  const cause = await causeAt({ books, actor, search }, startsAtMs);
  return cause && { cause, startsAtMs };
}

/** Why nothing that fits the words is free, where one cause covers all of it. */
export async function whyNotWanted(
  turn: Turn,
  search: TimesSearch | undefined,
  { readings }: WantedTimes,
  zone: string,
): Promise<Why | undefined> {
  const [want, ...more] = readings;
  if (want === undefined || more.length > 0) return undefined;
  if (search === undefined) return { cause: { because: "not-offered" } };
  const { books, actor, nowMs } = turn;
  const at = { zone: want.zone ?? zone, nowMs };
  if (isExact(want) && want.otherwise === undefined) return whyNotAt(turn, search, startOf(want, at.zone));
  const range = rangeOf(want, at);
  if (range === undefined) return undefined;
  const wants = everyDayOf(want);
  const fits = (starts: readonly number[]) => [...new Set(wants.flatMap((one) => fitSlots(one, starts, at)))];
  const cause = await causeOfWish(
    { books, actor, search },
    { ...range, fits, samples: samplesOf(want, range, at.zone) },
  );
  return cause && { cause };
}

/** A want, and its substitute on other days. */
function everyDayOf({ otherwise, ...want }: Want): readonly Want[] {
  if (otherwise === undefined) return [want];
  return [want, { ...want, days: otherwise, ...(want.exact && { exact: { minutes: want.exact.minutes } }) }];
}

/** The wanted clock time on each day, or else every half hour. */
function samplesOf({ exact }: Want, { fromMs, toMs }: Range, zone: string): readonly number[] {
  if (exact !== undefined) {
    const first = localDayOf(zone, fromMs);
    const days = Array.from({ length: localDayOf(zone, toMs) - first }, (_, at) => first + at);
    return days.map((day) => resolveTimeOfDay(zone, day, exact.minutes, "start"));
  }
  const firstMs = Math.ceil(fromMs / sampleMs) * sampleMs;
  return Array.from({ length: Math.ceil((toMs - firstMs) / sampleMs) }, (_, at) => firstMs + at * sampleMs);
}

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The instant of an exact want. Of a clock time that occurs twice, the first. */
function startOf({ exact }: Want, zone: string): number {
  return resolveTimeOfDay(zone, dayOfDate(exact?.date ?? ""), exact?.minutes ?? 0, "start");
}

/** The range of instants that can fit a want. Undefined: it names no days, or too many. */
function rangeOf(want: Want, { zone, nowMs }: { readonly zone: string; readonly nowMs: number }): Range | undefined {
  const days = [...(want.days ?? []), ...(want.otherwise ?? [])];
  if (days.length === 0) return undefined;
  const from = Math.min(...days.map((one) => dayOfDate(one.from)));
  const to = Math.max(...days.map((one) => dayOfDate(one.to)));
  if (to - from > mostDays) return undefined;
  // A window may run beyond midnight.
  const range = { fromMs: Math.max(nowMs, startOfDayMs(zone, from)), toMs: startOfDayMs(zone, to) + dayMs };
  return range.fromMs < range.toMs ? range : undefined;
}
