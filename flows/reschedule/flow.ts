import { timesInText } from "../../src/choosing/times.ts";
import {
  noSessionsView,
  offeredInText,
  offeredSessionsFacts,
  offeredSessionsView,
  roleFacts,
} from "../../src/choosing/which-session.ts";
import { defineFlow, scene } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn, textOr } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import { commands } from "./commands.ts";
import { rescheduleContext } from "./context.ts";
import {
  choosingTimeFacts,
  forcingFacts,
  methodsFacts,
  movingFacts,
  offeringFitsFacts,
  offeringNearestFacts,
} from "./facts.ts";
import {
  correctSession,
  hearAmong,
  hearReview,
  hearSession,
  hearTime,
  openOnMove,
  openOnShift,
  reasonField,
} from "./hear.ts";
import { rescheduleInput } from "./input.ts";
import { rescheduleMachine } from "./machine.ts";
import { askedView, movedView, overView, settledView } from "./outcome-views.ts";
import {
  choosingMethodView,
  choosingTimeView,
  forcingView,
  momentView,
  noTimesView,
  offeringFitsView,
  offeringNearestView,
  refusedView,
  reviewingView,
} from "./views.ts";

/** A person moves one of their sessions: a client asks for it, a practitioner does it (D4.5, D3.8). */
export const rescheduleFlow = defineFlow({
  name: "reschedule",
  version: 2,
  roles: ["client", "practitioner"],
  machine: rescheduleMachine,
  context: rescheduleContext,
  input: rescheduleInput,
  begin: ({ type: _type, ...asked }) => ({ page: 0, ...asked }),
  again: (bookingId) => ({ type: "reschedule.asked", ...given({ bookingId }) }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(() => undefined, momentView),
    choosingSession: scene(offeredSessionsFacts, offeredSessionsView),
    nothing: scene(roleFacts, noSessionsView),
    looking: scene(() => undefined, momentView),
    refused: scene(movingFacts, refusedView),
    choosingMethod: scene(methodsFacts, choosingMethodView),
    choosingTime: scene(choosingTimeFacts, choosingTimeView),
    offeringFits: scene(offeringFitsFacts, offeringFitsView),
    offeringNearest: scene(offeringNearestFacts, offeringNearestView),
    noTimes: scene(movingFacts, noTimesView),
    reviewing: scene(movingFacts, reviewingView),
    forcing: scene(forcingFacts, forcingView),
    moved: scene(movingFacts, movedView),
    asked: scene(movingFacts, askedView),
    settled: scene(movingFacts, settledView),
    over: scene(movingFacts, overView),
  },
  opensOn: { move: openOnMove },
  opensOnWish: openOnShift,
  answers: {
    choosingSession: { no: { type: "bookings.wanted" } },
    reviewing: { yes: { event: { type: "move.agreed" }, to: "move" }, no: { type: "move.dropped" } },
    forcing: { yes: { event: { type: "move.forced" }, to: "move" }, no: { type: "times.wanted" } },
  },
  repeats: {
    choosingMethod: "move",
    choosingTime: "move",
    offeringFits: "move",
    offeringNearest: "move",
    noTimes: "move",
    reviewing: "move",
    forcing: "move",
  },
  hears: {
    choosingSession: hearSession,
    choosingMethod: hearTime,
    choosingTime: hearAmong(choosingTimeFacts),
    offeringFits: hearAmong(offeringFitsFacts),
    offeringNearest: hearAmong(offeringNearestFacts),
    noTimes: hearTime,
    reviewing: hearReview,
  },
  corrects: {
    refused: correctSession,
    choosingMethod: correctSession,
    choosingTime: correctSession,
    offeringFits: correctSession,
    offeringNearest: correctSession,
    noTimes: correctSession,
    reviewing: correctSession,
  },
  field: { reviewing: reasonField },
  mayBeAsked: true,
  // A notice tells the practitioner's answer, so this card needs no new message.
  isLoud: () => false,
  migrate: {
    // Version 1 stored sessions, times and the reason for a refusal as texts.
    1: ({ state, context }) => {
      const { ids, fits, times, shift, why, ...rest } = fieldsOf(context);
      const said = timesInText(times);
      const later = jsonIn(shift);
      const wanted = later !== undefined ? { shift: later } : said === undefined ? undefined : { times: said };
      return {
        state,
        context: { ...rest, ...given({ offered: offeredInText({ ids, fits }), wanted, why: textOr(why) }) },
      };
    },
  },
});
