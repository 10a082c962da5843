import { defineFlow, scene } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn, listIn } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import { commands } from "./commands.ts";
import { absenceFacts, askingFacts, listFacts, notTheirsFacts, readingsFacts } from "./facts.ts";
import { hearTime, hearUndo, openOnTimeOff } from "./hear.ts";
import { absenceInput } from "./input.ts";
import { absenceContext, absenceMachine } from "./machine.ts";
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

/** A practitioner's time, or for admins a colleague's: blocked, taken off, and unblocked. */
export const absenceFlow = defineFlow({
  name: "absence",
  version: 2,
  roles: ["practitioner"],
  machine: absenceMachine,
  context: absenceContext,
  input: absenceInput,
  begin: ({ type, ...said }) => ({ wanted: type, ...said }),
  again: () => ({ type: "list.asked" }),
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
  opensOn: {
    block: openOnTimeOff,
    "be away": openOnTimeOff,
    "be sick": openOnTimeOff,
    "open time": openOnTimeOff,
    "list time off": openOnTimeOff,
  },
  answers: {
    confirming: { yes: { event: { type: "absence.agreed" }, to: "block" }, no: { type: "absence.dropped" } },
    confirmingOpening: { yes: { event: { type: "opening.agreed" }, to: "confirm" }, no: { type: "absence.dropped" } },
  },
  hears: {
    askingTime: hearTime,
    choosingReading: hearTime,
    confirming: hearTime,
    confirmingOpening: hearTime,
    done: hearUndo,
  },
  isLoud: () => false,
  mayBeAsked: true,
  migrate: {
    // Version 1 stored ranges and readings as JSON, and ids in one text.
    1: ({ state, context }) => {
      const { stretches, readings, ids, ...rest } = fieldsOf(context);
      const kept = {
        stretches: jsonIn(stretches),
        readings: jsonIn(readings),
        ids: ids === undefined ? undefined : listIn(ids),
      };
      return { state, context: { ...rest, ...given(kept) } };
    },
  },
});
