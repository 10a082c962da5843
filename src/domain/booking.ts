import type { Money } from "./money.ts";
import type { PaymentRule } from "./payment.ts";
import type { CancellationPolicy, DeliveryMethod, Location } from "./practice.ts";
import type { keptFields } from "./service.ts";
import { hourMs, minuteMs } from "./units.ts";

/** The states of a booking (D1.1). */
export const bookingStatuses = [
  "held",
  "requested",
  "proposed",
  "confirmed",
  "completed",
  "no_show",
  "declined",
  "expired",
  "withdrawn",
  "cancelled",
  "late_cancelled",
] as const;
export type BookingStatus = (typeof bookingStatuses)[number];

type KeptFields = Readonly<ReturnType<typeof keptFields>>;

/**
 * The service as it was when the client chose it: later edits do not change a booking (D2.3). The fields below are
 * computed for the chosen method and the practice's policies; `keptFields` copies the others.
 */
export interface FrozenService extends KeptFields {
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly price?: Money;
  /** When it is paid for; absent: it is free (D5.4). */
  readonly payment?: PaymentRule;
  readonly method: DeliveryMethod;
  /** The place of an in-person session. */
  readonly location?: Location;
  readonly cancellation: CancellationPolicy;
  readonly respondWithinMinutes: number;
  readonly terms?: { readonly id: string; readonly version: string; readonly text: string };
}

/** The aggregate root: one session, from the moment its time is held. */
export interface Booking {
  readonly id: string;
  readonly practiceId: string;
  readonly clientId: string;
  readonly practitionerId: string;
  readonly serviceId: string;
  /** The client package that pays for it; no money is due (D6.5). */
  readonly clientPackageId?: string;
  /** The plan it belongs to; one card answers all of its bookings. */
  readonly planId?: string;
  readonly status: BookingStatus;
  /** Incremented with every change, for compare-and-set. */
  readonly version: number;
  /** SEQUENCE of the calendar invitation: incremented when its content changes. */
  readonly sequence: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly frozen: FrozenService;
  readonly createdAtMs: number;
  readonly requestedAtMs?: number;
  readonly respondByMs?: number;
  readonly decidedAtMs?: number;
  /** The practitioner's message when declining, or with the times they propose. */
  readonly reason?: string;
  /** Which time would suit, in the client's words, after rejecting the proposed times; said at `requestedAtMs`. */
  readonly wish?: string;
  /** Set at confirmation, kept over moves, shown only after confirmation. */
  readonly joinUrl?: string;
  /** Who ended a confirmed session. */
  readonly cancelledBy?: "client" | "practitioner" | "system";
  /** How often the client moved it; absent: 0. */
  readonly reschedules?: number;
  /** How often the practitioner proposed other times; absent: 0. */
  readonly proposalRounds?: number;
  /** The desk's mail address when the booking was made: its invitation keeps it, whatever MAIL_FROM becomes (V8). */
  readonly organizer?: string;
}

/** The transitions of a booking; D4.10 to D4.22. */
export type BookingMove =
  | "request"
  | "auto-confirm"
  | "confirm"
  | "decline"
  | "withdraw"
  | "expire"
  | "propose"
  | "accept"
  | "counter"
  | "cancel"
  | "cancel-late"
  | "restore"
  | "miss"
  | "unmiss"
  | "complete"
  | "release";

const moves: Record<BookingMove, { readonly from: readonly BookingStatus[]; readonly to: BookingStatus | "gone" }> = {
  request: { from: ["held"], to: "requested" },
  "auto-confirm": { from: ["held"], to: "confirmed" },
  release: { from: ["held"], to: "gone" },
  /** Also while other times are proposed, if the requested one is still held. */
  confirm: { from: ["requested", "proposed"], to: "confirmed" },
  decline: { from: ["requested", "proposed"], to: "declined" },
  withdraw: { from: ["requested", "proposed"], to: "withdrawn" },
  expire: { from: ["requested", "proposed"], to: "expired" },
  propose: { from: ["requested"], to: "proposed" },
  accept: { from: ["proposed"], to: "confirmed" },
  /** None of the proposed times suits: the practitioner must answer again. */
  counter: { from: ["proposed"], to: "requested" },
  cancel: { from: ["confirmed"], to: "cancelled" },
  "cancel-late": { from: ["confirmed"], to: "late_cancelled" },
  /** A cancellation undone within its minute (D4.9). */
  restore: { from: ["cancelled", "late_cancelled"], to: "confirmed" },
  miss: { from: ["confirmed", "completed"], to: "no_show" },
  unmiss: { from: ["no_show"], to: "completed" },
  complete: { from: ["confirmed"], to: "completed" },
};

export type MoveDecision =
  | { readonly ok: true; readonly to: BookingStatus | "gone" }
  /** `already`: the booking is in the move's target state, so that a second press changes nothing (D4.2). */
  | { readonly ok: false; readonly refusal: "already" | "not-now"; readonly status: BookingStatus };

/** Whether `move` may happen to a booking in `status` (D4.10 to D4.22). */
export function decideMove(status: BookingStatus, move: BookingMove): MoveDecision {
  const { from, to } = moves[move];
  if (from.includes(status)) return { ok: true, to };
  return { ok: false, refusal: status === to ? "already" : "not-now", status };
}

/** Statuses of the sessions that count towards the practitioner's limits (D3.5). */
export const countedStatuses: readonly BookingStatus[] = ["requested", "confirmed", "completed", "no_show"];

/**
 * The deadline of a request (D4.1): `min(start, max(requested + 30 min, min(requested + allowed, start − 2 h)))`,
 * where `respondWithinMinutes` is the practice's allowance (24 h by default). Instants in epoch ms.
 */
export function respondBy(request: {
  requestedAtMs: number;
  startsAtMs: number;
  respondWithinMinutes: number;
}): number {
  const allowed = Math.min(
    request.requestedAtMs + request.respondWithinMinutes * minuteMs,
    request.startsAtMs - 2 * hourMs,
  );
  return Math.min(request.startsAtMs, Math.max(request.requestedAtMs + 30 * minuteMs, allowed));
}

/** The reminders of an open request, epoch ms: at 50 % and 85 % of the time to answer (D4.1). */
export function nudgeTimes(
  requestedAtMs: number,
  respondByMs: number,
): { readonly half: number; readonly late: number } {
  const span = respondByMs - requestedAtMs;
  return { half: requestedAtMs + Math.round(span * 0.5), late: requestedAtMs + Math.round(span * 0.85) };
}
