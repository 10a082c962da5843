import { defineFlow, scene } from "../../src/conversation/flow.ts";
import { parseTimeOff } from "../../src/language/when/time-off.ts";
import { commands, listenForTime, listenForYes } from "./commands.ts";
import { absenceFacts, askingFacts, listFacts, namedIn, notTheirsFacts, readingsFacts } from "./facts.ts";
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
  notTheirsView,
  openedView,
  refusingWeeklyView,
  takenBackView,
} from "./views.ts";

/** A practitioner's time, their own or as an admin a colleague's: kept free, taken off, and opened again. */
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
    notTheirs: scene(notTheirsFacts, notTheirsView),
  },
  listen: {
    askingTime: listenForTime,
    choosingReading: listenForTime,
    confirming: listenForYes("absence.agreed"),
    confirmingOpening: listenForYes("opening.agreed"),
  },
  // "Jonas is sick today": words about a colleague's time.
  isOpenedBy: async (text, turn) => {
    const { ids, rest } = await namedIn(text, turn);
    return ids.length > 0 && parseTimeOff(rest, { nowMs: turn.nowMs, ...turn.reader }) !== undefined;
  },
  isLoud: () => false,
  mayBeAsked: true,
});
