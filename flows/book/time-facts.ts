import type { Turn } from "../../src/conversation/flow.ts";
import { type FreeSlot, findSlots, nearest } from "../../src/desk/slots.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { outOfOfficeAt } from "../../src/domain/out-of-office.ts";
import { offeringOf } from "../../src/domain/service.ts";
import { localDateOf } from "../../src/domain/zone.ts";
import type { Reader } from "../../src/words/instants.ts";
import { clientOf } from "./commands.ts";
import type { BookContext } from "./context.ts";
import { type BookingFacts, bookingFacts, type Chosen, chosenSoFar, progressAt } from "./facts.ts";
import { fitsOf } from "./times.ts";
import { timesOf } from "./wish.ts";

/** Times on one page, and days in the strip above them. */
const timesAPage = 12;
const daysAStrip = 5;

export interface TimesFacts {
  readonly service: string;
  readonly progress: { readonly now: number; readonly of: number };
  readonly reader: Reader;
  /** The practitioner's zone, where it is another. */
  readonly otherZone?: string;
  /** The free days around the one shown; `starts` of the first free time of each. */
  readonly days: readonly { readonly day: string; readonly firstMs: number; readonly shown: boolean }[];
  readonly earlierDay?: string;
  readonly laterDay?: string;
  /** The free day after the one shown. */
  readonly nextDay?: string;
  readonly times: readonly number[];
  readonly page: number;
  readonly hasMore: boolean;
  /** The first free time, where it is not within a week (case 25). */
  readonly nextFreeMs?: number;
  /** What the practitioner says about being away. */
  readonly away?: string;
}

/** Free times by day, in the zone they are shown in; days without one are not listed. */
export async function choosingTimeFacts(context: BookContext, turn: Turn): Promise<TimesFacts> {
  const chosen = await chosenSoFar(context, turn);
  const reader = chosen.location === undefined ? turn.reader : { ...turn.reader, zone: chosen.location.timezone };
  const slots = await freeSlots(chosen, turn);
  const byDay = Map.groupBy(slots, (slot) => localDateOf(reader.zone, slot.startsAtMs));
  const days = [...byDay.keys()];
  const shown =
    context.day !== undefined && byDay.has(context.day)
      ? context.day
      : (days.find((day) => day >= (context.day ?? "")) ?? days[0]);
  const at = days.indexOf(shown ?? "");
  const stripAt = Math.floor(Math.max(at, 0) / daysAStrip) * daysAStrip;
  const strip = days.slice(stripAt, stripAt + daysAStrip);
  const all = byDay.get(shown ?? "") ?? [];
  const page = Math.min(context.page, Math.max(0, Math.ceil(all.length / timesAPage) - 1));
  const earlierDay = days[stripAt - daysAStrip];
  const laterDay = days[stripAt + daysAStrip];
  const nextDay = days[at + 1];
  const first = slots[0];
  const away = awayMessage(chosen, turn.nowMs, first?.startsAtMs);
  const zones = new Set(chosen.practitioners.map((one) => one.schedule.timezone));
  const [otherZone] = zones.size === 1 ? zones : [];
  return {
    service: chosen.service?.publicName ?? "",
    progress: await progressAt("time", context, turn),
    reader,
    days: strip.map((day) => ({ day, firstMs: byDay.get(day)?.[0]?.startsAtMs ?? 0, shown: day === shown })),
    times: all.slice(page * timesAPage, (page + 1) * timesAPage).map((slot) => slot.startsAtMs),
    page,
    hasMore: all.length > (page + 1) * timesAPage,
    ...(otherZone === undefined ? {} : { otherZone }),
    ...(earlierDay === undefined ? {} : { earlierDay }),
    ...(laterDay === undefined ? {} : { laterDay }),
    ...(nextDay === undefined ? {} : { nextDay }),
    ...(first !== undefined && first.startsAtMs > turn.nowMs + 7 * 86_400_000 ? { nextFreeMs: first.startsAtMs } : {}),
    ...(away === undefined ? {} : { away }),
  };
}

/** What a client is offered instead of a time that is gone: the three nearest (D4.3). */
export async function offeringNearestFacts(context: BookContext, turn: Turn) {
  const chosen = await chosenSoFar(context, turn);
  const wantedMs = context.wantedMs ?? turn.nowMs;
  const near = nearest(await freeSlots(chosen, turn), wantedMs, 3);
  const { service, method } = chosen;
  const offering =
    service === undefined || method === undefined ? undefined : offeringOf(turn.practice, service, method);
  return {
    service: service?.publicName ?? "",
    wantedMs,
    notFree: context.notFree === true,
    // A card left open overnight: nobody took the time, it went by.
    tooSoon: wantedMs < turn.nowMs + (offering?.minimumNoticeMinutes ?? 0) * 60_000,
    times: near.map((slot) => slot.startsAtMs),
    reader: chosen.location === undefined ? turn.reader : { ...turn.reader, zone: chosen.location.timezone },
  };
}

/** Of what was asked for in words, this many are offered at once. */
const mostFits = 9;

/** The free times that fit what was said, with a day each; of several readings, all. */
export async function offeringFitsFacts(context: BookContext, turn: Turn) {
  const chosen = await chosenSoFar(context, turn);
  const reader = chosen.location === undefined ? turn.reader : { ...turn.reader, zone: chosen.location.timezone };
  const starts = (await freeSlots(chosen, turn)).map((slot) => slot.startsAtMs);
  const wanted = timesOf(context.asked?.times);
  const fits = fitsOf(wanted, starts, { zone: reader.zone, nowMs: turn.nowMs });
  return {
    service: chosen.service?.publicName ?? "",
    progress: await progressAt("time", context, turn),
    reader,
    times: spread(fits, reader.zone),
    more: fits.length > mostFits,
    /** The words could be read in several ways. */
    ambiguous: wanted.readings.length > 1 && wanted.firstIsUsual !== true,
  };
}

/** A few of many: of a week the first ones of each day, not all of its Monday. In the order they came. */
function spread(fits: readonly number[], zone: string): readonly number[] {
  if (fits.length <= mostFits) return fits;
  const days = [...Map.groupBy(fits, (ms) => localDateOf(zone, ms)).values()].slice(0, mostFits);
  const aDay = Math.floor(mostFits / days.length);
  const kept = new Set(days.flatMap((day) => day.slice(0, aDay)));
  return fits.filter((ms) => kept.has(ms));
}

export interface AgainFacts {
  readonly facts: BookingFacts | undefined;
  readonly reader: Reader;
  readonly times: readonly number[];
}

/** After a no, or no answer: the booking, and three fresh times for the same session. */
export async function againFacts(context: BookContext, turn: Turn): Promise<AgainFacts> {
  const facts = await bookingFacts(context.bookingId ?? "", turn);
  const chosen = await chosenSoFar(context, turn);
  const free = await freeSlots(chosen, turn);
  const fresh = facts?.booking.status === "declined" ? free.filter((slot) => !overlaps(slot, facts.booking)) : free;
  const near = nearest(fresh, facts?.booking.startsAtMs ?? turn.nowMs, 3);
  return { facts, reader: facts?.reader ?? turn.reader, times: near.map((slot) => slot.startsAtMs) };
}

/** Whether the same session at this time would run into the one that was declined: that is no other time. */
function overlaps(slot: FreeSlot, { startsAtMs, endsAtMs }: Booking): boolean {
  return Math.abs(slot.startsAtMs - startsAtMs) < endsAtMs - startsAtMs;
}

async function freeSlots(chosen: Chosen, turn: Turn): Promise<readonly FreeSlot[]> {
  const { service, method, practitioners, clientPackageId } = chosen;
  if (service === undefined || method === undefined) return [];
  const { practice, nowMs } = turn;
  const search = { practice, service, method, practitioners, clientId: clientOf(turn), nowMs };
  return findSlots(turn.books, { ...search, ...(clientPackageId === undefined ? {} : { clientPackageId }) });
}

/** A single practitioner's absence that lies before the first free time. */
function awayMessage({ practitioner }: Chosen, nowMs: number, firstFreeMs: number | undefined): string | undefined {
  if (practitioner === undefined) return undefined;
  const until = firstFreeMs ?? nowMs + 60 * 86_400_000;
  for (let atMs = nowMs; atMs < until; atMs += 86_400_000) {
    const message = outOfOfficeAt(practitioner.schedule, atMs)?.message;
    if (message !== undefined) return message;
  }
  return undefined;
}
