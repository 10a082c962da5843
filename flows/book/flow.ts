import type { Talks } from "../../src/cards/talks.ts";
import { defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import type { Act } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { askedIn } from "./asked.ts";
import {
  askingWithdrawalView,
  confirmedView,
  declinedView,
  expiredView,
  overView,
  reviewingView,
  waitingView,
  withdrawnView,
} from "./booking-views.ts";
import {
  choosingMethodView,
  choosingPractitionerView,
  choosingServiceView,
  choosingTimeView,
  momentView,
  noTimesView,
  nothingOfferedView,
  offeringFitsView,
} from "./choosing-views.ts";
import { commands } from "./commands.ts";
import { type Asked, type BookContext, bookContext } from "./context.ts";
import {
  answeringFormFacts,
  choosingMethodFacts,
  choosingPractitionerFacts,
  choosingServiceFacts,
  contactFacts,
  noTimesFacts,
  payingFacts,
  requestedFacts,
  reviewingFacts,
} from "./facts.ts";
import { answeringFormView } from "./form-view.ts";
import {
  formField,
  hearAmong,
  hearAsked,
  hearForm,
  hearPackage,
  hearPaid,
  hearPayment,
  hearReview,
  reviewAnswers,
  withNearest,
} from "./hear.ts";
import { bookInput } from "./input.ts";
import { bookMachine } from "./machine.ts";
import { fromVersion1 } from "./migrate.ts";
import { lastSession, packageOf } from "./own.ts";
import { choosingPackageFacts, packageLostFacts } from "./package-facts.ts";
import { choosingPackageView, packageLostView } from "./package-views.ts";
import { nearestOrUnplacedView, payingView } from "./payment-view.ts";
import { againFacts, choosingTimeFacts, offeringFitsFacts, offeringNearestFacts } from "./time-facts.ts";

/** "Book a massage on Friday": begins with what the message says about the session. */
async function openOnWish(act: Act, reading: Reading, turn: Turn): Promise<Talks["book"]> {
  const asked = await askedIn(withNearest(reading), turn);
  const usual = act.object.refs.includes("same") ? await usualSession(turn) : undefined;
  return { type: "book", ...given({ asked: usual === undefined ? asked : { ...usual, ...asked } }) };
}

/** "Same as last time": the service, way to meet and practitioner of the last session (W13). */
async function usualSession(turn: Turn): Promise<Asked | undefined> {
  const last = await lastSession(undefined, turn);
  return (
    last && {
      services: [last.serviceId],
      methodKey: methodKey(last.frozen.method),
      whom: { practitionerId: last.practitionerId },
    }
  );
}

/** A client requests a session and follows its status. */
export const bookFlow = defineFlow({
  name: "book",
  version: 2,
  roles: ["client"],
  machine: bookMachine,
  context: bookContext,
  input: bookInput,
  begin: ({ bookingId, serviceId, packageId, asked }) => {
    const pressed: Asked = given({
      services: serviceId === undefined ? undefined : [serviceId],
      package: packageId === undefined ? undefined : { ids: [packageId] },
    });
    const all = { ...pressed, ...asked };
    return { page: 0, stillWaiting: false, ...given({ bookingId, further: all.further }), asked: all };
  },
  again: (bookingId) => ({ type: "book", ...given({ bookingId }) }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(() => undefined, momentView),
    choosingPackage: scene(choosingPackageFacts, choosingPackageView),
    packageLost: scene(packageLostFacts, packageLostView),
    choosingService: scene(choosingServiceFacts, choosingServiceView),
    nothingOffered: scene(contactFacts, nothingOfferedView),
    choosingMethod: scene(choosingMethodFacts, choosingMethodView),
    choosingPractitioner: scene(choosingPractitionerFacts, choosingPractitionerView),
    choosingTime: scene(choosingTimeFacts, choosingTimeView),
    noTimes: scene(noTimesFacts, noTimesView),
    holdingTime: scene(() => undefined, momentView),
    offeringFits: scene(offeringFitsFacts, offeringFitsView),
    offeringNearest: scene(
      async (context: BookContext, turn) => ({
        facts: await offeringNearestFacts(context, turn),
        note: context.payNote,
      }),
      nearestOrUnplacedView,
    ),
    answeringForm: scene(answeringFormFacts, answeringFormView),
    paying: scene(payingFacts, payingView),
    reviewing: scene(reviewingFacts, reviewingView),
    requesting: scene(() => undefined, momentView),
    waiting: scene(requestedFacts, waitingView),
    askingWithdrawal: scene(requestedFacts, askingWithdrawalView),
    confirmed: scene(requestedFacts, confirmedView),
    declined: scene(againFacts, declinedView),
    expired: scene(againFacts, expiredView),
    withdrawn: scene(requestedFacts, withdrawnView),
    over: scene(requestedFacts, overView),
  },
  opensOn: { book: openOnWish, "find times": openOnWish },
  opensOnWish: async (reading, turn) => {
    // "Same time next week" is about a session that is already booked.
    if (reading.shift !== undefined && reading.names.length === 0) return undefined;
    const asked = await askedIn(reading, turn);
    return asked && { type: "book", asked };
  },
  answers: {
    reviewing: reviewAnswers,
    askingWithdrawal: {
      yes: { event: { type: "withdrawal.agreed" }, to: "withdraw" },
      no: { type: "withdrawal.dropped" },
    },
  },
  hears: {
    choosingPackage: hearPackage,
    packageLost: hearAsked,
    choosingService: hearAsked,
    choosingMethod: hearAsked,
    choosingPractitioner: hearAsked,
    choosingTime: hearAmong(choosingTimeFacts),
    offeringFits: hearAmong(offeringFitsFacts),
    offeringNearest: hearAmong(offeringNearestFacts),
    noTimes: hearAsked,
    answeringForm: hearForm,
    paying: hearPayment,
    reviewing: hearReview,
    waiting: hearPaid,
    confirmed: hearPaid,
    declined: hearAmong(againFacts),
    expired: hearAmong(againFacts),
  },
  field: { answeringForm: formField },
  subject: ({ bookingId, serviceId, methodKey, whom, packageChoice, asked }) =>
    given({
      bookingId,
      serviceId: serviceId ?? (asked?.services?.length === 1 ? asked.services[0] : undefined),
      methodKey,
      practitionerId: whom !== undefined && "practitionerId" in whom ? whom.practitionerId : undefined,
      clientPackageId: packageOf(packageChoice),
    }),
  mayBeAsked: true,
  isLoud: (event) =>
    (event.type === "booking.changed" &&
      event.again === undefined &&
      ["proposed", "confirmed", "declined", "expired"].includes(event.status)) ||
    event.type === "request.nudged" ||
    event.type === "payment.reminded" ||
    event.type === "payment.unplaced" ||
    (event.type === "payment.changed" && ["held", "failed", "lapsed"].includes(event.state)),
  migrate: { 1: fromVersion1 },
});
