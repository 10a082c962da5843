import { z } from "zod";
import { planSaid } from "./context.ts";

/** A package to plan, with what words say about the plan. With `planId`, a plan that was sent. */
export const planInput = z.object({
  type: z.literal("plan"),
  packageId: z.string().exactOptional(),
  planId: z.string().exactOptional(),
  said: planSaid.exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly plan: z.infer<typeof planInput>;
  }
}
