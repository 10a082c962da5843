import { z } from "zod";
import { whole } from "./fields.ts";

const year = 525_600;

const minimumNoticeMinutes = whole(0, year).describe("How long before its start a session must be asked for.");
const horizonDays = whole(0, 730).describe("How many days ahead sessions may begin; 0 is only today.");
const incrementMinutes = whole(5, 1440).describe(
  "The step from one offered start to the next, from the start of the hours.",
);

const windowMinutes = whole(0, year).describe("How long before the start a cancellation begins to be late.");
const late = z
  .enum(["block", "fee", "forfeit", "ask"])
  .describe(
    "What a late cancellation means: `block` it is not possible, `fee` it costs `feeMinor`, `forfeit` the package credit is lost, `ask` the practitioner is asked for an exception.",
  );
const feeMinor = whole(0, 100_000_000).describe(
  "The fee of `late: fee`, in the smallest unit of the service's currency.",
);
const reasonRequired = z.boolean().describe("Whether a client must say why.");
const maxReschedules = whole(0, 100).describe("How often one session may be moved by the client.");

const respondWithinMinutes = whole(1, 43_200).describe("How long the practitioner has to answer a request.");
const holdMinutes = whole(1, 120).describe("How long a chosen time is kept while the client completes the request.");

/** The practice's rules, each with its default (D3.9). */
export const policiesSchema = z.strictObject({
  minimumNoticeMinutes: minimumNoticeMinutes.default(720),
  horizonDays: horizonDays.default(60),
  incrementMinutes: incrementMinutes.default(30),
  cancellation: z
    .strictObject({
      windowMinutes: windowMinutes.default(1440),
      late: late.default("forfeit"),
      feeMinor: feeMinor.default(0),
      reasonRequired: reasonRequired.default(true),
      maxReschedules: maxReschedules.default(3),
    })
    .prefault({})
    .describe("What a client may change after booking, and until when."),
  requests: z
    .strictObject({
      respondWithinMinutes: respondWithinMinutes.default(1440),
      holdMinutes: holdMinutes.default(10),
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
