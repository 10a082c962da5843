import type { Turn } from "../../src/conversation/flow.ts";
import { decidesAsPractitioner } from "../../src/desk/actor.ts";
import { formProgress } from "../../src/desk/answers.ts";
import { type PackageUse, packageUse } from "../../src/desk/packages.ts";
import { clientZone } from "../../src/desk/zones.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { ReviewContext } from "./machine.ts";

/** A request as its practitioner sees it: who and when, never what was answered (D7.5). */
export interface ReviewFacts {
  readonly booking: Booking;
  readonly client: string;
  /** The practitioner's own zone, and the client's beside it. */
  readonly reader: Reader;
  readonly clientZone: string;
  readonly answers: number;
  /** The package it is taken from. */
  readonly fromPackage?: PackageUse;
  readonly nudged: boolean;
  readonly typedReason?: string;
}

/** The request, or undefined when it is not this practitioner's to see. */
export async function reviewFacts(context: ReviewContext, turn: Turn): Promise<ReviewFacts | undefined> {
  const booking = await turn.books.bookings.find(turn.practice.id, context.bookingId);
  if (booking === undefined || !decidesAsPractitioner(turn.actor, booking)) return undefined;
  const venue = booking.frozen.location?.timezone;
  const client = await turn.books.people.findClient(turn.practice.id, booking.clientId);
  const fromPackage = await packageUse(turn.books, booking);
  return {
    booking,
    client: client?.name ?? "",
    // In person the venue's clock comes first: that is the one on the wall (D7.6).
    reader: venue === undefined ? turn.reader : { ...turn.reader, zone: venue },
    clientZone: client === undefined ? turn.reader.zone : await clientZone(turn.books, turn.practice, client),
    answers: (await formProgress(turn.books, booking))?.given ?? 0,
    nudged: context.nudged,
    ...(fromPackage === undefined ? {} : { fromPackage }),
    ...(context.reason === undefined ? {} : { typedReason: context.reason }),
  };
}
