import { answerToTimes, noTimes } from "../../src/choosing/times.ts";
import type { Commands } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { formProgress, saveAnswers } from "../../src/desk/booking/answers.ts";
import { withdrawBooking } from "../../src/desk/booking/decide.ts";
import { leftPrivately, openFormLink } from "../../src/desk/booking/form-links.ts";
import { dropDraft, holdSlot, releaseHold } from "../../src/desk/booking/hold.ts";
import { findMethod, listOffers } from "../../src/desk/booking/offers.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import { findSlots } from "../../src/desk/booking/slots.ts";
import { askAfterPayment } from "../../src/desk/payments/checkout.ts";
import { findPayment, openPayment } from "../../src/desk/payments/payments.ts";
import { tellMissing } from "../../src/desk/practice/missing.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { answerTo } from "../../src/domain/form.ts";
import { methodKey, type Question } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import { dateOf } from "../../src/words/instants.ts";
import { answerProblem } from "../../src/words/problems.ts";
import type { BookEvent, BookOrder } from "./events.ts";
import { isMeant, lastSession, offerOf, ownBooking, packageOf } from "./own.ts";
import { decidePackage, servicesLeft } from "./packages.ts";

/** The commands of the booking machine. A step with only one choice is skipped, forwards and backwards (D0.5). */
export const commands: Commands<BookOrder, BookEvent> = {
  openTalk: async ({ bookingId }, turn) => {
    const booking = await ownBooking(turn, bookingId);
    if (booking === undefined || booking.status === "held") return { type: "choosing.began" };
    const { status, serviceId, practitionerId, frozen, clientPackageId } = booking;
    return {
      type: "booking.found",
      status,
      serviceId,
      methodKey: methodKey(frozen.method),
      whom: { practitionerId },
      packageChoice: clientPackageId === undefined ? { without: true } : { packageId: clientPackageId },
    };
  },

  offerPackages: decidePackage,

  offerServices: async ({ back, preset, packageChoice }, turn) => {
    const within = await servicesLeft(packageChoice, turn);
    const offers = await listOffers(turn.books, turn.practice, clientIdOf(turn.actor), within);
    const asked = offers.filter(({ service }) => preset?.includes(service.id));
    const [only] = asked.length === 0 ? offers : asked;
    if (only === undefined) return { type: "services.none" };
    const count = asked.length === 0 || back ? offers.length : asked.length;
    return choose(count, back, { type: "service.chosen", serviceId: only.service.id });
  },

  offerMethods: async ({ back, preset, asked, ...selection }, turn) => {
    const offer = await offerOf(selection, turn);
    const methods = offer?.service.methods.filter(({ kind }) => asked?.notMethods?.includes(kind) !== true) ?? [];
    const [only, ...others] = methods;
    if (offer === undefined || only === undefined) return { type: "went.back" };
    const isKnown = preset !== undefined && findMethod(offer.service, preset) !== undefined;
    if (isKnown && !back) return { type: "method.chosen", methodKey: preset };
    // The words leave only the method open.
    const isOnlyOpen = asked?.times !== undefined && (asked.whom !== undefined || offer.practitioners.length === 1);
    if (others.length > 0 && isOnlyOpen && !back) {
      const last = (await lastSession(offer.service.id, turn))?.frozen.method;
      const usual = methods.find((method) => last !== undefined && methodKey(method) === methodKey(last)) ?? only;
      return { type: "method.chosen", methodKey: methodKey(usual), assumed: true };
    }
    return choose(methods.length, back, { type: "method.chosen", methodKey: methodKey(only) });
  },

  offerPractitioners: async ({ back, preset, asked, ...selection }, turn) => {
    const offer = await offerOf(selection, turn);
    const practitioners = offer?.practitioners.filter(({ id }) => asked?.notWhom?.includes(id) !== true) ?? [];
    const [only] = practitioners;
    if (offer === undefined || only === undefined) return { type: "went.back" };
    const isKnown =
      preset !== undefined &&
      ("anyone" in preset ? practitioners.length > 1 : practitioners.some((one) => isMeant(one, preset)));
    if (isKnown && !back) return { type: "practitioner.chosen", whom: preset };
    // The words leave only the practitioner open.
    if (asked?.times !== undefined && asked.methodKey !== undefined && !back) {
      const last = (await lastSession(offer.service.id, turn))?.practitionerId;
      const usual = practitioners.find(({ id }) => id === last);
      if (usual !== undefined && practitioners.length > 1)
        return { type: "practitioner.chosen", whom: { practitionerId: usual.id }, assumed: true };
    }
    return choose(practitioners.length, back, { type: "practitioner.chosen", whom: { practitionerId: only.id } });
  },

  offerTimes: async ({ times = noTimes, whom, packageChoice, ...order }, turn) => {
    const offer = await offerOf({ serviceId: order.serviceId, packageChoice }, turn);
    const method =
      offer === undefined || order.methodKey === undefined ? undefined : findMethod(offer.service, order.methodKey);
    if (offer === undefined || method === undefined) return { type: "times.none" };
    const practitioners = offer.practitioners.filter((one) => isMeant(one, whom));
    const { practice, nowMs } = turn;
    const clientId = clientIdOf(turn.actor);
    const free = await findSlots(turn.books, {
      ...{ practice, service: offer.service, method, practitioners, clientId, nowMs },
      ...given({ clientPackageId: packageOf(packageChoice) }),
    });
    if (free.length === 0) {
      await tellMissing(turn, practice.id);
      return { type: "times.none" };
    }
    const zone = method.kind === "in_person" ? offer.locations.get(method.locationId)?.timezone : undefined;
    const starts = free.map((slot) => slot.startsAtMs);
    return answerToTimes(times, starts, { zone: zone ?? turn.reader.zone, nowMs });
  },

  tellNothingOffered: async (_order, turn) => {
    await tellMissing(turn, turn.practice.id);
    return undefined;
  },

  holdSlot: async ({ serviceId, methodKey: key, whom, startsAtMs, bookingId, packageChoice }, turn) => {
    if (serviceId === undefined || key === undefined) return { type: "hold.refused" };
    const held = await holdSlot(turn, turn.actor, {
      serviceId,
      methodKey: key,
      startsAtMs,
      ...(whom !== undefined && "practitionerId" in whom ? whom : {}),
      ...given({ earlierBookingId: bookingId, clientPackageId: packageOf(packageChoice) }),
    });
    if (held.ok) {
      const { id, startsAtMs: heldMs, frozen } = held.booking;
      const day = dateOf(heldMs, frozen.location?.timezone ?? turn.reader.zone);
      return { type: "hold.granted", bookingId: id, day };
    }
    return { type: held.refusal === "package-unusable" ? "package.lost" : "hold.refused" };
  },

  releaseHold: async ({ bookingId }, turn) => {
    if (bookingId !== undefined) await releaseHold(turn, turn.actor, bookingId);
    return undefined;
  },

  dropDraft: async ({ bookingId }, turn) => {
    if (bookingId !== undefined) await dropDraft(turn, turn.actor, bookingId);
    return undefined;
  },

  openForm: async ({ back, bookingId }, turn) => {
    const booking = await ownBooking(turn, bookingId);
    const progress = booking === undefined ? undefined : await formProgress(turn.books, booking);
    if (booking === undefined || progress === undefined)
      return back ? { type: "went.back" } : { type: "form.answered" };
    const complete = progress.questions.every((question) => progress.answered.has(question.id));
    if (complete && !back) return { type: "form.answered" };
    if (turn.asksSensitiveInline || !progress.form.questions.some((question) => question.sensitive)) return undefined;
    return { type: "form.opened", link: (await openFormLink(turn, booking, turn.talkId)).ref };
  },

  checkForm: async ({ bookingId }, turn) => {
    const booking = await ownBooking(turn, bookingId);
    const progress = booking === undefined ? undefined : await formProgress(turn.books, booking);
    const complete = progress?.questions.every((question) => progress.answered.has(question.id)) === true;
    return { type: complete ? "form.answered" : "answers.kept" };
  },

  saveAnswers: async ({ bookingId, all }, turn) => {
    const booking = await ownBooking(turn, bookingId);
    const progress = booking === undefined ? undefined : await formProgress(turn.books, booking);
    if (booking === undefined || progress === undefined) return slotLost(booking);
    const mayTake = progress.form.questions.filter((question) => turn.asksSensitiveInline || !question.sensitive);
    // A question on the card that was left empty gets an empty answer. A question that only now appears was not asked
    // yet.
    const leftEmpty = (question: Question) =>
      all && progress.questions.includes(question) && !progress.answered.has(question.id);
    const answers = Object.fromEntries(
      mayTake.flatMap((question) => {
        const value = answerTo(turn.values, question.id) ?? (leftEmpty(question) ? "" : undefined);
        return value === undefined ? [] : [[question.id, value]];
      }),
    );
    const saved = await saveAnswers(turn, turn.actor, booking.id, answers);
    if (saved.ok) {
      const left = turn.asksSensitiveInline ? [] : await leftPrivately(turn, booking);
      return saved.complete && left.length === 0 ? { type: "form.answered" } : { type: "answers.kept" };
    }
    if (saved.refusal === "not-yours") return slotLost(booking);
    const labels = new Map(progress.form.questions.map((question) => [question.id, question.label]));
    turn.refuseInputs(
      Object.fromEntries(
        Object.entries(saved.problems).map(([id, problem]) => [id, answerProblem(labels.get(id) ?? id, problem)]),
      ),
    );
    return undefined;
  },

  openPayment: async ({ back, bookingId }, turn) => {
    const booking = await ownBooking(turn, bookingId);
    if (booking?.status !== "held") return slotLost(booking);
    const payment = booking.frozen.payment === "at_request" ? await openPayment(turn, booking) : undefined;
    if (payment !== undefined && payment.state !== "authorised") return undefined;
    return { type: back ? "went.back" : "payment.settled" };
  },

  askAfterPayment: async ({ bookingId }, turn) => {
    const booking = await ownBooking(turn, bookingId);
    const asked = booking !== undefined && (await askAfterPayment(turn, booking.id, turn.talkId));
    return asked ? undefined : { type: "payment.missing" };
  },

  submitBooking: async ({ bookingId }, turn) => {
    const before = await ownBooking(turn, bookingId);
    if (before === undefined) return slotLost(before);
    const paid = (await findPayment(turn.books, before.id))?.state === "authorised";
    const submitted = await submitBooking(turn, turn.actor, before.id);
    if (submitted.ok) return { type: "booking.changed", status: submitted.booking.status };
    if (submitted.refusal === "form-incomplete") return { type: "form.missing" };
    if (submitted.refusal === "package-unusable") return { type: "package.lost" };
    if (submitted.refusal === "payment-missing") return { type: "payment.missing" };
    if (submitted.refusal === "not-bookable") return { type: "services.none" };
    return { ...slotLost(before), paid };
  },

  withdrawBooking: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return undefined;
    const withdrawn = await withdrawBooking(turn, turn.actor, bookingId);
    if (withdrawn.ok) return { type: "booking.changed", status: "withdrawn" };
    return withdrawn.refusal === "not-now" ? { type: "booking.changed", status: withdrawn.booking.status } : undefined;
  },

  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },

  showBookings: async (_order, turn) => {
    turn.begin({ flow: "bookings", input: { type: "bookings" }, where: "below" });
    return undefined;
  },

  writeMessage: async ({ bookingId }, turn) => {
    const booking = await ownBooking(turn, bookingId);
    const input = { type: "contact", ...given({ personId: booking?.practitionerId }) } as const;
    turn.begin({ flow: "contact", input, where: "below" });
    return undefined;
  },

  showProposal: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return undefined;
    turn.begin({ flow: "proposal", input: { type: "proposal.asked", bookingId }, where: "here" });
    return undefined;
  },

  bookAnother: async ({ asked }, turn) => {
    turn.begin({ flow: "book", input: { type: "book", ...given({ asked }) }, where: "below" });
    return undefined;
  },
};

function slotLost(booking: Booking | undefined): BookEvent & { type: "slot.lost" } {
  return { type: "slot.lost", ...given({ startsAtMs: booking?.startsAtMs }) };
}

/** A single choice is made for the client. On the way back its step is skipped. */
function choose(count: number, back: boolean, only: BookEvent): BookEvent | undefined {
  if (count > 1) return undefined;
  return back ? { type: "went.back" } : only;
}
