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
  offeringNearestView,
} from "./choosing-views.ts";
import { commands } from "./commands.ts";
import {
  answeringFormFacts,
  choosingMethodFacts,
  choosingPractitionerFacts,
  choosingServiceFacts,
  contactFacts,
  noTimesFacts,
  requestedFacts,
  reviewingFacts,
} from "./facts.ts";
import { answeringFormView } from "./form-view.ts";
import { listenForAnswer, listenForButtons } from "./listen.ts";
import { type BookContext, bookContext, bookMachine } from "./machine.ts";
import { againFacts, choosingTimeFacts, offeringNearestFacts } from "./time-facts.ts";

/** A client requests a session, and sees what becomes of it. */
export const bookFlow = defineFlow<BookContext>({
  name: "book",
  version: 1,
  roles: ["client"],
  machine: bookMachine,
  context: bookContext,
  begin: ({ bookingId, serviceId }) => ({
    page: 0,
    stillWaiting: false,
    ...(typeof bookingId === "string" ? { bookingId } : {}),
    ...(typeof serviceId === "string" ? { serviceId } : {}),
  }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(() => undefined, momentView),
    choosingService: scene(choosingServiceFacts, choosingServiceView),
    nothingOffered: scene(contactFacts, nothingOfferedView),
    choosingMethod: scene(choosingMethodFacts, choosingMethodView),
    choosingPractitioner: scene(choosingPractitionerFacts, choosingPractitionerView),
    choosingTime: scene(choosingTimeFacts, choosingTimeView),
    noTimes: scene(noTimesFacts, noTimesView),
    holdingTime: scene(() => undefined, momentView),
    offeringNearest: scene(offeringNearestFacts, offeringNearestView),
    answeringForm: scene(answeringFormFacts, answeringFormView),
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
    choosingService: listenForButtons,
    choosingMethod: listenForButtons,
    choosingPractitioner: listenForButtons,
    choosingTime: listenForButtons,
    offeringNearest: listenForButtons,
    answeringForm: listenForAnswer,
    reviewing: listenForButtons,
    askingWithdrawal: listenForButtons,
  },
  isLoud: (event) =>
    (event.type === "booking.changed" && ["confirmed", "declined", "expired"].includes(String(event.status))) ||
    event.type === "request.nudged",
});
