import { defineFlow, scene } from "../../src/conversation/flow.ts";
import { commands, listenForTime, listenForYes } from "./commands.ts";
import { absenceFacts, askingFacts, listFacts, readingsFacts } from "./facts.ts";
import { type AbsenceContext, absenceContext, absenceMachine } from "./machine.ts";
import {
  askingTimeView,
  choosingReadingView,
  confirmingOpeningView,
  confirmingView,
  doneView,
  findingNothingView,
  keptView,
  listingView,
  openedView,
  refusingWeeklyView,
  takenBackView,
} from "./views.ts";

/** A practitioner's own time: kept free, taken off, and opened again. */
export const absenceFlow = defineFlow<AbsenceContext>({
  name: "absence",
  version: 1,
  roles: ["practitioner"],
  machine: absenceMachine,
  context: absenceContext,
  begin: ({ type }) => ({ wanted: type }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(listFacts, listingView),
    askingTime: scene(askingFacts, askingTimeView),
    choosingReading: scene(readingsFacts, choosingReadingView),
    confirming: scene(absenceFacts, confirmingView),
    done: scene(absenceFacts, doneView),
    listing: scene(listFacts, listingView),
    confirmingOpening: scene(absenceFacts, confirmingOpeningView),
    takenBack: scene(absenceFacts, takenBackView),
    kept: scene(absenceFacts, keptView),
    opened: scene(absenceFacts, openedView),
    findingNothing: scene(absenceFacts, findingNothingView),
    refusingWeekly: scene(() => undefined, refusingWeeklyView),
  },
  listen: {
    askingTime: listenForTime,
    choosingReading: listenForTime,
    confirming: listenForYes("absence.agreed"),
    confirmingOpening: listenForYes("opening.agreed"),
  },
  isLoud: () => false,
  mayBeAsked: true,
});
