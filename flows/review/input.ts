import { z } from "zod";

/** A request to answer. */
export const reviewInput = z.object({ type: z.literal("review.asked"), bookingId: z.string() });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly review: z.infer<typeof reviewInput>;
  }
}
