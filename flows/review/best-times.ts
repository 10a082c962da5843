import { dayTime } from "../../src/choosing/time-views.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { findMoveStarts } from "../../src/desk/changes/move-offer.ts";
import { mostProposed } from "../../src/desk/changes/propose.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { methodKey, type Schedule } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import { readSuiting, suitingStarts } from "../../src/language/intent/proposal-words.ts";
import type { Reader } from "../../src/words/instants.ts";
import { otherZoneTime } from "../../src/words/instants.ts";

/** The times a practitioner may propose instead of the requested one. */
export interface BestTimes {
  /** Every free start for this session, in order. */
  readonly starts: readonly number[];
  /** The nearest of them to the requested time. Among the other times the client asked for, if any of those is free. */
  readonly best: readonly number[];
  /** Whether they are among the other times the client asked for. Absent: the client asked for none. */
  readonly fits?: boolean;
}

/** The free times for a request, and the three best of them. */
export async function bestTimes(
  { booking, clientZone }: { readonly booking: Booking; readonly clientZone: string },
  turn: Turn,
): Promise<BestTimes> {
  const { books, practice, nowMs } = turn;
  const key = methodKey(booking.frozen.method);
  const starts = await findMoveStarts(books, practice, booking, key, nowMs);
  const before = await books.changes.listProposals(booking.id, "rejected");
  const turnedDownMs = before.map(({ startsAtMs }) => startsAtMs);
  const fresh = starts.filter((ms) => !turnedDownMs.includes(ms));
  const near = { starts, best: nearestOf(fresh, booking, [booking.startsAtMs]) };
  if (booking.wish === undefined) return near;
  const saidAtMs = booking.requestedAtMs ?? nowMs;
  // As on the client's card: in person by the venue's clock (D7.6).
  const zone = booking.frozen.location?.timezone ?? clientZone;
  const suiting = readSuiting(booking.wish, { nowMs: saidAtMs, zone, locale: practice.locale });
  if (suiting === undefined) return near;
  const fitting = suitingStarts(suiting, starts, { zone, nowMs, turnedDownMs });
  if (fitting.length === 0) return { ...near, fits: false };
  return { starts, best: nearestOf(fitting, booking), fits: true };
}

/**
 * The nearest to the requested time, in order. Times at which the session would overlap another of them, or one of
 * `clearOfMs`, are too similar. They are used only if there are no others.
 */
function nearestOf(
  starts: readonly number[],
  { startsAtMs, endsAtMs }: Booking,
  clearOfMs: readonly number[] = [],
): readonly number[] {
  const isApart = (ms: number, others: readonly number[]) =>
    others.every((other) => Math.abs(ms - other) >= endsAtMs - startsAtMs);
  const nearestFirst = starts.toSorted((a, b) => Math.abs(a - startsAtMs) - Math.abs(b - startsAtMs) || a - b);
  const apart: number[] = [];
  for (const ms of nearestFirst) if (isApart(ms, [...clearOfMs, ...apart])) apart.push(ms);
  const others = nearestFirst.filter((ms) => !apart.includes(ms));
  return [...apart, ...others].slice(0, mostProposed).sort((a, b) => a - b);
}

/** "Thu 5 Mar, 10:00 · 05:00–05:50 (New York)": a time to choose, in the practitioner's zone and the client's. */
export function timeLabel(startsAtMs: number, { booking, reader, clientZone }: LabelledBy): string {
  const endsAtMs = startsAtMs + booking.endsAtMs - booking.startsAtMs;
  const other = otherZoneTime({ startsAtMs, endsAtMs }, reader, clientZone);
  const own = dayTime(startsAtMs, reader);
  return other === undefined ? own : `${own} · ${other}`;
}

interface LabelledBy {
  readonly booking: Booking;
  readonly reader: Reader;
  readonly clientZone: string;
}

/** The earliest and latest time of day a practitioner works. "2" is in the afternoon for one who begins at nine. */
export function workingSpan({ hours }: Schedule): { opensAt?: string; closesAt?: string } {
  const opensAt = hours.map(({ from }) => from).sort()[0];
  const closesAt = hours
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return given({ opensAt, closesAt });
}
