import { defineFlow, scene } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn, listIn } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import { parseTimeOff } from "../../src/language/when/time-off.ts";
import { commands, listenForTime, listenForYes } from "./commands.ts";
import { absenceFacts, askingFacts, listFacts, namedIn, notTheirsFacts, readingsFacts } from "./facts.ts";
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

/** A practitioner's time, their own or as an admin a colleague's: kept free, taken off, and opened again. */
export const absenceFlow = defineFlow({
  name: "absence",
  version: 2,
  roles: ["practitioner"],
  machine: absenceMachine,
  context: absenceContext,
  input: absenceInput,
  begin: ({ type }) => ({ wanted: type }),
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
  listen: {
    askingTime: listenForTime,
    choosingReading: listenForTime,
    confirming: listenForYes("absence.agreed"),
    confirmingOpening: listenForYes("opening.agreed"),
  },
  // "Jonas is sick today": words about a colleague's time.
  isOpenedBy: async (text, turn) => {
    const { ids, rest } = await namedIn(text, turn);
    const isTheirs = ids.length > 0 && parseTimeOff(rest, { nowMs: turn.nowMs, ...turn.reader }) !== undefined;
    return isTheirs ? { type: "absence.asked" } : undefined;
  },
  isLoud: () => false,
  mayBeAsked: true,
  migrate: {
    // Version 1 kept stretches and readings as JSON, ids as a text.
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
