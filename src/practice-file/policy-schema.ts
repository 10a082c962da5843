import { z } from "zod";
import { defaultPolicies } from "../domain/policy.ts";
import { lateRules } from "../domain/practice.ts";
import { minutesPerDay } from "../domain/units.ts";
import { whole } from "./fields.ts";

const yearMinutes = 365 * minutesPerDay;

const minimumNoticeMinutes = whole(0, yearMinutes).describe(
  "The least time between a request and the session's start.",
);
const horizonDays = whole(0, 730).describe("How many days ahead sessions may begin; 0 is only today.");
const incrementMinutes = whole(5, minutesPerDay).describe(
  "The step from one offered start to the next, from the start of the hours.",
);

const windowMinutes = whole(0, yearMinutes).describe("How long before the start a cancellation becomes late.");
const late = z
  .enum(lateRules)
  .describe(
    "What a late cancellation means: `block` it is not possible, `fee` it costs `feeMinor`, `forfeit` the package credit is lost, `ask` the practitioner is asked for an exception.",
  );
const feeMinor = whole(0, 100_000_000).describe(
  "The fee of `late: fee`, in the smallest unit of the service's currency.",
);
const reasonRequired = z.boolean().describe("Whether a client must give a reason.");
const maxReschedules = whole(0, 100).describe("How often a client may move one session.");

const respondWithinMinutes = whole(1, 30 * minutesPerDay).describe(
  "How long the practitioner has to answer a request.",
);
const holdMinutes = whole(1, 120).describe("How long a chosen time is held while the client completes the request.");

/** The practice's rules, each with its default (D3.9). */
export const policiesSchema = z.strictObject({
  minimumNoticeMinutes: minimumNoticeMinutes.default(defaultPolicies.minimumNoticeMinutes),
  horizonDays: horizonDays.default(defaultPolicies.horizonDays),
  incrementMinutes: incrementMinutes.default(defaultPolicies.incrementMinutes),
  cancellation: z
    .strictObject({
      windowMinutes: windowMinutes.default(defaultPolicies.cancellation.windowMinutes),
      late: late.default(defaultPolicies.cancellation.late),
      feeMinor: feeMinor.default(defaultPolicies.cancellation.feeMinor),
      reasonRequired: reasonRequired.default(defaultPolicies.cancellation.reasonRequired),
      maxReschedules: maxReschedules.default(defaultPolicies.cancellation.maxReschedules),
    })
    .prefault({})
    .describe("What a client may change after booking, and until when."),
  requests: z
    .strictObject({
      respondWithinMinutes: respondWithinMinutes.default(defaultPolicies.requests.respondWithinMinutes),
      holdMinutes: holdMinutes.default(defaultPolicies.requests.holdMinutes),
    })
    .prefault({})
    .describe("The times of a request."),
});

const practices = { absent: "the practice's" };

/** A service's own rules: the same keys, each falling back to the practice's. */
export const policyOverrideFields = {
  minimumNoticeMinutes: minimumNoticeMinutes.exactOptional().meta(practices),
  horizonDays: horizonDays.exactOptional().meta(practices),
  incrementMinutes: incrementMinutes.exactOptional().meta(practices),
  cancellation: z
    .strictObject({
      windowMinutes: windowMinutes.exactOptional().meta(practices),
      late: late.exactOptional().meta(practices),
      feeMinor: feeMinor.exactOptional().meta(practices),
      reasonRequired: reasonRequired.exactOptional().meta(practices),
      maxReschedules: maxReschedules.exactOptional().meta(practices),
    })
    .exactOptional()
    .meta(practices)
    .describe("What a client may change after booking this service."),
  requests: z
    .strictObject({
      respondWithinMinutes: respondWithinMinutes.exactOptional().meta(practices),
      holdMinutes: holdMinutes.exactOptional().meta(practices),
    })
    .exactOptional()
    .meta(practices)
    .describe("The times of a request for this service."),
};
