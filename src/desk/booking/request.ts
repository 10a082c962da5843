import { type Booking, nudgeTimes, respondBy } from "../../domain/booking.ts";
import { amountDue, covers, deadlineWithin, lapseReminderMs, type Payment } from "../../domain/payment.ts";
import { methodKey } from "../../domain/practice.ts";
import { newToken } from "../../ids.ts";
import { type Actor, actorName, ownsAsClient } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { consumeCredit, creditProblem, reserveCredit } from "../packages/credits.ts";
import { tellOfLast } from "../packages/package-news.ts";
import { servicesOfPackage } from "../packages/packages.ts";
import { askForPayment, beginCapture, closePaymentOf, findPayment } from "../payments/payments.ts";
import { startReview, tellTalks } from "../telling/announce.ts";
import { mailClient, mailPractitioner } from "../telling/mails.ts";
import { missingAnswers } from "./answers.ts";
import { claimFor } from "./hold.ts";
import { findMethod, findOffer } from "./offers.ts";
import { scheduleSession } from "./session-timers.ts";
import { checkSlot } from "./slots.ts";
import { setTimer } from "./timers.ts";

const minute = 60_000;

export type SubmitResult =
  | { readonly ok: true; readonly booking: Booking }
  | {
      readonly ok: false;
      readonly refusal:
        | "not-yours"
        | "not-bookable"
        | "slot-taken"
        | "form-incomplete"
        | "package-unusable"
        /** It is to be authorised first (D5.5). */
        | "payment-missing";
    };

/**
 * Confirm & book: a held booking becomes a request, or a confirmed session where the service confirms itself.
 * The time is checked again under the lock (D3.7); a hold that lapsed is taken again silently if it is free (case 7),
 * a valid one keeps its right although the minimum notice rolled past (case 8). From a package a credit is reserved, and
 * used at once where it confirms itself (D6.2). Doing it twice changes nothing (D4.2).
 * Where it is paid first, the payment must be authorised; a service that confirms itself is confirmed when it is taken.
 * Of a plan's sessions nobody is told one by one: that is left to who submits them all.
 */
export async function submitBooking(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  planId?: string,
): Promise<SubmitResult> {
  const found = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (found === undefined || !ownsAsClient(actor, found)) return { ok: false, refusal: "not-yours" };
  const draft = planId === undefined ? found : { ...found, planId };
  if (draft.status === "requested" || draft.status === "confirmed") return { ok: true, booking: draft };
  if (draft.status !== "held") return { ok: false, refusal: "not-bookable" };
  if ((await creditProblem(desk, draft)) !== undefined) return { ok: false, refusal: "package-unusable" };
  if (!(await timeIsStillFree(desk, draft))) {
    await closePaymentOf(desk, draft);
    return { ok: false, refusal: "slot-taken" };
  }
  if ((await missingAnswers(desk, draft)).length > 0) return { ok: false, refusal: "form-incomplete" };

  const payment = draft.frozen.payment === "at_request" ? await findPayment(desk.books, draft.id) : undefined;
  if (draft.frozen.payment === "at_request" && amountDue(draft) !== undefined) {
    if (payment?.state !== "authorised" || !covers(payment, draft)) return { ok: false, refusal: "payment-missing" };
  }

  const auto = draft.frozen.confirmation === "auto";
  const booking = auto && payment === undefined ? confirmedNow(desk, draft) : requestedNow(desk, draft, payment);
  await desk.books.claims.removeForBooking(draft.id);
  if (!(await claimFor(desk, booking, booking.status === "confirmed" ? "session" : "request"))) {
    return { ok: false, refusal: "slot-taken" };
  }
  if (!(await desk.books.bookings.save(booking, draft.version))) return { ok: false, refusal: "slot-taken" };
  if (!(await reserveCredit(desk, actor, booking)).ok) throw new Error("a credit went under its lock");
  if (booking.status === "confirmed") await consumeCredit(desk, actor, booking);
  await acceptTerms(desk, actor, booking);
  await desk.books.timers.removeForBooking(booking.id);
  if (booking.status === "confirmed") await scheduleSession(desk, booking);
  else if (!auto) await setRequestDeadlines(desk, booking);
  await audit(desk, actor, booking.status === "confirmed" ? "booking.confirmed" : "booking.requested", booking);
  if (booking.status === "confirmed") await askForPayment(desk, booking);
  if (auto && booking.status === "requested") {
    // Its practitioner hears of it when it is paid (D5.5).
    await beginCapture(desk, booking);
    return { ok: true, booking };
  }
  // An invitation stands alone in its mail; that requests arrived is said once for a whole plan.
  if (booking.status === "confirmed") await mailClient(desk, booking, "confirmed");
  else if (planId === undefined) await mailClient(desk, booking, "requested");
  await tellTalks(desk, booking, actor.talkId);
  if (planId !== undefined) return { ok: true, booking };
  if (booking.status === "confirmed") await tellOfLast(desk, booking);
  const reached = await startReview(desk, booking);
  // Nobody to tell in chat: the mail that would follow after 15 minutes goes at once.
  if (!reached && booking.status === "requested") await setTimer(desk, booking, "unanswered-mail", desk.nowMs);
  if (!reached && booking.status === "confirmed") await mailPractitioner(desk, booking);
  return { ok: true, booking };
}

/** The session's join link: 128 random bits where the address has a `{room}` (set at confirm, kept for good). */
export function joinUrlOf(booking: Booking): string | undefined {
  const { method } = booking.frozen;
  return method.kind === "video" ? method.url.replace("{room}", newToken().slice(0, 22)) : undefined;
}

/** Writes down who did what to a booking, and from where. */
export async function audit(desk: Desk, actor: Actor, action: string, booking: Booking): Promise<void> {
  await desk.books.audit.add({
    practiceId: booking.practiceId,
    atMs: desk.nowMs,
    actor: actorName(actor),
    action,
    subject: booking.id,
    place: actor.place,
  });
}

function requestedNow(desk: Desk, draft: Booking, payment: Payment | undefined): Booking {
  const { startsAtMs, frozen } = draft;
  const { respondWithinMinutes } = frozen;
  const deadline = deadlineWithin(
    respondBy({ requestedAtMs: desk.nowMs, startsAtMs, respondWithinMinutes }),
    payment?.captureBeforeMs,
  );
  return {
    ...draft,
    status: "requested",
    version: draft.version + 1,
    requestedAtMs: desk.nowMs,
    respondByMs: deadline,
  };
}

function confirmedNow(desk: Desk, draft: Booking): Booking {
  const joinUrl = joinUrlOf(draft);
  return {
    ...draft,
    status: "confirmed",
    version: draft.version + 1,
    requestedAtMs: desk.nowMs,
    decidedAtMs: desk.nowMs,
    ...(joinUrl === undefined ? {} : { joinUrl }),
  };
}

/** Sets what comes due about a request until it is answered. */
export async function setRequestDeadlines(desk: Desk, booking: Booking): Promise<void> {
  if (booking.requestedAtMs === undefined || booking.respondByMs === undefined) return;
  const nudges = nudgeTimes(booking.requestedAtMs, booking.respondByMs);
  await setTimer(desk, booking, "nudge-50", nudges.half);
  await setTimer(desk, booking, "nudge-85", nudges.late);
  await setTimer(desk, booking, "respond-by", booking.respondByMs);
  const payment = await findPayment(desk.books, booking.id);
  const lapseMs = lapseReminderMs(booking.respondByMs, payment?.captureBeforeMs);
  if (lapseMs !== undefined && lapseMs > desk.nowMs) await setTimer(desk, booking, "payment-lapse", lapseMs);
  await setTimer(desk, booking, "unanswered-mail", desk.nowMs + 15 * minute);
}

/** Whether a draft's time is still to be had, its own hold in nobody's way; keeps the practitioner's time from all others. */
export async function timeIsStillFree(desk: Desk, draft: Booking): Promise<boolean> {
  const practice = await desk.books.practices.get(draft.practiceId);
  const within = await servicesOfPackage(desk.books, practice.id, draft.clientPackageId);
  const offer = await findOffer(desk.books, practice, draft.clientId, draft.serviceId, within);
  const method = offer === undefined ? undefined : findMethod(offer.service, methodKey(draft.frozen.method));
  const practitioner = offer?.practitioners.find((one) => one.id === draft.practitionerId);
  if (offer === undefined || method === undefined || practitioner === undefined) return false;
  await desk.books.claims.lock(practice.id, [practitioner.id]);
  await desk.books.claims.removeLapsed(practice.id, practitioner.id, desk.nowMs);
  const { clientId, clientPackageId } = draft;
  const search = {
    practice,
    service: offer.service,
    method,
    clientId,
    nowMs: desk.nowMs,
    ...(clientPackageId === undefined ? {} : { clientPackageId }),
  };
  const decision = await checkSlot(desk.books, search, practitioner, draft.startsAtMs);
  if (decision.ok) return true;
  const held = (await desk.books.claims.listForBooking(draft.id)).length > 0;
  return held && decision.refusal === "too-soon" && draft.startsAtMs > desk.nowMs;
}

async function acceptTerms(desk: Desk, actor: Actor, booking: Booking): Promise<void> {
  const { terms } = booking.frozen;
  if (terms === undefined) return;
  await desk.books.terms.add({
    bookingId: booking.id,
    termsId: terms.id,
    version: terms.version,
    practiceId: booking.practiceId,
    clientId: booking.clientId,
    acceptedAtMs: desk.nowMs,
    place: actor.place,
  });
}
