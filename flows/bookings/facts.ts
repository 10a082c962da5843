import type { ChangeRequest } from "../../db/store.ts";
import type { SecretRef } from "../../src/cards/card.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { decidesAsPractitioner, ownsAsClient } from "../../src/desk/actor.ts";
import { formProgress } from "../../src/desk/booking/answers.ts";
import { costOf, mayMark, wasNotedLate } from "../../src/desk/booking/attendance.ts";
import { type PackageUse, packageUse } from "../../src/desk/packages/packages.ts";
import { findPayment, payLinkNow } from "../../src/desk/payments/payments.ts";
import { mayBeMarkedPaid } from "../../src/desk/payments/refunds.ts";
import { clientZone } from "../../src/desk/people/zones.ts";
import { maySayLate } from "../../src/desk/telling/running-late.ts";
import type { Booking, BookingStatus } from "../../src/domain/booking.ts";
import type { Payment } from "../../src/domain/payment.ts";
import { dayMs } from "../../src/domain/units.ts";
import { given } from "../../src/given.ts";
import { openCostWords } from "../../src/words/changes.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { BookingsContext } from "./machine.ts";

const onAPage = 8;
/** The longest possible session. */
const longestMs = dayMs;
const upcoming: readonly BookingStatus[] = ["requested", "proposed", "confirmed"];
const past: readonly BookingStatus[] = [
  "confirmed",
  "completed",
  "no_show",
  "declined",
  "expired",
  "withdrawn",
  "cancelled",
  "late_cancelled",
];

/** A booking in one side's view: a client sees the practitioner, a practitioner the client. */
export interface Listed {
  readonly booking: Booking;
  readonly other: string;
}

export interface ListFacts {
  readonly role: "client" | "practitioner";
  readonly past: boolean;
  readonly page: number;
  readonly hasMore: boolean;
  readonly sessions: readonly Listed[];
  readonly nowMs: number;
  readonly reader: Reader;
}

/** One page of coming sessions, soonest first, or of past and cancelled ones, latest first. */
export async function listingFacts(context: BookingsContext, turn: Turn): Promise<ListFacts> {
  const { actor, books, practice, nowMs, reader } = turn;
  const query = {
    statuses: context.past ? past : upcoming,
    order: context.past ? ("desc" as const) : ("asc" as const),
    limit: onAPage + 1,
    offset: context.page * onAPage,
    // A confirmed session is past once it has begun. A cancelled one is past whatever its time.
    ...(context.past ? { confirmedBeforeMs: nowMs } : { fromMs: nowMs }),
  };
  const found =
    actor.kind === "client"
      ? await books.bookings.listForClient(practice.id, actor.clientId, query)
      : actor.kind === "practitioner"
        ? await books.bookings.listForPractitioner(practice.id, actor.practitionerId, query)
        : [];
  const running = context.past || context.page > 0 ? [] : await runningNow(turn);
  return {
    role: actor.kind === "practitioner" ? "practitioner" : "client",
    past: context.past,
    page: context.page,
    hasMore: found.length > onAPage,
    sessions: await withOthers([...running, ...found.slice(0, onAPage)], turn),
    nowMs,
    reader,
  };
}

/** Sessions in progress stay among the coming ones, because a person who is late looks for the link. */
async function runningNow({ actor, books, practice, nowMs }: Turn): Promise<readonly Booking[]> {
  const begun = { statuses: ["confirmed"], fromMs: nowMs - longestMs, toMs: nowMs, order: "asc" } as const;
  const found =
    actor.kind === "client"
      ? await books.bookings.listForClient(practice.id, actor.clientId, begun)
      : actor.kind === "practitioner"
        ? await books.bookings.listForPractitioner(practice.id, actor.practitionerId, begun)
        : [];
  return found.filter(({ endsAtMs }) => endsAtMs > nowMs);
}

export interface DetailFacts extends Listed {
  /** What it takes from a package. Replaces the price (D6.5). */
  readonly fromPackage?: PackageUse;
  readonly role: "client" | "practitioner";
  /** The session's practitioner, if an admin looks at a colleague's. */
  readonly colleague?: string;
  readonly reader: Reader;
  readonly otherZone: string;
  readonly ownReader: Reader;
  readonly locale: string;
  readonly nowMs: number;
  /** The open change request that waits for the practitioner. */
  readonly change?: ChangeRequest;
  /** The fee of a late cancellation or a no-show, and the event that waives it. Absent: there is nothing to waive. */
  readonly cost?: ReturnType<typeof openCostWords>;
  /** The card payment's status, and whether the practitioner may record a payment outside the desk. */
  readonly payment?: Payment;
  readonly payLink?: SecretRef;
  readonly mayMarkPaid: boolean;
  /** The number of answers that the practitioner may read. */
  readonly answers: number;
  readonly maySayLate: boolean;
  /** The practitioner may mark the session as a no-show, or undo that. */
  readonly mayMark: boolean;
  readonly cameLate: boolean;
  readonly toldLate?: number;
  readonly saidLate?: number;
  readonly note?: BookingsContext["note"];
}

/** One session. Undefined: it no longer exists, or belongs to another person. */
export async function detailFacts(context: BookingsContext, turn: Turn): Promise<DetailFacts | undefined> {
  const booking = await turn.books.bookings.lock(turn.practice.id, context.bookingId ?? "");
  if (booking === undefined || !(ownsAsClient(turn.actor, booking) || decidesAsPractitioner(turn.actor, booking)))
    return undefined;
  const [listed] = await withOthers([booking], turn);
  const practitioner = await turn.books.people.findPractitioner(booking.practiceId, booking.practitionerId);
  const client = await turn.books.people.findClient(booking.practiceId, booking.clientId);
  const role = turn.actor.kind === "practitioner" ? "practitioner" : "client";
  const fromPackage = await packageUse(turn.books, booking);
  const venue = booking.frozen.location?.timezone;
  const clientsZone = client === undefined ? turn.reader.zone : await clientZone(turn.books, turn.practice, client);
  const theirZone = role === "practitioner" ? clientsZone : (practitioner?.schedule.timezone ?? turn.reader.zone);
  const isColleagues =
    turn.actor.kind === "practitioner" && turn.actor.practitionerId !== booking.practitionerId && practitioner;
  return {
    role,
    ...(isColleagues ? { colleague: isColleagues.name } : {}),
    booking,
    other: listed?.other ?? "",
    // In person the venue's clock comes first, because it is the one on the wall (D7.6).
    reader: venue === undefined ? turn.reader : { ...turn.reader, zone: venue },
    otherZone: venue === undefined ? theirZone : turn.reader.zone,
    ownReader: turn.reader,
    ...(await happenings(booking, turn)),
    ...given({ toldLate: context.toldLate, saidLate: context.saidLate, note: context.note }),
    locale: turn.practice.locale,
    nowMs: turn.nowMs,
    ...given({ fromPackage }),
  };
}

/** Change requests, amounts due and notes about a session. */
async function happenings(booking: Booking, turn: Turn) {
  const { books, nowMs, practice } = turn;
  const change = booking.status === "confirmed" ? await books.changes.findOpenRequest(booking.id) : undefined;
  const cost = await costOf(books, booking);
  const payment = await findPayment(books, booking.id);
  const payLink = turn.actor.kind === "client" ? await payLinkNow(turn, booking, payment) : undefined;
  return {
    mayMarkPaid: await mayBeMarkedPaid(turn, booking),
    answers: turn.actor.kind === "practitioner" ? ((await formProgress(books, booking))?.given ?? 0) : 0,
    ...given({ payment }),
    ...given({ payLink }),
    maySayLate: await maySayLate(books, booking, nowMs),
    mayMark: mayMark(booking, nowMs),
    cameLate: await wasNotedLate(books, booking),
    ...given({ change }),
    ...(cost === undefined ? {} : { cost: openCostWords(cost, practice.locale) }),
  };
}

async function withOthers(bookings: readonly Booking[], turn: Turn): Promise<readonly Listed[]> {
  const people =
    turn.actor.kind === "practitioner"
      ? await turn.books.people.listClients(turn.practice.id)
      : await turn.books.people.listPractitioners(turn.practice.id);
  const names = new Map<string, string>(people.map((person) => [person.id, person.name]));
  const idOf = (booking: Booking) => (turn.actor.kind === "practitioner" ? booking.clientId : booking.practitionerId);
  return bookings.map((booking) => ({ booking, other: names.get(idOf(booking)) ?? "" }));
}
