import { type Booking, respondBy } from "../../domain/booking.ts";
import { amountDue, covers, deadlineWithin, type Payment } from "../../domain/payment.ts";
import { methodKey } from "../../domain/practice.ts";
import { given } from "../../given.ts";
import { type Actor, ownsAsClient } from "../actor.ts";
import { audit } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { consumeCredit, creditProblem, reserveCredit } from "../packages/credits.ts";
import { tellOfLast } from "../packages/package-news.ts";
import { servicesOfPackage } from "../packages/packages.ts";
import { askForPayment, beginCapture, closePaymentOf, findPayment } from "../payments/payments.ts";
import { startReview, tellTalks } from "../telling/announce.ts";
import { mailClient, mailPractitioner } from "../telling/mails.ts";
import { missingAnswers } from "./answers.ts";
import { claimFor } from "./hold.ts";
import { joinUrlOf } from "./join-url.ts";
import { findMethod, findOffer } from "./offers.ts";
import { setRequestDeadlines } from "./request-timers.ts";
import { scheduleSession } from "./session-timers.ts";
import { checkSlot } from "./slots.ts";
import { setTimer } from "./timers.ts";

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
        /** The payment must be authorised before the request (D5.5). */
        | "payment-missing";
    };

/**
 * Turns a held booking into a request, or into a confirmed session where the service confirms automatically ("Confirm &
 * book"). Checks the time again under the practitioner's lock (D3.7): a lapsed hold is renewed if the time is free
 * (case 7), and a valid hold stands although the minimum notice has passed meanwhile (case 8). A package booking
 * reserves a credit, and consumes it at once on automatic confirmation (D6.2). With `payment: at_request` the payment
 * must be authorised; automatic confirmation then follows the capture. A repeated call changes nothing (D4.2).
 * With `planId`, the caller notifies client and practitioner once for the whole plan.
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
  if (!(await reserveCredit(desk, actor, booking)).ok) throw new Error("credit conflict under the package lock");
  if (booking.status === "confirmed") await consumeCredit(desk, actor, booking);
  await acceptTerms(desk, actor, booking);
  await desk.books.timers.removeForBooking(booking.id);
  if (booking.status === "confirmed") await scheduleSession(desk, booking);
  else if (!auto) await setRequestDeadlines(desk, booking);
  await audit(desk, actor, booking.status === "confirmed" ? "booking.confirmed" : "booking.requested", booking);
  if (booking.status === "confirmed") await askForPayment(desk, booking);
  if (auto && booking.status === "requested") {
    // The practitioner is notified after the capture (D5.5).
    await beginCapture(desk, booking);
    return { ok: true, booking };
  }
  // Each calendar invitation needs a mail of its own; the mail about requests is sent once per plan.
  if (booking.status === "confirmed") await mailClient(desk, booking, "confirmed");
  else if (planId === undefined) await mailClient(desk, booking, "requested");
  await tellTalks(desk, booking, actor.talkId);
  if (planId !== undefined) return { ok: true, booking };
  if (booking.status === "confirmed") await tellOfLast(desk, booking);
  const reached = await startReview(desk, booking);
  // No practitioner chat is reachable: send the mail now instead of after 15 minutes.
  if (!reached && booking.status === "requested") await setTimer(desk, booking, "unanswered-mail", desk.nowMs);
  if (!reached && booking.status === "confirmed") await mailPractitioner(desk, booking);
  return { ok: true, booking };
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
    ...given({ joinUrl }),
  };
}

/**
 * Whether a draft's time can be booked; its own hold does not count against it. Locks the practitioner's claims until
 * the transaction ends.
 */
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
    ...given({ clientPackageId }),
  };
  const cause = await checkSlot(desk.books, search, practitioner, draft.startsAtMs);
  if (cause === undefined) return true;
  const held = (await desk.books.claims.listForBooking(draft.id)).length > 0;
  return held && cause.because === "too-soon" && draft.startsAtMs > desk.nowMs;
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
