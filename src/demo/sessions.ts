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

/** A session this far from where it was wanted is still a good one; a practice is never closed for longer than that. */
const leewayMs = 3 * dayMs;

/** A session of the demo, told from the moment it opens. */
export interface DemoSession {
  readonly client: string;
  readonly practitioner: string;
  readonly service: string;
  readonly method: string;
  /** Days from now: where its time is looked for. Before -4, so that it is completed by now, or after 0. */
  readonly inDays: number;
  /** Days from now at which the client asked for it. */
  readonly askedInDays: number;
  /** Left for the practitioner to answer. */
  readonly waits?: true;
}

/** A little past, a little future, and one request for Maya to answer. */
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
 * Puts one of the demo's sessions into the books by the desk's own functions, as if it had been booked then. `desk` is
 * the desk as it is now. Silently: nobody is written to of a past that never was; only a request that waits comes
 * before its practitioner. Undefined: there is no time for it near the one wanted, and nothing is done.
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
    // Reminders that lay between then and now were never sent, and are not sent late.
    await scheduleSession(desk, answered.booking);
    return answered.booking;
  }
  await actOnTimer(
    { ...then, nowMs: completedAtMs },
    { kind: "completion", practiceId, bookingId: answered.booking.id },
  );
  return desk.books.bookings.find(practiceId, answered.booking.id);
}

/** The free time nearest to the one wanted, on its own side of now, at which the client is awake. */
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

/** The same books, from which nothing goes out. */
function silent(books: Books): Books {
  return { ...books, outbox: { ...books.outbox, add: async () => false } };
}

/** The same books, from which only what the desk tells itself goes out: the review, but no mail. */
function errandsOnly(books: Books): Books {
  const { outbox } = books;
  return { ...books, outbox: { ...outbox, add: async (row) => (row.kind === "errand" ? outbox.add(row) : false) } };
}
