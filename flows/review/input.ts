import { z } from "zod";
import { longestTyped } from "../../src/choosing/reason.ts";

const starts = z.array(z.number()).readonly();

/** A request to answer, with the answer that words ask for: its card is shown first. */
export const reviewInput = z.object({
  type: z.literal("review.asked"),
  bookingId: z.string(),
  wants: z.enum(["decline", "propose"]).exactOptional(),
  /** Why it is declined, as the words say. */
  reason: z.string().max(longestTyped).exactOptional(),
  /** Times to propose: those on the card, and those the words name. */
  times: z.object({ offered: starts, picked: starts }).exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly review: z.infer<typeof reviewInput>;
  }
}
