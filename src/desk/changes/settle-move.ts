import type { Booking } from "../../domain/booking.ts";
import { given } from "../../given.ts";
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
 * Moves a confirmed session to `moved`, whose time is free or claimed for it: claims, timers, payment, mails and talks.
 * `reason` is the practitioner's message to the client. Returns the session as saved; throws if its time or version was
 * lost under the lock.
 */
export async function settleMove(
  desk: Desk,
  actor: Actor,
  before: Booking,
  placed: Booking,
  reason?: string,
): Promise<Booking> {
  const moved = { ...withJoinUrl(placed), ...given({ reason }) };
  await desk.books.claims.removeForBooking(before.id);
  // The time was checked under the practitioner's lock, so this fails only if a guard is broken. The throw rolls the
  // transaction back.
  if (!(await claimFor(desk, moved, "session"))) throw new Error("claim conflict on a move");
  if (!(await desk.books.bookings.save(moved, before.version)))
    throw new Error("booking version conflict under its lock");
  await desk.books.timers.removeForBooking(before.id);
  await scheduleSession(desk, moved);
  await repricePayment(desk, moved);
  await followPayment(desk, moved);
  await audit(desk, actor, "booking.moved", moved);
  await mailClient(desk, moved, "moved");
  await tellAgain(desk, moved, "moved", actor.talkId);
  return moved;
}

/** The join link after a move: kept for a video session, created for one that becomes video, removed otherwise. */
function withJoinUrl({ joinUrl, reason: _, ...booking }: Booking): Booking {
  if (booking.frozen.method.kind !== "video") return booking;
  const url = joinUrl ?? joinUrlOf(booking);
  return url === undefined ? booking : { ...booking, joinUrl: url };
}
