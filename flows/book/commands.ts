import type { CardEvent } from "../../src/cards/card.ts";
import { answerToTimes, timesOf } from "../../src/choosing/times.ts";
import type { Command, Turn } from "../../src/conversation/flow.ts";
import { formProgress, saveAnswers } from "../../src/desk/booking/answers.ts";
import { withdrawBooking } from "../../src/desk/booking/decide.ts";
import { leftPrivately, openFormLink } from "../../src/desk/booking/form-links.ts";
import { dropDraft, holdSlot, releaseHold } from "../../src/desk/booking/hold.ts";
import { findMethod, findOffer, listOffers, type Offer } from "../../src/desk/booking/offers.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import { findSlots } from "../../src/desk/booking/slots.ts";
import { servicesOfPackage } from "../../src/desk/packages/packages.ts";
import { askAfterPayment } from "../../src/desk/payments/checkout.ts";
import { findPayment, openPayment } from "../../src/desk/payments/payments.ts";
import { tellMissing } from "../../src/desk/practice/missing.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { answerTo } from "../../src/domain/form.ts";
import { methodKey, type Question } from "../../src/domain/practice.ts";
import { dateOf } from "../../src/words/instants.ts";
import { answerProblem } from "../../src/words/problems.ts";
import type { BookOrders } from "./events.ts";
import { decidePackage, packageOf, servicesLeft, withoutPackage } from "./packages.ts";
import { noWish, readWish, wishEvent } from "./wish.ts";

type Commands = { readonly [Type in keyof BookOrders]: Command<BookOrders[Type]> };

/** What the booking machine may do. A step with one choice answers itself, forwards or backwards (D0.5). */
export const commands: Commands = {
  openTalk: async ({ bookingId }, turn) => {
    const booking = bookingId === "" ? undefined : await ownBooking(turn, bookingId);
    if (booking === undefined || booking.status === "held") {
      const wish = turn.said === undefined ? undefined : await readWish(turn.said, turn);
      return wishEvent("choosing.began", wish ?? noWish);
    }
    const { status, serviceId, practitionerId, frozen, clientPackageId } = booking;
    const packageId = clientPackageId ?? withoutPackage;
    const key = methodKey(frozen.method);
    return { type: "booking.changed", status, serviceId, methodKey: key, who: practitionerId, packageId };
  },

  offerPackages: decidePackage,

  offerServices: async ({ back, preset, packageId }, turn) => {
    const within = await servicesLeft(packageId, turn);
    const offers = await listOffers(turn.books, turn.practice, clientOf(turn), within);
    if (offers.length === 0) return { type: "services.none" };
    const asked = offers.filter(({ service }) => preset.split(" ").includes(service.id));
    const [only] = asked.length === 0 ? offers : asked;
    const count = asked.length === 0 || back ? offers.length : asked.length;
    return choose(count, back, { type: "service.chosen", serviceId: only?.service.id ?? "" });
  },

  offerMethods: async ({ back, serviceId, preset, packageId }, turn) => {
    const offer = await offerOf(serviceId, packageId, turn);
    const [only] = offer?.service.methods ?? [];
    if (offer === undefined || only === undefined) return { type: "went.back" };
    const asked = findMethod(offer.service, preset);
    if (asked !== undefined && !back) return { type: "method.chosen", methodKey: preset };
    return choose(offer.service.methods.length, back, { type: "method.chosen", methodKey: methodKey(only) });
  },

  offerPractitioners: async ({ back, serviceId, preset, packageId }, turn) => {
    const offer = await offerOf(serviceId, packageId, turn);
    const [only] = offer?.practitioners ?? [];
    if (offer === undefined || only === undefined) return { type: "went.back" };
    const known =
      offer.practitioners.some(({ id }) => id === preset) || (preset === "anyone" && offer.practitioners.length > 1);
    if (known && !back) return { type: "practitioner.chosen", who: preset };
    return choose(offer.practitioners.length, back, { type: "practitioner.chosen", who: only.id });
  },

  offerTimes: async (order, turn) => {
    const offer = await offerOf(order.serviceId, order.packageId, turn);
    const method = offer === undefined ? undefined : findMethod(offer.service, order.methodKey);
    if (offer === undefined || method === undefined) return { type: "times.none" };
    const practitioners = offer.practitioners.filter(({ id }) => order.who === "anyone" || order.who === id);
    const { practice, nowMs } = turn;
    const search = { practice, service: offer.service, method, practitioners, clientId: clientOf(turn), nowMs };
    const clientPackageId = packageOf(order.packageId);
    const free = await findSlots(turn.books, {
      ...search,
      ...(clientPackageId === undefined ? {} : { clientPackageId }),
    });
    if (free.length === 0) {
      await tellMissing(turn, practice.id);
      return { type: "times.none" };
    }
    const zone = method.kind === "in_person" ? offer.locations.get(method.locationId)?.timezone : undefined;
    const starts = free.map((slot) => slot.startsAtMs);
    return answerToTimes(timesOf(order.times), starts, { zone: zone ?? turn.reader.zone, nowMs });
  },

  tellNothingOffered: async (_order, turn) => {
    await tellMissing(turn, turn.practice.id);
    return undefined;
  },

  holdSlot: async ({ serviceId, methodKey: key, who, startsAtMs, bookingId, packageId }, turn) => {
    const clientPackageId = packageOf(packageId);
    const held = await holdSlot(turn, turn.actor, {
      serviceId,
      methodKey: key,
      startsAtMs,
      ...(who === "anyone" ? {} : { practitionerId: who }),
      ...(bookingId === "" ? {} : { earlierBookingId: bookingId }),
      ...(clientPackageId === undefined ? {} : { clientPackageId }),
    });
    if (held.ok) {
      const { id, startsAtMs: heldMs, frozen } = held.booking;
      return {
        type: "hold.granted",
        bookingId: id,
        day: dateOf(heldMs, frozen.location?.timezone ?? turn.reader.zone),
      };
    }
    return { type: held.refusal === "package-unusable" ? "package.lost" : "hold.refused" };
  },

  releaseHold: async ({ bookingId }, turn) => {
    await releaseHold(turn, turn.actor, bookingId);
    return undefined;
  },

  dropDraft: async ({ bookingId }, turn) => {
    await dropDraft(turn, turn.actor, bookingId);
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
    return { type: "form.opened", link: await openFormLink(turn, booking, turn.talkId) };
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
    // What was on the card and left empty is answered with nothing; what only now comes into view was not asked yet.
    const leftEmpty = (question: Question) =>
      all && progress.questions.includes(question) && !progress.answered.has(question.id);
    const given = Object.fromEntries(
      mayTake.flatMap((question) => {
        const value = answerTo(turn.values, question.id) ?? (leftEmpty(question) ? "" : undefined);
        return value === undefined ? [] : [[question.id, value]];
      }),
    );
    const saved = await saveAnswers(turn, turn.actor, bookingId, given);
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
    const paid = (await findPayment(turn.books, bookingId))?.state === "authorised";
    const submitted = await submitBooking(turn, turn.actor, bookingId);
    if (submitted.ok) return { type: "booking.changed", status: submitted.booking.status };
    if (submitted.refusal === "form-incomplete") return { type: "form.missing" };
    if (submitted.refusal === "package-unusable") return { type: "package.lost" };
    if (submitted.refusal === "payment-missing") return { type: "payment.missing" };
    if (submitted.refusal === "not-bookable") return { type: "services.none" };
    return { ...slotLost(before), paid };
  },

  withdrawBooking: async ({ bookingId }, turn) => {
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
    const booking = await turn.books.bookings.find(turn.practice.id, bookingId);
    const to = booking === undefined ? {} : { personId: booking.practitionerId };
    turn.begin({ flow: "contact", input: { type: "contact", ...to }, where: "below" });
    return undefined;
  },

  showProposal: async ({ bookingId }, turn) => {
    turn.begin({ flow: "proposal", input: { type: "proposal.asked", bookingId }, where: "here" });
    return undefined;
  },

  bookAnother: async (_order, turn) => {
    turn.begin({ flow: "book", input: { type: "book" }, where: "below" });
    return undefined;
  },
};

function slotLost(booking: Booking | undefined): CardEvent {
  return { type: "slot.lost", ...(booking === undefined ? {} : { startsAtMs: booking.startsAtMs }) };
}

/** A single choice is taken for the client; on the way back it is passed by. */
function choose(count: number, back: boolean, only: CardEvent): CardEvent | undefined {
  if (count > 1) return undefined;
  return back ? { type: "went.back" } : only;
}

/** A service as it may be booked, from the package it is to be taken from where there is one. */
export async function offerOf(
  serviceId: string,
  packageId: string | undefined,
  turn: Turn,
): Promise<Offer | undefined> {
  const within = await servicesOfPackage(turn.books, turn.practice.id, packageOf(packageId));
  return findOffer(turn.books, turn.practice, clientOf(turn), serviceId, within);
}

/** The client of this turn; the register lets nobody else into this flow. */
export function clientOf(turn: Turn): string {
  if (turn.actor.kind !== "client") throw new Error("only a client books");
  return turn.actor.clientId;
}

/** A booking of this turn's client, or nothing. */
export async function ownBooking(turn: Turn, bookingId: string) {
  const booking = await turn.books.bookings.find(turn.practice.id, bookingId);
  return booking?.clientId === clientOf(turn) ? booking : undefined;
}
