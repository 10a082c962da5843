import { z } from "zod";

/** A plan to answer. */
export const planReviewInput = z.object({ type: z.literal("plan.asked"), planId: z.string() });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly "plan-review": z.infer<typeof planReviewInput>;
  }
}
