import type { Talks } from "../../src/cards/talks.ts";
import { otherSessionMeant } from "../../src/choosing/other-session.ts";
import { dropsReason, reasonSaid, typedReason } from "../../src/choosing/reason.ts";
import {
  noSessionsView,
  offeredInText,
  offeredSessionsFacts,
  offeredSessionsView,
  roleFacts,
  sessionHeard,
  sessionMeant,
} from "../../src/choosing/which-session.ts";
import { defineFlow, type Field, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import type { Act } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { cancellableBy, commands } from "./commands.ts";
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

type Input = Talks["cancel"];

/** "Cancel Friday's, I am sick": the session that the words name, or those to choose from, and the reason. */
async function openOnCancel(act: Act, _reading: Reading, turn: Turn): Promise<Input> {
  const which = await sessionMeant(act.object, turn, cancellableBy(turn));
  const reason = reasonSaid(act, turn);
  const input = { type: "cancel.asked", ...given({ reason }) } as const;
  if (which.type === "session.found") return { ...input, bookingId: which.bookingId };
  return which.type === "sessions.offered" ? { ...input, offered: which.offered } : input;
}

/**
 * "I can't make Friday" means the session on Friday (W5). If there is none it excludes a day, which other flows handle.
 */
async function openOnCannot(act: Act, reading: Reading, turn: Turn): Promise<Input | undefined> {
  const { when, names, refs } = act.object;
  if (when === undefined && names.length === 0 && refs.length === 0) return undefined;
  const opened = await openOnCancel(act, reading, turn);
  return opened.bookingId !== undefined || opened.offered?.fits === true ? opened : undefined;
}

/** "No, the massage": the session that the words name instead of the card's. */
async function correctSession(reading: Reading, { bookingId }: CancelContext, turn: Turn): Promise<Input | undefined> {
  const other = await otherSessionMeant(reading, { bookingId, byTime: true }, turn, cancellableBy(turn));
  return other && { type: "cancel.asked", ...other };
}

const reasonField: Field<CancelContext, CancelEvent> = {
  isForOther: true,
  takes: (text) => ({ event: { type: "reason.typed", reason: typedReason(text) } }),
};

function hearReason(reading: Reading): Heard<CancelEvent> {
  return dropsReason(reading) ? { event: { type: "reason.typed", reason: "" } } : undefined;
}

function hearUndo({ acts }: Reading): Heard<CancelEvent> {
  return acts.some(({ verb }) => verb === "undo") ? { event: { type: "undo.chosen" } } : undefined;
}

/** A person cancels one of their sessions: a client under the policy, a practitioner with a message. */
export const cancelFlow = defineFlow({
  name: "cancel",
  version: 2,
  roles: ["client", "practitioner"],
  machine: cancelMachine,
  context: cancelContext,
  input: cancelInput,
  begin: ({ type: _type, ...asked }) => ({ late: false, justPassed: false, ...asked }),
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
  opensOn: {
    cancel: openOnCancel,
    cannot: openOnCannot,
    withdraw: (act, reading, turn) => (turn.actor.kind === "client" ? openOnCancel(act, reading, turn) : undefined),
  },
  answers: {
    choosingSession: { no: { type: "bookings.wanted" } },
    reviewing: { yes: { event: { type: "cancel.agreed" }, to: "cancel" }, no: { type: "cancel.dropped" } },
    withdrawing: { yes: { event: { type: "cancel.agreed" }, to: "withdraw" }, no: { type: "cancel.dropped" } },
    asking: { yes: { event: { type: "exception.asked" }, to: "send" }, no: { type: "cancel.dropped" } },
  },
  repeats: { reviewing: "cancel" },
  hears: {
    choosingSession: (reading, context, turn) => sessionHeard(reading, context, turn, cancellableBy(turn)),
    reviewing: hearReason,
    asking: hearReason,
    cancelled: hearUndo,
  },
  corrects: {
    reviewing: correctSession,
    withdrawing: correctSession,
    blocked: correctSession,
    asking: correctSession,
  },
  field: { reviewing: reasonField, asking: reasonField },
  mayBeAsked: true,
  // Notices tell what others do to the session, so this card needs no new message.
  isLoud: () => false,
  migrate: {
    // Version 1 stored the offered sessions in one text.
    1: ({ state, context }) => {
      const { ids, fits, ...rest } = fieldsOf(context);
      return { state, context: { ...rest, ...given({ offered: offeredInText({ ids, fits }) }) } };
    },
  },
});
