import type { Books, ReadBooks } from "../../db/store.ts";
import type { Actor } from "../desk/actor.ts";
import { actOnTimer } from "../desk/booking/deadlines.ts";
import { confirmBooking } from "../desk/booking/decide.ts";
import { holdSlot } from "../desk/booking/hold.ts";
import { findMethod, findOffer } from "../desk/booking/offers.ts";
import { submitBooking } from "../desk/booking/request.ts";
import { scheduleSession } from "../desk/booking/session-timers.ts";
import { findSlots, nearest } from "../desk/booking/slots.ts";
import type { Desk } from "../desk/desk.ts";
import { clientZone } from "../desk/people/zones.ts";
import type { Booking } from "../domain/booking.ts";
import { dayMs, minuteMs } from "../domain/units.ts";
import { minutesOfDayAt } from "../domain/zone.ts";

/** The largest accepted distance between the wanted and the found start. The demo practice never closes for longer. */
const leewayMs = 3 * dayMs;

/** A demo session, relative to the moment the demo opens. */
export interface DemoSession {
  readonly client: string;
  readonly practitioner: string;
  readonly service: string;
  readonly method: string;
  /** Days from now around which a time is searched: below -4, so that the session is completed by now, or above 0. */
  readonly inDays: number;
  /** Days from now at which the client requested it. */
  readonly askedInDays: number;
  /** The practitioner has not answered: it stays an open request. */
  readonly waits?: true;
}

/** Past and future sessions, and one open request for Maya. */
export const demoSessions: readonly DemoSession[] = [
  { client: "ana", practitioner: "maya", service: "follow-up", method: "video", inDays: -12, askedInDays: -18 },
  { client: "ben", practitioner: "maya", service: "check-in", method: "chat", inDays: -8, askedInDays: -13 },
  { client: "priya", practitioner: "nora", service: "coaching", method: "video", inDays: -6, askedInDays: -12 },
  { client: "priya", practitioner: "maya", service: "check-in", method: "video", inDays: 0.1, askedInDays: -5 },
  { client: "priya", practitioner: "nora", service: "coaching", method: "video", inDays: 2, askedInDays: -3 },
  { client: "ana", practitioner: "maya", service: "follow-up", method: "video", inDays: 5, askedInDays: -2 },
  {
    client: "ben",
    practitioner: "maya",
    service: "follow-up",
    method: "video",
    inDays: 3,
    askedInDays: 0,
    waits: true,
  },
];

/**
 * Creates a demo session through the desk's own functions, as if it had been booked in the past. `desk` is the present
 * desk. Nothing is sent for past sessions. An open request sends the practitioner its review card, but no mail. Undefined:
 * no free time near the wanted one, and nothing is written.
 */
export async function addDemoSession(
  desk: Desk,
  practiceId: string,
  wanted: DemoSession,
): Promise<Booking | undefined> {
  const then: Desk = {
    ...desk,
    books: wanted.waits ? errandsOnly(desk.books) : silent(desk.books),
    nowMs: desk.nowMs + wanted.askedInDays * dayMs,
  };
  const startsAtMs = await findStart(desk.books, practiceId, wanted, desk.nowMs);
  if (startsAtMs === undefined) return undefined;
  const client: Actor = { kind: "client", practiceId, clientId: wanted.client, place: "demo" };
  const { service: serviceId, method: methodKey, practitioner: practitionerId } = wanted;
  const held = await holdSlot(then, client, { serviceId, methodKey, practitionerId, startsAtMs });
  if (!held.ok) return undefined;
  const sent = await submitBooking(then, client, held.booking.id);
  if (!sent.ok || wanted.waits) return sent.ok ? sent.booking : undefined;

  const practitioner: Actor = { kind: "practitioner", practiceId, practitionerId, admin: false, place: "demo" };
  const answered = await confirmBooking({ ...then, nowMs: then.nowMs + 20 * minuteMs }, practitioner, sent.booking.id);
  if (!answered.ok) return sent.booking;
  const completedAtMs = answered.booking.endsAtMs + dayMs;
  if (completedAtMs > desk.nowMs) {
    // Schedules from the present: reminders that were due in the past are not sent.
    await scheduleSession(desk, answered.booking);
    return answered.booking;
  }
  await actOnTimer(
    { ...then, nowMs: completedAtMs },
    { kind: "completion", practiceId, bookingId: answered.booking.id },
  );
  return desk.books.bookings.find(practiceId, answered.booking.id);
}

/** The free start nearest to the wanted one, on the same side of now, in the client's daytime. */
async function findStart(
  books: ReadBooks,
  practiceId: string,
  wanted: DemoSession,
  nowMs: number,
): Promise<number | undefined> {
  const practice = await books.practices.get(practiceId);
  const offer = await findOffer(books, practice, wanted.client, wanted.service);
  const method = offer && findMethod(offer.service, wanted.method);
  const client = await books.people.findClient(practiceId, wanted.client);
  if (offer === undefined || method === undefined || client === undefined) return undefined;
  const zone = await clientZone(books, practice, client);
  const slots = await findSlots(books, {
    practice,
    service: offer.service,
    method,
    practitioners: offer.practitioners.filter(({ id }) => id === wanted.practitioner),
    clientId: wanted.client,
    nowMs: nowMs + wanted.askedInDays * dayMs,
  });
  const aroundMs = nowMs + wanted.inDays * dayMs;
  const near = slots
    .filter(({ startsAtMs }) => Math.abs(startsAtMs - aroundMs) <= leewayMs)
    .filter(({ startsAtMs }) => wanted.inDays < 0 || startsAtMs > nowMs)
    .filter(({ startsAtMs }) => isByDay(zone, startsAtMs));
  return nearest(near, aroundMs, 1).at(0)?.startsAtMs;
}

function isByDay(zone: string, ms: number): boolean {
  const minutes = minutesOfDayAt(zone, ms);
  return minutes >= 8 * 60 && minutes < 21 * 60;
}

/** The books with an outbox that drops every row. */
function silent(books: Books): Books {
  return { ...books, outbox: { ...books.outbox, add: async () => false } };
}

/** The books with an outbox that keeps errands only: the review talk begins, no mail is sent. */
function errandsOnly(books: Books): Books {
  const { outbox } = books;
  return { ...books, outbox: { ...outbox, add: async (row) => (row.kind === "errand" ? outbox.add(row) : false) } };
}
