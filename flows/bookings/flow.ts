import { type Command, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { missSession, noteLateness, unmissSession, waiveCost } from "../../src/desk/booking/attendance.ts";
import { withdrawBooking } from "../../src/desk/booking/decide.ts";
import { withdrawChange } from "../../src/desk/changes/change.ts";
import { markPaid } from "../../src/desk/payments/refunds.ts";
import { maySayLate, sayRunningLate } from "../../src/desk/telling/running-late.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { dayMs } from "../../src/domain/units.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { parseShift } from "../../src/language/intent/reference.ts";
import { detailFacts, listingFacts } from "./facts.ts";
import { type BookingsContext, type BookingsOrders, bookingsContext, bookingsMachine } from "./machine.ts";
import { askingWithdrawalView, choosingDelayView, listingView, showingView } from "./views.ts";

type Commands = { readonly [Type in keyof BookingsOrders]: Command<BookingsOrders[Type]> };

/** The card is drawn from the books again. */
const changed = { type: "booking.changed", status: "" } as const;

const commands: Commands = {
  openBookings: async ({ bookingId, late }, turn) => {
    if (bookingId !== "") return { type: "booking.opened", bookingId };
    const near = late ? await nearSession(turn) : undefined;
    return near === undefined ? { type: "list.opened" } : { type: "near.found", bookingId: near.id };
  },
  withdrawBooking: async ({ bookingId }, turn) => {
    await withdrawBooking(turn, turn.actor, bookingId);
    return { type: "booking.changed", status: "" };
  },
  startReschedule: async ({ bookingId }, turn) => {
    turn.begin({ flow: "reschedule", input: { type: "reschedule.asked", bookingId }, where: "here" });
    return undefined;
  },
  startCancel: async ({ bookingId }, turn) => {
    turn.begin({ flow: "cancel", input: { type: "cancel.asked", bookingId }, where: "here" });
    return undefined;
  },
  withdrawWish: async ({ bookingId }, turn) => {
    await withdrawChange(turn, turn.actor, bookingId);
    return changed;
  },
  answerWish: async ({ requestId }, turn) => {
    turn.begin({ flow: "change", input: { type: "change.asked", requestId }, where: "here" });
    return undefined;
  },
  noteAbsence: async ({ bookingId }, turn) => {
    await missSession(turn, turn.actor, bookingId);
    return changed;
  },
  undoAbsence: async ({ bookingId }, turn) => {
    await unmissSession(turn, turn.actor, bookingId);
    return changed;
  },
  noteLateness: async ({ bookingId }, turn) => {
    await noteLateness(turn, turn.actor, bookingId);
    return changed;
  },
  waiveCost: async ({ bookingId }, turn) => {
    await waiveCost(turn, turn.actor, bookingId);
    return changed;
  },
  showAnswers: async ({ bookingId }, turn) => {
    turn.begin({ flow: "answers", input: { type: "answers.wanted", bookingId }, where: "below" });
    return undefined;
  },
  markPaid: async ({ bookingId }, turn) => {
    await markPaid(turn, turn.actor, bookingId);
    return changed;
  },
  tellDelay: async ({ bookingId, minutes }, turn) =>
    (await sayRunningLate(turn, turn.actor, bookingId, minutes)) ? { type: "delay.told", minutes } : changed,
  answerRequest: async ({ bookingId }, turn) => {
    const isTheirs = turn.actor.kind === "practitioner";
    turn.begin({
      flow: isTheirs ? "review" : "proposal",
      input: { type: isTheirs ? "review.asked" : "proposal.asked", bookingId },
      where: "here",
    });
    return undefined;
  },
  startBooking: async ({ serviceId }, turn) => {
    turn.begin({ flow: "book", input: { type: "book", ...(serviceId === "" ? {} : { serviceId }) }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

/** The session somebody may be late for now; undefined: none, or more than one. */
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

/** "Cancel it", "an hour later": said while a session is shown, about that one. */
async function listenAboutSession(text: string): Promise<Heard> {
  const { intent } = understand(text);
  if (intent === "cancel" && /\b(it|this|that)\b/i.test(text)) return { event: { type: "cancel.wanted" } };
  const isShift = parseShift(text) !== undefined;
  const isThis = isShift || (intent === "reschedule" && /\b(it|this|that)\b/i.test(text));
  return isThis ? { event: { type: "reschedule.wanted" } } : undefined;
}

/** The sessions one has and had. */
export const bookingsFlow = defineFlow<BookingsContext>({
  name: "bookings",
  version: 1,
  roles: ["client", "practitioner"],
  machine: bookingsMachine,
  context: bookingsContext,
  begin: ({ type, bookingId }) => ({
    past: type === "past",
    ...(type === "late" ? { late: true } : {}),
    page: 0,
    ...(typeof bookingId === "string" ? { bookingId } : {}),
  }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(listingFacts, listingView),
    listing: scene(listingFacts, listingView),
    showing: scene(detailFacts, showingView),
    askingWithdrawal: scene(detailFacts, askingWithdrawalView),
    choosingDelay: scene(detailFacts, choosingDelayView),
  },
  listen: { showing: listenAboutSession },
  reads: async (_text, _turn, input) => input,
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
});
