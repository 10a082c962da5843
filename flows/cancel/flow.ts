import { typedReason } from "../../src/choosing/reason.ts";
import {
  noSessionsView,
  offeredInText,
  offeredSessionsFacts,
  offeredSessionsView,
  roleFacts,
  sessionSaid,
} from "../../src/choosing/which-session.ts";
import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf } from "../../src/conversation/kept-context.ts";
import { normalise } from "../../src/conversation/router.ts";
import { given } from "../../src/given.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { cancellable, commands } from "./commands.ts";
import { cancelFacts } from "./facts.ts";
import { cancelInput } from "./input.ts";
import { type CancelContext, type CancelEvent, cancelContext, cancelMachine } from "./machine.ts";
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
async function listenForYes(text: string): Promise<Heard<CancelEvent>> {
  const { intent, certainty } = understand(text, { pending: "confirm" });
  if (intent === "affirm" || isYesCancel(text)) return { event: { type: "cancel.agreed" } };
  if ((intent === "negate" || intent === "abort") && !isInability(text)) return { event: { type: "cancel.dropped" } };
  return isElse(intent, certainty, text) ? undefined : { event: { type: "reason.typed", reason: typedReason(text) } };
}

async function listenForAsking(text: string): Promise<Heard<CancelEvent>> {
  const { intent, certainty } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "exception.asked" } };
  if ((intent === "negate" || intent === "abort") && !isInability(text)) return { event: { type: "cancel.dropped" } };
  return isElse(intent, certainty, text) ? undefined : { event: { type: "reason.typed", reason: typedReason(text) } };
}

async function listenForWithdrawal(text: string): Promise<Heard<CancelEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm" || isYesCancel(text)) return { event: { type: "cancel.agreed" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "cancel.dropped" } } : undefined;
}

async function listenForSession(text: string, _context: CancelContext, turn: Turn): Promise<Heard<CancelEvent>> {
  return sessionSaid(text, turn, cancellable[turn.actor.kind === "practitioner" ? "practitioner" : "client"]);
}

/** "I can't come" is the reason for a cancellation. The negation in it does not keep the session (W5). */
function isInability(text: string): boolean {
  return /\b(?:can't|cannot|won't be able to|unable to|not able to) (?:\w+ )?(?:come|make|attend|be there)\b/.test(
    normalise(text),
  );
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
export const cancelFlow = defineFlow({
  name: "cancel",
  version: 2,
  roles: ["client", "practitioner"],
  machine: cancelMachine,
  context: cancelContext,
  input: cancelInput,
  begin: ({ bookingId }) => ({ late: false, justPassed: false, bookingId }),
  again: (bookingId) => ({ type: "cancel.asked", ...given({ bookingId }) }),
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
    cancelled: async (text): Promise<Heard<CancelEvent>> =>
      /^(undo|take (it|that) back|i changed my mind|oops)\b/.test(normalise(text))
        ? { event: { type: "undo.chosen" } }
        : undefined,
  },
  mayBeAsked: true,
  // Notices tell what others do to the session. This card only shows it.
  isLoud: () => false,
  migrate: {
    // Version 1 kept the offered sessions as a text.
    1: ({ state, context }) => {
      const { ids, fits, ...rest } = fieldsOf(context);
      return { state, context: { ...rest, ...given({ offered: offeredInText({ ids, fits }) }) } };
    },
  },
});
