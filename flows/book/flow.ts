import { defineFlow, scene } from "../../src/conversation/flow.ts";
import { given } from "../../src/given.ts";
import { readAsked } from "./asked.ts";
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
import { bookInput } from "./input.ts";
import {
  listenAmong,
  listenForAnswer,
  listenForAsked,
  listenForPackage,
  listenForPaid,
  listenForPayment,
  listenForWithdrawal,
  listenForYes,
} from "./listen.ts";
import { bookMachine } from "./machine.ts";
import { fromVersion1 } from "./migrate.ts";
import { choosingPackageFacts, packageLostFacts } from "./package-facts.ts";
import { choosingPackageView, packageLostView } from "./package-views.ts";
import { nearestOrUnplacedView, payingView } from "./payment-view.ts";
import { againFacts, choosingTimeFacts, offeringFitsFacts, offeringNearestFacts } from "./time-facts.ts";

/** A client requests a session, and sees what becomes of it. */
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
    return { page: 0, stillWaiting: false, ...given({ bookingId }), asked: { ...pressed, ...asked } };
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
  listen: {
    choosingPackage: listenForPackage,
    packageLost: listenForAsked,
    choosingService: listenForAsked,
    choosingMethod: listenForAsked,
    choosingPractitioner: listenForAsked,
    choosingTime: listenAmong(choosingTimeFacts),
    offeringFits: listenAmong(offeringFitsFacts),
    offeringNearest: listenAmong(offeringNearestFacts),
    noTimes: listenForAsked,
    answeringForm: listenForAnswer,
    paying: listenForPayment,
    reviewing: listenForYes,
    waiting: listenForPaid,
    confirmed: listenForPaid,
    askingWithdrawal: listenForWithdrawal,
    declined: listenAmong(againFacts),
    expired: listenAmong(againFacts),
  },
  reads: async (text, turn, input) => {
    const asked = await readAsked(text, turn);
    return asked === undefined ? input : { ...input, asked };
  },
  isOpenedBy: async (text, turn) => {
    const asked = await readAsked(text, turn);
    const names = asked?.services !== undefined || asked?.whom !== undefined || typeof asked?.package === "object";
    return names || asked?.package === "any" ? { type: "book" } : undefined;
  },
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
