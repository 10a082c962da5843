import type { Talks } from "../../src/cards/talks.ts";
import { sessionMeant } from "../../src/choosing/which-session.ts";
import { type Commands, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { sureActs, sureQuestion } from "../../src/conversation/hear.ts";
import { missSession, noteLateness, unmissSession, waiveCost } from "../../src/desk/booking/attendance.ts";
import { withdrawBooking } from "../../src/desk/booking/decide.ts";
import { withdrawChange } from "../../src/desk/changes/change.ts";
import { markPaid } from "../../src/desk/payments/refunds.ts";
import { longestDelay, maySayLate, sayRunningLate } from "../../src/desk/telling/running-late.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { dayMs } from "../../src/domain/units.ts";
import { given } from "../../src/given.ts";
import type { Act } from "../../src/language/intent/act.ts";
import { type Reading, saysYes } from "../../src/language/reading.ts";
import { detailFacts, listingFacts } from "./facts.ts";
import { bookingsInput } from "./input.ts";
import {
  type BookingsContext,
  type BookingsEvent,
  type BookingsOrder,
  bookingsContext,
  bookingsMachine,
} from "./machine.ts";
import { askingWithdrawalView, choosingDelayView, listingView, showingView } from "./views.ts";

/** The card is redrawn from the database. */
const changed = { type: "session.changed" } as const;

const commands: Commands<BookingsOrder, BookingsEvent> = {
  openBookings: async ({ bookingId, late }, turn) => {
    if (bookingId !== undefined) return { type: "booking.opened", bookingId };
    const near = late ? await nearSession(turn) : undefined;
    return near === undefined ? { type: "list.opened" } : { type: "near.found", bookingId: near.id };
  },
  withdrawBooking: change((turn, bookingId) => withdrawBooking(turn, turn.actor, bookingId)),
  startReschedule: async ({ bookingId }, turn) => {
    turn.begin({ flow: "reschedule", input: { type: "reschedule.asked", ...given({ bookingId }) }, where: "here" });
    return undefined;
  },
  startCancel: async ({ bookingId }, turn) => {
    turn.begin({ flow: "cancel", input: { type: "cancel.asked", ...given({ bookingId }) }, where: "here" });
    return undefined;
  },
  withdrawChange: change((turn, bookingId) => withdrawChange(turn, turn.actor, bookingId)),
  answerChange: async ({ requestId }, turn) => {
    turn.begin({ flow: "change", input: { type: "change.asked", requestId }, where: "here" });
    return undefined;
  },
  noteAbsence: change((turn, bookingId) => missSession(turn, turn.actor, bookingId)),
  undoAbsence: change((turn, bookingId) => unmissSession(turn, turn.actor, bookingId)),
  noteLateness: change((turn, bookingId) => noteLateness(turn, turn.actor, bookingId)),
  waiveCost: change((turn, bookingId) => waiveCost(turn, turn.actor, bookingId)),
  markPaid: change((turn, bookingId) => markPaid(turn, turn.actor, bookingId)),
  showAnswers: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return undefined;
    turn.begin({ flow: "answers", input: { type: "answers.wanted", bookingId }, where: "below" });
    return undefined;
  },
  tellDelay: async ({ bookingId, minutes }, turn) => {
    const isTold = bookingId !== undefined && (await sayRunningLate(turn, turn.actor, bookingId, minutes));
    return isTold ? { type: "delay.told", minutes } : changed;
  },
  answerRequest: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return undefined;
    turn.begin(
      turn.actor.kind === "practitioner"
        ? { flow: "review", input: { type: "review.asked", bookingId }, where: "here" }
        : { flow: "proposal", input: { type: "proposal.asked", bookingId }, where: "here" },
    );
    return undefined;
  },
  startBooking: async ({ serviceId }, turn) => {
    turn.begin({ flow: "book", input: { type: "book", ...given({ serviceId }) }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

/** A command that changes the session on the card. The card is redrawn afterwards. */
function change(make: (turn: Turn, bookingId: string) => Promise<unknown>) {
  return async ({ bookingId }: { readonly bookingId?: string }, turn: Turn) => {
    if (bookingId !== undefined) await make(turn, bookingId);
    return changed;
  };
}

/** The session this person may be late for now. Undefined: none, or more than one. */
async function nearSession({ actor, books, practice, nowMs }: Turn): Promise<Booking | undefined> {
  const around = { statuses: ["confirmed"], fromMs: nowMs - dayMs, toMs: nowMs + dayMs, order: "asc" } as const;
  const found =
    actor.kind === "client"
      ? await books.bookings.listForClient(practice.id, actor.clientId, around)
      : actor.kind === "practitioner"
        ? await books.bookings.listForPractitioner(practice.id, actor.practitionerId, around)
        : [];
  const may: Booking[] = [];
  for (const booking of found) if (await maySayLate(books, booking, nowMs)) may.push(booking);
  const [only, ...more] = may;
  return more.length === 0 ? only : undefined;
}

type Input = Talks["bookings"];

/** "I can't make Friday" shows the session on Friday, so that it can be moved or cancelled (W5). */
async function openOnCannot({ object }: Act, _reading: Reading, turn: Turn): Promise<Input | undefined> {
  if (object.when === undefined && object.names.length === 0 && object.refs.length === 0) return undefined;
  const found = await sessionMeant(object, turn, ["requested", "proposed", "confirmed"]);
  return found.type === "session.found"
    ? { type: "booking.opened", bookingId: found.bookingId, note: "cannot" }
    : undefined;
}

/** "Cancel it" and "an hour later", said while a session is shown, are about that session. */
function hearAboutSession(reading: Reading): Heard<BookingsEvent> {
  const [act, ...more] = sureActs(reading);
  if (act === undefined) return reading.shift === undefined ? undefined : { event: { type: "reschedule.wanted" } };
  const { names, when, refs, move } = act.object;
  const isThis = names.length === 0 && when === undefined && !refs.some((ref) => ref !== "it");
  if (more.length > 0 || !isThis || act.reason !== undefined) return undefined;
  if (act.verb === "cancel") return { event: { type: "cancel.wanted" } };
  return act.verb === "move" && move?.to === undefined ? { event: { type: "reschedule.wanted" } } : undefined;
}

/** "Running 10 min late": the minutes, if they can be announced. */
function delaySaid({ when }: Reading): number | undefined {
  const minutes = when?.want.minutes;
  return minutes !== undefined && minutes >= 1 && minutes <= longestDelay ? Math.round(minutes) : undefined;
}

/** "20 minutes", or a yes to the delay that the words before named. */
function hearDelay(reading: Reading, { saidLate }: BookingsContext): Heard<BookingsEvent> {
  const isOther = reading.names.length > 0 || sureActs(reading).some(({ verb }) => verb !== "be late");
  const minutes = isOther ? undefined : delaySaid(reading);
  if (minutes !== undefined) return { event: { type: "delay.chosen", minutes } };
  return saidLate !== undefined && saysYes(reading, "send")
    ? { event: { type: "delay.chosen", minutes: saidLate } }
    : undefined;
}

/** A person's coming and past sessions. */
export const bookingsFlow = defineFlow({
  name: "bookings",
  version: 2,
  roles: ["client", "practitioner"],
  machine: bookingsMachine,
  context: bookingsContext,
  input: bookingsInput,
  begin: (input) => ({
    past: input.type === "past",
    ...(input.type === "late" ? { late: true, ...given({ saidLate: input.minutes }) } : {}),
    page: 0,
    ...(input.type === "booking.opened" ? given({ bookingId: input.bookingId, note: input.note }) : {}),
  }),
  again: (bookingId) => (bookingId === undefined ? { type: "bookings" } : { type: "booking.opened", bookingId }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(listingFacts, listingView),
    listing: scene(listingFacts, listingView),
    showing: scene(detailFacts, showingView),
    askingWithdrawal: scene(detailFacts, askingWithdrawalView),
    choosingDelay: scene(detailFacts, choosingDelayView),
  },
  // "Who's next?" may be about tomorrow's first session.
  opensOnQuestion: (reading, { actor }) => {
    const asked = sureQuestion(reading);
    const isNext = asked?.about === "day" && asked.when === undefined && /\bnext\b/.test(reading.said);
    return isNext && actor.kind === "practitioner" ? { type: "bookings" } : undefined;
  },
  opensOn: {
    list: (_act, { said }) => ({ type: /\b(?:past|previous|last|history)\b/.test(said) ? "past" : "bookings" }),
    join: () => ({ type: "bookings" }),
    "be late": (_act, reading) => ({ type: "late", ...given({ minutes: delaySaid(reading) }) }),
    cannot: openOnCannot,
  },
  answers: {
    showing: { no: { type: "session.kept" } },
    askingWithdrawal: {
      yes: { event: { type: "withdrawal.agreed" }, to: "withdraw" },
      no: { type: "withdrawal.dropped" },
    },
  },
  hears: { showing: hearAboutSession, choosingDelay: hearDelay },
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
  // The context kept its form. Only the cards' events changed.
  migrate: { 1: (old) => old },
});
