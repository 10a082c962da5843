import { z } from "zod";

/** A package to plan; with `planId` a plan that was sent. */
export const planInput = z.object({
  type: z.literal("plan"),
  packageId: z.string().exactOptional(),
  planId: z.string().exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly plan: z.infer<typeof planInput>;
  }
}
