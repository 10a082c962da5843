import type { CancellationPolicy, Policies } from "./practice.ts";

/** What holds where a practice file says nothing (D3.9). */
export const defaultPolicies: Policies = {
  minimumNoticeMinutes: 12 * 60,
  horizonDays: 60,
  incrementMinutes: 30,
  cancellation: { windowMinutes: 24 * 60, late: "forfeit", feeMinor: 0, reasonRequired: false, maxReschedules: 3 },
  requests: { respondWithinMinutes: 24 * 60, holdMinutes: 10 },
};

/** What a change is decided by: the session as it stands, and the policy frozen on it. Instants in epoch ms. */
export interface ChangeQuestion {
  readonly startsAtMs: number;
  readonly policy: CancellationPolicy;
  /** When the desk received the tap (D4.6). */
  readonly nowMs: number;
}

/** The instant the cancellation window closes: elapsed time before the start, whatever clocks do meanwhile (D4.6). */
export function cutOffMs({ startsAtMs, policy }: Omit<ChangeQuestion, "nowMs">): number {
  return startsAtMs - policy.windowMinutes * 60_000;
}

export type CancellationDecision =
  | { readonly ok: true; readonly late: false }
  /** It may be cancelled at a cost: a fee, or the credit or price is forfeited. */
  | { readonly ok: true; readonly late: true; readonly cost: "fee" | "forfeit" }
  /** `blocked`: not any more; `ask`: only if the practitioner makes an exception. */
  | { readonly ok: false; readonly refusal: "already-started" | "blocked" | "ask" };

/** Whether a client may cancel now, and what it costs (D4.6, D4.7). The cut-off itself is still in time (case 19). */
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
 * Whether a client may ask for another time (D4.5, D4.7): before the cut-off, and so many times a session. A request
 * that is not answered yet has no window.
 */
export function decideReschedule(question: ChangeQuestion, moved: number, confirmed: boolean): RescheduleDecision {
  if (question.nowMs >= question.startsAtMs) return { ok: false, refusal: "already-started" };
  if (!confirmed) return { ok: true };
  if (moved >= question.policy.maxReschedules) return { ok: false, refusal: "too-often" };
  return question.nowMs <= cutOffMs(question) ? { ok: true } : { ok: false, refusal: "too-late" };
}
