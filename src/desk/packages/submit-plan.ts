import type { Busy } from "../../domain/availability.ts";
import { type Booking, bookingStatuses } from "../../domain/booking.ts";
import { problemAt } from "../../domain/package.ts";
import { newId } from "../../ids.ts";
import type { Actor } from "../actor.ts";
import { missingAnswers } from "../booking/answers.ts";
import { holdSlot } from "../booking/hold.ts";
import { submitBooking } from "../booking/request.ts";
import { checkSlot } from "../booking/slots.ts";
import { setTimer } from "../booking/timers.ts";
import type { Desk } from "../desk.ts";
import { startPlanReview } from "../telling/announce.ts";
import { mailPlan, mailPractitioner } from "../telling/mails.ts";
import { tellOfLast } from "./package-news.ts";
import { basisOf, busyOf, mostPlanned, type PlanQuestion } from "./plan.ts";

const lookedThrough = 50;

export interface PlanOrder
  extends Pick<PlanQuestion, "clientPackageId" | "serviceId" | "methodKey" | "practitionerId"> {
  readonly startsAtMs: readonly number[];
}

export type SubmitPlanResult =
  | { readonly ok: true; readonly planId: string; readonly bookings: readonly Booking[] }
  /** `form-incomplete`: no earlier session has answers that complete the form. */
  | { readonly ok: false; readonly refusal: "not-bookable" | "package-unusable" | "form-incomplete" }
  | { readonly ok: false; readonly refusal: "slot-taken"; readonly startsAtMs: number };

/**
 * Submits every session of a plan, or none. Locks the package and the practitioner's time, checks each start together
 * with the others (D3.7) and counts the credits before anything is written. Automatic confirmation applies. Each
 * session gets the answers of an earlier one with the same form.
 */
export async function submitPlan(desk: Desk, actor: Actor, order: PlanOrder): Promise<SubmitPlanResult> {
  if (actor.kind !== "client") return { ok: false, refusal: "not-bookable" };
  const { books, nowMs } = desk;
  const practice = await books.practices.get(actor.practiceId);
  const { clientId } = actor;
  const starts = [...new Set(order.startsAtMs)].sort((a, b) => a - b);
  if (starts.length === 0 || starts.length > mostPlanned) return { ok: false, refusal: "not-bookable" };
  const answered = await answeredBefore(desk, actor, order.serviceId);
  if (answered === "none") return { ok: false, refusal: "form-incomplete" };

  await books.packages.lock(practice.id, order.clientPackageId);
  await books.claims.lock(practice.id, [order.practitionerId]);
  await books.claims.removeLapsed(practice.id, order.practitionerId, nowMs);
  const basis = await basisOf(books, practice, { ...order, clientId }, nowMs);
  if (basis === undefined) return { ok: false, refusal: "not-bookable" };
  if (basis.available < starts.length) return { ok: false, refusal: "package-unusable" };
  const besides: Busy[] = [];
  for (const startsAtMs of starts) {
    const countedStartsAtMs = [...basis.counted, ...besides.map((one) => one.startsAtMs)];
    if (problemAt({ ...basis, countedStartsAtMs }, startsAtMs) !== undefined) {
      return { ok: false, refusal: "package-unusable" };
    }
    const cause = await checkSlot(books, { ...basis.search, besides }, basis.practitioner, startsAtMs);
    if (cause !== undefined) return { ok: false, refusal: "slot-taken", startsAtMs };
    besides.push(busyOf(basis)(startsAtMs));
  }

  const planId = newId("pl");
  const bookings: Booking[] = [];
  for (const startsAtMs of starts) {
    const held = await holdSlot(desk, actor, {
      ...order,
      startsAtMs,
      ...(answered === "nothing-asked" ? {} : { earlierBookingId: answered.id }),
    });
    const sent = held.ok ? await submitBooking(desk, actor, held.booking.id, planId) : held;
    // Everything was checked under its locks, so a refusal is a bug. The throw rolls the whole plan back.
    if (!sent.ok) throw new Error(`checked plan refused: ${sent.refusal}`);
    bookings.push(sent.booking);
  }
  await tellOfPlan(desk, bookings, planId);
  return { ok: true, planId, bookings };
}

async function tellOfPlan(desk: Desk, bookings: readonly Booking[], planId: string): Promise<void> {
  const requested = bookings.filter(({ status }) => status === "requested");
  await mailPlan(desk, requested, planId);
  const [first] = requested.length > 0 ? requested : bookings;
  if (first?.status === "confirmed") await tellOfLast(desk, first);
  if (first === undefined || (await startPlanReview(desk, first, planId))) return;
  // No practitioner chat is reachable: send the mail now instead of after 15 minutes.
  if (first.status === "requested") {
    for (const booking of requested) await setTimer(desk, booking, "unanswered-mail", desk.nowMs);
  } else await mailPractitioner(desk, first);
}

/** The client's latest session whose answers complete the service's form; `none`: there is none. */
export async function answeredBefore(
  desk: Desk,
  { practiceId, clientId }: Actor & { kind: "client" },
  serviceId: string,
): Promise<Booking | "none" | "nothing-asked"> {
  const service = (await desk.books.catalogue.listServices(practiceId)).find(({ id }) => id === serviceId);
  if (service?.formId === undefined) return "nothing-asked";
  const asked = await desk.books.bookings.listForClient(practiceId, clientId, {
    statuses: bookingStatuses.filter((status) => status !== "held"),
    order: "desc",
    limit: lookedThrough,
  });
  const [last] = asked
    .filter(({ frozen }) => frozen.formId === service.formId)
    .sort((a, b) => (b.requestedAtMs ?? 0) - (a.requestedAtMs ?? 0));
  return last === undefined || (await missingAnswers(desk, last)).length > 0 ? "none" : last;
}
