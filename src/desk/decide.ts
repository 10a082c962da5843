import { type Booking, decideMove } from "../domain/booking.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "./actor.ts";
import { tellTalks } from "./announce.ts";
import { consumeCredit, releaseCredit } from "./credits.ts";
import type { Desk } from "./desk.ts";
import { claimFor } from "./hold.ts";
import { mailClient } from "./mails.ts";
import { audit, joinUrlOf } from "./request.ts";
import { scheduleSession } from "./session-timers.ts";

/** `not-now` carries the booking as it is: whoever was late is shown what happened instead (D4.2). */
export type DecideResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | { readonly ok: false; readonly refusal: "not-now"; readonly booking: Booking };

/** The practitioner says yes (D4.2: a second yes is told the same and changes nothing). */
export async function confirmBooking(desk: Desk, actor: Actor, bookingId: string): Promise<DecideResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (isOverdue(desk, booking)) return { ok: false, refusal: "not-now", booking: await expireRequest(desk, booking) };
  const move = decideMove(booking.status, "confirm");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };

  const joinUrl = joinUrlOf(booking);
  const confirmed: Booking = {
    ...booking,
    status: "confirmed",
    version: booking.version + 1,
    decidedAtMs: desk.nowMs,
    ...(joinUrl === undefined ? {} : { joinUrl }),
  };
  await consumeCredit(desk, actor, booking);
  await desk.books.claims.removeForBooking(booking.id);
  // A request holds its time, so this only fails if the guard was broken: better a loud stop than two sessions.
  if (!(await claimFor(desk, confirmed, "session"))) throw new Error("a confirmed request lost its time");
  if (!(await desk.books.bookings.save(confirmed, booking.version)))
    throw new Error("a booking changed under its lock");
  await desk.books.timers.removeForBooking(booking.id);
  await scheduleSession(desk, confirmed);
  await audit(desk, actor, "booking.confirmed", confirmed);
  await mailClient(desk, confirmed, "confirmed");
  await tellTalks(desk, confirmed, actor.talkId);
  return { ok: true, booking: confirmed };
}

/** The practitioner says no; `reason` is shown to the client as written. */
export async function declineBooking(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  reason?: string,
): Promise<DecideResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (isOverdue(desk, booking)) return { ok: false, refusal: "not-now", booking: await expireRequest(desk, booking) };
  const move = decideMove(booking.status, "decline");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  const declined = await end(desk, actor, {
    ...booking,
    status: "declined",
    ...(reason === undefined ? {} : { reason }),
  });
  await mailClient(desk, declined, "declined");
  return { ok: true, booking: declined };
}

/** The client takes a request back: no policy, no fee. */
export async function withdrawBooking(desk: Desk, actor: Actor, bookingId: string): Promise<DecideResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return { ok: false, refusal: "not-yours" };
  const move = decideMove(booking.status, "withdraw");
  if (!move.ok) return move.refusal === "already" ? { ok: true, booking } : { ok: false, refusal: "not-now", booking };
  return { ok: true, booking: await end(desk, actor, { ...booking, status: "withdrawn" }) };
}

/** Nobody answered in time (D4.1). Anything but an open request is left as it is. */
export async function expireRequest(desk: Desk, booking: Booking): Promise<Booking> {
  if (!decideMove(booking.status, "expire").ok) return booking;
  const actor: Actor = { kind: "desk", practiceId: booking.practiceId, place: "clock" };
  const expired = await end(desk, actor, { ...booking, status: "expired" });
  await mailClient(desk, expired, "expired");
  return expired;
}

/** The deadline is judged here, under the lock; the timer only tidies. */
function isOverdue(desk: Desk, booking: Booking): boolean {
  return booking.status === "requested" && booking.respondByMs !== undefined && desk.nowMs >= booking.respondByMs;
}

/** Terminal bookings keep no claim and no timers (D4.8). */
async function end(desk: Desk, actor: Actor, changed: Booking): Promise<Booking> {
  const ended: Booking = { ...changed, version: changed.version + 1, decidedAtMs: desk.nowMs };
  if (!(await desk.books.bookings.save(ended, changed.version))) throw new Error("a booking changed under its lock");
  await releaseCredit(desk, actor, ended);
  await desk.books.claims.removeForBooking(ended.id);
  await desk.books.timers.removeForBooking(ended.id);
  await audit(desk, actor, `booking.${ended.status}`, ended);
  await tellTalks(desk, ended, actor.talkId);
  return ended;
}
