import { type Button, buttonOf, type Card } from "../../src/cards/card.ts";
import { type SessionSeen, seeSession, sessionFacts } from "../../src/choosing/session.ts";
import { type Answers, type Commands, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { sureActs } from "../../src/conversation/hear.ts";
import { joinLink } from "../../src/desk/booking/join-url.ts";
import { given } from "../../src/given.ts";
import type { Reading } from "../../src/language/reading.ts";
import { bookWords } from "../../src/words/book.ts";
import { statusNames } from "../../src/words/bookings.ts";
import { moment } from "../../src/words/instants.ts";
import { reminderWords } from "../../src/words/reminders.ts";
import { remindInput } from "./input.ts";
import { type RemindContext, type RemindEvent, type RemindOrder, remindContext, remindMachine } from "./machine.ts";

const button = buttonOf<RemindEvent>();

const commands: Commands<RemindOrder, RemindEvent> = {
  look: async (near, turn) => ({ type: (await stands(near, turn)) ? "session.stands" : "session.changed" }),
  startReschedule: async ({ bookingId }, turn) => {
    turn.begin({ flow: "reschedule", input: { type: "reschedule.asked", bookingId }, where: "here" });
    return undefined;
  },
  startCancel: async ({ bookingId }, turn) => {
    turn.begin({ flow: "cancel", input: { type: "cancel.asked", bookingId }, where: "here" });
    return undefined;
  },
};

/** Whether the session still takes place at the time of the reminder. */
async function stands({ bookingId, startsAtMs }: RemindContext, turn: Turn): Promise<boolean> {
  const booking = (await seeSession(bookingId, turn))?.booking;
  return booking?.status === "confirmed" && booking.startsAtMs === startsAtMs && startsAtMs > turn.nowMs;
}

interface RemindFacts {
  readonly seen?: SessionSeen;
  readonly startsAtMs: number;
}

async function remindFacts({ bookingId, startsAtMs }: RemindContext, turn: Turn): Promise<RemindFacts> {
  const seen = await seeSession(bookingId, turn);
  return { startsAtMs, ...given({ seen }) };
}

function nearView(facts: RemindFacts): Card<RemindEvent> {
  const { seen } = facts;
  if (seen === undefined) return overView(facts);
  return {
    summary: reminderWords.summary(seen.booking.frozen.publicName, moment(seen.booking.startsAtMs, seen.reader)),
    title: reminderWords.title,
    parts: [
      { type: "facts", facts: sessionFacts(seen) },
      {
        type: "buttons",
        role: "actions",
        buttons: [...joinButton(seen), button(reminderWords.coming, { type: "coming.said" }, "primary"), ...changes()],
      },
    ],
  };
}

/** Thanks the client. No other person is notified. */
function comingView(facts: RemindFacts): Card<RemindEvent> {
  const { seen } = facts;
  if (seen === undefined) return overView(facts);
  return {
    summary: reminderWords.comingTitle,
    title: reminderWords.comingTitle,
    tone: "good",
    parts: [
      { type: "facts", facts: sessionFacts(seen) },
      { type: "text", text: reminderWords.comingText },
      { type: "buttons", role: "actions", buttons: [...joinButton(seen), ...changes()] },
    ],
  };
}

function overView({ seen, startsAtMs }: RemindFacts): Card<RemindEvent> {
  const text =
    seen === undefined
      ? reminderWords.goneText
      : seen.booking.status === "confirmed" && seen.booking.startsAtMs !== startsAtMs
        ? reminderWords.movedText
        : reminderWords.changedText(statusNames[seen.booking.status]);
  return {
    summary: reminderWords.changedTitle,
    title: reminderWords.changedTitle,
    parts: [
      ...(seen === undefined ? [] : [{ type: "facts", facts: sessionFacts(seen) } as const]),
      { type: "text", text },
    ],
  };
}

function joinButton({ booking }: SessionSeen): Button<RemindEvent>[] {
  return booking.joinUrl === undefined ? [] : [{ label: bookWords.join, action: joinLink(booking) }];
}

function changes(): Button<RemindEvent>[] {
  return [
    button(reminderWords.reschedule, { type: "reschedule.wanted" }),
    button(reminderWords.cancel, { type: "cancel.wanted" }),
  ];
}

/** Orders about the session, said to its reminder. If the words are about another session, that session opens. */
function hearReminder(reading: Reading): Heard<RemindEvent> {
  const [act] = sureActs(reading);
  if (act?.verb === "keep") return { event: { type: "coming.said" } };
  if (act === undefined || act.object.names.length > 0 || act.object.when !== undefined) return undefined;
  if (act.verb === "cancel" || act.verb === "cannot") return { event: { type: "cancel.wanted" } };
  return act.verb === "move" && act.object.move?.to === undefined
    ? { event: { type: "reschedule.wanted" } }
    : undefined;
}

const answers: Answers<RemindEvent> = {
  yes: { event: { type: "coming.said" }, to: "confirm" },
  no: { type: "cancel.wanted" },
};

/** A client is reminded of a confirmed session. */
export const remindFlow = defineFlow({
  name: "remind",
  version: 1,
  roles: ["client"],
  machine: remindMachine,
  context: remindContext,
  input: remindInput,
  begin: ({ bookingId, startsAtMs }) => ({ bookingId, startsAtMs }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    near: scene(remindFacts, nearView),
    coming: scene(remindFacts, comingView),
    over: scene(remindFacts, overView),
  },
  answers: { near: answers, coming: answers },
  hears: { near: hearReminder, coming: hearReminder },
  // If the session was cancelled or moved between the timer and this turn, nothing is sent (D8.1).
  isDue: stands,
  isLoud: () => false,
});
