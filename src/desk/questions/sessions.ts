import type { Booking, BookingStatus } from "../../domain/booking.ts";
import type { Reader } from "../../words/instants.ts";
import { decidesAsPractitioner, ownsAsClient } from "../actor.ts";
import { clientZone } from "../people/zones.ts";
import type { Asked, Asker } from "./asked.ts";

/** Sessions that will take place, or may. */
export const comingStatuses: readonly BookingStatus[] = ["requested", "proposed", "confirmed"];
/** Sessions that a diary lists. */
export const diaryStatuses: readonly BookingStatus[] = [...comingStatuses, "completed"];
/** No session is longer. */
const longestMs = 86_400_000;

interface SessionFilter {
  readonly fromMs: number;
  readonly toMs?: number;
  readonly statuses?: readonly BookingStatus[];
}

/** The client's own sessions that start in [fromMs, toMs), or those of the practitioners whose diaries are asked about. */
export async function sessionsIn(
  asker: Asker,
  asked: Asked,
  { statuses = comingStatuses, ...range }: SessionFilter,
): Promise<readonly Booking[]> {
  const { actor, books, practice } = asker;
  const filter = { statuses, order: "asc", ...range } as const;
  if (actor.kind === "client") return books.bookings.listForClient(practice.id, actor.clientId, filter);
  const diaries = diariesMeant(asker, asked) ?? [];
  const found: Booking[] = [];
  for (const id of diaries) found.push(...(await books.bookings.listForPractitioner(practice.id, id, filter)));
  return found.sort((a, b) => a.startsAtMs - b.startsAtMs);
}

/**
 * Whose diaries a practitioner asks about: their own, or as an admin a colleague's (D7.4). Undefined: the asker may not
 * see them.
 */
export function diariesMeant({ actor }: Pick<Asker, "actor">, asked: Asked): readonly string[] | undefined {
  if (actor.kind !== "practitioner") return undefined;
  if (asked.practitioners.length === 0) return [actor.practitionerId];
  const isOwn = asked.practitioners.every((id) => id === actor.practitionerId);
  return isOwn || actor.admin ? asked.practitioners : undefined;
}

/** The sessions a question means that are not over, earliest first. A session that is running now is included. */
export async function sessionsMeant(asker: Asker, asked: Asked): Promise<readonly Booking[]> {
  const { nowMs } = asker;
  const earliestMs = nowMs - longestMs;
  const found = await sessionsIn(asker, asked, {
    fromMs: asked.span === undefined ? earliestMs : Math.max(asked.span.fromMs, earliestMs),
    ...(asked.span === undefined ? {} : { toMs: asked.span.toMs }),
  });
  return found.filter((booking) => booking.endsAtMs > nowMs && isMeant(booking, asked));
}

/** Whether a session has the service, people and time that a question names. */
export function isMeant(booking: Booking, asked: Asked): boolean {
  return (
    isNamed(asked.services, booking.serviceId) &&
    isNamed(asked.practitioners, booking.practitionerId) &&
    isNamed(asked.clients, booking.clientId) &&
    (asked.fits?.(booking.startsAtMs) ?? true)
  );
}

/** Whether a question names no service, person or time. */
function namesNothing({ services, practitioners, clients, span, fits }: Asked): boolean {
  return services.length + practitioners.length + clients.length === 0 && span === undefined && fits === undefined;
}

/** The session on the open card, where the asker may see it (D7.4). */
export async function sessionOnCard({ actor, books, practice }: Asker, asked: Asked): Promise<Booking | undefined> {
  const { bookingId } = asked.subject;
  const booking = bookingId === undefined ? undefined : await books.bookings.find(practice.id, bookingId);
  if (booking === undefined) return undefined;
  return ownsAsClient(actor, booking) || decidesAsPractitioner(actor, booking) ? booking : undefined;
}

/** The session on the open card, where the question is about "it" and names no other. */
export async function sessionPointedAt(asker: Asker, asked: Asked): Promise<Booking | undefined> {
  return namesNothing(asked) ? sessionOnCard(asker, asked) : undefined;
}

/** The session on the open card, else the earliest that the question means. */
export async function sessionMeant(asker: Asker, asked: Asked): Promise<Booking | undefined> {
  return (await sessionPointedAt(asker, asked)) ?? (await sessionsMeant(asker, asked))[0];
}

/** Whether an id is one of those named; nothing named means any. */
export function isNamed(named: readonly string[], id: string): boolean {
  return named.length === 0 || named.includes(id);
}

/** The other person of a session. An admin also reads which colleague holds it: "Ana Alves (Jonas Weber)". */
export async function otherSide({ actor, books, practice }: Asker, booking: Booking): Promise<string> {
  const practitioner = (await books.people.findPractitioner(practice.id, booking.practitionerId))?.name ?? "";
  if (actor.kind !== "practitioner") return practitioner;
  const client = (await books.people.findClient(practice.id, booking.clientId))?.name ?? "";
  return actor.practitionerId === booking.practitionerId ? client : `${client} (${practitioner})`;
}

/** On which clocks a session is told (D7.6). */
export interface Clocks {
  readonly reader: Reader;
  /** The other side's zone, or the asker's own where the venue's comes first. */
  readonly otherZone: string;
}

/** The zone that the question names; else in person the venue's; else the asker's own. */
export async function clocksOf(asker: Asker, asked: Asked, booking: Booking): Promise<Clocks> {
  const { actor, books, practice, reader } = asker;
  if (asked.zone !== undefined) return { reader, otherZone: reader.zone };
  const venue = booking.frozen.location?.timezone;
  if (venue !== undefined) return { reader: { ...reader, zone: venue }, otherZone: reader.zone };
  if (actor.kind === "practitioner") {
    const client = await books.people.findClient(practice.id, booking.clientId);
    return { reader, otherZone: client === undefined ? reader.zone : await clientZone(books, practice, client) };
  }
  const practitioner = await books.people.findPractitioner(practice.id, booking.practitionerId);
  return { reader, otherZone: practitioner?.schedule.timezone ?? reader.zone };
}
