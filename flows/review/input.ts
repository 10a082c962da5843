import { z } from "zod";
import { longestTyped } from "../../src/choosing/reason.ts";

const starts = z.array(z.number()).readonly();

/** A request to answer, with the answer in the words. Its card is shown first. */
export const reviewInput = z.object({
  type: z.literal("review.asked"),
  bookingId: z.string(),
  wants: z.enum(["decline", "propose"]).exactOptional(),
  /** The reason for declining in the words. */
  reason: z.string().max(longestTyped).exactOptional(),
  /** Times to propose: those on the card, and those that the words name. */
  times: z.object({ offered: starts, picked: starts }).exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly review: z.infer<typeof reviewInput>;
  }
}
