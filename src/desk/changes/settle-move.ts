import type { Booking } from "../../domain/booking.ts";
import type { Actor } from "../actor.ts";
import { audit } from "../audit.ts";
import { claimFor } from "../booking/hold.ts";
import { joinUrlOf } from "../booking/join-url.ts";
import { scheduleSession } from "../booking/session-timers.ts";
import type { Desk } from "../desk.ts";
import { followPayment, repricePayment } from "../payments/payments.ts";
import { mailClient } from "../telling/mails.ts";
import { tellAgain } from "../telling/tell-again.ts";

/**
 * Puts a confirmed session at its new time, which is free or held for it, with all that hangs on it. `reason` is what the
 * practitioner wrote to the client; a move by the client has none. Gives the session as it now stands.
 */
export async function settleMove(
  desk: Desk,
  actor: Actor,
  before: Booking,
  placed: Booking,
  reason?: string,
): Promise<Booking> {
  const moved = { ...withJoinUrl(placed), ...(reason === undefined ? {} : { reason }) };
  await desk.books.claims.removeForBooking(before.id);
  // Checked under the practitioner's lock, so this only fails if the guard was broken: then all is undone.
  if (!(await claimFor(desk, moved, "session"))) throw new Error("a move lost its time");
  if (!(await desk.books.bookings.save(moved, before.version))) throw new Error("a booking changed under its lock");
  await desk.books.timers.removeForBooking(before.id);
  await scheduleSession(desk, moved);
  await repricePayment(desk, moved);
  await followPayment(desk, moved);
  await audit(desk, actor, "booking.moved", moved);
  await mailClient(desk, moved, "moved");
  await tellAgain(desk, moved, "moved", actor.talkId);
  return moved;
}

/** The room is kept over moves; a session that is no longer by video has none, one that now is gets one. */
function withJoinUrl({ joinUrl, reason: _, ...booking }: Booking): Booking {
  if (booking.frozen.method.kind !== "video") return booking;
  const url = joinUrl ?? joinUrlOf(booking);
  return url === undefined ? booking : { ...booking, joinUrl: url };
}
