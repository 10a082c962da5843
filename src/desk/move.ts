import { type Booking, type FrozenService, respondBy } from "../domain/booking.ts";
import { decideReschedule } from "../domain/policy.ts";
import { methodKey } from "../domain/practice.ts";
import { offeringOf } from "../domain/service.ts";
import { type Actor, decidesAsPractitioner, ownsAsClient } from "./actor.ts";
import { startWithClient, tellTalks } from "./announce.ts";
import { askForChange, withdrawOpenChange } from "./change.ts";
import type { Desk } from "./desk.ts";
import { claimFor } from "./hold.ts";
import { findMethod, findOffer, type Offer } from "./offers.ts";
import { servicesOfPackage } from "./packages.ts";
import { audit, setRequestDeadlines } from "./request.ts";
import { settleMove } from "./settle-move.ts";
import { checkSlot } from "./slots.ts";

const minute = 60_000;

export interface MoveOrder {
  readonly startsAtMs: number;
  /** The client may choose again how to meet (D4.5). */
  readonly methodKey: string;
  readonly reason?: string;
}

export type MoveResult =
  /** `asked`: the practitioner is to answer, and the old time is kept until then. */
  | { readonly ok: true; readonly booking: Booking; readonly outcome: "moved" | "asked" }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | {
      readonly ok: false;
      readonly refusal: "not-now" | "already-started" | "too-late" | "too-often" | "slot-taken" | "same-time";
      readonly booking: Booking;
    };

/**
 * A client asks for another time (D4.5). A request that waits just takes the new time; a session of a service that
 * confirms itself moves at once; any other waits for its practitioner and stays where it is until then. The time is
 * checked under the lock, the booking itself in nobody's way (D3.3, case 16).
 */
export async function moveBooking(desk: Desk, actor: Actor, bookingId: string, order: MoveOrder): Promise<MoveResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking)) return { ok: false, refusal: "not-yours" };
  const { status, startsAtMs, frozen } = booking;
  if (status !== "requested" && status !== "confirmed") return { ok: false, refusal: "not-now", booking };
  const question = { startsAtMs, policy: frozen.cancellation, nowMs: desk.nowMs };
  const decision = decideReschedule(question, booking.reschedules ?? 0, status === "confirmed");
  if (!decision.ok) return { ok: false, refusal: decision.refusal, booking };
  if (order.startsAtMs === startsAtMs && order.methodKey === methodKey(frozen.method))
    return { ok: false, refusal: "same-time", booking };
  const moved = await placedAt(desk, booking, order);
  if (moved === undefined) return { ok: false, refusal: "slot-taken", booking };
  await withdrawOpenChange(desk, booking);
  if (status === "requested") return askAnew(desk, actor, booking, moved);
  if (frozen.confirmation === "auto") {
    const counted = { ...moved, reschedules: (booking.reschedules ?? 0) + 1 };
    await settleMove(desk, actor, booking, counted);
    return { ok: true, booking: counted, outcome: "moved" };
  }
  await askForChange(desk, actor, booking, { kind: "move", moved, reason: order.reason });
  return { ok: true, booking, outcome: "asked" };
}

/** A practitioner moves a session of theirs; `force` overrides hours, notice and limits, never another session (D3.8). */
export async function moveAsPractitioner(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  order: MoveOrder & { readonly force: boolean },
): Promise<MoveResult> {
  const booking = await desk.books.bookings.find(actor.practiceId, bookingId);
  if (booking === undefined || !decidesAsPractitioner(actor, booking)) return { ok: false, refusal: "not-yours" };
  if (booking.status !== "confirmed" || booking.startsAtMs <= desk.nowMs || order.startsAtMs <= desk.nowMs)
    return { ok: false, refusal: "not-now", booking };
  const moved = await placedAt(desk, booking, order, order.force);
  if (moved === undefined) return { ok: false, refusal: "slot-taken", booking };
  await withdrawOpenChange(desk, booking);
  const told = order.reason === undefined ? moved : { ...moved, reason: order.reason };
  await settleMove(desk, actor, booking, told);
  await startWithClient(desk, booking.practiceId, booking.clientId, {
    flow: "notice",
    input: { type: "session.moved", bookingId: booking.id },
    dedupeKey: `moved:${booking.id}:${told.version}`,
    bookingId: booking.id,
  });
  return { ok: true, booking: told, outcome: "moved" };
}

/** The booking at the new time, if that is free for it now; undefined: it is not. */
async function placedAt(desk: Desk, booking: Booking, order: MoveOrder, force = false): Promise<Booking | undefined> {
  const practice = await desk.books.practices.get(booking.practiceId);
  const within =
    booking.clientPackageId === undefined
      ? [booking.serviceId]
      : ((await servicesOfPackage(desk.books, practice.id, booking.clientPackageId)) ?? [booking.serviceId]);
  // What was booked once may be moved, even if nobody new may book it.
  const offer = await findOffer(desk.books, practice, booking.clientId, booking.serviceId, within);
  const practitioner = offer?.practitioners.find((one) => one.id === booking.practitionerId);
  const method = offer === undefined ? undefined : findMethod(offer.service, order.methodKey);
  if (offer === undefined || practitioner === undefined || method === undefined) return undefined;
  await desk.books.claims.lock(practice.id, [practitioner.id]);
  await desk.books.claims.removeLapsed(practice.id, practitioner.id, desk.nowMs);
  const decision = await checkSlot(
    desk.books,
    {
      practice,
      service: offer.service,
      method,
      clientId: booking.clientId,
      nowMs: desk.nowMs,
      exceptBookingId: booking.id,
      ...(booking.clientPackageId === undefined ? {} : { clientPackageId: booking.clientPackageId }),
    },
    practitioner,
    order.startsAtMs,
  );
  if (!decision.ok && !(force && (await isNobodysElse(desk, booking, order.startsAtMs)))) return undefined;
  const frozen = frozenFor(practice, booking, offer, order.methodKey);
  return {
    ...booking,
    frozen,
    startsAtMs: order.startsAtMs,
    endsAtMs: order.startsAtMs + frozen.durationMinutes * minute,
    version: booking.version + 1,
    sequence: booking.status === "confirmed" ? booking.sequence + 1 : booking.sequence,
  };
}

/** Whether no other booking has any of that time: what even a practitioner cannot override (D3.8). */
async function isNobodysElse(desk: Desk, booking: Booking, startsAtMs: number): Promise<boolean> {
  const others = await desk.books.claims.listBusy({
    practiceId: booking.practiceId,
    practitionerId: booking.practitionerId,
    fromMs: startsAtMs,
    toMs: startsAtMs + booking.frozen.durationMinutes * minute,
    nowMs: desk.nowMs,
    exceptBookingId: booking.id,
  });
  return others.length === 0;
}

/** What was frozen stays; another method brings its own length, buffers and place (D2.2, D2.3). */
function frozenFor(
  practice: Parameters<typeof offeringOf>[0],
  booking: Booking,
  offer: Offer,
  key: string,
): FrozenService {
  const method = findMethod(offer.service, key);
  if (method === undefined || key === methodKey(booking.frozen.method)) return booking.frozen;
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes } = offeringOf(practice, offer.service, method);
  const { location: _, ...kept } = booking.frozen;
  const location = method.kind === "in_person" ? offer.locations.get(method.locationId) : undefined;
  return {
    ...kept,
    method,
    durationMinutes,
    bufferBeforeMinutes,
    bufferAfterMinutes,
    ...(location === undefined ? {} : { location }),
  };
}

/** A request takes its new time and waits anew (case 17). */
async function askAnew(desk: Desk, actor: Actor, booking: Booking, moved: Booking): Promise<MoveResult> {
  const { startsAtMs, frozen } = moved;
  const respondWithinMinutes = frozen.respondWithinMinutes;
  const asked: Booking = {
    ...moved,
    requestedAtMs: desk.nowMs,
    respondByMs: respondBy({ requestedAtMs: desk.nowMs, startsAtMs, respondWithinMinutes }),
  };
  await desk.books.claims.removeForBooking(booking.id);
  if (!(await claimFor(desk, asked, "request"))) throw new Error("a move lost its time");
  if (!(await desk.books.bookings.save(asked, booking.version))) throw new Error("a booking changed under its lock");
  await desk.books.timers.removeForBooking(booking.id);
  await setRequestDeadlines(desk, asked);
  await audit(desk, actor, "booking.moved", asked);
  await tellTalks(desk, asked, actor.talkId);
  return { ok: true, booking: asked, outcome: "asked" };
}
