import type { Booking, BookingStatus } from "../../domain/booking.ts";
import { decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import type { Asked, Asker } from "./asked.ts";

/** Sessions that will take place, or may. */
export const comingStatuses: readonly BookingStatus[] = ["requested", "proposed", "confirmed"];
/** More are counted nowhere in an answer. */
const most = 50;
/** No session is longer. */
const longestMs = 86_400_000;

/** The asker's own sessions that start in [fromMs, toMs), earliest first; of a practitioner, those they hold. */
export async function sessionsIn(
  { actor, books, practice }: Asker,
  { fromMs, toMs, statuses = comingStatuses }: { fromMs: number; toMs?: number; statuses?: readonly BookingStatus[] },
): Promise<readonly Booking[]> {
  const filter = { statuses, fromMs, order: "asc", limit: most, ...(toMs === undefined ? {} : { toMs }) } as const;
  if (actor.kind === "client") return books.bookings.listForClient(practice.id, actor.clientId, filter);
  if (actor.kind === "practitioner")
    return books.bookings.listForPractitioner(practice.id, actor.practitionerId, filter);
  return [];
}

/** The sessions a question means, earliest first: those it names, on the days it names; running ones are included. */
export async function sessionsMeant(asker: Asker, asked: Asked): Promise<readonly Booking[]> {
  const { nowMs } = asker;
  const from = asked.span === undefined ? nowMs - longestMs : Math.max(asked.span.fromMs, nowMs - longestMs);
  const found = await sessionsIn(asker, {
    fromMs: from,
    ...(asked.span === undefined ? {} : { toMs: asked.span.toMs }),
  });
  return found.filter(
    ({ endsAtMs, serviceId, practitionerId, startsAtMs }) =>
      endsAtMs > nowMs &&
      isNamed(asked.services, serviceId) &&
      isNamed(asked.practitioners, practitionerId) &&
      (asked.fits?.(startsAtMs) ?? true),
  );
}

/**
 * The session a question means: the one on the open card, where nothing else is named; else the earliest that is named;
 * else the next one. Undefined: there is none.
 */
export async function sessionMeant(asker: Asker, asked: Asked): Promise<Booking | undefined> {
  const namesNothing = asked.services.length === 0 && asked.practitioners.length === 0 && asked.span === undefined;
  if (namesNothing && asked.subject.bookingId !== undefined) {
    const booking = await asker.books.bookings.find(asker.practice.id, asked.subject.bookingId);
    if (booking !== undefined && (ownsAsClient(asker.actor, booking) || decidesAsPractitioner(asker.actor, booking)))
      return booking;
  }
  const [first] = await sessionsMeant(asker, asked);
  return first;
}

/** Whether an id is one of those named; nothing named means any. */
export function isNamed(named: readonly string[], id: string): boolean {
  return named.length === 0 || named.includes(id);
}
