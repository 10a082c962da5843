import { defineFlow, scene } from "../../src/conversation/flow.ts";
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
import { type BookContext, bookContext } from "./context.ts";
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
  listenAmong,
  listenForAnswer,
  listenForPackage,
  listenForPaid,
  listenForPayment,
  listenForWish,
  listenForWithdrawal,
  listenForYes,
} from "./listen.ts";
import { bookMachine } from "./machine.ts";
import { choosingPackageView, packageLostView } from "./package-views.ts";
import { choosingPackageFacts, packageLostFacts, withoutPackage } from "./packages.ts";
import { nearestOrUnplacedView, payingView } from "./payment-view.ts";
import { againFacts, choosingTimeFacts, offeringFitsFacts, offeringNearestFacts } from "./time-facts.ts";
import { askedIn, readWish, wishEvent } from "./wish.ts";

/** A client requests a session, and sees what becomes of it. */
export const bookFlow = defineFlow<BookContext>({
  name: "book",
  version: 1,
  roles: ["client"],
  machine: bookMachine,
  context: bookContext,
  begin: (input) => ({
    page: 0,
    stillWaiting: false,
    ...(typeof input.bookingId === "string" ? { bookingId: input.bookingId } : {}),
    ...askedIn(input),
  }),
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
      async (context, turn) => ({ facts: await offeringNearestFacts(context, turn), note: context.payNote }),
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
    packageLost: listenForWish,
    choosingService: listenForWish,
    choosingMethod: listenForWish,
    choosingPractitioner: listenForWish,
    choosingTime: listenAmong(choosingTimeFacts),
    offeringFits: listenAmong(offeringFitsFacts),
    offeringNearest: listenAmong(offeringNearestFacts),
    noTimes: listenForWish,
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
    const wish = await readWish(text, turn);
    return wish === undefined ? input : { ...input, ...wishEvent(input.type, wish) };
  },
  isOpenedBy: async (text, turn) => {
    const wish = await readWish(text, turn);
    if (wish === undefined) return false;
    const namesPackage = wish.package !== undefined && wish.package !== "next" && wish.package !== withoutPackage;
    return wish.services.length > 0 || wish.who !== undefined || namesPackage;
  },
  mayBeAsked: true,
  isLoud: (event) =>
    (event.type === "booking.changed" &&
      event.again === undefined &&
      ["proposed", "confirmed", "declined", "expired"].includes(String(event.status))) ||
    event.type === "request.nudged" ||
    event.type === "payment.reminded" ||
    event.type === "payment.unplaced" ||
    (event.type === "payment.changed" && ["held", "failed", "lapsed"].includes(String(event.state))),
});
