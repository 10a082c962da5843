import { defineFlow, scene } from "../../src/conversation/flow.ts";
import { given } from "../../src/given.ts";
import { commands } from "./commands.ts";
import { planContext } from "./context.ts";
import { changingFacts, choosingFacts, planFacts, sentFacts, timeFacts } from "./facts.ts";
import { hearDay, hearList, hearOther, hearPlan, hearWithdrawal, openOnPlan } from "./hear.ts";
import { planInput } from "./input.ts";
import { changingView, choosingDateView, reviewingView } from "./list-views.ts";
import { planMachine } from "./machine.ts";
import { fromVersion1 } from "./migrate.ts";
import { answeredView, askingWithdrawalView, waitingView } from "./sent-views.ts";
import {
  choosingMethodView,
  choosingPackageView,
  choosingPractitionerView,
  choosingRhythmView,
  choosingServiceView,
  choosingTimeView,
  formFirstView,
  momentView,
  nothingView,
} from "./views.ts";

/** Proposed times have their own card. */
const badNews = ["declined", "expired"];

/** A client plans all remaining sessions of a package at once, and follows their status. */
export const planFlow = defineFlow({
  name: "plan",
  version: 3,
  roles: ["client"],
  machine: planMachine,
  context: planContext,
  input: planInput,
  begin: ({ packageId, planId, said }) => ({ stillWaiting: false, ...said, ...given({ packageId, planId }) }),
  again: (planId) => ({ type: "plan", ...given({ planId }) }),
  // News about any booking of the plan go to the talks about the plan.
  about: ({ planId }) => planId,
  commands,
  scenes: {
    opening: scene(() => undefined, momentView),
    choosingPackage: scene(choosingFacts, choosingPackageView),
    choosingService: scene(choosingFacts, choosingServiceView),
    choosingMethod: scene(choosingFacts, choosingMethodView),
    choosingPractitioner: scene(choosingFacts, choosingPractitionerView),
    choosingRhythm: scene(() => undefined, choosingRhythmView),
    choosingTime: scene(timeFacts, choosingTimeView),
    formFirst: scene(choosingFacts, formFirstView),
    nothing: scene(() => undefined, nothingView),
    reviewing: scene(planFacts, reviewingView),
    choosingDate: scene(planFacts, choosingDateView),
    changing: scene(changingFacts, changingView),
    waiting: scene(sentFacts, waitingView),
    askingWithdrawal: scene(sentFacts, askingWithdrawalView),
    answered: scene(sentFacts, answeredView),
  },
  opensOn: { plan: openOnPlan },
  answers: {
    formFirst: { yes: { event: { type: "first.wanted" }, to: "book" }, no: { type: "home.wanted" } },
    nothing: { yes: { event: { type: "first.wanted" }, to: "book" }, no: { type: "home.wanted" } },
    askingWithdrawal: {
      yes: { event: { type: "withdrawal.agreed" }, to: "withdraw" },
      no: { type: "withdrawal.dropped" },
    },
  },
  hears: {
    choosingPackage: hearPlan,
    choosingService: hearPlan,
    choosingMethod: hearPlan,
    choosingPractitioner: hearPlan,
    choosingRhythm: hearPlan,
    choosingTime: hearDay,
    reviewing: hearList,
    changing: hearOther,
    waiting: hearWithdrawal,
  },
  subject: ({ serviceId, methodKey, practitionerId, packageId }) =>
    given({ serviceId, methodKey, practitionerId, clientPackageId: packageId }),
  mayBeAsked: true,
  // One message when everything is answered, and one for each answer other than a yes.
  isLoud: (event, state, next) =>
    event.type === "request.nudged" ||
    (event.type === "booking.changed" &&
      (state === "waiting" || state === "askingWithdrawal") &&
      (next === "answered" || badNews.includes(event.status))),
  migrate: {
    1: fromVersion1,
    // Version 2 could not exclude days.
    2: (old) => old,
  },
});
