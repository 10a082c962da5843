import type { ChangeRequest } from "../../db/store.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { findMissing, type Missing } from "../../src/desk/booking/offers.ts";
import { listPackages, type PackageSeen } from "../../src/desk/packages/packages.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { endOfLocalDay, localDateOf, startOfLocalDay } from "../../src/domain/zone.ts";
import type { Reader } from "../../src/words/instants.ts";

/** A booking and its client's name, for a practitioner's lists. */
export interface Named {
  readonly booking: Booking;
  readonly client: string;
}

/** An open change request for the practitioner, with its session. */
export interface ChangeSeen extends Named {
  readonly id: string;
  readonly kind: ChangeRequest["kind"];
}

interface Common {
  readonly practice: string;
  readonly contact: string;
  readonly name: string;
  readonly reader: Reader;
}

/**
 * The menu's content. For a client, coming sessions. For a practitioner, open requests, today's sessions, and missing
 * settings.
 */
export type HomeFacts =
  | (Common & {
      readonly role: "client";
      /** Confirmed and requested sessions, earliest first. */
      readonly coming: readonly Booking[];
      readonly next: readonly Booking[];
      readonly waiting: readonly Booking[];
      /** The client's packages, usable or not. */
      readonly packages: readonly PackageSeen[];
      readonly nowMs: number;
    })
  | (Common & {
      readonly role: "practitioner";
      readonly requests: readonly Named[];
      /** Clients' change requests: another time, or a late cancellation. */
      readonly changes: readonly ChangeSeen[];
      readonly today: readonly Named[];
      readonly missing: readonly Missing[];
    })
  | StrangerFacts;

/** Everything a stranger may see: the contact of practices that have deactivated them (D7.3). */
export interface StrangerFacts {
  readonly role: "stranger";
  readonly closed: readonly { readonly practice: string; readonly contact: string }[];
}

/** The most requests shown; further ones are counted. Further change requests are reached through the first ones. */
export const mostRequests = 8;
const mostChanges = 4;

export async function homeFacts(context: unknown, turn: Turn): Promise<HomeFacts> {
  const { actor, books, practice, reader, nowMs } = turn;
  const common = { practice: practice.name, contact: practice.contact, reader };
  if (actor.kind === "client") {
    const client = await books.people.findClient(practice.id, actor.clientId);
    const coming = await books.bookings.listForClient(practice.id, actor.clientId, {
      statuses: ["requested", "proposed", "confirmed"],
      fromMs: nowMs,
      order: "asc",
      limit: 10,
    });
    return {
      ...common,
      role: "client",
      name: client?.name ?? "",
      coming,
      next: coming.filter((booking) => booking.status === "confirmed").slice(0, 1),
      waiting: coming.filter(({ status }) => status === "requested" || status === "proposed"),
      packages: await listPackages(books, practice, actor.clientId, nowMs),
      nowMs,
    };
  }
  if (actor.kind !== "practitioner") return strangerFacts(context, turn);
  const practitioner = await books.people.findPractitioner(practice.id, actor.practitionerId);
  const open = await books.bookings.listForPractitioner(practice.id, actor.practitionerId, {
    statuses: ["requested"],
    order: "asc",
  });
  const date = localDateOf(reader.zone, nowMs);
  const today = await books.bookings.listForPractitioner(practice.id, actor.practitionerId, {
    statuses: ["confirmed", "completed"],
    fromMs: startOfLocalDay(reader.zone, date),
    toMs: endOfLocalDay(reader.zone, date),
    order: "asc",
  });
  return {
    ...common,
    role: "practitioner",
    name: practitioner?.name ?? "",
    requests: await named(turn, open),
    changes: await listChanges(turn, actor.practitionerId),
    today: await named(turn, today),
    missing: await findMissing(books, practice.id),
  };
}

export async function strangerFacts(_context: unknown, { books, address }: Turn): Promise<StrangerFacts> {
  const closed: { practice: string; contact: string }[] = [];
  for (const { practiceId } of await books.identities.listDeactivated(address)) {
    const { name, contact } = await books.practices.get(practiceId);
    closed.push({ practice: name, contact });
  }
  return { role: "stranger", closed };
}

async function listChanges(turn: Turn, practitionerId: string): Promise<readonly ChangeSeen[]> {
  const { books, practice, nowMs } = turn;
  const open = (await books.changes.listOpenFor(practice.id, practitionerId)).slice(0, mostChanges);
  if (open.length === 0) return [];
  // `list` is used because `lock` would lock each session's row, which a card that only shows them does not need.
  const filter = { statuses: ["confirmed"], fromMs: nowMs, order: "asc" } as const;
  const sessions = await named(turn, await books.bookings.listForPractitioner(practice.id, practitionerId, filter));
  return open.flatMap(({ id, kind, bookingId }) => {
    const session = sessions.find(({ booking }) => booking.id === bookingId);
    return session === undefined ? [] : [{ ...session, id, kind }];
  });
}

async function named(turn: Turn, bookings: readonly Booking[]): Promise<readonly Named[]> {
  const clients = new Map(
    (await turn.books.people.listClients(turn.practice.id)).map((client) => [client.id, client.name]),
  );
  return bookings.map((booking) => ({ booking, client: clients.get(booking.clientId) ?? "" }));
}
