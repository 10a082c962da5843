import { typedReason } from "../../src/choosing/reason.ts";
import {
  noSessionsView,
  offeredSessionsFacts,
  offeredSessionsView,
  roleFacts,
  sessionSaid,
} from "../../src/choosing/which-session.ts";
import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { cancellable, commands } from "./commands.ts";
import { cancelFacts } from "./facts.ts";
import { type CancelContext, cancelContext, cancelMachine } from "./machine.ts";
import {
  askedView,
  askingView,
  blockedView,
  cancelledView,
  momentView,
  overView,
  restoredView,
  reviewingView,
  withdrawingView,
} from "./views.ts";

/** A clear yes or no to the card, or why; "cancel" alone stops the talk about it, never the session. */
async function listenForYes(text: string): Promise<Heard> {
  const { intent, certainty } = understand(text, { pending: "confirm" });
  if (intent === "affirm" || isYesCancel(text)) return { event: { type: "cancel.agreed" } };
  if (intent === "negate" || intent === "abort") return { event: { type: "cancel.dropped" } };
  return isElse(intent, certainty, text) ? undefined : { event: { type: "reason.typed", reason: typedReason(text) } };
}

async function listenForAsking(text: string): Promise<Heard> {
  const { intent, certainty } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "exception.asked" } };
  if (intent === "negate" || intent === "abort") return { event: { type: "cancel.dropped" } };
  return isElse(intent, certainty, text) ? undefined : { event: { type: "reason.typed", reason: typedReason(text) } };
}

async function listenForWithdrawal(text: string): Promise<Heard> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm" || isYesCancel(text)) return { event: { type: "cancel.agreed" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "cancel.dropped" } } : undefined;
}

async function listenForSession(text: string, _context: CancelContext, turn: Turn): Promise<Heard> {
  return sessionSaid(text, turn, cancellable[turn.actor.kind === "practitioner" ? "practitioner" : "client"]);
}

/** "Yes, cancel it", on a card that asks just that. */
function isYesCancel(text: string): boolean {
  return /^(yes|yeah|yep|ok|okay|sure|please)[, ]+(please )?(cancel|withdraw)( (it|that|this|the session))?( please)?$/.test(
    normalise(text),
  );
}

/** Words about other sessions, or about the desk, are for the router. */
function isElse(intent: string, certainty: number, text: string): boolean {
  // "I cannot come" is why; "cancel my other one" is another matter.
  if (intent === "cancel" && !/\bcancel/i.test(text)) return false;
  const others = ["book", "find_slots", "list_upcoming", "help", "greeting", "reschedule", "cancel"];
  return certainty >= 0.7 && others.includes(intent);
}

/** Somebody cancels a session of theirs: the client under the policy, the practitioner with a message. */
export const cancelFlow = defineFlow<CancelContext>({
  name: "cancel",
  version: 1,
  roles: ["client", "practitioner"],
  machine: cancelMachine,
  context: cancelContext,
  begin: ({ bookingId }) => ({
    late: false,
    justPassed: false,
    ...(typeof bookingId === "string" ? { bookingId } : {}),
  }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(() => undefined, momentView),
    choosingSession: scene(offeredSessionsFacts, offeredSessionsView),
    nothing: scene(roleFacts, noSessionsView),
    looking: scene(() => undefined, momentView),
    reviewing: scene(cancelFacts, reviewingView),
    withdrawing: scene(cancelFacts, withdrawingView),
    blocked: scene(cancelFacts, blockedView),
    asking: scene(cancelFacts, askingView),
    asked: scene(cancelFacts, askedView),
    cancelled: scene(cancelFacts, cancelledView),
    restored: scene(cancelFacts, restoredView),
    over: scene(cancelFacts, overView),
  },
  listen: {
    choosingSession: listenForSession,
    reviewing: listenForYes,
    withdrawing: listenForWithdrawal,
    asking: listenForAsking,
    cancelled: async (text): Promise<Heard> =>
      /^(undo|take (it|that) back|i changed my mind|oops)\b/.test(normalise(text))
        ? { event: { type: "undo.chosen" } }
        : undefined,
  },
  mayBeAsked: true,
  // What others do to the session is told in notices; this card only shows it.
  isLoud: () => false,
});
