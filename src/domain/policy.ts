import type { Booking } from "./booking.ts";
import type { Money } from "./money.ts";
import type { CancellationPolicy, Policies } from "./practice.ts";
import { minuteMs, minutesPerDay } from "./units.ts";

/** The policies of a practice whose file sets none (D3.9); the practice file's schema takes its defaults from here. */
export const defaultPolicies: Policies = {
  minimumNoticeMinutes: 12 * 60,
  horizonDays: 60,
  incrementMinutes: 30,
  cancellation: {
    windowMinutes: minutesPerDay,
    late: "forfeit",
    feeMinor: 0,
    reasonRequired: true,
    maxReschedules: 3,
  },
  requests: { respondWithinMinutes: minutesPerDay, holdMinutes: 10 },
};

/** Minutes before the start at which the people of a session are reminded, for a service that sets none. */
export const defaultReminderMinutes: readonly number[] = [minutesPerDay, 60];

/** The facts that decide a change: the session and the policy frozen on it. Instants in epoch ms. */
export interface ChangeQuestion {
  readonly startsAtMs: number;
  readonly policy: CancellationPolicy;
  /** When the desk received the press (D4.6). */
  readonly nowMs: number;
}

/** When the cancellation window closes, epoch ms: elapsed time before the start, unaffected by clock changes (D4.6). */
export function cutOffMs({ startsAtMs, policy }: Omit<ChangeQuestion, "nowMs">): number {
  return startsAtMs - policy.windowMinutes * minuteMs;
}

export type CancellationDecision =
  | { readonly ok: true; readonly late: false }
  /** Late, at a cost: a fee, or the credit or price is forfeited. */
  | { readonly ok: true; readonly late: true; readonly cost: "fee" | "forfeit" }
  /** `blocked`: no longer possible; `ask`: only by the practitioner's exception. */
  | { readonly ok: false; readonly refusal: "already-started" | "blocked" | "ask" };

/** Whether a client may cancel now, and the cost (D4.6, D4.7). The cut-off itself is in time (case 19). */
export function decideCancellation(question: ChangeQuestion): CancellationDecision {
  if (question.nowMs >= question.startsAtMs) return { ok: false, refusal: "already-started" };
  if (question.nowMs <= cutOffMs(question)) return { ok: true, late: false };
  const { late } = question.policy;
  if (late === "block") return { ok: false, refusal: "blocked" };
  if (late === "ask") return { ok: false, refusal: "ask" };
  return { ok: true, late: true, cost: late };
}

export type RescheduleDecision =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: "already-started" | "too-late" | "too-often" };

/**
 * Whether a client may ask for another time (D4.5, D4.7): until the cut-off, and `maxReschedules` times per session. A
 * request that is not answered yet has no cut-off.
 */
export function decideReschedule(question: ChangeQuestion, moved: number, confirmed: boolean): RescheduleDecision {
  if (question.nowMs >= question.startsAtMs) return { ok: false, refusal: "already-started" };
  if (!confirmed) return { ok: true };
  if (moved >= question.policy.maxReschedules) return { ok: false, refusal: "too-often" };
  return question.nowMs <= cutOffMs(question) ? { ok: true } : { ok: false, refusal: "too-late" };
}

/** The cost of a late cancellation or a no-show under the frozen policy. */
export type LateCost =
  | { readonly kind: "fee"; readonly amount: Money }
  /** The package credit is forfeited. */
  | { readonly kind: "credit" }
  /** The payment is not refunded. */
  | { readonly kind: "price"; readonly amount: Money }
  | { readonly kind: "nothing" };

/** The recorded cost that can still be waived: a fee, a forfeited credit, or money kept. */
export type OpenCost = { readonly kind: "fee" | "kept"; readonly amount: Money } | { readonly kind: "credit" };

/**
 * The cost of a late cancellation or a no-show (D4.7). A fee is in the currency of the price; without a price there is
 * none.
 */
export function lateCost({ frozen, clientPackageId }: Pick<Booking, "frozen" | "clientPackageId">): LateCost {
  const { late, feeMinor } = frozen.cancellation;
  const { price } = frozen;
  if (late === "fee" && feeMinor > 0 && price !== undefined) {
    return { kind: "fee", amount: { minor: feeMinor, currency: price.currency } };
  }
  if (late !== "forfeit") return { kind: "nothing" };
  if (clientPackageId !== undefined) return { kind: "credit" };
  return price === undefined ? { kind: "nothing" } : { kind: "price", amount: price };
}
