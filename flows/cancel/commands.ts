import { takeReason } from "../../src/choosing/reason.ts";
import { seeSession } from "../../src/choosing/session.ts";
import { sessionMeant } from "../../src/choosing/which-session.ts";
import type { Commands, Turn } from "../../src/conversation/flow.ts";
import { withdrawBooking } from "../../src/desk/booking/decide.ts";
import { cancelBooking, cancellationOf } from "../../src/desk/changes/cancel.ts";
import { askException, withdrawChange } from "../../src/desk/changes/change.ts";
import { undoCancellation } from "../../src/desk/changes/undo-cancellation.ts";
import type { BookingStatus } from "../../src/domain/booking.ts";
import type { CancelEvent, CancelOrder, CancelStanding } from "./machine.ts";

/** The statuses that each side may cancel. Only clients withdraw requests. */
const cancellable: Readonly<Record<"client" | "practitioner", readonly BookingStatus[]>> = {
  client: ["requested", "proposed", "confirmed"],
  practitioner: ["confirmed"],
};

/** The sessions this person may cancel. */
export function cancellableBy({ actor }: Turn): readonly BookingStatus[] {
  return cancellable[actor.kind === "practitioner" ? "practitioner" : "client"];
}

/** The commands of the cancelling machine. After each one the session is read again. */
export const commands: Commands<CancelOrder, CancelEvent> = {
  findSession: async ({ bookingId, offered }, turn) => {
    if (bookingId !== undefined) return { type: "session.found", bookingId };
    if (offered !== undefined) return { type: "sessions.offered", offered };
    return sessionMeant({ names: [], refs: [] }, turn, cancellableBy(turn));
  },

  look: async ({ bookingId }, turn) => look(bookingId, turn),

  cancelBooking: async ({ bookingId, late, typedReason }, turn) => {
    const booking = (await seeSession(bookingId, turn))?.booking;
    if (booking === undefined) return look(bookingId, turn);
    const required = turn.actor.kind === "client" && booking.frozen.cancellation.reasonRequired === true;
    const reason = takeReason(turn, typedReason, required);
    if (reason === undefined) return undefined;
    const result = await cancelBooking(turn, turn.actor, booking.id, { late, reason });
    return !result.ok && result.refusal === "cost-changed" ? { type: "cost.changed" } : look(bookingId, turn);
  },

  withdrawBooking: async ({ bookingId }, turn) => {
    if (bookingId !== undefined) await withdrawBooking(turn, turn.actor, bookingId);
    return look(bookingId, turn);
  },

  askException: async ({ bookingId, typedReason }, turn) => {
    const booking = (await seeSession(bookingId, turn))?.booking;
    if (booking === undefined) return look(bookingId, turn);
    const reason = takeReason(turn, typedReason, booking.frozen.cancellation.reasonRequired === true);
    if (reason === undefined) return undefined;
    await askException(turn, turn.actor, booking.id, reason);
    return look(bookingId, turn);
  },

  withdrawChange: async ({ bookingId }, turn) => {
    if (bookingId !== undefined) await withdrawChange(turn, turn.actor, bookingId);
    return look(bookingId, turn);
  },

  undoCancellation: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return look(bookingId, turn);
    const undone = await undoCancellation(turn, turn.actor, bookingId);
    return undone.ok ? { type: "cancellation.undone" } : look(bookingId, turn);
  },

  showSession: async ({ bookingId }, turn) => {
    const input =
      bookingId === undefined ? bookingsList : ({ type: "booking.opened", bookingId, note: "kept" } as const);
    turn.begin({ flow: "bookings", input, where: "here" });
    return undefined;
  },

  startBooking: async (_order, turn) => {
    turn.begin({ flow: "book", input: { type: "book" }, where: "here" });
    return undefined;
  },
};

const bookingsList = { type: "bookings" } as const;

async function look(bookingId: string | undefined, turn: Turn): Promise<CancelEvent> {
  return { type: "standing.seen", ...(await standingOf(bookingId, turn)) };
}

/** Whether and how this person may cancel the session now. */
async function standingOf(bookingId: string | undefined, turn: Turn): Promise<{ as: CancelStanding; late: boolean }> {
  const seen = await seeSession(bookingId, turn);
  if (seen === undefined) return { as: "over", late: false };
  const { booking, role, nowMs } = seen;
  const { status } = booking;
  if (status === "cancelled" || status === "late_cancelled") return { as: "cancelled", late: false };
  if (role === "practitioner") {
    return { as: status === "confirmed" && nowMs < booking.endsAtMs ? "open" : "over", late: false };
  }
  if (status === "requested" || status === "proposed") return { as: "requested", late: false };
  if (status !== "confirmed") return { as: "over", late: false };
  const decision = cancellationOf(booking, nowMs);
  if (decision.ok) return { as: "open", late: decision.late };
  if (decision.refusal !== "ask") return { as: "blocked", late: false };
  const open = await turn.books.changes.findOpenRequest(booking.id);
  return { as: open?.kind === "cancel" ? "asked" : "ask", late: false };
}
