import { defineFlow, scene } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { given } from "../../src/given.ts";
import { findPackageNamed } from "../../src/language/intent/package-words.ts";
import { commands } from "./commands.ts";
import { changingFacts, choosingFacts, planFacts, plannable, sentFacts, timeFacts } from "./facts.ts";
import { planInput } from "./input.ts";
import { changingView, choosingDateView, reviewingView } from "./list-views.ts";
import { planContext, planMachine } from "./machine.ts";
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
import { listenForOther, listenForPlan, listenForTime, listenForWithdrawal, listenToList } from "./words.ts";

/** Proposed times have a card of their own. */
const badNews = ["declined", "expired"];

/** A client plans all that is left of a package at once, and sees what becomes of it. */
export const planFlow = defineFlow({
  name: "plan",
  version: 2,
  roles: ["client"],
  machine: planMachine,
  context: planContext,
  input: planInput,
  begin: ({ packageId, planId }) => ({ stillWaiting: false, packageId, planId }),
  again: (planId) => ({ type: "plan", ...given({ planId }) }),
  // What happens to any booking of the plan is told to the talks about the plan.
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
  listen: {
    choosingPackage: listenForPlan,
    choosingService: listenForPlan,
    choosingMethod: listenForPlan,
    choosingPractitioner: listenForPlan,
    choosingRhythm: listenForPlan,
    choosingTime: listenForTime,
    reviewing: listenToList,
    changing: listenForOther,
    askingWithdrawal: listenForWithdrawal,
  },
  opensOn: { plan: () => ({ type: "plan" }) },
  isOpenedBy: async (text, turn) => {
    if (!/\bplan\b/.test(normalise(text))) return undefined;
    const packages = (await plannable(turn)).map(({ held }) => ({ id: held.id, names: [held.frozen.name] }));
    return findPackageNamed(text, packages).ids.length > 0 ? { type: "plan" } : undefined;
  },
  mayBeAsked: true,
  // One message when all is answered, and one for each answer that is no yes.
  isLoud: (event, state, next) =>
    event.type === "request.nudged" ||
    (event.type === "booking.changed" &&
      (state === "waiting" || state === "askingWithdrawal") &&
      (next === "answered" || badNews.includes(event.status))),
  migrate: { 1: fromVersion1 },
});
