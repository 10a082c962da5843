import type { Booking, FrozenService } from "../../domain/booking.ts";
import type { Money } from "../../domain/money.ts";
import { covers, type PaymentRule } from "../../domain/payment.ts";
import type { DeliveryMethod, Practitioner, Service } from "../../domain/practice.ts";
import { cancellationPolicyOf, keptFields, offeringOf, requestPolicyOf } from "../../domain/service.ts";
import { dayMs, hourMs, minuteMs } from "../../domain/units.ts";
import { localDateOf, resolveLocal } from "../../domain/zone.ts";
import { given } from "../../given.ts";
import { newId } from "../../ids.ts";
import { type Actor, ownsAsClient } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { findPackage, servicesOfPackage } from "../packages/packages.ts";
import { closePayment, closePaymentOf, findPayment, queuePayment } from "../payments/payments.ts";
import { carryAnswers } from "./carried-answers.ts";
import { findMethod, findOffer, type Offer } from "./offers.ts";
import { checkSlot } from "./slots.ts";
import { setTimer } from "./timers.ts";

const draftKeptMs = dayMs;

export interface HoldOrder {
  readonly serviceId: string;
  readonly methodKey: string;
  /** Absent: any practitioner who offers the service and is free (D0.5). */
  readonly practitionerId?: string;
  readonly startsAtMs: number;
  /** The client package that pays for it (D6.5). */
  readonly clientPackageId?: string;
  /** The client's earlier draft of this talk: its claim is released, its answers are kept (D4.3). */
  readonly earlierBookingId?: string;
}

export type HoldResult =
  | { readonly ok: true; readonly booking: Booking }
  | { readonly ok: false; readonly refusal: "not-bookable" | "slot-taken" | "package-unusable" };

/**
 * Holds a time while the client completes the request (D4.1, 10 minutes by default). Checks the start again, since the
 * button may be old (D3.7). Of several free practitioners it takes the one with the fewest sessions that day, then the
 * first in file order.
 */
export async function holdSlot(desk: Desk, actor: Actor, order: HoldOrder): Promise<HoldResult> {
  if (actor.kind !== "client") return { ok: false, refusal: "not-bookable" };
  const practice = await desk.books.practices.get(actor.practiceId);
  const { clientPackageId } = order;
  const within = await servicesOfPackage(desk.books, practice.id, clientPackageId);
  const offer = await findOffer(desk.books, practice, actor.clientId, order.serviceId, within);
  const method = offer === undefined ? undefined : findMethod(offer.service, order.methodKey);
  if (offer === undefined || method === undefined) return { ok: false, refusal: "not-bookable" };
  if (clientPackageId !== undefined) {
    const { clientId } = actor;
    const held = await findPackage(desk.books, practice, { clientId, id: clientPackageId, nowMs: desk.nowMs });
    const isUsable = held?.problem === undefined && held?.services.includes(order.serviceId) === true;
    if (!isUsable) return { ok: false, refusal: "package-unusable" };
  }

  const before = await findOwn(desk, actor, order.earlierBookingId);
  const earlier = before?.status === "held" ? before : undefined;
  const wanted = offer.practitioners.filter(
    (one) => order.practitionerId === undefined || one.id === order.practitionerId,
  );
  await letOtherDraftsGo(desk, actor, earlier?.id);
  await desk.books.claims.lock(
    practice.id,
    wanted.map(({ id }) => id),
  );
  // Takes the practitioner's lock. Independent reads are issued together to share one round trip.
  await Promise.all([
    desk.books.claims.removeHoldsOfClient(practice.id, actor.clientId, earlier?.id ?? ""),
    ...wanted.map(({ id }) => desk.books.claims.removeLapsed(practice.id, id, desk.nowMs)),
  ]);
  const search = {
    practice,
    service: offer.service,
    method,
    clientId: actor.clientId,
    nowMs: desk.nowMs,
    ...given({ clientPackageId }),
  };
  const free: Practitioner[] = [];
  for (const practitioner of wanted) {
    const cause = await checkSlot(desk.books, search, practitioner, order.startsAtMs);
    if (cause === undefined) free.push(practitioner);
  }

  const frozen = await freeze(desk, practice.id, offer, { method, clientPackageId });
  for (const practitioner of await leastBusyFirst(desk, free, order.startsAtMs)) {
    const draft = draftOf(desk, actor, { offer, practitioner, frozen, order, earlier });
    const expiresAtMs = desk.nowMs + requestPolicyOf(practice, offer.service).holdMinutes * minuteMs;
    await desk.books.claims.removeForBooking(draft.id);
    if (!(await claimFor(desk, draft, "hold", expiresAtMs))) continue;
    if (earlier === undefined) await desk.books.bookings.add(draft);
    else await desk.books.bookings.save(draft, earlier.version);
    if (earlier !== undefined) await letWrongPaymentGo(desk, draft);
    await carryAnswers(desk, draft, before);
    await Promise.all([
      setTimer(desk, draft, "hold-expiry", expiresAtMs),
      setTimer(desk, draft, "draft-expiry", desk.nowMs + draftKeptMs),
    ]);
    return { ok: true, booking: draft };
  }
  return { ok: false, refusal: "slot-taken" };
}

/**
 * Releases a held time; the answers stay until the draft is dropped. Does nothing for another client's booking or one
 * that is not held.
 */
export async function releaseHold(desk: Desk, actor: Actor, bookingId: string): Promise<void> {
  const draft = await findDraft(desk, actor, bookingId);
  if (draft === undefined) return;
  await desk.books.timers.removeForBooking(draft.id, ["hold-expiry"]);
  const payment = await findPayment(desk.books, draft.id);
  // The checkout may be completing right now: the claim ends when the provider has closed it.
  if (payment?.state === "link_sent") await queuePayment(desk, payment, "expire", { which: String(desk.realNowMs) });
  else await desk.books.claims.removeForBooking(draft.id);
}

/** Deletes a draft with its answers. */
export async function dropDraft(desk: Desk, actor: Actor, bookingId: string): Promise<void> {
  const draft = await findDraft(desk, actor, bookingId);
  if (draft === undefined) return;
  await closePaymentOf(desk, draft);
  await desk.books.claims.removeForBooking(draft.id);
  await desk.books.timers.removeForBooking(draft.id);
  await desk.books.answers.removeForBooking(draft.id);
  await desk.books.bookings.remove(draft.practiceId, draft.id);
}

/** Claims a booking's time. False: another booking claims part of it. */
export function claimFor(
  desk: Desk,
  booking: Booking,
  kind: "hold" | "request" | "session" | "proposal",
  expiresAtMs?: number,
): Promise<boolean> {
  return desk.books.claims.claim({
    practiceId: booking.practiceId,
    practitionerId: booking.practitionerId,
    bookingId: booking.id,
    kind,
    startsAtMs: booking.startsAtMs,
    endsAtMs: booking.endsAtMs,
    bufferBeforeMinutes: booking.frozen.bufferBeforeMinutes,
    bufferAfterMinutes: booking.frozen.bufferAfterMinutes,
    ...given({ expiresAtMs }),
  });
}

async function findOwn(desk: Desk, actor: Actor, bookingId: string | undefined): Promise<Booking | undefined> {
  const booking = bookingId === undefined ? undefined : await desk.books.bookings.lock(actor.practiceId, bookingId);
  return booking !== undefined && ownsAsClient(actor, booking) ? booking : undefined;
}

async function findDraft(desk: Desk, actor: Actor, bookingId: string | undefined): Promise<Booking | undefined> {
  if (bookingId === undefined) return undefined;
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || booking.status !== "held") return undefined;
  return ownsAsClient(actor, booking) || actor.kind === "desk" ? booking : undefined;
}

function draftOf(
  desk: Desk,
  actor: Actor & { kind: "client" },
  chosen: {
    offer: Offer;
    practitioner: Practitioner;
    frozen: FrozenService;
    order: HoldOrder;
    earlier: Booking | undefined;
  },
): Booking {
  const { startsAtMs, clientPackageId } = chosen.order;
  const organizer = chosen.earlier?.organizer ?? desk.mailFrom;
  return {
    id: chosen.earlier?.id ?? newId("bk"),
    practiceId: actor.practiceId,
    clientId: actor.clientId,
    practitionerId: chosen.practitioner.id,
    serviceId: chosen.offer.service.id,
    status: "held",
    version: (chosen.earlier?.version ?? 0) + 1,
    sequence: 0,
    startsAtMs,
    endsAtMs: startsAtMs + chosen.frozen.durationMinutes * minuteMs,
    frozen: chosen.frozen,
    createdAtMs: chosen.earlier?.createdAtMs ?? desk.nowMs,
    ...given({ clientPackageId, organizer }),
  };
}

/** The service as frozen on the booking; later edits do not change it (D2.3). */
async function freeze(
  desk: Desk,
  practiceId: string,
  offer: Offer,
  { method, clientPackageId }: { method: DeliveryMethod; clientPackageId: string | undefined },
): Promise<FrozenService> {
  const practice = await desk.books.practices.get(practiceId);
  const { service } = offer;
  const offering = offeringOf(practice, service, method);
  const location = method.kind === "in_person" ? offer.locations.get(method.locationId) : undefined;
  const terms =
    service.termsId === undefined ? undefined : await desk.books.catalogue.findTerms(practiceId, service.termsId);
  const price = method.price ?? service.price;
  const payment = paymentOf(desk, service, price, clientPackageId);
  return {
    ...keptFields(service),
    durationMinutes: offering.durationMinutes,
    bufferBeforeMinutes: offering.bufferBeforeMinutes,
    bufferAfterMinutes: offering.bufferAfterMinutes,
    method,
    cancellation: cancellationPolicyOf(practice, service),
    respondWithinMinutes: requestPolicyOf(practice, service).respondWithinMinutes,
    ...given({ price, payment, location, terms }),
  };
}

/** Closes the open payments of the client's other drafts: a client pays for one draft at a time. */
async function letOtherDraftsGo(desk: Desk, actor: Actor & { kind: "client" }, exceptId: string | undefined) {
  if (desk.takesPayments !== true) return;
  const drafts = await desk.books.bookings.listForClient(actor.practiceId, actor.clientId, {
    statuses: ["held"],
    order: "asc",
  });
  for (const { id } of drafts.filter((draft) => draft.id !== exceptId)) {
    const draft = await desk.books.bookings.lock(actor.practiceId, id);
    if (draft?.status === "held") await closePaymentOf(desk, draft);
  }
}

/** Closes a draft's payment unless it is still required and covers the new price. */
async function letWrongPaymentGo(desk: Desk, draft: Booking): Promise<void> {
  const payment = await findPayment(desk.books, draft.id);
  if (payment === undefined || (draft.frozen.payment === "at_request" && covers(payment, draft))) return;
  await closePayment(desk, payment);
}

/**
 * When a booking is paid for: never if a package pays (D6.5), `at_practice` without a payment provider; undefined if it
 * is free.
 */
function paymentOf(
  desk: Desk,
  { payment }: Service,
  price: Money | undefined,
  clientPackageId: string | undefined,
): PaymentRule | undefined {
  if (payment === "none" || price === undefined || price.minor <= 0 || clientPackageId !== undefined) return undefined;
  return desk.takesPayments === true ? payment : "at_practice";
}

async function leastBusyFirst(
  desk: Desk,
  free: readonly Practitioner[],
  startsAtMs: number,
): Promise<readonly Practitioner[]> {
  if (free.length < 2) return free;
  const counted = [];
  for (const practitioner of free) {
    const { timezone } = practitioner.schedule;
    const date = localDateOf(timezone, startsAtMs);
    const from = resolveLocal(timezone, `${date}T00:00`, "start");
    const to = from + 36 * hourMs;
    const starts = await desk.books.bookings.countedStarts(practitioner.practiceId, practitioner.id, from, to);
    counted.push({ practitioner, sessions: starts.filter((ms) => localDateOf(timezone, ms) === date).length });
  }
  return counted
    .sort((a, b) => a.sessions - b.sessions || a.practitioner.position - b.practitioner.position)
    .map(({ practitioner }) => practitioner);
}
