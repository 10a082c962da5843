import type { ChangeRequest } from "../../db/store.ts";
import type { Turn } from "../conversation/flow.ts";
import type { Booking } from "../domain/booking.ts";
import type { ActObject } from "../language/intent/act.ts";
import { sessionsMeant } from "../language/meant-sessions.ts";

/** The open requests and change requests of a practitioner that fit the words. */
interface WaitingMeant {
  readonly requests: readonly Booking[];
  readonly changes: readonly ChangeRequest[];
}

/** The requests and change requests that an act may be about: by client, service or time. Empty for other roles. */
async function waitingMeant(object: ActObject, { actor, books, practice, nowMs, reader }: Turn): Promise<WaitingMeant> {
  if (actor.kind !== "practitioner") return { requests: [], changes: [] };
  const [open, changes, coming] = await Promise.all([
    books.bookings.listForPractitioner(practice.id, actor.practitionerId, { statuses: ["requested"], order: "asc" }),
    books.changes.listOpenFor(practice.id, actor.practitionerId),
    books.bookings.listForPractitioner(practice.id, actor.practitionerId, {
      statuses: ["confirmed"],
      fromMs: nowMs,
      order: "asc",
    }),
  ]);
  const about = coming.filter(({ id }) => changes.some(({ bookingId }) => bookingId === id));
  const sessions = [...open, ...about].map((booking) => ({ ...booking, personId: booking.clientId }));
  const { ids } = sessionsMeant(object, sessions, { nowMs, zone: reader.zone });
  return {
    requests: open.filter(({ id }) => ids.includes(id)),
    changes: changes.filter(({ bookingId }) => ids.includes(bookingId)),
  };
}

/** The one request that an act is about. Undefined: several fit the words, or none. */
export async function requestMeant(object: ActObject, turn: Turn): Promise<Booking | undefined> {
  const { requests, changes } = await waitingMeant(object, turn);
  const [only, ...more] = requests;
  return more.length + changes.length === 0 ? only : undefined;
}

/** The one change request that an act is about. Undefined: several fit the words, or none. */
export async function changeMeant(object: ActObject, turn: Turn): Promise<ChangeRequest | undefined> {
  const { requests, changes } = await waitingMeant(object, turn);
  const [only, ...more] = changes;
  return more.length + requests.length === 0 ? only : undefined;
}
