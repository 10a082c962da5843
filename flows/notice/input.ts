import { z } from "zod";

const span = z.object({ from: z.string(), to: z.string() });
/** Wall times. Errands of version 1 carry them as a JSON text. */
const spans = z.preprocess(
  (value) => (typeof value === "string" ? JSON.parse(value) : value),
  z.array(span).readonly(),
);
const byId = z.string().exactOptional();

/** Something that happened without the person: to their practice, a mail, their time, or one of their sessions. */
export const noticeInput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("practice.not-ready") }),
  z.object({ type: z.literal("mail.failed"), bookingId: z.string(), own: z.boolean() }),
  z.object({ type: z.literal("deadline.failed"), bookingId: z.string(), step: z.string() }),
  z.object({ type: z.enum(["time.kept", "time.opened"]), byId: z.string(), spans }),
  z.object({ type: z.literal("session.cancelled"), bookingId: z.string(), byId }),
  z.object({
    type: z.literal("session.moved"),
    bookingId: z.string(),
    beforeMs: z.number(),
    words: z.string().exactOptional(),
    byId,
  }),
  z.object({
    type: z.enum(["change.approved", "change.refused", "change.expired"]),
    bookingId: z.string(),
    requestId: z.string(),
  }),
  z.object({ type: z.enum(["cost.waived", "refund.failed"]), bookingId: z.string() }),
  z.object({ type: z.literal("running.late"), bookingId: z.string(), minutes: z.number() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly notice: z.infer<typeof noticeInput>;
  }
}
