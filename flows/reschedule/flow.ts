import {
  cancelsSession,
  chosenAmong,
  doubtAmong,
  type Shown,
  wantsOthers,
  wantsOut,
} from "../../src/choosing/offered-times.ts";
import { typedReason } from "../../src/choosing/reason.ts";
import { seeSession } from "../../src/choosing/session.ts";
import { textOfTimes } from "../../src/choosing/times.ts";
import {
  noSessionsView,
  offeredSessionsFacts,
  offeredSessionsView,
  roleFacts,
  sessionSaid,
} from "../../src/choosing/which-session.ts";
import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { localDateOf } from "../../src/domain/zone.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { commands, movable, sideOf } from "./commands.ts";
import { choosingTimeFacts, methodsFacts, movingFacts, offeringFitsFacts, offeringNearestFacts } from "./facts.ts";
import { rescheduleMachine } from "./machine.ts";
import { type RescheduleContext, rescheduleContext } from "./machine-parts.ts";
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
  return async (text: string, context: RescheduleContext, turn: Turn): Promise<Heard> => {
    if (wantsOut(text)) return { event: { type: "move.dropped" } };
    if (cancelsSession(text)) return undefined;
    const offered = await shown(context, turn);
    const times = doubtAmong(text, offered, turn.nowMs);
    if (times !== undefined) return { event: { type: "times.said", times: textOfTimes(times), shift: "" } };
    const startsAtMs = chosenAmong(text, offered, turn.nowMs);
    if (startsAtMs !== undefined) return { event: { type: "slot.chosen", startsAtMs } };
    const wanted = readWanted(text, turn, offered.reader.zone);
    if (wanted !== undefined) return { event: { type: "times.said", ...wanted } };
    if (!wantsOthers(text)) return undefined;
    const { nextDay } = offered;
    return { event: nextDay === undefined ? { type: "times.wanted" } : { type: "day.chosen", day: nextDay } };
  };
}

/** While nothing is offered yet: when, or never mind. */
async function listenForTime(text: string, _context: RescheduleContext, turn: Turn): Promise<Heard> {
  if (wantsOut(text)) return { event: { type: "move.dropped" } };
  if (cancelsSession(text)) return undefined;
  const wanted = readWanted(text, turn, turn.reader.zone);
  return wanted === undefined ? undefined : { event: { type: "times.said", ...wanted } };
}

/** A clear yes or no to the review card, another time, or why. */
async function listenForYes(text: string, context: RescheduleContext, turn: Turn): Promise<Heard> {
  const { intent, certainty } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "move.agreed" } };
  const booking = (await seeSession(context.bookingId, turn))?.booking;
  const zone = booking?.frozen.location?.timezone ?? turn.reader.zone;
  const day = context.startsAtMs === undefined ? undefined : localDateOf(zone, context.startsAtMs);
  const wanted = intent === "change" || intent === "inform" ? readWanted(text, turn, zone, day) : undefined;
  if (wanted !== undefined) return { event: { type: "times.said", ...wanted } };
  if (wantsOthers(text) && intent !== "negate") return { event: { type: "times.wanted" } };
  if (intent === "negate" || intent === "abort" || wantsOut(text)) return { event: { type: "move.dropped" } };
  const isElse = ["book", "find_slots", "list_upcoming", "help", "greeting", "reschedule", "cancel"].includes(intent);
  if (isElse && certainty >= 0.7) return undefined;
  return { event: { type: "reason.typed", reason: typedReason(text) } };
}

async function listenForForce(text: string): Promise<Heard> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "move.forced" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "times.wanted" } } : undefined;
}

async function listenForSession(text: string, _context: RescheduleContext, turn: Turn): Promise<Heard> {
  return sessionSaid(text, turn, movable[sideOf(turn)]);
}

/** Somebody moves a session of theirs: the client asks, the practitioner does (D4.5, D3.8). */
export const rescheduleFlow = defineFlow<RescheduleContext>({
  name: "reschedule",
  version: 1,
  roles: ["client", "practitioner"],
  machine: rescheduleMachine,
  context: rescheduleContext,
  begin: ({ bookingId }) => ({ page: 0, ...(typeof bookingId === "string" ? { bookingId } : {}) }),
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
  // What the practitioner answers comes as a notice; this card only shows it.
  isLoud: () => false,
});
