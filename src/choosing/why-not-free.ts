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

/** Why a time is not free: of one start, or of all that was wished for. */
export interface Why {
  readonly cause: Cause;
  readonly startsAtMs?: number;
}

/** A wish over more days than these is not explained: hardly ever has it one cause. */
const mostDays = 31;
const sampleMs = 30 * minuteMs;

/** What is chosen from; `presentMs`: the start that the session to be moved has already. */
export interface TimesSearch extends SlotSearch {
  readonly presentMs?: number;
}

/** The search for another time of a session; undefined: its service, method or practitioner is gone. */
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

/** Why a start is not free, for the person of this turn; undefined: it is. Without a search it is no longer offered. */
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

/** Why nothing of what was said is free, where one cause holds for all of it. */
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

/** A want, and the one that stands in for it on other days. */
function everyDayOf({ otherwise, ...want }: Want): readonly Want[] {
  if (otherwise === undefined) return [want];
  return [want, { ...want, days: otherwise, ...(want.exact && { exact: { minutes: want.exact.minutes } }) }];
}

/** A clock time on each day, or every half hour. */
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

/** The instant of an exact want; of a clock time that comes twice the first. */
function startOf({ exact }: Want, zone: string): number {
  return resolveTimeOfDay(zone, dayOfDate(exact?.date ?? ""), exact?.minutes ?? 0, "start");
}

/** The instants among which everything is that fits a want; undefined: it names no days, or too many. */
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
