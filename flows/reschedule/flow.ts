import {
  cancelsSession,
  chosenIn,
  doubtAmong,
  type Shown,
  wantsOthers,
  wantsOut,
} from "../../src/choosing/offered-times.ts";
import { typedReason } from "../../src/choosing/reason.ts";
import { seeSession } from "../../src/choosing/session.ts";
import { timesInText } from "../../src/choosing/times.ts";
import {
  noSessionsView,
  offeredInText,
  offeredSessionsFacts,
  offeredSessionsView,
  roleFacts,
  sessionSaid,
} from "../../src/choosing/which-session.ts";
import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn, textOr } from "../../src/conversation/kept-context.ts";
import { localDateOf } from "../../src/domain/zone.ts";
import { given } from "../../src/given.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { commands, movable, sideOf } from "./commands.ts";
import { type RescheduleContext, rescheduleContext } from "./context.ts";
import type { RescheduleEvent } from "./events.ts";
import { choosingTimeFacts, methodsFacts, movingFacts, offeringFitsFacts, offeringNearestFacts } from "./facts.ts";
import { rescheduleInput } from "./input.ts";
import { rescheduleMachine } from "./machine.ts";
import {
  askedView,
  choosingMethodView,
  choosingTimeView,
  forcingView,
  momentView,
  movedView,
  noTimesView,
  offeringFitsView,
  offeringNearestView,
  overView,
  refusedView,
  reviewingView,
  settledView,
} from "./views.ts";
import { readWanted } from "./wanted.ts";

/** Typed words while times are offered: one of them, other ones, or when else. */
function listenAmong(shown: (context: RescheduleContext, turn: Turn) => Promise<Shown>) {
  return async (text: string, context: RescheduleContext, turn: Turn): Promise<Heard<RescheduleEvent>> => {
    if (wantsOut(text)) return { event: { type: "move.dropped" } };
    if (cancelsSession(text)) return undefined;
    const offered = await shown(context, turn);
    const times = doubtAmong(text, offered, turn.nowMs);
    if (times !== undefined) return { event: { type: "times.said", wanted: { times } } };
    const startsAtMs = chosenIn(offered, turn);
    if (startsAtMs !== undefined) return { event: { type: "slot.chosen", startsAtMs } };
    const wanted = readWanted(text, turn, offered.reader.zone);
    if (wanted !== undefined) return { event: { type: "times.said", wanted } };
    if (!wantsOthers(text)) return undefined;
    const { nextDay } = offered;
    return { event: nextDay === undefined ? { type: "times.wanted" } : { type: "day.chosen", day: nextDay } };
  };
}

/** While nothing is offered yet: when, or never mind. */
async function listenForTime(text: string, _context: RescheduleContext, turn: Turn): Promise<Heard<RescheduleEvent>> {
  if (wantsOut(text)) return { event: { type: "move.dropped" } };
  if (cancelsSession(text)) return undefined;
  const wanted = readWanted(text, turn, turn.reader.zone);
  return wanted === undefined ? undefined : { event: { type: "times.said", wanted } };
}

/** A clear yes or no to the review card, another time, or why. */
async function listenForYes(text: string, context: RescheduleContext, turn: Turn): Promise<Heard<RescheduleEvent>> {
  const { intent, certainty } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "move.agreed" } };
  const booking = (await seeSession(context.bookingId, turn))?.booking;
  const zone = booking?.frozen.location?.timezone ?? turn.reader.zone;
  const day = context.startsAtMs === undefined ? undefined : localDateOf(zone, context.startsAtMs);
  const wanted = intent === "change" || intent === "inform" ? readWanted(text, turn, zone, day) : undefined;
  if (wanted !== undefined) return { event: { type: "times.said", wanted } };
  if (wantsOthers(text) && intent !== "negate") return { event: { type: "times.wanted" } };
  if (intent === "negate" || intent === "abort" || wantsOut(text)) return { event: { type: "move.dropped" } };
  const isElse = ["book", "find_slots", "list_upcoming", "help", "greeting", "reschedule", "cancel"].includes(intent);
  if (isElse && certainty >= 0.7) return undefined;
  return { event: { type: "reason.typed", reason: typedReason(text) } };
}

async function listenForForce(text: string): Promise<Heard<RescheduleEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "move.forced" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "times.wanted" } } : undefined;
}

async function listenForSession(
  text: string,
  _context: RescheduleContext,
  turn: Turn,
): Promise<Heard<RescheduleEvent>> {
  return sessionSaid(text, turn, movable[sideOf(turn)]);
}

/** Somebody moves a session of theirs: the client asks, the practitioner does (D4.5, D3.8). */
export const rescheduleFlow = defineFlow({
  name: "reschedule",
  version: 2,
  roles: ["client", "practitioner"],
  machine: rescheduleMachine,
  context: rescheduleContext,
  input: rescheduleInput,
  begin: ({ bookingId }) => ({ page: 0, bookingId }),
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
    forcing: scene(movingFacts, forcingView),
    moved: scene(movingFacts, movedView),
    asked: scene(movingFacts, askedView),
    settled: scene(movingFacts, settledView),
    over: scene(movingFacts, overView),
  },
  listen: {
    choosingSession: listenForSession,
    choosingMethod: listenForTime,
    choosingTime: listenAmong(choosingTimeFacts),
    offeringFits: listenAmong(offeringFitsFacts),
    offeringNearest: listenAmong(offeringNearestFacts),
    noTimes: listenForTime,
    reviewing: listenForYes,
    forcing: listenForForce,
  },
  mayBeAsked: true,
  // The practitioner's answer comes as a notice. This card only shows it.
  isLoud: () => false,
  migrate: {
    // Version 1 kept sessions, times and the reason for a refusal as texts.
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
