import { assign, emit } from "xstate";
import { given } from "../../src/given.ts";
import { dropping, rescheduling, sessionOf, standings, waysOn } from "./setup.ts";

/** A few times are offered, those that fit or the nearest. The person takes one, or asks for others. */
const amongTimes = rescheduling.createStateConfig({
  on: {
    "slot.chosen": { target: "reviewing", actions: "noteSlot" },
    "times.wanted": { target: "choosingTime", actions: "forgetTimes" },
    "times.said": { target: "choosingTime", actions: "noteTimes" },
    "went.back": { target: "choosingTime", actions: "forgetTimes" },
    ...dropping,
  },
});

/** Moving a session: the session, the method, the new time, and the status of the change request (D4.5). */
export const rescheduleMachine = rescheduling.createMachine({
  id: "reschedule",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "findSession",
        ...sessionOf(context),
        ...given({ offered: context.offered }),
      })),
      on: {
        "session.found": { target: "looking", actions: "noteSession" },
        "sessions.offered": { target: "choosingSession", actions: "noteOffered" },
        "sessions.none": "nothing",
      },
    },
    choosingSession: { on: { "session.chosen": { target: "looking", actions: "noteSession" }, ...waysOn } },
    nothing: { on: waysOn },
    looking: { entry: "look", on: standings },
    refused: { on: waysOn },
    choosingMethod: {
      entry: emit(({ context, event }) => ({
        type: "offerMethods",
        ...sessionOf(context),
        back: event.type === "went.back",
        hasTime: context.wanted !== undefined,
      })),
      on: {
        "method.chosen": { target: "choosingTime", actions: assign({ methodKey: ({ event }) => event.methodKey }) },
        "times.said": { target: "choosingMethod", reenter: true, actions: "noteTimes" },
        "went.back": { actions: "showSession" },
        ...dropping,
      },
    },
    choosingTime: {
      entry: [assign({ day: undefined, page: 0 }), "offerTimes"],
      on: {
        "day.chosen": { actions: assign({ day: ({ event }) => event.day, page: 0 }) },
        "times.paged": { actions: assign({ page: ({ event }) => event.page }) },
        "slot.chosen": { target: "reviewing", actions: "noteSlot" },
        "times.none": "noTimes",
        "fits.found": "offeringFits",
        "fits.none": {
          target: "offeringNearest",
          actions: assign({ wantedMs: ({ event }) => event.startsAtMs, notFree: true }),
        },
        "times.said": { target: "choosingTime", reenter: true, actions: "noteTimes" },
        "went.back": { target: "choosingMethod", actions: "forgetTimes" },
        ...dropping,
      },
    },
    offeringFits: amongTimes,
    offeringNearest: amongTimes,
    noTimes: {
      on: {
        "times.wanted": "choosingTime",
        "went.back": { target: "choosingMethod", actions: "forgetTimes" },
        ...dropping,
      },
    },
    reviewing: {
      entry: "forgetTimes",
      on: {
        "reason.typed": { actions: assign({ reason: ({ event }) => event.reason }) },
        "slot.chosen": { actions: "noteSlot" },
        "move.agreed": { actions: "moveIt" },
        "move.done": { target: "moved" },
        "move.asked": { target: "asked" },
        "hours.exceeded": { target: "forcing", actions: "keepReason" },
        "slot.lost": {
          target: "offeringNearest",
          actions: ["noteLost", "keepReason"],
        },
        "times.wanted": "choosingTime",
        "times.said": { target: "choosingTime", actions: "noteTimes" },
        "went.back": "choosingTime",
        ...standings,
        ...dropping,
      },
    },
    forcing: {
      on: {
        "move.forced": { actions: "forceIt" },
        "move.done": { target: "moved" },
        "slot.lost": {
          target: "offeringNearest",
          actions: ["noteLost", "keepReason"],
        },
        "times.wanted": "choosingTime",
        "times.said": { target: "choosingTime", actions: "noteTimes" },
        "went.back": "reviewing",
        ...standings,
        ...dropping,
      },
    },
    moved: { on: waysOn },
    asked: {
      on: {
        "change.withdrawn": {
          actions: emit(({ context }) => ({ type: "withdrawChange", ...sessionOf(context) })),
        },
        "booking.changed": {
          actions: emit(({ context }) => ({ type: "checkChange", ...sessionOf(context) })),
        },
        "change.settled": "settled",
        ...waysOn,
      },
    },
    settled: { on: waysOn },
    over: { on: { "booking.changed": { actions: "look" }, ...standings } },
  },
});
