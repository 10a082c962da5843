import type { Fact } from "../cards/card.ts";
import type { Turn } from "../conversation/flow.ts";
import { decidesAsPractitioner, ownsAsClient } from "../desk/actor.ts";
import { type PackageUse, packageUse } from "../desk/packages/packages.ts";
import { clientZone } from "../desk/people/zones.ts";
import type { Booking } from "../domain/booking.ts";
import { overAtMs } from "../domain/package.ts";
import { given } from "../given.ts";
import { bookWords } from "../words/book.ts";
import { bookingsWords } from "../words/bookings.ts";
import { otherZoneTime, type Reader, sessionTime } from "../words/instants.ts";
import { methodDetail, methodFor } from "../words/methods.ts";
import { bookedUse, packageWords } from "../words/packages.ts";

/** A session as one of its two sides sees it. */
export interface SessionSeen {
  readonly booking: Booking;
  readonly role: "client" | "practitioner";
  /** The name of the other side. */
  readonly other: string;
  readonly client: string;
  readonly practitioner: string;
  /** The clock on which this side reads the session's time: the venue's for sessions in person (D7.6). */
  readonly reader: Reader;
  /** The other side's zone, or the reader's own where the venue's clock comes first. */
  readonly otherZone: string;
  /** The reader's own clock, wherever the session takes place. */
  readonly ownReader: Reader;
  readonly contact: string;
  readonly nowMs: number;
  readonly fromPackage?: PackageUse;
  /** The package has ended, so a returned credit is expired (case 15). */
  readonly packageIsOver: boolean;
}

/** A session of this turn's person. Undefined: there is none, or it belongs to another person. */
export async function seeSession(bookingId: string | undefined, turn: Turn): Promise<SessionSeen | undefined> {
  const { books, practice, actor, reader } = turn;
  const booking = bookingId === undefined ? undefined : await books.bookings.lock(practice.id, bookingId);
  if (booking === undefined || !(ownsAsClient(actor, booking) || decidesAsPractitioner(actor, booking)))
    return undefined;
  const role = actor.kind === "practitioner" ? "practitioner" : "client";
  const practitioner = await books.people.findPractitioner(practice.id, booking.practitionerId);
  const client = await books.people.findClient(practice.id, booking.clientId);
  const clientsZone = client === undefined ? reader.zone : await clientZone(books, practice, client);
  const theirZone = role === "practitioner" ? clientsZone : (practitioner?.schedule.timezone ?? reader.zone);
  const venue = booking.frozen.location?.timezone;
  const fromPackage = await packageUse(books, booking);
  const held =
    booking.clientPackageId === undefined
      ? undefined
      : await books.packages.findGrant(practice.id, booking.clientPackageId);
  return {
    booking,
    role,
    other: (role === "client" ? practitioner?.name : client?.name) ?? "",
    client: client?.name ?? "",
    practitioner: practitioner?.name ?? "",
    reader: venue === undefined ? reader : { ...reader, zone: venue },
    otherZone: venue === undefined ? theirZone : reader.zone,
    ownReader: reader,
    contact: practice.contact,
    nowMs: turn.nowMs,
    packageIsOver: held !== undefined && turn.nowMs >= overAtMs(held, practice.timezone),
    ...given({ fromPackage }),
  };
}

/** When a session takes place: in the reader's zone and, where it differs, the other side's (D7.6). */
export function whenOf(time: { startsAtMs: number; endsAtMs: number }, seen: SessionSeen): string {
  const other = otherZoneTime(time, seen.reader, seen.otherZone);
  return other === undefined ? sessionTime(time, seen.reader) : `${sessionTime(time, seen.reader)} · ${other}`;
}

/** A session in facts: what, with whom, when, how, and from which package. */
export function sessionFacts(seen: SessionSeen): Fact[] {
  const { frozen } = seen.booking;
  return [
    { label: bookWords.service, value: frozen.publicName },
    { label: seen.role === "client" ? bookWords.practitioner : bookingsWords.client, value: seen.other },
    { label: bookWords.when, value: whenOf(seen.booking, seen) },
    { label: bookWords.how, value: methodFor(seen.role, frozen.method, frozen.location) },
    ...(frozen.location === undefined
      ? []
      : [{ label: bookWords.where, value: methodDetail(frozen.method, frozen.location) }]),
    ...(seen.fromPackage === undefined ? [] : [{ label: packageWords.package, value: bookedUse(seen.fromPackage) }]),
  ];
}
