import type { Money } from "./money.ts";
import type { PaymentRule } from "./payment.ts";
import type { CancellationPolicy, DeliveryMethod, Location } from "./practice.ts";

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

/** The service as it was when the client chose it: later edits never change a booking (D2.3). */
export interface FrozenService {
  readonly name: string;
  readonly publicName: string;
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly price?: Money;
  /** When it is paid for; absent: nothing is asked for (D5.4). */
  readonly payment?: PaymentRule;
  readonly method: DeliveryMethod;
  /** The place of an in-person session. */
  readonly location?: Location;
  readonly confirmation: "request" | "auto";
  readonly cancellation: CancellationPolicy;
  readonly respondWithinMinutes: number;
  /** When its people are reminded, in minutes before the start; absent: a day and an hour. */
  readonly reminderMinutes?: readonly number[];
  readonly formId?: string;
  readonly terms?: { readonly id: string; readonly version: string; readonly text: string };
}

/** The aggregate root: one session from the moment its time is held. */
export interface Booking {
  readonly id: string;
  readonly practiceId: string;
  readonly clientId: string;
  readonly practitionerId: string;
  readonly serviceId: string;
  /** The client's package it is taken from: it asks for no payment (D6.5). */
  readonly clientPackageId?: string;
  /** The plan it was asked for with, together with others: one card answers them all. */
  readonly planId?: string;
  readonly status: BookingStatus;
  /** Goes up with every change; decisions are compare-and-set on it. */
  readonly version: number;
  /** SEQUENCE of the calendar invitation: goes up when what stands in it changes. */
  readonly sequence: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly frozen: FrozenService;
  readonly createdAtMs: number;
  readonly requestedAtMs?: number;
  readonly respondByMs?: number;
  readonly decidedAtMs?: number;
  /** What the practitioner wrote to the client when declining, or with the times they propose. */
  readonly reason?: string;
  /** When it would suit instead, in the client's words: none of the proposed times did. Said at `requestedAtMs`. */
  readonly wish?: string;
  /** Set at confirm, kept over moves, shown only after confirm. */
  readonly joinUrl?: string;
  /** Who ended a confirmed session. */
  readonly cancelledBy?: "client" | "practitioner" | "system";
  /** How often the client moved it; absent: never. */
  readonly reschedules?: number;
  /** How often the practitioner proposed other times for the request; absent: never. */
  readonly proposalRounds?: number;
}

/** What can happen to a booking now; D4.10 to D4.22. */
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
  /** While other times are proposed, as long as the asked one was kept. */
  confirm: { from: ["requested", "proposed"], to: "confirmed" },
  decline: { from: ["requested", "proposed"], to: "declined" },
  withdraw: { from: ["requested", "proposed"], to: "withdrawn" },
  expire: { from: ["requested", "proposed"], to: "expired" },
  propose: { from: ["requested"], to: "proposed" },
  accept: { from: ["proposed"], to: "confirmed" },
  /** None of the proposed times suits: the practitioner is to answer again. */
  counter: { from: ["proposed"], to: "requested" },
  cancel: { from: ["confirmed"], to: "cancelled" },
  "cancel-late": { from: ["confirmed"], to: "late_cancelled" },
  /** A cancellation that was taken back within its minute (D4.9). */
  restore: { from: ["cancelled", "late_cancelled"], to: "confirmed" },
  miss: { from: ["confirmed", "completed"], to: "no_show" },
  unmiss: { from: ["no_show"], to: "completed" },
  complete: { from: ["confirmed"], to: "completed" },
};

export type MoveDecision =
  | { readonly ok: true; readonly to: BookingStatus | "gone" }
  /** `already`: the booking is where the move leads, so a second tap only needs telling (D4.2). */
  | { readonly ok: false; readonly refusal: "already" | "not-now"; readonly status: BookingStatus };

/** Whether `move` may happen to a booking in `status` (D4.10 to D4.22). */
export function decideMove(status: BookingStatus, move: BookingMove): MoveDecision {
  const { from, to } = moves[move];
  if (from.includes(status)) return { ok: true, to };
  return { ok: false, refusal: status === to ? "already" : "not-now", status };
}

/** States whose sessions count towards the practitioner's limits (D3.5). */
export const countedStatuses: readonly BookingStatus[] = ["requested", "confirmed", "completed", "no_show"];

const minute = 60_000;

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
    request.requestedAtMs + request.respondWithinMinutes * minute,
    request.startsAtMs - 120 * minute,
  );
  return Math.min(request.startsAtMs, Math.max(request.requestedAtMs + 30 * minute, allowed));
}

/** When the practitioner is reminded of an open request: at 50 % and 85 % of the time to answer (D4.1). */
export function nudgeTimes(
  requestedAtMs: number,
  respondByMs: number,
): { readonly half: number; readonly late: number } {
  const span = respondByMs - requestedAtMs;
  return { half: requestedAtMs + Math.round(span * 0.5), late: requestedAtMs + Math.round(span * 0.85) };
}
