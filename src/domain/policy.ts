import type { Policies } from "./practice.ts";

/** What holds where a practice file says nothing (D3.9). */
export const defaultPolicies: Policies = {
  minimumNoticeMinutes: 12 * 60,
  horizonDays: 60,
  incrementMinutes: 30,
  cancellation: { windowMinutes: 24 * 60, late: "forfeit", feeMinor: 0, reasonRequired: false, maxReschedules: 3 },
  requests: { respondWithinMinutes: 24 * 60, holdMinutes: 10 },
};
